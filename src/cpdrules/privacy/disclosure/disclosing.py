"""Whether personal data may be told to somebody for a purpose, by which rule, and what follows for the person.

Rules are tried in order, and what none of them allows is denied. A choice of the person's that stops a purpose comes
before any rule. Facts are given by name; those that would settle an answer, and that nobody recorded, are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from attrs import frozen

from cpdrules.editions import at, check_day
from cpdrules.errors import PolicyError, shown
from cpdrules.findings import Source
from cpdrules.periods import as_date
from cpdrules.privacy.cookies import Silence
from cpdrules.privacy.disclosure.ordered_rules import Answer, Assumption, Decision, Look, Need, decided
from cpdrules.privacy.law.data_law import TRANSFER_LAW, TransferRegime
from cpdrules.privacy.practices import ANY, DisclosureRule, Everyone, Preference, Purpose, RecipientTerm, Transfer
from cpdrules.privacy.requirements import Visit, given
from cpdrules.privacy.statements import Statement


@frozen
class Abroad:
    """Data that goes abroad, or may, with this disclosure; and the law of the day on that."""

    transfer: Transfer
    #: The facts, not known, on which it depends whether the text speaks of this person; none where it does.
    unknowns: tuple[str, ...]
    #: The law on the day asked about; None where no day was given, or no law was in force.
    regime: TransferRegime | None

    @property
    def safeguard_stated(self) -> bool:
        """Whether the text names what protects the data there."""
        return not isinstance(self.transfer.safeguard, Silence)

    def __str__(self) -> str:
        unsure = f", if {' and '.join(name.replace('_', ' ') for name in self.unknowns)}" if self.unknowns else ""
        law = f"; {self.regime.name}: border {self.regime.border}, {self.regime.test}" if self.regime else ""
        safeguard = f"safeguard: {self.transfer.safeguard}" if self.safeguard_stated else "safeguard unstated"
        return f"{self.transfer.id} ({self.transfer.source}): may go abroad{unsure}; {safeguard}{law}"


@frozen(kw_only=True)
class Disclosure:
    """Whether data may be disclosed, the rule that decides, and what goes with it."""

    data: tuple[str, ...]
    to: str
    purpose: str
    on: date | None
    decision: Decision[DisclosureRule]
    #: The choice of the person's that stops it; None where no recorded one does.
    stopped_by: Preference | None
    #: What may go abroad with it.
    transfers: tuple[Abroad, ...]
    #: What the recipient is bound to, and what follows for the person.
    terms: tuple[RecipientTerm, ...]
    #: Data that the statement does not list for the purpose, and what of the data is about a third person.
    unlisted: tuple[str, ...]
    third_persons: tuple[str, ...]
    #: What else a reader should know, in sentences.
    notes: tuple[str, ...]

    @property
    def outcome(self) -> Answer:
        """Allow, deny or unknown."""
        return self.decision.outcome

    @property
    def rule(self) -> DisclosureRule | None:
        """The rule that decides; None where it is unknown, or where rules agree of which one is sure to hold."""
        return self.decision.rule

    @property
    def looks(self) -> tuple[Look[DisclosureRule], ...]:
        """Every rule that was looked at, and why it decides or does not."""
        return self.decision.looks

    @property
    def needs(self) -> tuple[Need[DisclosureRule], ...]:
        """The conditions that are still to be met."""
        return self.decision.needs

    @property
    def unknowns(self) -> tuple[str, ...]:
        """The facts that nobody recorded and that would settle it, by name."""
        return self.decision.unknowns

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What the text presumes, and the answer rests on."""
        return self.decision.assumptions

    @property
    def handed_over(self) -> bool:
        """Whether the recipient's own policy takes over, and this statement no longer applies."""
        return any(term.hands_over for term in self.terms)

    def __str__(self) -> str:
        first, *rest = self.decision.lines()
        lines = [f"{shown(self.to)} for {shown(self.purpose)}: {first}", *rest]
        lines += [f"transfer: {one}" for one in self.transfers]
        lines += [f"recipient: {term.says} ({term.id}, {term.source})" for term in self.terms]
        return "\n  ".join(lines + [f"note: {note}" for note in self.notes])


def may_disclose(
    statement: Statement,
    data: Iterable[str],
    *,
    to: str,
    purpose: str,
    facts: Mapping[str, bool | None] | None = None,
    on: date | None = None,
    law: Iterable[TransferRegime] = TRANSFER_LAW,
) -> Disclosure:
    """Say whether a statement lets data items be told to a recipient for a purpose, all by their ids.

    Recipients, purposes and items that the statement does not name are no misuse: they are denied unless a rule speaks
    of anyone, and noted. ``law`` holds the transfer regimes of one jurisdiction, the United
    Kingdom's as they ship, of which that of the day is reported.

    Raises:
        PolicyError: the data is one text and not several ids, or a fact is neither true, false nor None.
        NoEditionError: several transfer regimes were in force on the day.
        PeriodError: the day is no plain day.
    """
    visit, items, law = Visit(facts=facts or {}), _items(data), tuple(law)
    row = next((one for one in statement.purposes if one.id == purpose), None)
    stopping = [one for one in statement.preferences if stops(one, purpose, row)]
    choices = [_as_rule(one, statement) for one in stopping]
    rules = [(rule, _silent(rule, to, purpose)) for rule in (*choices, *statement.disclosure)]
    decision = decided(rules, default_deny(statement), visit)
    transfers = transfers_to(statement, to, facts=visit.facts, on=on, law=law)
    listed, asked = _listed(row), set(items)
    return Disclosure(
        data=items,
        to=to,
        purpose=purpose,
        on=on,
        decision=decision,
        stopped_by=next((one for one, rule in zip(stopping, choices, strict=True) if rule is decision.rule), None),
        transfers=transfers,
        terms=tuple(term for term in statement.recipient_terms if to in term.applies_to),
        unlisted=tuple(item for item in items if item not in listed),
        third_persons=tuple(one.id for one in statement.data_items if one.id in asked and one.subject),
        notes=(*_notes_on_names(statement, items, to, purpose, row), *_notes_on_day(statement, transfers, on, law)),
    )


