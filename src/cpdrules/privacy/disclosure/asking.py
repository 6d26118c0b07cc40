"""What may be asked of somebody for a purpose, and what each side owes the other.

A purpose may concern some people only, and need more of some than of others. Who is not described at all is not known:
what would then be asked is listed apart, with the fact that it turns on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Literal, TypeAlias

from attrs import frozen

from cpdrules.errors import PolicyError, did_you_mean, shown
from cpdrules.findings import Source
from cpdrules.privacy.cookies import Modality, Severity, Silence
from cpdrules.privacy.practices import DataItem, Duty, Purpose, Right
from cpdrules.privacy.requirements import Visit
from cpdrules.privacy.statements import Statement

#: Whom a question is about: facts by name; or all that somebody is, so that they are nothing else; or None, not known.
Who: TypeAlias = "Mapping[str, bool | None] | Iterable[str] | None"


@frozen
class Depending:
    """A data item that is needed or not, depending on facts that are not known."""

    item: str
    facts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.item} (depending on {', '.join(name.replace('_', ' ') for name in self.facts)})"


@frozen(kw_only=True)
class Required:
    """What data a purpose asks for, of one person; items are ids."""

    purpose: Purpose
    #: Whether it concerns the person at all; None where that is not known.
    concerned: bool | None
    #: The facts, not known, of which one would make it concern the person.
    unsure_of: tuple[str, ...] = ()
    #: What it cannot do without, for certain.
    required: tuple[str, ...] = ()
    #: What may turn out to be needed, once more is known of the person.
    depending: tuple[Depending, ...] = ()
    #: What may be asked for besides.
    may_require: tuple[str, ...] = ()
    #: What is used though not asked for.
    uses: tuple[str, ...] = ()
    #: What of all this somebody may leave out.
    optional: tuple[str, ...] = ()
    #: What of it is about somebody else.
    third_persons: tuple[DataItem, ...] = ()

    @property
    def modality(self) -> Modality:
        """How surely the text says so; "normally" is its “typically”."""
        return self.purpose.modality

    @property
    def unknowns(self) -> tuple[str, ...]:
        """The facts, not known, that would settle it, by name."""
        return tuple(dict.fromkeys([*self.unsure_of, *(name for one in self.depending for name in one.facts)]))

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the text says so."""
        return self.purpose.sources

    def __str__(self) -> str:
        purpose = f"{self.purpose.id} ({', '.join(map(str, self.sources))})"
        if self.concerned is False:
            return f"{purpose}: does not concern this person"
        surely = "required" if self.modality == "unstated" else f"required ({self.modality})"
        lists = (
            (surely, self.required),
            ("may turn out to be required", tuple(map(str, self.depending))),
            ("may be required", self.may_require),
            ("used", self.uses),
            ("may be left out", self.optional),
            ("about a third person", tuple(f"{one.id} ({one.subject})" for one in self.third_persons)),
        )
        return "\n  ".join([f"{purpose}:", *(f"{name}: {', '.join(ids)}" for name, ids in lists if ids)])


def required_data(statement: Statement, purpose: str, who: Who = None) -> Required:
    """Say what data a purpose requires of somebody, may require, and uses.

    ``who`` is a mapping of facts, in which one that is absent is not known; or the names of all facts that hold, so
    that no other does; or None, where nothing is known.

    Raises:
        UnknownRefError: the statement has no such purpose.
        PolicyError: a fact is neither true, false nor None, or one text was given for several names.
    """
    row = statement.purpose(purpose)
    facts = _facts_of(who, {*row.applies_to, *(name for name, _ in row.required_if)})
    told = {facts.get(name) for name in row.applies_to}
    if told == {False}:
        return Required(purpose=row, concerned=False)
    unsure = () if True in told else tuple(name for name in row.applies_to if facts.get(name) is None)
    needed = {item: (*unsure, *names) for item, names in _needed(row, facts).items()}
    sure = tuple(item for item, names in needed.items() if not names)
    every = (*needed, *row.may_require, *row.uses)
    items = [one for one in statement.data_items if one.id in every]
    optional = {one.id for one in items if one.optional} | set(every if row.optional else ())
    return Required(
        purpose=row,
        concerned=None if unsure else True,
        unsure_of=unsure,
        required=sure,
        depending=tuple(Depending(item, names) for item, names in needed.items() if names),
        may_require=row.may_require,
        uses=row.uses,
        optional=tuple(item for item in dict.fromkeys(every) if item in optional),
        third_persons=tuple(one for one in items if one.subject),
    )


def _needed(row: Purpose, facts: Mapping[str, bool | None]) -> dict[str, tuple[str, ...]]:
    """Give what a purpose needs of those whom it concerns, each with the facts, not known, that its need depends on."""
    needed: dict[str, tuple[str, ...]] = dict.fromkeys(row.required, ())
    for item in dict.fromkeys(item for _, item in row.required_if if item not in needed):
        told = {name: facts.get(name) for name, one in row.required_if if one == item}
        if True in told.values():
            needed[item] = ()
        elif None in told.values():
            needed[item] = tuple(name for name, held in told.items() if held is None)
    return needed


