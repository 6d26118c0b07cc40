"""The policy document of about 2015 (S1), paragraph by paragraph: the deciding words, and what became of them.

Where the source texts stand beside the checkout, every quotation is looked up in its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cpdrules import Policy, Source, Verdict, as_stated, year
from cpdrules.cpd import Circumstance, Member, activity, record
from cpdrules.iet import cpd, engineering_council, monitoring, policy_text
from cpdrules.review import History, Status, eligibility

MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict

YEAR = year(2015)


def sources() -> Iterator[Source]:
    """Give every citation of S1 in the statute book."""
    policies: list[Policy] = [cpd.policy, as_stated(cpd.policy), cpd.scope, engineering_council.may_be_referred]
    cited = [clause.source for policy in policies for clause in policy.walk()]
    policies_of_monitoring = [rule.policy for rule in monitoring.may_be_chosen.rules]
    cited += [clause.source for policy in policies_of_monitoring for clause in policy.walk()]
    cited += [stage.source for stage in monitoring.STAGES]
    cited += [phase.source for phase in engineering_council.PHASES]
    cited += [statement.source for statement in policy_text.STATEMENTS]
    return (source for source in dict.fromkeys(cited) if source is not None and source.document == "S1")


@pytest.fixture(scope="module")
def lines(shared: Path) -> list[str]:
    """Give the lines of the policy document."""
    return (shared / "seeds" / "001_c4bb173592efcb72.txt").read_text(encoding="utf-8").splitlines()


class TestQuotations:
    """Every citation stands in the text, and every line of the text has a home."""

    def test_every_quotation_is_in_its_line(self, lines: list[str]) -> None:
        """The words stand where the clause says they stand."""
        cited = list(sources())
        assert len(cited) > 50
        assert [source for source in cited if source.line is None or source.quote not in lines[source.line - 1]] == []

    def test_every_line_has_a_home(self, lines: list[str]) -> None:
        """No line of the document is left out, and none is made up."""
        written = {number for number, text in enumerate(lines, 1) if text.strip()}
        assert {statement.source.line for statement in policy_text.STATEMENTS} == written

    def test_quotations_are_a_few_words(self) -> None:
        """The texts are not ours to copy: nothing longer than the words that decide is quoted."""
        assert max(len(source.quote.split()) for source in sources()) <= 8

    def test_every_clause_of_the_edition_of_2015_cites_its_line(self) -> None:
        """Whoever reads a figure in a finding can look it up."""
        edition = cpd.guidelines.at(date(2015, 1, 1))
        cited = {clause.ref: clause.source for clause in edition.walk() if clause.ref and hasattr(clause, "figure")}
        assert {ref for ref, source in cited.items() if source is None} == {"agreed"}
        assert cpd.guideline_2015.source is not None

    def test_homes_exist(self) -> None:
        """A home names a clause of the edition of 2015, or something in the statute book."""
        refs = {clause.ref for clause in cpd.guidelines.at(date(2015, 1, 1)).walk()}
        modules = {"cpd": cpd, "monitoring": monitoring, "engineering_council": engineering_council}
        homes = {home for statement in policy_text.STATEMENTS for home in statement.home.split(", ") if home}
        for home in homes - refs:
            module, _, name = home.rpartition(".")
            assert hasattr(modules.get(module, cpd if hasattr(cpd, name) else policy_text), name), home

    def test_the_scheme_lives_in_its_module(self) -> None:
        """Every line on how the scheme runs has a home in the statute book's module on monitoring."""
        homes = {statement.source.line: statement.home for statement in policy_text.STATEMENTS}
        assert [line for line in (10, 12, 20, 24, 28, 37, 38, 39, 40) if "monitoring." not in homes[line]] == []


def assessed(who: Member, *done: tuple[str, bool, str]) -> object:
    """Assess amounts done in 2015, each planned or not, in an area."""
    log = [activity("2015-05-04", amount, planned=planned, area=area, kind="event") for amount, planned, area in done]
    return cpd.policy.assess(record(who, log), period=YEAR)


class TestLine16:
    """CPD in six kinds of activity: “TWAVES”."""

    @pytest.mark.parametrize("kind", cpd.KINDS)
    def test_every_kind_counts_alike(self, kind: str) -> None:
        """Thirty hours of any one kind meet the hours."""
        log = [activity("2015-05-04", 30, planned=True, area="soft_skills", kind=kind)]
        assert cpd.policy.assess(record("1", log), period=YEAR).verdict is MET

    def test_the_initials_spell_the_name(self) -> None:
        """The kinds stand in the order that their name spells."""
        assert [kind[0] for kind in cpd.KINDS] == list("twaves")


class TestLine20:
    """“from January 2017 … may be chosen”."""

    @pytest.mark.parametrize(("number", "verdict"), [(2016, NOT_MET), (2017, MET)])
    def test_who_did_not_opt_in_may_be_chosen_from_2017(self, number: int, verdict: Verdict) -> None:
        """Until then the scheme is for those who opted in."""
        assert cpd.scope.assess(Member("1", grade="MIET"), period=year(number)).verdict is verdict


class TestLine28:
    """“if selected, we will provide you with feedback and advice”; if not, “generic feedback”."""

    def test_those_not_selected_are_told_too(self) -> None:
        """Everyone gets the one, those reviewed the other as well."""
        told = monitoring.feedback(["1", "2", "3"], ["2"])
        assert (told.generic, told.individual) == (("1", "2", "3"), ("2",))


