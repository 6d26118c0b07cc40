"""Records of consent, whether they hold, and what to ask again: the inventory's rows, DPV's terms, and laws."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cpdrules.errors import NoEditionError, PeriodError, PolicyError, RecordError, UnknownRefError
from cpdrules.iet.cookies import PURPOSES
from cpdrules.periods import days, months, years
from cpdrules.privacy.consent.records import TRANSITIONS, ConsentEvent, ConsentRecord, ConsentState, gpc, state_of
from cpdrules.privacy.consent.renewals import ask_again, still_covered
from cpdrules.privacy.consent.status import Consents, ConsentStatus, consent_status
from cpdrules.privacy.cookies import PERMANENT, SESSION, Cookie, CookiePurpose, Group, Provider
from cpdrules.privacy.practices import Purpose
from cpdrules.privacy.statements import Statement
from cpdrules.privacy.versions.material_changes import material_changes
from tests.privacy.inventory import INVENTORY, named, rows
from tests.privacy.strategies import AUTUMN

VALID = ConsentStatus.VALID
JAN, MAR = date(2026, 1, 10), date(2026, 3, 1)
OLD = Statement(
    name="v5",
    groups=(Group(id="spare", says="can be blocked"), Group(id="other", says="others")),
    cookie_purposes=(
        CookiePurpose(id="statistics", title="statistics", icc="performance"),
        CookiePurpose(id="looks", title="looks", icc="functionality"),
    ),
    cookies=(
        Cookie(
            id="count",
            title="counting",
            group="spare",
            purposes=("statistics",),
            lifetime=SESSION,
            identifies=False,
            provider=Provider(party="first", organisation="us"),
        ),
        Cookie(id="look", title="looks", group="spare", purposes=("looks",), lifetime=SESSION, identifies=False),
    ),
)


def changed(**fields: Any) -> Statement:
    """Give the next version, with another cookie for statistics."""
    return evolve(OLD, name="v6", cookies=(evolve(OLD.cookies[0], **fields), OLD.cookies[1]))


def with_purpose(*purposes: str) -> Statement:
    """Give the next version, with a cookie more for each of some purposes."""
    kinds = {one.id: one for one in PURPOSES}
    return evolve(
        OLD,
        name="v6",
        cookie_purposes=(*OLD.cookie_purposes, *(kinds[one] for one in purposes if one != "statistics")),
        cookies=(
            *OLD.cookies,
            *(Cookie(id=f"new-{one}", title="n", group="spare", purposes=(one,)) for one in purposes),
        ),
    )


#: Changes by the words that the inventory has for them: each the next version.
CHANGES = {
    "wording": changed(title="other words", content="other words", note="other words"),
    "nothing": evolve(OLD, name="v6"),
    "recipient": changed(provider=Provider(party="third", organisation="them")),
    "longer": changed(lifetime=PERMANENT),
    "category": changed(group="other"),
    "purpose": with_purpose("statistics"),
    "identif": changed(identifies=True),
}
MATERIAL = sorted(set(CHANGES) - {"wording", "nothing"})
#: The other way round: the version before kept its cookie for good.
LASTING = evolve(changed(lifetime=PERMANENT), name="v5")


def versions(change: str) -> tuple[Statement, Statement]:
    """Give two versions between which lies what the inventory calls a change."""
    if "shorter" in change:
        return LASTING, evolve(OLD, name="v6")
    if "basis" in change:
        use = Purpose(id="statistics", title="statistics", kind="analysis", lawful_bases=("art 6(1)(f)",), sources=())
        old = evolve(OLD, purposes=(evolve(use, lawful_bases=("art 6(1)(a)",)),))
        return old, evolve(old, name="v6", purposes=(use,))
    (new,) = [CHANGES[word] for word in CHANGES if word in change]
    return OLD, new


def event(state: str = "given", at: date = JAN, *purposes: str, **more: Any) -> ConsentEvent:
    """Record something, of statistics unless told otherwise."""
    return ConsentEvent(at=at, state=state, purposes=purposes or ("statistics",), **more)


def record(*events: ConsentEvent) -> ConsentRecord:
    """Give the record of somebody."""
    return ConsentRecord("a7f3", events)


def asked(recorded: ConsentRecord, at: date = MAR, **more: Any) -> Consents:
    """Ask of every purpose of the old statement."""
    return consent_status(recorded, at=at, **{"purposes": OLD.cookie_purposes, "max_age": None, **more})


def statistics(recorded: ConsentRecord, at: date = MAR, **more: Any) -> ConsentStatus:
    """Give the status of statistics alone."""
    return asked(recorded, at, **more)["statistics"].status


class TestInventory:
    """Rows n01 and on of the inventory."""

    @pytest.mark.parametrize("row", rows("consent_tests"), ids=named)
    def test_a_row(self, row):
        """Whatever the row says of validity, of what to ask again and of the signal is so."""
        purposes = tuple(row.get("purposes") or [row.get("purpose", "statistics")])
        now, version = row["now"], row.get("policy_version", "v5")
        state = row["state"]
        nothing = state in ("unknown", "none")
        given_ = event(state, row.get("at", now), *purposes, statement=version)
        recorded = record() if nothing else record(given_)
        old = OLD
        if "change" in row:
            old, new = versions(row["change"])
        elif row.get("changed_purposes"):
            new = with_purpose(*row["changed_purposes"])
        else:
            new = evolve(OLD, name=row.get("policy_now", version))
        sent = row.get("gpc")
        signal = gpc(*(sent if isinstance(sent, list) else [] if sent is None else [sent]))
        age = months(row["max_age_months"]) if row.get("max_age_months") else None
        found = consent_status(
            recorded,
            at=now,
            purposes=[one for one in PURPOSES if one.id in {*purposes, *row.get("valid_for", ())}],
            max_age=age,
            statement=new.name,
            changes={old.name: material_changes(old, new)},
            jurisdiction=row.get("jurisdiction", "").upper(),
            gpc=signal,
        )
        if "valid" in row:
            assert all(found[one].valid is row["valid"] for one in purposes)
        if "valid_for" in row:
            assert list(found.valid_for) == row["valid_for"]
        if "gpc_seen" in row:
            assert signal.seen is row["gpc_seen"]
        if "ask_again_for" in row:
            again = ask_again(recorded, old, new, at=now, max_age=age)
            assert [one.purpose for one in again] == row["ask_again_for"]


class TestStates:
    """The states are those of the inventory and of DPV's ConsentStatus."""

    def test_the_states_are_those_of_the_inventory(self):
        """Each once, in its order."""
        assert [one.value for one in ConsentState] == INVENTORY["consent_states"]

    def test_dpv_has_every_term(self, shared):
        """Each state is a term of DPV, and valid for processing exactly where DPV says so."""
        with (shared / "data" / "dpv" / "consent_status.csv").open(encoding="utf-8", newline="") as lines:
            terms = {one["term"]: one for one in csv.DictReader(lines)}
        classes = {"ConsentStatus", "ConsentStatusValidForProcessing", "ConsentStatusInvalidForProcessing"}
        assert {one.dpv for one in ConsentState} == set(terms) - classes
        for one in ConsentState:
            broader = terms[one.dpv]["hasbroader"].rsplit("#")[-1]
            assert (broader == "ConsentStatusValidForProcessing") is one.valid_for_processing

    def test_every_state_can_be_left_or_reached(self):
        """The table of what can follow names every state, as what comes and as what was."""
        assert set(TRANSITIONS) == set(ConsentState)
        assert frozenset().union(*TRANSITIONS.values()) == set(ConsentState)

    def test_an_unknown_state_is_refused(self):
        """A near word is suggested, and something else is shown."""
        with pytest.raises(RecordError, match="Did you mean withdrawn"):
            state_of("withdrawnn")
        with pytest.raises(RecordError, match="no state of consent 7"):
            state_of(7)
        assert state_of(ConsentState.GIVEN) is state_of("given") is ConsentState.GIVEN


