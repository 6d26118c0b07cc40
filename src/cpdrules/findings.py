"""What was concluded of one subject, as data.

A finding mirrors the policy it was made from, part by part. It says what each clause required, what counted towards it
and from which entries, what did not count and why, and which unknown fact would settle it. Words come later, when
somebody reads: ``print(finding)``, a notebook, ``rendering``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from attrs import field, frozen

from cpdrules import rendering
from cpdrules.amounts import Amount, Unit
from cpdrules.errors import unknown_ref
from cpdrules.periods import Period
from cpdrules.remaining import Need, Obstacle, least
from cpdrules.verdicts import Verdict, opposite

#: What an entry can be tagged with on one axis; several texts at once are a tuple of them.
Tag: TypeAlias = "str | bool | int | tuple[str, ...]"

#: Which entries a clause speaks of: an axis and the tags that it admits, for each axis that it restricts.
Where: TypeAlias = tuple[tuple[str, tuple[Tag, ...]], ...]


def in_words(where: Where) -> str:
    """Say which entries a clause speaks of; everything is the empty text.

    >>> in_words((("area", ("soft_skills",)), ("planned", (True,))))
    'area: soft skills, planned'
    """
    return ", ".join(_admitted(axis.replace("_", " "), tags) for axis, tags in where)


def _admitted(axis: str, tags: tuple[Tag, ...]) -> str:
    if len(tags) == 1 and isinstance(tags[0], bool):
        return axis if tags[0] else f"not {axis}"
    return f"{axis}: {' or '.join(str(tag).replace('_', ' ') for tag in tags)}"


@frozen
class Source:
    """Where a clause stands in the text it is taken from.

    ``stated`` says whether the text says so (``stated``), somebody concluded it (``inferred``), or the text is silent
    and a reading had to be chosen (``unstated``).
    """

    #: The text, by the name it has in the list of sources.
    document: str
    #: The line of the stored copy, where there is one.
    line: int | None = None
    #: The few words that decide.
    quote: str = ""
    stated: Literal["stated", "inferred", "unstated"] = "stated"

    def __str__(self) -> str:
        place = f"{self.document}, line {self.line}" if self.line else self.document
        flag = "" if self.stated == "stated" else f" ({self.stated})"
        return f"{place}: “{self.quote}”{flag}" if self.quote else f"{place}{flag}"


@frozen
class Clause:
    """What a finding needs to know of the clause that it judges; one value serves every finding of a policy."""

    #: The word that wrote the clause: ``at_least``, ``all_of``, ``when`` ...
    word: str
    #: The name by which documents, amendments and reports speak of it; may be empty.
    ref: str = ""
    #: What it speaks of, in words: “planned”, “area soft skills”; empty for everything.
    about: str = ""
    unit: Unit | None = None
    where: Where = ()
    source: Source | None = None
    #: What it asks for, where that is the same for everyone.
    figure: Amount | None = None
    #: How many of its parts are enough, where a number is named.
    count: int | None = None
    #: By which share of which further activity the figure itself grows: a share of what was done.
    grows: tuple[Fraction, Where] | None = None
    #: By how many grains more it may then grow, since it is rounded.
    step: int = 0
    #: The ref of the route by which shortfalls are reported where no route is met; empty for all.
    report: str = ""
    #: Whether it counts what is recorded of the subject, to which nothing that is done adds.
    recorded: bool = False
    #: Its words, worked out by ``rendering`` when they are first needed.
    words: tuple[str, str, str] | None = field(default=None, init=False, repr=False, eq=False)


class Bounds(NamedTuple):
    """The least and the most that something can be, in grains; ``most`` is None where nothing limits it."""

    least: int
    most: int | None


class Entry(NamedTuple):
    """One activity, or the part of it, that fell to a clause."""

    id: str
    #: In grains of the unit it was recorded in; None where it is not known.
    amount: int | None
    title: str
    day: date | None
    #: What ``amount`` was recorded in; None where it is not known.
    unit: Unit | None = None


class Batch(NamedTuple):
    """Entries that are alike in all that the policy asks about."""

    #: The sum in grains of the unit they were recorded in.
    amount: int
    entries: tuple[Entry, ...]


class Reason(NamedTuple):
    """Why entries did not count, or why nobody can tell whether they do: what kind of reason, and in which words."""

    kind: Literal["period", "unit", "tag", "cap", "date", "amount", "straddling", "size", "repeat", "carried"]
    text: str


class Left(NamedTuple):
    """A batch that did not count, or may not, and why."""

    why: Reason
    batch: Batch


class Room(NamedTuple):
    """How much more, in grains, may count of some entries, whatever the missing facts turn out to be: a cap's rest."""

    where: Where
    grains: int


class Owed(NamedTuple):
    """How much, in grains, of what is done next does not count, since it goes elsewhere first."""

    grains: int
    #: Only once so much more has been done: then it takes the place of what was carried in.
    after: int = 0


class Note(NamedTuple):
    """Something a reader should know of a finding: why a branch was taken, or what is missing."""

    kind: Literal["because", "missing", "edition"]
    text: str


