"""What a statement demands of a request, against what the law of the day lets it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import Source
from cpdrules.errors import NoEditionError, RecordError
from cpdrules.privacy.access.law import UK_ACCESS_LAW, AccessRegime, ClockEffect
from cpdrules.privacy.access.requests import AccessPolicy, AccessRequest, Asked
from cpdrules.privacy.access.validity import Demand, Validity, validity
from tests.privacy.access_cases import made, statement
from tests.privacy.inventory import named, rows

DPA, GDPR_2018, GDPR_2019, DUAA = UK_ACCESS_LAW
IN_2015, IN_2020, IN_2026 = date(2015, 12, 1), date(2020, 1, 10), date(2026, 6, 10)
ALL = ("name", "postal-address", "telephone")
PAID = Asked("fee", None, IN_2015)
BEYOND = "policy asks for more than the law lets it require"


def judged(**changes: Any) -> Validity:
    """Judge a request of 2015 that lacks nothing but what is changed."""
    whole = AccessRequest(IN_2015, written=True, has=ALL, asked=(PAID,))
    return validity(evolve(whole, **changes), statement())


def demanded(found: Validity, what: str) -> Demand:
    """Give the demand of a name."""
    (demand,) = (one for one in found.demands if one.what == what)
    return demand


class TestTheInventory:
    """`sar_validation_tests`, row by row, whatever their number."""

    @pytest.mark.parametrize("row", rows("sar_validation_tests"), ids=named)
    def test_a_row_comes_out_as_it_says(self, row: dict[str, Any]) -> None:
        """Its answer, what it needs, whose demand that is, and the warnings."""
        found = validity(made(row), statement(), on=row["at_date"])
        assert found.outcome == {True: "valid", False: "invalid"}.get(row["valid"], row["valid"])
        needs = row.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= set(found.needs)
        whose = row.get("source_of_requirement", "")
        deciding = [one for one in found.demands if one.otherwise != "nothing"]
        if "allows" in whose:
            assert any(one.by == "policy" and one.allowed is True for one in deciding)
        elif whose:
            assert any(one.by in whose.replace("+", "and") for one in deciding)
        for warning in row.get("warnings", ()):
            assert any(one.startswith(warning) for one in found.warnings)

    def test_a_row_that_needs_nothing_more_has_no_warning(self) -> None:
        """The request of 2015 that holds all that is asked: nobody is warned of anything."""
        (row,) = (one for one in rows("sar_validation_tests") if one["id"] == "sv01")
        found = validity(made(row), statement())
        assert (found.warnings, found.needs, found.missing) == ((), (), ())


class TestWriting:
    """A form may be required in 1998, by statement and law; and by nobody since."""

    def test_in_2015_a_spoken_request_is_invalid(self) -> None:
        """Both ask for writing."""
        found = judged(written=False)
        assert found.outcome == "invalid"
        assert demanded(found, "written form").by == "policy and law"
        assert found.warnings == ()

    def test_the_law_asks_for_it_by_itself(self) -> None:
        """A statement that is silent on the form changes nothing."""
        silent = AccessPolicy(source=Source("P1", 73))
        found = validity(AccessRequest(IN_2015, written=False), silent)
        assert found.outcome == "invalid"
        assert demanded(found, "written form") == Demand(
            "written form",
            "law",
            allowed=True,
            met=False,
            says="the law wants a request in writing",
            sources=(DPA.source,),
            otherwise="invalid",
        )

    def test_whether_it_was_written_must_be_recorded(self) -> None:
        """Silence is never no: the answer names the fact."""
        found = judged(written=None)
        assert (found.outcome, found.missing, found.needs) == ("cannot tell", ("written form",), ())

    def test_in_2020_it_is_a_warning(self) -> None:
        """The law lets nobody insist."""
        found = validity(AccessRequest(IN_2020, written=False, has=ALL), evolve(statement(), fee=None))
        assert found.outcome == "valid"
        assert found.warnings == (f"{BEYOND}: written form",)
        assert demanded(found, "written form").allowed is False
        assert demanded(found, "written form").sources == (statement().source, GDPR_2019.source)

    @pytest.mark.parametrize("written", [None, False])
    def test_where_neither_asks_there_is_no_demand(self, written: bool | None) -> None:
        """A statement that does not say asks for no form, and since 2018 the law does not either."""
        policy = AccessPolicy(written=written)
        assert validity(AccessRequest(IN_2020, written=False), policy).demands == ()


class TestItems:
    """The law lets a controller ask for what tells who asks and where to look."""

    def test_in_2015_a_name_or_an_address_is_needed(self) -> None:
        """The request waits for them, by the statement, and the law allows that."""
        found = judged(has=("telephone",))
        assert (found.outcome, found.needs) == ("pending", ("name", "postal-address"))
        assert demanded(found, "name").by == "policy"
        assert demanded(found, "name").allowed is True

    def test_in_2015_a_telephone_number_is_not(self) -> None:
        """It tells nobody who asks: a warning, and nothing waits."""
        found = judged(has=("name", "postal-address"))
        assert found.outcome == "valid"
        assert found.warnings == (f"{BEYOND}: telephone",)

    def test_who_is_known_need_not_say(self) -> None:
        """Once identity is settled, what would only tell it is no longer needed, and no warning either."""
        found = judged(has=(), asked=(PAID, Asked("identity", None, IN_2015)))
        assert (found.outcome, found.needs) == ("valid", ())
        assert found.warnings == (f"{BEYOND}: telephone",)
        assert demanded(found, "name").says == "who asks is known without it"

    def test_one_of_two_proofs_settles_nothing(self) -> None:
        """Identity is settled when nothing of it is awaited."""
        asked = (PAID, Asked("identity", IN_2015, IN_2015), Asked("identity", IN_2015))
        assert judged(has=(), asked=asked).needs == ("name", "postal-address", "identity")

    def test_in_2020_a_name_is_all(self) -> None:
        """Address and telephone are more than the law lets anybody require."""
        found = validity(AccessRequest(IN_2020, has=("name",)), AccessPolicy(must_include=ALL))
        assert (found.outcome, found.warnings) == ("valid", (f"{BEYOND}: postal-address, telephone",))
        assert validity(AccessRequest(IN_2020), AccessPolicy(must_include=ALL)).needs == ("name",)

    def test_a_membership_number_is_asked_only_of_members(self) -> None:
        """Whether this one has a number nobody recorded: it is never missing, and never warned of."""
        without, number = judged(), judged(has=(*ALL, "membership-number"))
        assert demanded(without, "membership-number").met is None
        assert "not recorded" in demanded(without, "membership-number").says
        assert demanded(without, "membership-number").allowed is True
        assert demanded(number, "membership-number").met is True
        assert "not recorded" not in demanded(number, "membership-number").says
        assert without.outcome == number.outcome == "valid"
        in_2020 = validity(AccessRequest(IN_2020, has=("name",)), AccessPolicy(must_include_if_any=("badge",)))
        assert demanded(in_2020, "badge").allowed is None
        assert in_2020.warnings == ()

    def test_the_addressee_decides_nothing(self) -> None:
        """The law, as read, does not say whether anybody may insist on one."""
        assert demanded(judged(), "addressee").allowed is None
        assert demanded(judged(), "addressee").sources == (statement().source, DPA.source)


class TestFees:
    """In 1998 a fee of at most 10 GBP may be asked; since 2018 none, but on a ground."""

    def test_in_2015_it_is_awaited_until_it_is_paid_or_waived(self) -> None:
        """The statement may ask it, and the law allows that."""
        found = judged(asked=())
        assert (found.outcome, found.needs, found.warnings) == ("pending", ("fee",), ())
        assert "10 GBP, which may be asked; the law lets at most 10 GBP" in demanded(found, "fee").says
        assert judged(asked=(Asked("fee", IN_2015),)).needs == ("fee",)
        assert judged(asked=(), fee_waived=True).outcome == "valid"

    def test_more_than_the_law_lets_is_a_warning_and_the_lawful_part_is_owed(self) -> None:
        """15 GBP in 2015: the policy asks for more."""
        greedy = evolve(statement(), fee=15)
        unpaid = validity(AccessRequest(IN_2015, written=True, has=ALL), greedy)
        assert (unpaid.outcome, unpaid.needs) == ("pending", ("fee",))
        assert unpaid.warnings == (f"{BEYOND}: fee",)
        paid = validity(AccessRequest(IN_2015, written=True, has=ALL, asked=(PAID,)), greedy)
        assert (paid.outcome, paid.warnings) == ("valid", (f"{BEYOND}: fee",))

    def test_what_was_asked_counts_and_not_what_might_have_been(self) -> None:
        """A statement of 15 GBP that asked for 10 asked for 10; of several askings the most counts."""
        asked = AccessRequest(IN_2015, written=True, has=ALL, asked=(Asked("fee", None, IN_2015, amount=10),))
        greedy = evolve(statement(), fee=15, currency="EUR")
        assert validity(asked, greedy).warnings == ()
        twice = evolve(asked, asked=(*asked.asked, Asked("fee", None, IN_2015, amount=12)))
        assert validity(twice, greedy).warnings == (f"{BEYOND}: fee",)

    def test_another_currency_cannot_be_compared(self) -> None:
        """No rate is invented."""
        found = validity(AccessRequest(IN_2015, written=True, has=ALL), evolve(statement(), currency="EUR"))
        assert (found.outcome, found.missing) == ("cannot tell", ("fee",))

    def test_a_fee_of_which_the_statement_is_silent_is_the_askers(self) -> None:
        """The amount is not recorded, and the statement is not cited."""
        silent = AccessPolicy(source=Source("P1", 73), fee_modality="may")
        found = validity(AccessRequest(IN_2015, written=True, asked=(Asked("fee", IN_2015),)), silent)
        assert found.needs == ("fee",)
        assert demanded(found, "fee").sources == (DPA.source,)
        assert demanded(found, "fee").says.startswith("an amount that is not recorded; ")

    @pytest.mark.parametrize("day", [date(2018, 5, 25), IN_2020, IN_2026])
    def test_since_2018_nobody_waits_for_it(self, day: date) -> None:
        """The statement asks it of everyone, and the law of nobody without a ground."""
        found = validity(AccessRequest(day, written=True, has=ALL), statement())
        assert found.outcome == "valid"
        assert demanded(found, "fee").allowed is False
        assert "lets nothing be asked of everyone, or a reasonable fee on a ground: manifestly" in str(found)

    def test_another_currency_matters_only_where_there_is_a_figure(self) -> None:
        """Nothing in euros is nothing in pounds."""
        found = validity(AccessRequest(IN_2020, written=True, has=ALL), evolve(statement(), currency="EUR"))
        assert demanded(found, "fee").allowed is False

    def test_a_ground_lets_it_be_asked(self) -> None:
        """Without one recorded nobody can tell; with another it is not allowed."""
        asked = AccessRequest(IN_2026, written=True, has=ALL, asked=(Asked("fee", IN_2026),))
        assert validity(asked, statement()).outcome == "cannot tell"
        assert validity(asked, statement()).missing == ("fee",)
        assert validity(evolve(asked, fee_grounds=("further copies",)), statement()).needs == ("fee",)
        refused = validity(evolve(asked, fee_grounds=("busy",)), statement())
        assert (refused.outcome, refused.warnings) == ("valid", (f"{BEYOND}: fee",))

    def test_once_paid_the_ground_decides_nothing(self) -> None:
        """The request need not wait for what is there."""
        paid = AccessRequest(IN_2026, written=True, has=ALL, asked=(Asked("fee", None, IN_2026),))
        assert validity(paid, statement()).outcome == "valid"

    def test_a_statement_without_a_fee_demands_none(self) -> None:
        """Nor does the law."""
        assert "fee" not in [one.what for one in validity(AccessRequest(IN_2015), AccessPolicy()).demands]

    def test_a_modality_that_is_unstated_is_not_worded(self) -> None:
        """The figure stands alone."""
        found = validity(AccessRequest(IN_2015), evolve(statement(), fee_modality="unstated"))
        assert demanded(found, "fee").says.startswith("10 GBP; the law")


class TestWhatWasAskedFor:
    """Identity and clarification: the request waits for what the law lets begin the time anew."""

    @pytest.mark.parametrize("day", [IN_2015, IN_2020, IN_2026])
    def test_it_waits_for_identity(self, day: date) -> None:
        """In every regime."""
        found = validity(AccessRequest(day, written=True, asked=(Asked("identity", day),)), AccessPolicy())
        assert (found.outcome, found.needs) == ("pending", ("identity",))
        assert demanded(found, "identity").by == "law"
        assert demanded(found, "identity").allowed is True
        assert "it is awaited; the time begins when it is there" in str(found)

    @pytest.mark.parametrize(("day", "outcome"), [(IN_2015, "pending"), (IN_2020, "cannot tell"), (IN_2026, "valid")])
    def test_clarification(self, day: date, outcome: str) -> None:
        """In 1998 it is information needed; then guidance changed; since 2026 only the time stands still."""
        request = AccessRequest(day, written=True, asked=(Asked("clarification", day),))
        assert validity(request, AccessPolicy()).outcome == outcome
        answered = evolve(request, asked=(Asked("clarification", day, day),))
        assert validity(answered, AccessPolicy()).outcome == "valid"
        assert "it has come" in demanded(validity(answered, AccessPolicy()), "clarification").says

    def test_what_the_law_does_not_say_is_not_said(self) -> None:
        """The demand is neither allowed nor refused, and another law may say that nothing waits."""
        request = AccessRequest(IN_2020, asked=(Asked("clarification", IN_2020),))
        assert demanded(validity(request, AccessPolicy()), "clarification").allowed is None
        heedless = evolve(GDPR_2019, clarification=ClockEffect("none"))
        found = validity(request, AccessPolicy(), heedless)
        assert (found.outcome, demanded(found, "clarification").allowed) == ("valid", True)
        assert demanded(found, "clarification").sources == ()


class TestTheAnswer:
    """One outcome, the worst that follows from any demand."""

    def test_the_worst_wins(self) -> None:
        """Invalid before pending, pending before cannot tell."""
        nothing = {"has": (), "asked": ()}
        assert judged(written=False, **nothing).outcome == "invalid"
        assert judged(written=None, **nothing).outcome == "pending"
        assert judged(written=None, **nothing).missing == ("written form",)

    def test_it_is_told_by_what_was_known(self) -> None:
        """On the day of receipt the fee had not come."""
        late = AccessRequest(IN_2015, written=True, has=ALL, asked=(Asked("fee", IN_2015, date(2015, 12, 9)),))
        assert validity(late, statement(), on=IN_2015).outcome == "pending"
        assert validity(late, statement(), on=date(2015, 12, 8)).outcome == "pending"
        assert validity(late, statement(), on=date(2015, 12, 9)).outcome == "valid"
        assert validity(late, statement()).outcome == "valid"
        with pytest.raises(RecordError):
            validity(late, statement(), on=date(2015, 11, 30))

    def test_the_day_of_receipt_chooses_the_law(self) -> None:
        """Not the day of the question."""
        asked = AccessRequest(date(2018, 5, 24), written=False, has=ALL)
        assert validity(asked, statement(), on=date(2026, 6, 1)).regime is DPA
        assert validity(asked, statement(), DUAA).regime is DUAA
        with pytest.raises(NoEditionError):
            validity(AccessRequest(date(2000, 2, 29)), statement())

    def test_it_reads_aloud(self) -> None:
        """The rule, the day on which it was read, whose demand each is, and the warnings."""
        assert str(
            validity(AccessRequest(IN_2020, has=("name",)), AccessPolicy(must_include=("name", "telephone")))
        ) == (
            "Valid under the GDPR, counted as the ICO's guidance does from 15 August 2019 (gdpr-ico-2019), as read on "
            "21 November 2026\n"
            "  name, by policy: it tells who asks, or where to look [GDPR art 12(6) (inferred)]\n"
            "  telephone, by policy: more than tells who asks, or where to look [GDPR art 12(6) (inferred)]\n"
            "  warning: policy asks for more than the law lets it require: telephone"
        )
        assert str(Demand("fee", "law", allowed=True, met=None, says="said")) == "fee, by law: said"

    @given(
        regime=st.sampled_from(UK_ACCESS_LAW),
        has=st.sets(st.sampled_from([*ALL, "membership-number"])),
        more=st.sets(st.sampled_from([*ALL, "membership-number"])),
        written=st.sampled_from([None, False, True]),
        paid=st.booleans(),
    )
    def test_more_in_a_request_never_makes_it_worse(
        self, regime: AccessRegime, has: set[str], more: set[str], written: bool | None, paid: bool
    ) -> None:
        """Whoever gives more is never further from an answer; and what has no consequence is never needed."""
        order = ["invalid", "pending", "cannot tell", "valid"]
        fee = (Asked("fee", None, regime.since),) if paid else ()
        request = AccessRequest(regime.since, written=written, has=tuple(sorted(has)), asked=fee)
        fuller = evolve(request, has=tuple(sorted(has | more)))
        one, other = validity(request, statement(), regime), validity(fuller, statement(), regime)
        assert order.index(one.outcome) <= order.index(other.outcome)
        assert set(other.needs) <= set(one.needs)
        assert set(one.needs) <= {demand.what for demand in one.demands if demand.met is not True}
        assert (one.outcome == "valid") == (not one.needs and not one.missing and written is not False) or (
            regime is not DPA
        )