class TestRecords:
    """A record only grows, by what can happen in its state."""

    def test_the_subject_is_not_shown(self):
        """Whose it is can be compared, and is in no repr."""
        assert "a7f3" not in repr(record(event()))
        assert ConsentRecord("a7f3") != ConsentRecord("b7f3")

    def test_adding_leaves_the_old_record_as_it_was(self):
        """A new record comes back, which continues the old one."""
        old = record(event())
        new = old.and_then(event("withdrawn", MAR))
        assert len(old.events) == 1
        assert new.continues(old) and not old.continues(new)
        assert not evolve(new, subject="other").continues(old)

    def test_nothing_comes_before_the_last(self):
        """An earlier event is refused, one of the same time is not."""
        with pytest.raises(RecordError, match="cannot follow what happened at 2026-03-01"):
            record(event(at=MAR)).and_then(event("withdrawn", JAN))
        assert record(event(at=MAR)).and_then(event("withdrawn", MAR)).events[1].state is ConsentState.WITHDRAWN

    def test_days_and_times_do_not_mix(self):
        """Which came first on one day could not be told."""
        with pytest.raises(RecordError, match="days and times of day"):
            record(event()).and_then(event("withdrawn", datetime(2026, 3, 1, tzinfo=UTC)))

    @pytest.mark.parametrize("at", [datetime(2026, 3, 1), "2026-03-01", None])  # noqa: DTZ001
    def test_a_time_has_a_zone(self, at):
        """What cannot be compared is refused, in events and in questions."""
        with pytest.raises(RecordError, match="Nobody can tell when"):
            event("given", at)
        with pytest.raises(RecordError, match="Nobody can tell when"):
            asked(record(event()), at)

    def test_the_hour_that_clocks_have_twice(self):
        """Ten past one of winter time follows ten to two of summer time, in one zone, too; and is not before it."""
        summer = datetime(2026, 10, 25, 1, 50, tzinfo=AUTUMN)
        winter = datetime(2026, 10, 25, 1, 10, tzinfo=AUTUMN, fold=1)
        recorded = record(event("given", summer)).and_then(event("withdrawn", winter))
        assert [str(one.at) for one in recorded.events] == ["2026-10-25 01:50:00+01:00", "2026-10-25 01:10:00+00:00"]
        assert len(recorded.known_on(summer).events) == 1
        assert len(recorded.known_on(winter).events) == 2
        with pytest.raises(RecordError, match="cannot follow"):
            record(event("given", winter), event("withdrawn", summer))

    @pytest.mark.parametrize(
        "at",
        [
            datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))),
            datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-1))),
        ],
    )
    def test_a_time_lies_in_the_calendar(self, at):
        """In UTC, by which times are compared; the last hour of it does."""
        with pytest.raises(RecordError, match="lies outside the calendar in UTC"):
            event("given", at)
        with pytest.raises(RecordError, match="lies outside the calendar in UTC"):
            asked(record(event()), at)
        assert event("given", at.replace(tzinfo=UTC)).day == at.date()

    def test_events_are_several(self):
        """One alone is refused, and a list kept as a tuple, which nobody can add to."""
        with pytest.raises(RecordError, match="One event was given where several belong"):
            ConsentRecord("a7f3", event())
        events = [event()]
        recorded = ConsentRecord("a7f3", events)
        events.clear()
        assert recorded.events == (event(),)

    def test_an_event_is_about_purposes(self):
        """None at all is refused, and so is a text that would be read letter by letter."""
        with pytest.raises(RecordError, match="names no purpose"):
            ConsentEvent(at=JAN, state="given", purposes=())
        with pytest.raises(RecordError, match="several ids belong"):
            ConsentEvent(at=JAN, state="given", purposes="statistics")
        assert ConsentEvent(at=JAN, state="given", purposes=["a", "b", "a"]).purposes == ("a", "b")

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("given", "given"),
            ("given", "refused"),
            ("refused", "renewed"),
            ("refused", "withdrawn"),
            ("withdrawn", "renewed"),
            ("unknown", "deferred"),
            ("given", "deferred"),
            ("expired", "revoked"),
            ("unknown", "invalidated"),
        ],
    )
    def test_what_cannot_happen_is_refused(self, before, after):
        """The error says what can; the purposes of another event do not stand in the way."""
        with pytest.raises(RecordError, match=f"cannot be {after} at 2026-03-01: it is {before}") as caught:
            record(event(before)).and_then(event(after, MAR))
        assert after not in caught.value.why.removeprefix("What can follow is ").split(", ")
        assert record(event(before)).and_then(event(after, MAR, "looks"))

    @pytest.mark.parametrize(
        "story",
        [
            ("requested", "deferred", "requested", "given", "renewed", "expired", "renewed", "withdrawn", "given"),
            ("refused", "refused", "requested", "given", "invalidated", "requested", "refused"),
            ("given", "revoked", "invalidated", "given", "expired", "withdrawn", "unknown", "withdrawn"),
            ("given", "requested", "deferred", "withdrawn"),
            ("given", "requested", "renewed"),
            ("deferred", "renewed"),
        ],
    )
    def test_what_can_happen_is_recorded(self, story):
        """A record may begin with any state, since it may continue another."""
        recorded = record()
        for number, state in enumerate(story):
            recorded = recorded.and_then(event(state, JAN + timedelta(days=number)))
        assert [one.state.value for one in recorded.events] == list(story)

    def test_a_later_time_has_no_earlier_day(self):
        """Days are those of UTC, wherever somebody sat."""
        east = timezone(timedelta(hours=10))
        first = event(at=datetime(2026, 1, 11, 0, 30, tzinfo=east))
        then = event("withdrawn", datetime(2026, 1, 10, 15, tzinfo=UTC))
        recorded = record(first, then)
        assert [one.day for one in recorded.events] == [date(2026, 1, 10)] * 2
        assert recorded.known_on(date(2026, 1, 10)) == recorded
        assert recorded.known_on(datetime(2026, 1, 10, 14, 30, tzinfo=UTC)).events == (first,)
        assert recorded.known_on(datetime(2026, 1, 10, 14, 29, tzinfo=UTC)).events == ()
        assert record(event()).known_on(datetime(2026, 1, 10, 0, 0, tzinfo=UTC)).events == (event(),)