class TestLines37To40:
    """The scheme: join, declare, be drawn, be read by volunteers, and be told."""

    def test_the_stages_in_their_order(self) -> None:
        """As the text lists them; that those reviewed get feedback of their own is line 28."""
        lines = [stage.source.line for stage in monitoring.STAGES if stage.source.document == "S1"]
        assert lines == [37, 38, 39, 39, 39, 28, 40]

    def test_line_37_membership_is_asked_for_and_no_registration(self) -> None:
        """“All IET members”: who is not registered may be chosen like anyone."""
        who = Member("1", grade="MIET", circumstances=(Circumstance("opted_in", date(2014, 1, 1)),))
        [standing] = eligibility(
            [who], monitoring.may_be_chosen, id_of=lambda one: one.id, period=year(2016), unrecorded=History()
        ).standings
        assert standing.status is Status.POOL

    def test_line_38_the_declaration_is_of_the_year_before(self) -> None:
        """“during the previous year”: of the record, only what was done in that year is laid beside it."""
        done = [activity("2015-03-02", 20), activity("2016-03-02", 12)]
        found = monitoring.declaration(record("1", done, declared=32), review_year=2016)
        assert str(found) == "declared 32 h, recorded 20 h, difference -12 h"

    def test_line_39_no_rate_is_stated(self) -> None:
        """“A sample”: how large is nobody's figure but that of whoever runs the year."""
        assert "the rate of review" in monitoring.UNSTATED


class TestLine44:
    """“aim to undertake a minimum of 30 hours CPD per year”."""

    @pytest.mark.parametrize(("amount", "verdict"), [("29:59", NOT_MET), ("30", MET), ("31", MET)])
    def test_the_minimum(self, amount: str, verdict: Verdict) -> None:
        """Thirty hours meet it, a minute less does not."""
        assert assessed(Member("1"), (amount, True, "soft_skills")).verdict is verdict  # type: ignore[attr-defined]


class TestLines47To49:
    """“which could be split”: ten hours in each of three areas."""

    @pytest.mark.parametrize("area", cpd.AREAS)
    def test_each_area_is_advised(self, area: str) -> None:
        """Thirty hours in one area meet the guideline, and the other two come up as advice."""
        finding = assessed(Member("1"), ("30", True, area))
        assert finding.verdict is MET  # type: ignore[attr-defined]
        others = {f"area.{other}" for other in cpd.AREAS if other != area}
        assert {leaf.ref for leaf in finding.advice()} == others  # type: ignore[attr-defined]


class TestLines51And52:
    """Planned “At least ten hours”; unplanned “Remaining balance (up to 20 hours)”."""

    @pytest.mark.parametrize(("planned", "unplanned", "verdict"), [(10, 20, MET), (9, 21, NOT_MET), (10, 45, MET)])
    def test_ten_planned_hours(self, planned: int, unplanned: int, verdict: Verdict) -> None:
        """Twenty is what remains of thirty, and no ceiling on what somebody may do."""
        finding = assessed(Member("1"), (str(planned), True, "soft_skills"), (str(unplanned), False, "soft_skills"))
        assert finding.verdict is verdict  # type: ignore[attr-defined]


class TestLine57:
    """“A reduced target of ten hours … for retired members and those on maternity leave” and “case by case”."""

    @pytest.mark.parametrize("kind", ["retired", "maternity_leave"])
    @pytest.mark.parametrize(("amount", "verdict"), [("9:59", NOT_MET), ("10", MET)])
    def test_ten_hours(self, kind: str, amount: str, verdict: Verdict) -> None:
        """Ten hours of any kind meet the reduced target."""
        who = Member("1", circumstances=(Circumstance(kind, date(2015, 6, 1)),))
        assert assessed(who, (amount, False, "soft_skills")).verdict is verdict  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        "kind",
        [
            "paternity_leave",
            "parental_leave",
            "long_term_illness",
            "unemployed",
            "career_break",
            "working_outside_engineering",
        ],
    )
    def test_other_circumstances_wait_for_a_decision(self, kind: str) -> None:
        """The text names no figure for them, so neither does the library."""
        who = Member("1", circumstances=(Circumstance(kind, date(2015, 6, 1)),))
        assert assessed(who, ("29", True, "soft_skills")).verdict is CANNOT_TELL  # type: ignore[attr-defined]
        assert assessed(who, ("30", True, "soft_skills")).verdict is MET  # type: ignore[attr-defined]


class TestLine72:
    """“content from any source is equally acceptable”."""

    def test_no_clause_asks_who_provided_it(self) -> None:
        """The same record from two providers has the same finding."""
        findings = [
            cpd.policy.assess(
                record(
                    "1", [activity("2015-05-04", 30, planned=True, area="soft_skills", kind="event", provider=provider)]
                ),
                period=YEAR,
            )
            for provider in ("IET", "")
        ]
        assert findings[0] == findings[1]


class TestLines76To86:
    """What CPD helps with."""

    def test_the_benefits_are_kept(self) -> None:
        """Eight lines of benefits, each in our own words."""
        assert len(policy_text.BENEFITS) == 8
        assert "commitment" in policy_text.BENEFITS[-1]
