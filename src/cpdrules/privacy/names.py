"""Placeholder until the real module lands: on a conflict keep the other side."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from cpdrules.findings import Source


@frozen
class NamePattern:
    """Placeholder."""

    kind: Literal["exact", "prefix", "suffix", "segments"]
    text: str
    domain: str = ""
    source: Source | None = None


def exact(text: str, *, domain: str = "", source: Source | None = None) -> NamePattern:
    """Placeholder."""
    return NamePattern("exact", text, domain, source)


def prefix(text: str, *, domain: str = "", source: Source | None = None) -> NamePattern:
    """Placeholder."""
    return NamePattern("prefix", text, domain, source)


def suffix(text: str, *, domain: str = "", source: Source | None = None) -> NamePattern:
    """Placeholder."""
    return NamePattern("suffix", text, domain, source)