class TestGlobalPrivacyControl:
    """Exactly "1" counts; it is a signal and no decision."""

    @pytest.mark.parametrize("values", [("1",), ("0", "1"), ("1", "1"), (None, "1")])
    def test_seen(self, values):
        """Of several headers one is enough."""
        assert gpc(*values).seen

    @pytest.mark.parametrize("value", ["true", "0", "", " 1", "1 ", "1, 1", "１", "01", "1\n", 1, True, None, b"1"])
    def test_not_seen(self, value):
        """Nothing else counts, and what was there instead is told."""
        found = gpc(value)
        assert not found.seen
        assert len(found.ignored) == 1
        assert found.ignored[0].endswith("is not exactly '1'")

    def test_a_long_value_is_not_told_at_length(self):
        """Whoever sends much is not repeated."""
        assert len(gpc("x" * 100_000).ignored[0]) < 80

    def test_absence_is_not_consent(self):
        """Nothing sent says nothing."""
        assert not gpc().seen
        assert statistics(record(), gpc=gpc(), jurisdiction="US-CA") is ConsentStatus.UNKNOWN
        found = asked(record(), gpc=gpc("yes"), jurisdiction="US-CA")["statistics"]
        assert found.reasons[1] == "no Global Privacy Control: 'yes' is not exactly '1'"

    ADVERTS = (*(one for one in PURPOSES if one.id in ("advertising-delivery", "social-sharing", "statistics")),)

    def california(self, recorded, **more):
        """Ask in California, with the signal."""
        ask = {"purposes": self.ADVERTS, "jurisdiction": "US-CA", "gpc": gpc("1"), **more}
        return {one.purpose: one.status for one in asked(recorded, **ask)}

    def test_since_when_is_a_day(self):
        """That of UTC for a time; what cannot be compared is refused."""
        evening = datetime(2026, 2, 1, 23, tzinfo=timezone(timedelta(hours=-2)))
        assert gpc("1", since=evening).since == date(2026, 2, 2)
        for since in (datetime(2026, 2, 1), "2026-02-01"):  # noqa: DTZ001
            with pytest.raises(RecordError, match="Nobody can tell when"):
                gpc("1", since=since)

    def test_it_objects_to_sale_and_sharing_in_california(self):
        """Advertising and what is shared with others, and nothing else."""
        objected, unknown = ConsentStatus.OBJECTED, ConsentStatus.UNKNOWN
        expected = {"statistics": unknown, "advertising-delivery": objected, "social-sharing": objected}
        assert self.california(record()) == expected
        assert self.california(record(), gpc=None) == dict.fromkeys(expected, unknown)

    def test_a_later_explicit_choice_goes_before_it(self):
        """One that is known to be earlier does not; where nobody knows, that is said."""
        recorded = record(event("given", JAN, "advertising-delivery"))
        assert self.california(recorded)["advertising-delivery"] is VALID
        for since, status in ((JAN, VALID), (JAN + timedelta(days=1), ConsentStatus.OBJECTED)):
            assert self.california(recorded, gpc=gpc("1", since=since))["advertising-delivery"] is status
        ask = {"purposes": self.ADVERTS, "jurisdiction": "US-CA"}
        unsure = asked(recorded, gpc=gpc("1"), **ask)["advertising-delivery"].reasons[1]
        assert unsure.startswith("the explicit choice of 10 January 2026 goes before")
        assert unsure.endswith("if it is the later, since nobody recorded from when the signal was sent")
        sure = asked(recorded, gpc=gpc("1", since=JAN), **ask)["advertising-delivery"].reasons[1]
        assert sure == "the explicit choice of 10 January 2026 goes before Global Privacy Control"

    def test_what_somebody_ended_stays_ended(self):
        """A withdrawal is told as that, and the signal beside it; a choice that is too old protects nobody."""
        gone = record(event("given", JAN, "advertising-delivery"), event("withdrawn", JAN, "advertising-delivery"))
        found = asked(gone, purposes=self.ADVERTS, jurisdiction="US-CA", gpc=gpc("1"))["advertising-delivery"]
        assert found.status is ConsentStatus.WITHDRAWN
        assert "Global Privacy Control is an opt-out under us-ca" in found.reasons[1]
        aged = self.california(record(event("given", JAN, "advertising-delivery")), max_age=days(3))
        assert aged["advertising-delivery"] is ConsentStatus.OBJECTED

    def test_it_has_no_effect_elsewhere(self):
        """In the United Kingdom and the EU it is told, and changes nothing."""
        recorded = record(event("given", JAN, "advertising-delivery"))
        for jurisdiction in ("UK", "EU"):
            found = asked(recorded, purposes=self.ADVERTS, jurisdiction=jurisdiction, gpc=gpc("1", since=MAR))
            assert found.valid_for == ("advertising-delivery",)
            assert "has no effect on this under" in found["advertising-delivery"].reasons[1]

    def test_without_a_jurisdiction_it_is_told(self):
        """It could not object to what is not allowed; what was given before it, nobody can tell."""
        recorded = record(event("given", JAN, "advertising-delivery"))
        ask = {"purposes": self.ADVERTS}
        assert asked(recorded, gpc=gpc("1"), **ask).valid_for == ("advertising-delivery",)
        unsure = asked(recorded, gpc=gpc("1", since=MAR), **ask)["advertising-delivery"]
        assert unsure.status is ConsentStatus.UNKNOWN
        assert "depends on the jurisdiction" in unsure.reasons[0]
        nothing = asked(record(), gpc=gpc("1"), **ask)["statistics"]
        assert (nothing.status, len(nothing.reasons)) == (ConsentStatus.UNKNOWN, 2)

    def test_it_enters_no_record(self):
        """Asking leaves the record as it was, and a law that is not there is an error."""
        recorded = record()
        self.california(recorded)
        assert recorded.events == ()
        with pytest.raises(NoEditionError):
            self.california(recorded, at=date(2019, 1, 1))
        with pytest.raises(UnknownRefError):
            self.california(recorded, jurisdiction="US-TX")