def transfers_to(
    statement: Statement,
    to: str,
    *,
    facts: Mapping[str, bool | None],
    on: date | None = None,
    law: Iterable[TransferRegime] = TRANSFER_LAW,
) -> tuple[Abroad, ...]:
    """Give what a statement says of data that goes abroad to a recipient, unless a fact rules it out for the person.

    Raises:
        NoEditionError: several transfer regimes were in force on the day.
        PeriodError: the day is no plain day.
    """
    regime = _regime(on, tuple(law))
    return tuple(
        Abroad(row, tuple(name for name in row.when if facts.get(name) is None), regime)
        for row in statement.transfers
        if to in row.to and all(facts.get(name) is not False for name in row.when)
    )


def default_deny(statement: Statement) -> DisclosureRule:
    """Give the rule that holds where a statement has none: nothing is allowed that no rule allows."""
    silence = Source(statement.name, stated="unstated")
    return DisclosureRule(
        id="default deny", to=ANY, purposes=ANY, allows=False, says="no rule allows it", source=silence
    )


def stops(preference: Preference, purpose: str, row: Purpose | None) -> bool:
    """Tell whether a choice can stop a purpose, and be recorded as a fact."""
    named = purpose in preference.stops or (row is not None and row.subject_to == preference.id)
    return bool(preference.fact) and named


def _as_rule(choice: Preference, statement: Statement) -> DisclosureRule:
    return DisclosureRule(
        id=choice.id,
        to=ANY,
        purposes=ANY,
        allows=False,
        when=given(choice.fact),
        says=choice.effect or choice.what,
        source=(*choice.sources, Source(statement.name, stated="unstated"))[0],
    )


def _items(data: Iterable[str]) -> tuple[str, ...]:
    if isinstance(data, str):
        raise PolicyError(
            f"The data to disclose is one text, {shown(data)}",
            why="Its letters would be taken for the ids of data items",
            remedy="Give several ids, or one in a list",
            data=data,
        )
    return tuple(dict.fromkeys(data))


def _silent(rule: DisclosureRule, to: str, purpose: str) -> str:
    """Say why a rule does not speak of a question; nothing where it does."""
    if not _speaks_of(rule.to, to):
        return "it speaks of other recipients"
    return "" if _speaks_of(rule.purposes, purpose) else "it speaks of other purposes"


def _speaks_of(ids: tuple[str, ...] | Everyone, one: str) -> bool:
    return isinstance(ids, Everyone) or one in ids


def _listed(row: Purpose | None) -> frozenset[str]:
    """Give every data item that a purpose speaks of."""
    if row is None:
        return frozenset()
    return frozenset((*row.required, *(item for _, item in row.required_if), *row.may_require, *row.uses))


def _regime(on: date | None, law: tuple[TransferRegime, ...]) -> TransferRegime | None:
    if on is None:
        return None
    check_day(on)
    begun = [one for one in law if one.since <= on and (one.until is None or on <= one.until)]
    return at(on, begun) if begun else None


def _recipients(statement: Statement) -> set[str]:
    """Give everybody that a statement speaks of as somebody who may receive data."""
    in_rules = {one for rule in statement.disclosure if not isinstance(rule.to, Everyone) for one in rule.to}
    elsewhere = (*(row.to for row in statement.transfers), *(row.applies_to for row in statement.recipient_terms))
    return in_rules | {one.id for one in statement.organisations} | {one for ids in elsewhere for one in ids}


def _notes_on_names(
    statement: Statement, items: tuple[str, ...], to: str, purpose: str, row: Purpose | None
) -> tuple[str, ...]:
    known, listed, asked = {one.id for one in statement.data_items}, _listed(row), set(items)
    notes = [] if to in _recipients(statement) else [f"the statement names no recipient {shown(to)}"]
    notes += [] if row else [f"the statement lists no purpose {shown(purpose)}, and so no data for it"]
    for item in items:
        if item not in known:
            notes.append(f"the statement names no data item {shown(item)}")
        elif row and item not in listed:
            notes.append(f"the statement does not list {shown(item)} for {shown(purpose)}")
    thirds = (f"{one.id} is about {one.subject}" for one in statement.data_items if one.id in asked and one.subject)
    return (*notes, *thirds)


def _notes_on_day(
    statement: Statement, transfers: tuple[Abroad, ...], on: date | None, law: tuple[TransferRegime, ...]
) -> tuple[str, ...]:
    if on is None:
        return ()
    notes = []
    if statement.since and on < statement.since:
        notes.append(f"the statement speaks from {as_date(statement.since)}, which is after {as_date(on)}")
    if statement.until and on > statement.until:
        notes.append(f"the statement spoke until {as_date(statement.until)}, which is before {as_date(on)}")
    if transfers and law and transfers[0].regime is None:
        notes.append(f"no transfer regime that was given was in force on {as_date(on)}")
    return tuple(notes)
