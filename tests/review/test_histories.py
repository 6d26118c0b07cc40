"""Conditions that look back at earlier reviews."""

from __future__ import annotations

from typing import Any

import pytest

from cpdrules import Policy, Verdict, any_of, year
from cpdrules.errors import PolicyError
from cpdrules.review import Event, History, happened, newcomer, not_for, put_off, put_off_until_now

MET, NOT_MET, CANNOT_TELL, _ = Verdict


def verdict(policy: Policy, *events: Any, since: int | None = None, of: int = 2017) -> Verdict:
    """Judge a history in a review year."""
    return policy.assess(History([Event(*event) for event in events], since), period=year(of)).verdict


class TestHappened:
    @pytest.mark.parametrize(
        ("within", "event", "expected"),
        [
            (1, (2016, "failed"), MET),
            (1, (2015, "failed"), NOT_MET),
            (1, (2017, "failed"), NOT_MET),
            (1, (2016, "met"), NOT_MET),
            (3, (2014, "failed"), MET),
            (3, (2013, "failed"), NOT_MET),
        ],
    )
    def test_in_the_last_years(self, within: int, event: tuple[int, str], expected: Verdict) -> None:
        """The year before is one year back; the year assessed does not count."""
        assert verdict(happened("failed", "not engaged", within=within), event) is expected

    def test_says_what(self) -> None:
        """In words."""
        assert str(happened("failed", "not engaged")) == "failed or not engaged last year"
        assert str(happened("reviewed", within=3)) == "reviewed in the last 3 years"


class TestNotFor:
    @pytest.mark.parametrize(("of", "expected"), [(2023, NOT_MET), (2024, MET), (2025, MET)])
    def test_r45(self, of: int, expected: Verdict) -> None:
        """Last audit 2017, so it must be in by 2024; the last one counts, and not one still to come."""
        policy = not_for(7, "reviewed")
        assert verdict(policy, (2017, "reviewed"), (2011, "reviewed"), (2018, "deferred"), of=of) is expected
        assert verdict(policy, (2017, "reviewed"), (2026, "reviewed"), of=of) is expected

    def test_counts_from_the_first_year_for_those_never_reviewed(self) -> None:
        """Where that is not known, nobody can tell, and the finding says what is missing."""
        policy = not_for(7, "reviewed")
        assert [verdict(policy, since=since) for since in (2010, 2011, None)] == [MET, NOT_MET, CANNOT_TELL]
        missing = policy.assess(History(), period=year(2017)).missing()
        assert missing == ("since when they could be chosen is not recorded",)
        assert str(policy) == "not reviewed for 7 years"


class TestNewcomer:
    def test_counts_from_the_first_year(self) -> None:
        """R44: registered less than two years."""
        policy = newcomer(2)
        found = [verdict(policy, since=since) for since in (2015, 2016, 2017, None)]
        assert found == [NOT_MET, MET, MET, CANNOT_TELL]
        assert str(policy) == "could be chosen for less than 2 years"


class TestPutOff:
    @pytest.mark.parametrize(
        ("events", "beyond", "now"),
        [
            ([], NOT_MET, NOT_MET),
            ([(2016, "deferred", 2018)], MET, NOT_MET),
            ([(2017, "deferred", 2018)], MET, NOT_MET),
            ([(2017, "not met"), (2017, "deferred", 2018)], MET, NOT_MET),
            ([(2016, "deferred", 2017)], NOT_MET, MET),
            ([(2014, "deferred", 2015)], NOT_MET, MET),
            ([(2014, "deferred", 2015), (2015, "met")], NOT_MET, NOT_MET),
            ([(2015, "met"), (2016, "deferred", 2017)], NOT_MET, MET),
            ([(2018, "deferred", 2019)], NOT_MET, NOT_MET),
            ([(2016, "deferred")], CANNOT_TELL, CANNOT_TELL),
        ],
    )
    def test_looks_at_what_came_last(self, events: list[Any], beyond: Verdict, now: Verdict) -> None:
        """A deferral moves the review to its year; it is no exemption (R61)."""
        assert (verdict(put_off(), *events), verdict(put_off_until_now(), *events)) == (beyond, now)

    def test_says_what(self) -> None:
        """In words."""
        assert (str(put_off()), str(put_off_until_now())) == ("put off beyond this year", "put off until now")


class TestHistory:
    @pytest.mark.parametrize("policy", [happened("failed"), not_for(3, "reviewed"), newcomer(2), put_off()])
    def test_that_nobody_recorded_cannot_be_told_from(self, policy: Policy) -> None:
        """It is not an empty one."""
        finding = any_of(policy).assess(None, period=year(2017))
        assert finding.verdict is CANNOT_TELL
        assert finding.missing() == ("the history of earlier reviews is not recorded",)

    @pytest.mark.parametrize("event", [Event(2016, "met", 2017), Event(2016, "deferred", 2016)])
    def test_puts_off_to_later_years(self, event: Event) -> None:
        """And only what is deferred."""
        with pytest.raises(PolicyError, match="cannot be put off"):
            History([event])

    @pytest.mark.parametrize(
        "word",
        [
            happened,
            lambda: happened("failed", within=0),
            lambda: not_for(7),
            lambda: not_for(0, "reviewed"),
            lambda: newcomer(True),  # type: ignore[arg-type]
            lambda: newcomer("2"),  # type: ignore[arg-type]
        ],
    )
    def test_words_say_what_and_how_long(self, word: Any) -> None:
        """Or they are refused."""
        with pytest.raises(PolicyError):
            word()

    def test_words_look_at_a_year(self) -> None:
        """Never at today."""
        with pytest.raises(PolicyError, match="no period was given"):
            happened("failed").assess(History())