class TestStatus:
    """Whether consent holds, and if not, why not."""

    @pytest.mark.parametrize(
        ("state", "status"),
        [
            ("given", "valid"),
            ("renewed", "valid"),
            ("unknown", "unknown"),
            ("requested", "undecided"),
            ("deferred", "undecided"),
            ("refused", "refused"),
            ("expired", "expired"),
            ("withdrawn", "withdrawn"),
            ("revoked", "revoked"),
            ("invalidated", "invalidated"),
        ],
    )
    def test_a_state(self, state, status):
        """Only what was given holds."""
        found = asked(record(event(state)))["statistics"]
        assert found.status.value == status
        assert found.valid is (status == "valid")
        assert f"{state} on 10 January 2026" in found.reasons[0]

    def test_nothing_recorded(self):
        """Silence is no consent; a record for other purposes covers none but those."""
        assert statistics(record()) is ConsentStatus.UNKNOWN
        assert statistics(record(event("given", JAN, "looks"))) is ConsentStatus.NOT_COVERED

    def test_what_is_in_the_future(self):
        """It holds from its own time on, and a later event changes nothing before."""
        assert statistics(record(event(at=MAR)), JAN) is ConsentStatus.IN_FUTURE
        recorded = record(event(), event("withdrawn", MAR))
        before = asked(recorded, MAR - timedelta(days=1))["statistics"]
        assert before.status is VALID
        assert before.reasons[-1] == "later, and of no effect yet: withdrawn"
        assert statistics(recorded, MAR) is ConsentStatus.WITHDRAWN

    def test_an_unanswered_question_leaves_the_answer_before_it(self):
        """To ask for renewal, and to put that question away, ends nothing."""
        recorded = record(event(), event("requested", JAN), event("deferred", JAN))
        assert statistics(recorded) is VALID

    def test_consent_may_be_so_old_and_no_older(self):
        """Six months after 10 January it is 10 July; the day after is too late."""
        recorded = record(event())
        for day, status in ((date(2026, 7, 10), VALID), (date(2026, 7, 11), ConsentStatus.EXPIRED)):
            found = asked(recorded, day, max_age=months(6))["statistics"]
            assert (found.status, found.ends) == (status, date(2026, 7, 10))
        assert found.reasons == ("given on 10 January 2026, it lasted until 10 July 2026",)
        assert asked(recorded)["statistics"].ends is None
        assert asked(record(event("refused")), max_age=months(6))["statistics"].ends is None

    def test_a_month_without_that_day_ends_with_its_last(self):
        """Six months after 31 August is the end of February."""
        found = asked(record(event(at=date(2025, 8, 31))), max_age=months(6))
        assert found["statistics"].ends == date(2026, 2, 28)

    def test_renewal_counts_anew(self):
        """The age is that of the last answer."""
        recorded = record(event(), event("renewed", MAR))
        assert asked(recorded, max_age=months(6))["statistics"].ends == date(2026, 9, 1)
        with pytest.raises(PeriodError):
            asked(recorded, max_age=years(9000))

    def test_recipients_must_be_covered(self):
        """Whoever is not named is not covered; where nobody wrote them down, that cannot be told."""
        recorded = record(event(recipients=("us",)))
        assert statistics(recorded, recipients=("us",)) is VALID
        assert statistics(recorded, recipients=("us", "them")) is ConsentStatus.NOT_COVERED
        assert asked(recorded, recipients=("us", "them"))["statistics"].reasons == ("it was not given for them",)
        assert statistics(record(event()), recipients=("us",)) is ConsentStatus.UNKNOWN
        assert statistics(recorded) is VALID

    def test_the_statement_that_was_read(self):
        """Consent to an earlier one needs to know what changed; without, nobody can tell."""
        recorded = record(event(statement="v5"))
        assert statistics(recorded, statement="v5") is statistics(recorded) is VALID
        assert statistics(recorded, statement="v6") is ConsentStatus.UNKNOWN
        assert asked(recorded, statement="v6")["statistics"].reasons == ("it is not known what changed from v5 to v6",)
        assert statistics(record(event()), statement="v6") is ConsentStatus.UNKNOWN
        assert statistics(recorded, statement="v6", changes={"v5": ()}) is VALID

    def test_a_material_change_is_not_covered(self):
        """What changed is told; where that cannot be told, neither can the answer."""
        recorded = record(event(statement="v5"), event("given", JAN, "looks", statement="v5"))
        longer = CHANGES["longer"]
        found = asked(recorded, statement="v6", changes={"v5": material_changes(OLD, longer)})
        assert found.valid_for == ("looks",)
        assert found["statistics"].status is ConsentStatus.NOT_COVERED
        assert found["statistics"].reasons[0].startswith("changed since v5: lifetime: the cookie count was kept")
        unsure = material_changes(changed(lifetime=evolve(SESSION, kind="unstated")), longer)
        assert statistics(recorded, statement="v6", changes={"v5": unsure}) is ConsentStatus.UNKNOWN

    def test_all_reasons_are_kept(self):
        """The first decides, and none is dropped."""
        found = asked(record(event()), max_age=days(1), recipients=("us",), statement="v6")["statistics"]
        assert found.status is ConsentStatus.EXPIRED
        assert len(found.reasons) == 3

    def test_what_was_not_asked_about(self):
        """It is an error to ask for it afterwards."""
        with pytest.raises(UnknownRefError, match="Consent to 'stats' was not asked about"):
            asked(record())["stats"]
        with pytest.raises(UnknownRefError, match="Asked about was nothing"):
            asked(record(), purposes=())["stats"]

    def test_the_words(self):
        """One line a purpose, with the last day where there is one."""
        assert str(asked(record(event()), max_age=months(6))).splitlines() == [
            "statistics: valid until 10 July 2026: given on 10 January 2026",
            "looks: not covered: what is recorded is for other purposes",
        ]

    @pytest.mark.parametrize(
        ("more", "state"),
        [
            ({}, "given"),
            ({"max_age": days(1)}, "expired"),
            ({"statement": "v6"}, "unknown"),
            ({"recipients": ("us",)}, "unknown"),
        ],
    )
    def test_what_cannot_be_relied_on_is_not_given(self, more, state):
        """As a state, consent that does not hold is none."""
        assert asked(record(event()), **more).states()["statistics"].value == state

    def test_a_signal_is_a_refusal_as_a_state(self):
        """It is so with and without consent before it; other states are told as they are."""
        ask = {"purposes": PURPOSES, "jurisdiction": "US-CA", "gpc": gpc("1", since=MAR)}
        for recorded in (record(), record(event("given", JAN, "advertising-delivery"))):
            assert asked(recorded, **ask).states()["advertising-delivery"] is ConsentState.REFUSED
        assert asked(record(event("withdrawn"))).states()["statistics"] is ConsentState.WITHDRAWN
        assert asked(record(event("renewed"))).states()["statistics"] is ConsentState.RENEWED


