"""The four regimes of the United Kingdom on requests for one's own data: the inventory's, row by row."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from cpdrules import Source
from cpdrules.errors import NoEditionError, PolicyError
from cpdrules.periods import days, months
from cpdrules.privacy.access.law import UK_ACCESS_LAW, AccessRegime, ClockEffect, in_force, is_money
from tests.privacy.inventory import named, rows

DPA, GDPR_2018, GDPR_2019, DUAA = UK_ACCESS_LAW


class TestTheInventory:
    """`law_subject_access`: every row is a regime, and every key of it is what the regime says."""

    def test_there_are_as_many_regimes_as_rows(self) -> None:
        """None is forgotten, and none is added."""
        assert [regime.name for regime in UK_ACCESS_LAW] == [row["id"] for row in rows("law_subject_access")]

    @pytest.mark.parametrize("row", rows("law_subject_access"), ids=named)
    def test_a_row_is_the_regime_of_its_name(self, row: dict[str, Any]) -> None:
        """Dates, form, fee, period, counting, roll, extension and source agree."""
        regime = next(one for one in UK_ACCESS_LAW if one.name == row["id"])
        assert (regime.since, regime.until) == (row["from"], row["to"])
        assert regime.writing == row["written"]
        assert (regime.fee_max, list(regime.fee_if)) == (row["fee_max"], row.get("fee_if", []))
        assert regime.currency == row.get("currency", "GBP")
        assert regime.period == (days(row["period"]["days"]) if "days" in row["period"] else months(1))
        assert regime.rolls_to_working_day == row.get("roll_to_working_day", True)
        assert (regime.counting == "inclusive") == (row.get("counting") == "inclusive")
        assert (regime.starts == "day after receipt") == row["starts"].startswith("day after receipt")
        assert (regime.clarification.kind == "pauses") == row.get("clarification_pauses", False)
        assert row.get("source", str(regime.source)) == str(regime.source)

    @pytest.mark.parametrize("row", rows("law_subject_access"), ids=named)
    def test_the_extension_is_the_rows(self, row: dict[str, Any]) -> None:
        """Two months more, on two grounds, told within one; and none in 1998."""
        regime = next(one for one in UK_ACCESS_LAW if one.name == row["id"])
        if row["extension"] is None:
            assert regime.extension is None
            return
        assert regime.extension is not None
        assert regime.extension.length == months(row["extension"]["months"])
        assert list(regime.extension.grounds) == row["extension"]["grounds"]
        assert regime.extension.tell_within == months(row["extension"]["notify_within"]["months"])


class TestWhichRegime:
    """The day of receipt decides."""

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            (date(2000, 3, 1), "dpa1998"),
            (date(2018, 5, 24), "dpa1998"),
            (date(2018, 5, 25), "gdpr-ico-2018"),
            (date(2019, 8, 14), "gdpr-ico-2018"),
            (date(2019, 8, 15), "gdpr-ico-2019"),
            (date(2026, 2, 4), "gdpr-ico-2019"),
            (date(2026, 2, 5), "ukgdpr-duaa"),
            (date.max, "ukgdpr-duaa"),
        ],
    )
    def test_the_boundaries(self, day: date, name: str) -> None:
        """The last day of a rule is still its own."""
        assert in_force(UK_ACCESS_LAW, day).name == name

    def test_before_the_first_nobody_knows(self) -> None:
        """What was in force before March 2000 is never taken from the Act that followed."""
        with pytest.raises(NoEditionError, match="29 February 2000"):
            in_force(UK_ACCESS_LAW, date(2000, 2, 29))

    def test_they_follow_one_another_without_a_gap(self) -> None:
        """Each begins on the day after the one before it."""
        for one, following in itertools.pairwise(UK_ACCESS_LAW):
            assert one.until is not None
            assert following.since == one.until + timedelta(days=1)

    def test_one_regime_given_alone_is_applied_whatever_the_day(self) -> None:
        """So that a reader can ask what another law would say."""
        assert in_force(DUAA, date(1990, 1, 1)) is DUAA

    def test_anybody_may_replace_the_law(self) -> None:
        """A list of another country's regimes is as good."""
        other = evolve(DUAA, name="other", since=date(2020, 1, 1))
        assert in_force([other], date(2020, 1, 1)) is other