@frozen
class Finding:
    """What was concluded of a subject by one clause and all its parts."""

    clause: Clause
    verdict: Verdict
    parts: tuple[Finding, ...] = ()
    #: What the clause asks for, where it asks for an amount.
    required: Bounds | None = None
    #: What counts towards it. The two ends differ only while a fact is missing.
    counted: Bounds | None = None
    #: The entries that count, in batches.
    entries: tuple[Batch, ...] = ()
    #: Entries of which it is not known whether, or how much, they count.
    unsure: tuple[Left, ...] = ()
    #: Entries that do not count.
    left_out: tuple[Left, ...] = ()
    notes: tuple[Note, ...] = ()
    period: Period | None = None
    #: What made a choice: the finding of the condition that held, or could not be told.
    because: Finding | None = None
    #: What caps leave of the room below them.
    rooms: tuple[Room, ...] = ()
    #: How much of what is done next does not count.
    owed: Owed | None = None

    @property
    def ref(self) -> str:
        """The name of the clause."""
        return self.clause.ref

    @property
    def satisfied(self) -> bool:
        """Whether nothing is outstanding: the verdict is met, or the clause asks nothing of this subject."""
        return self.verdict is Verdict.MET or self.verdict is Verdict.DOES_NOT_APPLY

    @property
    def short_by(self) -> Amount | None:
        """How far below its figure the clause is for certain; None where it is not short, or asks for no amount.

        What might yet count, while a fact is missing, is given the benefit of the doubt.
        """
        if self.verdict is not Verdict.NOT_MET or self.clause.word != "at_least":
            return None
        assert self.required is not None and self.counted is not None and self.clause.unit is not None
        assert self.counted.most is not None
        return Amount(self.required.least - self.counted.most, self.clause.unit)

    def walk(self) -> Iterator[Finding]:
        """Give this finding and every part of it, each before its own parts."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def __getitem__(self, ref: str) -> Finding:
        """Give the finding of the clause with a ref.

        Raises:
            UnknownRefError: no clause of this finding has it. A branch that was not taken has no finding.
        """
        for part in self.walk():
            if part.clause.ref == ref:
                return part
        known = [part.clause.ref for part in self.walk() if part.clause.ref]
        raise unknown_ref(ref, known, "finding")

    def decisive(self) -> tuple[Finding, ...]:
        """Give the clauses that made the verdict what it is: those that fail where it fails, or hold where it holds.

        A ``none_of`` fails by what holds. A choice that cannot be made, and a decision that is awaited, stand for
        themselves, beside what is open in their parts.
        """
        word, sought = self.clause.word, self.verdict
        if word == "none_of":
            sought = opposite(sought)
        deciding = () if word == "advise" else tuple(part for part in self.parts if part.verdict is sought)
        if self.clause.report and self.verdict is Verdict.NOT_MET:
            deciding = tuple(part for part in deciding if part.holds(self.clause.report)) or deciding
        leaves = tuple(leaf for part in deciding for leaf in part.decisive())
        chosen = self.because is None or self.because.verdict is not Verdict.CANNOT_TELL
        if leaves and (self.verdict is not Verdict.CANNOT_TELL or (chosen and word != "undecided")):
            return leaves
        return (self, *leaves)

    def holds(self, ref: str) -> bool:
        """Tell whether a clause with a ref, or an instance of it such as ``ref[2]``, is among the parts."""
        return any(node.clause.ref.partition("[")[0] == ref.partition("[")[0] for node in self.walk())

    def shortfalls(self) -> dict[str, Amount]:
        """Give, by ref, how far below its figure each clause is that makes this finding fail.

        A clause without a ref goes by what it speaks of; of clauses with one name the second is ``name (2)``.
        """
        found: dict[str, Amount] = {}
        names: dict[str, int] = {}
        for leaf in self.decisive() if self.verdict is Verdict.NOT_MET else ():
            if (short := leaf.short_by) is not None:
                name = leaf.clause.ref or leaf.clause.about or leaf.clause.word
                names[name] = names.get(name, 0) + 1
                found[name if names[name] == 1 else f"{name} ({names[name]})"] = short
        return found

    def advice(self) -> tuple[Finding, ...]:
        """Give the recommendations that are not followed, or may not be. They never touch the verdict."""
        advised = (part for node in self.walk() if node.clause.word == "advise" for part in node.parts)
        return tuple(leaf for part in advised if not part.satisfied for leaf in part.decisive())

    def missing(self) -> tuple[str, ...]:
        """Say which facts or decisions nobody has recorded, and would settle what cannot be told."""
        return rendering.missing(self)

    def remaining(self) -> tuple[Need | Obstacle, ...]:
        """Say the least that would still be needed to meet the policy, whatever the missing facts turn out to be.

        What doing more cannot mend is named as an obstacle. It is empty where nothing is outstanding, and only there.
        """
        return least(self)

    def __str__(self) -> str:
        return rendering.as_text(self)

    def _repr_html_(self) -> str:
        return rendering.as_html(self)