class TestAskAgain:
    """Which purposes are still covered after a change, and when and about what to ask again."""

    GIVEN = record(event("given", JAN, "statistics", "looks", statement="v5"))

    def again(self, recorded, new, at=MAR, **more):
        """Give the purposes to ask about, each with the day and the reasons."""
        found = ask_again(recorded, OLD, new, **{"at": at, "max_age": None, **more})
        return {one.purpose: (one.since, one.why) for one in found}

    @pytest.mark.parametrize("change", MATERIAL)
    def test_a_material_change(self, change):
        """It asks again for what it touches, and nothing else."""
        new = CHANGES[change]
        assert still_covered(self.GIVEN, OLD, new, at=MAR, max_age=None) == ("looks",)
        assert list(self.again(self.GIVEN, new)) == ["statistics"]

    @pytest.mark.parametrize("change", ["wording", "nothing"])
    def test_wording_is_not_material(self, change):
        """Nobody is asked again for other words."""
        assert still_covered(self.GIVEN, OLD, CHANGES[change], at=MAR, max_age=None) == ("statistics", "looks")
        assert self.again(self.GIVEN, CHANGES[change]) == {}

    def test_a_shorter_life_and_another_basis(self):
        """Less is not material; another legal basis for a purpose is, wherever the statement says it."""
        old, new = versions("lifetime shorter")
        assert still_covered(self.GIVEN, old, new, at=MAR, max_age=None) == ("statistics", "looks")
        old, new = versions("new legal basis")
        assert still_covered(self.GIVEN, old, new, at=MAR, max_age=None) == ("looks",)

    def test_a_new_purpose_is_asked_about(self):
        """What nobody was asked about is no matter of asking again, unless the change brought it."""
        new = with_purpose("advertising-delivery")
        found = self.again(self.GIVEN, new)
        assert list(found) == ["advertising-delivery"]
        assert found["advertising-delivery"][1] == ("new cookie: the cookie new-advertising-delivery is new",)
        assert self.again(record(), evolve(OLD, name="v6")) == {}

    def test_a_change_that_cannot_be_told_is_said_once(self):
        """It is a reason by itself, and why nobody knows whether consent holds."""
        unsure = changed(lifetime=evolve(SESSION, kind="unstated"))
        ((since, why),) = self.again(self.GIVEN, unsure).values()
        assert (since, len(why)) == (MAR, 1)
        assert why[0].endswith("it cannot be told whether that is longer")

    def test_whoever_answered_the_new_statement_is_left_alone(self):
        """Yes or no, or a question that is still out."""
        for state in ("given", "refused", "requested"):
            first = event("requested", JAN, "statistics", statement="v5")
            assert self.again(record(first, event(state, MAR, statement="v6")), CHANGES["recipient"]) == {}

    def test_the_last_answer_counts(self):
        """Whoever answered an earlier text again, later, answered that."""
        answers = (event("given", JAN, statement="v6"), event("withdrawn", MAR, statement="v5"))
        assert list(self.again(record(*answers), CHANGES["recipient"])) == ["statistics"]

    def test_whoever_refused_is_asked_after_a_change(self):
        """There is something new to decide; else only after the pause that is given."""
        refused = record(event("refused", JAN, statement="v5"))
        assert list(self.again(refused, CHANGES["recipient"])) == ["statistics"]
        same = evolve(OLD, name="v6")
        assert self.again(refused, same) == {}
        over = date(2026, 7, 10)
        assert self.again(refused, same, over - timedelta(days=1), after_refusal=months(6)) == {}
        found = self.again(refused, same, over, after_refusal=months(6))
        assert found == {"statistics": (over, ("refused 6 months ago or more",))}

    def test_since_when(self):
        """From the day on which the new statement speaks, or after the last day of consent."""
        new = CHANGES["recipient"]
        assert self.again(self.GIVEN, new)["statistics"][0] == MAR
        assert self.again(self.GIVEN, evolve(new, since=date(2026, 2, 1)))["statistics"][0] == date(2026, 2, 1)
        assert self.again(self.GIVEN, evolve(new, since=date(2026, 4, 1)))["statistics"][0] == MAR
        late = self.again(self.GIVEN, evolve(new, since=date(2026, 2, 1)), date(2026, 3, 20), max_age=days(60))
        assert [since for since, _ in late.values()] == [date(2026, 2, 1), date(2026, 3, 12)]
        aged = self.again(self.GIVEN, evolve(new, since=date(2026, 2, 1)), max_age=days(2))
        assert aged["looks"][0] == aged["statistics"][0] == date(2026, 1, 13)
        assert [len(why) for _, why in aged.values()] == [3, 1]

    def test_other_reasons(self):
        """What expired, was found invalid, or cannot be shown to cover the new text."""
        same = evolve(OLD, name="v6")
        assert self.again(record(event("expired", statement="v5")), same) == {
            "statistics": (JAN, ("expired on 10 January 2026",))
        }
        assert list(self.again(record(event("invalidated", statement="v5")), same)) == ["statistics"]
        assert self.again(record(event()), same)["statistics"] == (
            MAR,
            ("it was not recorded which statement was read",),
        )
        for state in ("revoked", "withdrawn"):
            assert self.again(record(event(state, statement="v5")), same) == {}
        assert list(self.again(record(event("unknown", statement="v5")), same)) == ["statistics"]

    def test_what_is_asked_says_it(self):
        """In one sentence, and with the changes as data."""
        (ask,) = ask_again(self.GIVEN, OLD, CHANGES["category"], at=MAR, max_age=None)
        assert str(ask) == (
            "ask again about statistics from 1 March 2026: "
            "category: the cookie count was in the group spare, and is in other"
        )
        assert ask.changes == material_changes(OLD, CHANGES["category"])
        assert ask.standing.status is ConsentStatus.NOT_COVERED

    def test_versions_have_names_of_their_own(self):
        """Two texts of one name could not be told apart in a record; one text can be compared with itself."""
        with pytest.raises(PolicyError, match="both named 'v5'"):
            still_covered(self.GIVEN, OLD, evolve(CHANGES["recipient"], name="v5"), at=MAR, max_age=None)
        assert still_covered(self.GIVEN, OLD, OLD, at=MAR, max_age=None) == ("statistics", "looks")