class TestFees:
    """What may be charged, on which ground."""

    @pytest.mark.parametrize(
        ("regime", "amount", "grounds", "allowed"),
        [
            (DPA, 10, (), True),
            (DPA, Decimal("10.00"), (), True),
            (DPA, Decimal("10.01"), (), False),
            (DPA, None, (), True),
            (DPA, 11, ("further copies",), False),
            (DUAA, 5, (), None),
            (DUAA, None, (), None),
            (DUAA, 0, (), None),
            (DUAA, 5, ("further copies",), True),
            (DUAA, 5, ("we are busy", "further copies"), True),
            (DUAA, 5, ("we are busy",), False),
        ],
    )
    def test_a_fee_may_be_asked(
        self, regime: AccessRegime, amount: int | Decimal | None, grounds: tuple[str, ...], allowed: bool | None
    ) -> None:
        """At most 10 GBP in 1998; nothing since, but on a ground; without one recorded, nobody can tell."""
        assert regime.lets_charge(amount, grounds) is allowed

    @pytest.mark.parametrize("amount", [0, 10, Decimal(0), Decimal("9.99")])
    def test_what_is_money(self, amount: object) -> None:
        """Whole numbers and decimals are exact."""
        assert is_money(amount)

    @pytest.mark.parametrize(
        "amount", [-1, True, 0.5, "10", None, Decimal("NaN"), Decimal("-0.01"), Decimal("Infinity")]
    )
    def test_what_is_not(self, amount: object) -> None:
        """Floats are not exact, and nothing is charged that is negative or endless."""
        assert not is_money(amount)


class TestRefusals:
    """A regime that contradicts itself cannot be applied."""

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"until": date(2026, 2, 4)}, "would end on 2026-02-04, before it begins on 2026-02-05"),
            ({"fee_max": -1}, "-1 is no largest fee"),
            ({"writing": "preferred"}, "'preferred'"),
            ({"starts": "tomorrow"}, "'tomorrow'"),
            ({"counting": "fuzzy"}, "'fuzzy'"),
        ],
    )
    def test_it_says_what_is_wrong(self, change: dict[str, Any], says: str) -> None:
        """The error names the regime and its fault."""
        with pytest.raises(PolicyError, match=says) as caught:
            evolve(DUAA, **change)
        assert caught.value.data["regime"] == "ukgdpr-duaa"

    def test_a_single_day_is_a_regime(self) -> None:
        """It may end on the day on which it begins."""
        assert evolve(DUAA, until=DUAA.since).until == DUAA.since

    @pytest.mark.parametrize("field", ["fee_if", "may_require"])
    def test_one_text_is_not_several(self, field: str) -> None:
        """Part of a text would else be taken for one of its names."""
        with pytest.raises(PolicyError, match="'further copies' was given where several names belong"):
            evolve(DUAA, **{field: "further copies"})
        assert getattr(evolve(DUAA, **{field: ["further copies"]}), field) == ("further copies",)

    def test_one_ground_is_not_several(self) -> None:
        """Of an extension neither."""
        with pytest.raises(PolicyError, match="several names"):
            evolve(DUAA.extension, grounds="complexity")  # type: ignore[type-var]

    def test_an_effect_is_one_of_four(self) -> None:
        """Nothing else can happen to a time limit."""
        with pytest.raises(PolicyError, match="'stops'"):
            ClockEffect("stops")  # type: ignore[arg-type]


class TestSources:
    """What the inventory does not say is flagged."""

    def test_every_regime_cites_its_text_and_the_day_of_reading(self) -> None:
        """No rule without a source."""
        for regime in UK_ACCESS_LAW:
            assert regime.source.document
            assert regime.read == date(2026, 11, 21)

    @pytest.mark.parametrize("regime", [GDPR_2018, GDPR_2019], ids=str)
    def test_what_guidance_said_before_2026_is_no_statute(self, regime: AccessRegime) -> None:
        """That identity begins the time anew is inferred; what clarification does is unstated."""
        assert regime.identity.kind == "restarts"
        assert regime.identity.source == Source("ICO guidance on the right of access", stated="inferred")
        assert regime.clarification.kind == "unstated"

    def test_each_matter_has_its_effect(self) -> None:
        """Fee, identity and clarification are looked up by name."""
        assert DUAA.effect_of("clarification").kind == "pauses"
        assert DUAA.effect_of("identity") is DUAA.identity
        assert evolve(DUAA, fee=ClockEffect("none")).effect_of("fee").kind == "none"
        assert {DPA.effect_of(what).kind for what in ("fee", "identity", "clarification")} == {"restarts"}

    def test_a_regime_names_itself(self) -> None:
        """By its title, and the name that the inventory gives it."""
        assert str(DPA) == "the Data Protection Act 1998 (dpa1998)"