def _facts_of(who: Who, asked: set[str]) -> Mapping[str, bool | None]:
    if who is None or isinstance(who, Mapping):
        return Visit(facts=who or {}).facts
    if isinstance(who, str):
        raise PolicyError(
            f"Who it is was given as one text, {shown(who)}",
            why="Its letters would be taken for names of facts",
            remedy="Give the names of all facts that hold, in a list",
            who=who,
        )
    return {**dict.fromkeys(asked, False), **dict.fromkeys(who, True)}


@frozen
class Due:
    """A duty that one side has, or may have."""

    duty: Duty
    #: The fact, not known, on which it depends; empty where the duty holds for certain.
    depends_on: str = ""

    def __str__(self) -> str:
        unsure = f", if {self.depends_on.replace('_', ' ')}" if self.depends_on else ""
        return f"{self.duty.id} ({self.duty.source}), {self.duty.kind}{unsure}: {self.duty.says}"


def duties_of(
    statement: Statement,
    by: Literal["visitor", "institution"] = "visitor",
    facts: Mapping[str, bool | None] | None = None,
) -> tuple[Due, ...]:
    """Give the duties that one side has, and those it may have for all that is known; not those that a fact rules out.

    Raises:
        PolicyError: there is no such side, or a fact is neither true, false nor None.
    """
    if by not in ("visitor", "institution"):
        raise PolicyError(
            f"{shown(by)} has no duties under a statement",
            why="It speaks of those of visitors, and of its own",
            remedy=did_you_mean(str(by), ("visitor", "institution")) or 'Ask for "visitor" or "institution"',
            by=by,
        )
    known = Visit(facts=facts or {}).facts
    return tuple(
        Due(duty, duty.when if duty.when and known.get(duty.when) is None else "")
        for duty in statement.duties
        if duty.of == by and not (duty.when and known.get(duty.when) is False)
    )


@frozen
class Standing:
    """A right, and whether the route to it is open."""

    right: Right
    #: None where the text names no route, or it is not known whether the route is there for this person.
    open: bool | None
    why: str

    def __str__(self) -> str:
        state = {True: "open", False: "closed", None: "cannot tell"}[self.open]
        return f"{self.right.id} ({self.right.source}), {state}: {self.right.says}; {self.why}"


def rights_of(
    statement: Statement,
    facts: Mapping[str, bool | None] | None = None,
    *,
    lost: Mapping[str, Severity] | Collection[str] = (),
    unsure: Collection[str] = (),
) -> tuple[Standing, ...]:
    """Give each right that somebody may have, and whether its route is open while some functions of the site are lost.

    ``lost`` and ``unsure`` hold ids of functions that do not work, and of those of which that is not known, such as
    blocking cookies brings about. Where it comes with a severity, one that works after a fashion closes no route. A
    right that a fact rules out is left out.

    Raises:
        UnknownRefError: the statement has no such function.
        PolicyError: a fact is neither true, false nor None, or one text was given for several functions.
    """
    known = Visit(facts=facts or {}).facts
    for several in (lost, unsure):
        if isinstance(several, str):
            raise PolicyError(
                f"What does not work was given as one text, {shown(several)}",
                why="Its letters would be taken for the ids of functions",
                remedy="Give several ids, or one in a list",
                functions=several,
            )
    for function in (*lost, *unsure):
        statement.function(function)
    held = [right for right in statement.rights if not (right.when and known.get(right.when) is False)]
    harms = lost if isinstance(lost, Mapping) else dict.fromkeys(lost, Severity.FAILS)
    return tuple(_standing(right, known, harms.get(right.needs), unsure=right.needs in unsure) for right in held)


def _standing(right: Right, facts: Mapping[str, bool | None], harm: Severity | None, *, unsure: bool) -> Standing:
    if isinstance(right.route, Silence):
        return Standing(right, open=None, why=f"the route is {right.route.value}")
    if harm in _CLOSING:
        return Standing(right, open=False, why=f"{right.route}, which needs {right.needs}")
    if unsure or harm is Severity.UNSTATED:
        return Standing(right, open=None, why=f"{right.route}, which needs {right.needs}, and that may be lost")
    if right.when and facts.get(right.when) is None:
        return Standing(right, open=None, why=f"{right.route}, if {right.when.replace('_', ' ')}")
    worse = f", though {right.needs} suffers ({harm.value})" if harm and harm.rank else ""
    return Standing(right, open=True, why=f"{right.route}{worse}")


#: What closes a route that needs a function.
_CLOSING = (Severity.FAILS, Severity.NOT_RECOGNISED)