states = st.sampled_from([one.value for one in ConsentState])


@st.composite
def records(draw):
    """Give a record of two purposes, made by adding whatever can happen."""
    recorded, day = record(), JAN
    for _ in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.integers(0, 40)))
        purposes = draw(st.lists(st.sampled_from(["statistics", "looks"]), min_size=1, unique=True))
        try:
            recorded = recorded.and_then(
                event(draw(states), day, *purposes, statement=draw(st.sampled_from(["v5", "v6"])))
            )
        except RecordError:
            continue
    return recorded


moments = st.integers(-5, 400).map(lambda number: JAN + timedelta(days=number))


class TestLaws:
    """What holds of every record."""

    @given(records(), moments, st.data())
    def test_what_comes_later_changes_nothing_before(self, recorded, at, data):
        """Valid at a time is valid then for ever, and so is what is not."""
        cut = data.draw(st.integers(0, len(recorded.events)))
        earlier = evolve(recorded, events=recorded.events[:cut])
        assume(all(one.day > at for one in recorded.events[cut:]))
        assert recorded.continues(earlier)
        assert asked(recorded, at, max_age=months(3)).valid_for == asked(earlier, at, max_age=months(3)).valid_for

    @given(records())
    def test_withdrawing_one_purpose_leaves_the_others(self, recorded):
        """Each purpose stands for itself."""
        at = JAN + timedelta(days=500)
        before = asked(recorded, at)
        if not before["statistics"].valid:
            return
        after = asked(recorded.and_then(event("withdrawn", at)), at)
        assert after["statistics"].status is ConsentStatus.WITHDRAWN
        assert after["looks"] == before["looks"]

    @given(records(), moments)
    def test_it_is_valid_exactly_while_it_should_be(self, recorded, at):
        """A slow reading of the record: the last answer by then was yes, and is not too old."""
        for purpose in ("statistics", "looks"):
            answers = [one for one in recorded.events if one.at <= at and purpose in one.purposes]
            answers = [one for one in answers if one.state.value not in ("requested", "deferred")]
            yes = bool(answers) and answers[-1].state.value in ("given", "renewed")
            slowly = yes and at <= months(3).after(answers[-1].at)
            assert asked(recorded, at, max_age=months(3))[purpose].valid is slowly

    @given(records(), moments)
    def test_a_signal_never_gives_consent(self, recorded, at):
        """Whatever was not valid without it is not valid with it."""
        ask = {"purposes": PURPOSES, "jurisdiction": "US-CA"}
        with_signal = asked(recorded, at, gpc=gpc("1", since=JAN), **ask).valid_for
        assert set(with_signal) <= set(asked(recorded, at, **ask).valid_for)

    @given(records(), moments)
    def test_what_is_asked_again_is_not_covered(self, recorded, at):
        """No purpose is both still covered and asked about again, at any time."""
        for new in CHANGES.values():
            covered = still_covered(recorded, OLD, new, at=at, max_age=months(3))
            again = [one.purpose for one in ask_again(recorded, OLD, new, at=at, max_age=months(3))]
            assert not set(covered) & set(again)
            assert all(one.since <= at for one in ask_again(recorded, OLD, new, at=at, max_age=months(3)))
