"""What a statement says of requests, and what is recorded of one: refused where it contradicts itself."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from cpdrules.errors import PolicyError, RecordError
from cpdrules.privacy.access.requests import AccessPolicy, AccessRequest, Asked, Extended
from tests.privacy.access_cases import statement

DAY = date(2026, 6, 10)


class TestTheStatement:
    """Line 73 of the statement: what must be in a request, in which form, and for which fee."""

    def test_it_is_a_value(self) -> None:
        """Form, items and a fee that may be charged; the deadline is unstated."""
        line = statement()
        assert line.written is True
        assert line.must_include == ("name", "postal-address", "telephone")
        assert line.must_include_if_any == ("membership-number",)
        assert (line.fee, line.currency, line.fee_modality) == (10, "GBP", "may")
        assert line.deadline is None

    def test_silence_is_unstated(self) -> None:
        """A statement that says nothing demands nothing."""
        silent = AccessPolicy()
        assert (silent.written, silent.fee, silent.deadline) == (None, None, None)
        assert (silent.fee_modality, silent.must_include) == ("unstated", ())

    @pytest.mark.parametrize("fee", [-1, 9.5, "10", Decimal("NaN")])
    def test_a_fee_is_an_amount(self, fee: Any) -> None:
        """Nothing else can be charged."""
        with pytest.raises(PolicyError, match="is no fee"):
            AccessPolicy(fee=fee)

    def test_whether_it_wants_writing_is_a_truth_value(self) -> None:
        """A word for it is not taken for yes."""
        with pytest.raises(PolicyError, match="'no' does not say whether the written form"):
            AccessPolicy(written="no")  # type: ignore[arg-type]

    def test_several_items_are_no_text(self) -> None:
        """Its letters would be demanded one by one; a list is as good as a tuple."""
        with pytest.raises(PolicyError, match="'name' was given where several names belong"):
            AccessPolicy(must_include="name")  # type: ignore[arg-type]
        with pytest.raises(PolicyError, match="several names"):
            AccessPolicy(must_include_if_any="number")  # type: ignore[arg-type]
        assert AccessPolicy(must_include=["name"]).must_include == ("name",)

    def test_a_modality_is_a_word_for_one(self) -> None:
        """It is charged, may be, or that is unstated."""
        with pytest.raises(PolicyError, match="'perhaps'"):
            AccessPolicy(fee=10, fee_modality="perhaps")  # type: ignore[arg-type]


class TestRecords:
    """Nothing is asked before it can be, and nothing comes before it is asked for."""

    def test_nothing_comes_before_it_is_asked_for(self) -> None:
        """Unless the day of asking is left out."""
        with pytest.raises(RecordError, match="asked for on 2026-06-12 cannot have come on 2026-06-11"):
            Asked("identity", date(2026, 6, 12), date(2026, 6, 11))
        assert Asked("identity", DAY, DAY).answered == DAY

    def test_only_three_things_are_waited_for(self) -> None:
        """The error keeps what it spoke of."""
        with pytest.raises(RecordError, match="'patience' is nothing") as caught:
            Asked("patience")  # type: ignore[arg-type]
        assert caught.value.data["matter"] == "patience"

    @pytest.mark.parametrize("wrong", [datetime(2026, 6, 10), "2026-06-10", 20260610])  # noqa: DTZ001
    def test_days_are_plain(self, wrong: Any) -> None:
        """Texts and times of day are refused wherever a day belongs."""
        for hold in (
            lambda: Asked("fee", wrong),
            lambda: Asked("fee", None, wrong),
            lambda: Extended(wrong),
            lambda: AccessRequest(wrong),
        ):
            with pytest.raises(RecordError, match="has no day"):
                hold()

    @pytest.mark.parametrize("hold", [Extended, AccessRequest])
    def test_some_days_must_be_there(self, hold: Any) -> None:
        """A request was received on a day, and an extension told on one."""
        with pytest.raises(RecordError, match="has no day None"):
            hold(None)

    @pytest.mark.parametrize(("what", "amount"), [("fee", -1), ("fee", 9.5), ("identity", 10)])
    def test_an_amount_is_of_a_fee(self, what: Any, amount: Any) -> None:
        """And exact."""
        with pytest.raises(RecordError, match="no amount of a fee"):
            Asked(what, DAY, amount=amount)

    def test_nothing_is_asked_before_the_request(self) -> None:
        """Nor is it told that it takes longer."""
        with pytest.raises(RecordError, match="Identity asked for on 2026-06-09 precedes the request"):
            AccessRequest(DAY, asked=(Asked("identity", date(2026, 6, 9)),))
        with pytest.raises(RecordError, match="An extension told on 2026-06-09 precedes the request"):
            AccessRequest(DAY, extended=Extended(date(2026, 6, 9), ("complexity",)))

    @pytest.mark.parametrize("field", ["has", "fee_grounds"])
    def test_one_text_is_not_several(self, field: str) -> None:
        """Or the name would be found in “membership-name”."""
        with pytest.raises(RecordError, match="'membership-name' was given where several names belong"):
            AccessRequest(DAY, **{field: "membership-name"})
        with pytest.raises(RecordError, match="several names"):
            Extended(DAY, "complexity")  # type: ignore[arg-type]

    def test_lists_become_tuples(self) -> None:
        """So that what is recorded stays as it was; one thing alone is no list."""
        asked = [Asked("fee", DAY)]
        request = AccessRequest(DAY, has=["name"], asked=asked)  # type: ignore[arg-type]
        asked.clear()
        assert request == AccessRequest(DAY, has=("name",), asked=(Asked("fee", DAY),))
        with pytest.raises(RecordError, match="One thing asked for, 'fee', was given"):
            AccessRequest(DAY, asked=Asked("fee"))  # type: ignore[arg-type]

    @pytest.mark.parametrize("written", ["no", 1, 0])
    def test_writing_is_a_truth_value(self, written: Any) -> None:
        """A request that says “no” was not made in writing, and would be taken for one that was."""
        with pytest.raises(RecordError, match="does not say whether a request is in writing"):
            AccessRequest(DAY, written=written)

    @pytest.mark.parametrize("waived", [None, "no"])
    def test_a_waiver_is_a_truth_value(self, waived: Any) -> None:
        """A fee is waived or it is not."""
        with pytest.raises(RecordError, match="does not say whether a fee is waived"):
            AccessRequest(DAY, fee_waived=waived)

    def test_what_came_unasked_may_come_before(self) -> None:
        """Whoever is known already is known from before."""
        known = AccessRequest(DAY, asked=(Asked("identity", None, date(2026, 1, 1)), Asked("fee", DAY, DAY)))
        assert known.about("identity") == (Asked("identity", None, date(2026, 1, 1)),)


class TestAsItWasKnown:
    """A request on a day holds what had happened by its end."""

    REQUEST = AccessRequest(
        DAY,
        asked=(Asked("identity", date(2026, 6, 12), date(2026, 6, 16)), Asked("fee"), Asked("clarification", DAY, DAY)),
        extended=Extended(date(2026, 6, 20), ("complexity",)),
    )

    def test_later_things_had_not_happened(self) -> None:
        """Not asked for, then awaited, then there; and then told that it takes longer."""
        assert self.REQUEST.on(date(2026, 6, 11)).about("identity") == ()
        assert self.REQUEST.on(date(2026, 6, 12)).about("identity") == (Asked("identity", date(2026, 6, 12)),)
        assert self.REQUEST.on(date(2026, 6, 15)).about("identity")[0].answered is None
        assert self.REQUEST.on(date(2026, 6, 16)).about("identity")[0].answered == date(2026, 6, 16)
        assert self.REQUEST.on(date(2026, 6, 19)).extended is None
        assert self.REQUEST.on(date(2026, 6, 20)) == self.REQUEST

    def test_what_has_no_day_stays(self) -> None:
        """It may have been asked for on any."""
        assert self.REQUEST.on(DAY).asked == (Asked("fee"), Asked("clarification", DAY, DAY))

    def test_before_receipt_nothing_was_known(self) -> None:
        """There was no request."""
        with pytest.raises(RecordError, match="received on 2026-06-10"):
            self.REQUEST.on(date(2026, 6, 9))

    @pytest.mark.parametrize("day", [datetime(2026, 6, 11), "2026-06-11", None])  # noqa: DTZ001
    def test_it_is_asked_of_a_day(self, day: Any) -> None:
        """A time of day or a text is refused."""
        with pytest.raises(RecordError, match="A question about a request has no day"):
            self.REQUEST.on(day)
