"""Remarks: what is wrong with a policy, where, and what to do about it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import field, frozen

#: What can be wrong.
Kind: TypeAlias = Literal[
    "never met",
    "never fails",
    "never chosen",
    "contradiction",
    "twice",
    "follows",
    "same ref",
    "same measure",
    "unknown axis",
    "unknown tag",
    "unknown fact",
    "unknown value",
    "too many tags",
    "idle cap",
    "gap",
]


@frozen
class Remark:
    """One thing that is wrong with a policy: which clause, what, and what to do about it."""

    kind: Kind
    #: The name of the clause; empty where it has none.
    ref: str
    #: Where it stands: ``all of[2]``; empty for the policy as a whole. The clause of the first tag of a ``for_each``
    #: stands at ``for each[1]``.
    path: str
    what: str
    remedy: str
    #: What words call the clauses involved, this one first: a name alone where no other clause has it.
    refs: tuple[str, ...]
    #: Where the other clauses involved stand.
    others: tuple[str, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return f"{self.refs[0]}: {self.what}. {self.remedy}{'' if self.remedy.endswith('?') else '.'}"
