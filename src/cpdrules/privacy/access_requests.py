"""Placeholder until the real module lands: on a conflict keep the other side."""

from __future__ import annotations

from attrs import frozen


@frozen(kw_only=True)
class AccessPolicy:
    """Placeholder."""
