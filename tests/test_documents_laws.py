"""Laws and records of consent as documents: what a user states takes the place of what ships, and reads back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import evolve, fields, frozen
from hypothesis import given
from hypothesis import strategies as st

from cpdrules.documents import (
    DocumentError,
    converter,
    read_consent,
    read_json,
    read_toml,
    write_consent,
    write_json,
)
from cpdrules.documents.consents import CONSENT
from cpdrules.documents.laws import LAW, read_law, write_law
from cpdrules.documents.schemas import schema_of
from cpdrules.iet.cookie_readings import READINGS
from cpdrules.privacy.access.law import UK_ACCESS_LAW, AccessRegime, in_force
from cpdrules.privacy.consent.records import TRANSITIONS, ConsentEvent, ConsentRecord, ConsentState
from cpdrules.privacy.disclosure.marketing import UK_EMAIL_MARKETING, MarketingLaw
from cpdrules.privacy.law.cookie_law import COOKIE_LAW
from cpdrules.privacy.law.data_law import NOTICE_LAW, TRANSFER_LAW, NoticeItem, TransferRegime
from cpdrules.privacy.law.regimes import CookieRegime, Reading, law_on
from tests.privacy.strategies import AUTUMN
from tests.statement_strategies import instances, whole_instance
from tests.test_documents_statements import place, through_toml
from tests.test_schema import Validator, agree, problems

#: What ships, by the words that documents have for them.
SHIPPED: dict[str, tuple[Any, ...]] = {
    "access law": UK_ACCESS_LAW,
    "cookie law": COOKIE_LAW,
    "marketing law": UK_EMAIL_MARKETING,
    "notice law": NOTICE_LAW,
    "transfer law": TRANSFER_LAW,
    "readings": READINGS,
}

KINDS: dict[str, type] = {
    "access law": AccessRegime,
    "cookie law": CookieRegime,
    "marketing law": MarketingLaw,
    "notice law": NoticeItem,
    "transfer law": TransferRegime,
    "readings": Reading,
}

LAW_SCHEMA = Validator(schema_of(LAW, "", ""))
CONSENT_SCHEMA = Validator(schema_of(CONSENT, "", ""))


class TestLaws:
    @pytest.mark.parametrize("word", SHIPPED)
    def test_read_back(self, word: str) -> None:
        """A law is what is read of what is written of it, under the word for its kind."""
        data = write_law(SHIPPED[word])
        assert list(data) == [word]
        assert read_law(data) == read_law(through_toml(data)) == read_law(read_json(write_json(data))) == SHIPPED[word]

    @given(st.data())
    def test_any(self, data: st.DataObject) -> None:
        """Any law of any kind is what is read of what is written of it, and validates."""
        rows = data.draw(
            st.sampled_from(list(KINDS.values())).flatmap(lambda kind: st.lists(instances(kind), min_size=1))
        )
        written = write_law(rows)
        assert read_law(through_toml(written)) == tuple(rows)
        agree(written, read_law, LAW_SCHEMA)

    @pytest.mark.parametrize("word", KINDS)
    def test_every_field_stands_under_its_name(self, word: str) -> None:
        """Where nothing is left as it is by default, every field is a key."""
        row = whole_instance(KINDS[word])
        (table,) = write_law([row])[word]
        assert list(table) == [one.name for one in fields(KINDS[word])]

    @pytest.mark.parametrize("word", KINDS)
    def test_one_thing_wrong(self, word: str) -> None:
        """A key that is misspelt or of another kind is refused in its place; one that is left out, where it must be."""
        (table,) = write_law([whole_instance(KINDS[word])])[word]
        for key, value in table.items():
            others = {name: one for name, one in table.items() if name != key}
            for changes in ({}, {f"{key}s": value}, {key: 5.5}, {key: None}):
                data = {word: [{**others, **changes}]}
                agree(data, read_law, LAW_SCHEMA)
                found = problems(read_law, data)
                assert found or not changes, (key, changes)
                known = (place((word, 0, *changes)), place((word, 0)))
                assert all(problem.place in known for problem in found), found

    def test_takes_the_place_of_what_ships(self) -> None:
        """Whoever reads the law otherwise states it, and asks by it."""
        text = """
            [["cookie law"]]
            name = "harbour-2030"
            jurisdiction = "Harbour"
            since = 2030-01-01
            rule = "nothing without a yes"
            consent = "affirmative opt-in"
            otherwise = [{ name = "yes", kind = "consent", source = "Harbour Act, s. 1" }]
            remarks = [{ name = "grace", value = "not enforced", since = 2030-01-01, until = 2030-06-30 }]
            source = "Harbour Act"
            read_on = 2029-12-01
        """
        regime = law_on(date(2030, 2, 1), read_law(read_toml(text)), jurisdiction="Harbour")
        assert isinstance(regime, CookieRegime)
        assert str(regime).startswith("harbour-2030")
        assert [remark.value for remark in regime.remarks_on(date(2030, 6, 30))] == ["not enforced"]
        longer = evolve(UK_ACCESS_LAW[-1], name="longer")
        assert in_force(read_law(write_law([longer])), date(2027, 1, 1)).name == "longer"

    @pytest.mark.parametrize("word", ["notice law", "transfer law"])
    @pytest.mark.parametrize("key", ["read_on", "jurisdiction"])
    def test_whose_reading_it_is(self, word: str, key: str) -> None:
        """Where a law holds and when it was read is never supplied, though the rows that ship have it by default."""
        data = write_law(SHIPPED[word][:1])
        del data[word][0][key]
        with pytest.raises(DocumentError, match=f"“{key}” is missing"):
            read_law(data)

    @pytest.mark.parametrize("rows", [[], [5], ["x"], [UK_ACCESS_LAW[0], COOKIE_LAW[0]], [UK_ACCESS_LAW]])
    def test_what_is_no_law(self, rows: list[Any]) -> None:
        """Rows of no kind, or of two, are no law."""
        with pytest.raises(DocumentError, match="cannot be written down as a law"):
            write_law(rows)

    @pytest.mark.parametrize(
        ("data", "where", "words"),
        [
            ({"cookie laws": []}, "", "Did you mean cookie law?"),
            ({"cookie law": []}, "cookie law", "This list is empty"),
            ({"cookie law": {}}, "cookie law", "a table is not a list"),
            ({"readings": [{"under": [["x", "exemt"]]}]}, "readings[1].under[1][2]", "Did you mean exempt?"),
            ({"readings": [{"when": ["x"]}]}, "readings[1].when", "a list is not a list of 2 values"),
            ({"access law": [{"period": "a month"}]}, "access law[1].period", "is not a length of time"),
            (
                {"marketing law": [{"grounds": [{"when": "x"}]}]},
                "marketing law[1].grounds[1].when",
                "for a requirement",
            ),
        ],
    )
    def test_what_is_wrong(self, data: Any, where: str, words: str) -> None:
        """What is wrong with a law is named in its place."""
        assert any(words in str(one) and one.place == where for one in problems(read_law, data))

    def test_what_contradicts_itself(self) -> None:
        """A regime that ends before it begins is refused where it stands."""
        data = write_law(UK_ACCESS_LAW)
        data["access law"][1]["until"] = "2001-01-01"
        (problem,) = problems(read_law, data)
        assert (problem.place, problem.kind) == ("access law[2]", "sense")


# Consent --------------------------------------------------------------------------------------------------------------

GIVEN = ConsentEvent(at=date(2026, 1, 10), state="given", purposes=("statistics",), statement="v5", signal="button")
RECORD = ConsentRecord("a7f3", (GIVEN, evolve(GIVEN, at=date(2026, 3, 1), state="withdrawn")))

_zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_times = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=_zones)  # noqa: DTZ001


@st.composite
def records(draw: Any) -> ConsentRecord:
    """Draw a record of one purpose: days or times in their order, and what can happen in turn."""
    moments: list[Any] = sorted(draw(st.lists(draw(st.sampled_from([st.dates(), _times])), max_size=4)))
    events: list[ConsentEvent] = []
    states: Iterator[ConsentState] = iter(ConsentState)
    for at in moments:
        able = [state for state in ConsentState if not events or events[-1].state in TRANSITIONS[state]]
        state = draw(st.sampled_from(able or list(states)))
        some = {name: draw(st.sampled_from(["", "x"])) for name in ("statement", "jurisdiction", "signal")}
        events.append(
            ConsentEvent(at=at, state=state, purposes=("p",), recipients=draw(st.sampled_from([(), ("r",)])), **some)
        )
    return ConsentRecord(draw(st.text(max_size=3)), tuple(events))


def consent(at: Any) -> dict[str, Any]:
    """Give a document of a record with one event."""
    return {"consent record": {"subject": "a7f3", "events": [{"at": at, "state": "given", "purposes": ["p"]}]}}


class TestConsent:
    @given(records())
    def test_reads_back(self, record: ConsentRecord) -> None:
        """Any record is what is read of what is written of it, with every time and its zone."""
        data = write_consent(record)
        read = read_consent(through_toml(data))
        assert read == record
        assert [str(event.at) for event in read.events] == [str(event.at) for event in record.events]
        agree(data, read_consent, CONSENT_SCHEMA)

    def test_words(self) -> None:
        """A record says whose it is, and what happened when."""
        assert write_consent(RECORD) == {
            "consent record": {
                "subject": "a7f3",
                "events": [
                    {
                        "at": "2026-01-10",
                        "state": "given",
                        "purposes": ["statistics"],
                        "statement": "v5",
                        "signal": "button",
                    },
                    {
                        "at": "2026-03-01",
                        "state": "withdrawn",
                        "purposes": ["statistics"],
                        "statement": "v5",
                        "signal": "button",
                    },
                ],
            }
        }

    def test_in_values_of_the_callers_own(self) -> None:
        """A record in a class of the caller's own goes through the same door."""

        @frozen
        class Visitor:
            record: ConsentRecord

        data = converter().unstructure(Visitor(RECORD))
        assert data == {"record": write_consent(RECORD)}
        assert converter().structure(data, Visitor) == Visitor(RECORD)

    @pytest.mark.parametrize(
        ("at", "day"),
        [
            ("2026-01-10T23:30:00-02:00", date(2026, 1, 11)),
            ("2026-01-10T09:30:00Z", date(2026, 1, 10)),
            ("2026-01-10T09:30:00.5+00:00", date(2026, 1, 10)),
            ("2026-01-10", date(2026, 1, 10)),
            (date(2026, 1, 10), date(2026, 1, 10)),
            (datetime(2026, 1, 10, 9, tzinfo=UTC), date(2026, 1, 10)),
        ],
    )
    def test_when(self, at: Any, day: date) -> None:
        """A time with its zone is read in either form, and a day is."""
        assert read_consent(consent(at)).events[0].day == day

    @pytest.mark.parametrize(("fold", "offset"), [(0, "+01:00"), (1, "+00:00")])
    def test_the_hour_that_clocks_have_twice(self, fold: int, offset: str) -> None:
        """It is written with the offset that it had, and comes back."""
        at = datetime(2026, 10, 25, 1, 30, tzinfo=AUTUMN, fold=fold)
        record = ConsentRecord("a7f3", (ConsentEvent(at=at, state="given", purposes=["p"]),))
        data = write_consent(record)
        assert data["consent record"]["events"][0]["at"] == f"2026-10-25T01:30:00{offset}"
        assert read_consent(data) == record

    @pytest.mark.parametrize(
        ("at", "kind"),
        [
            ("2026-01-10T09:30:00", "shape"),
            ("2026-01-10 09:30:00+00:00", "shape"),
            ("2026-01-10T24:00:00Z", "shape"),
            ("2026-01-10T09:30Z", "shape"),
            ("2026-01-10T09:30:00+24:00", "shape"),
            ("2026-01-10T09:30:00Z\\n", "shape"),
            ("2026-13-10T09:30:00Z", "shape"),
            ("T", "shape"),
            ("soon", "shape"),
            (20260110, "shape"),
            (None, "shape"),
            (datetime(2026, 1, 10, 9), "shape"),  # noqa: DTZ001
            ("2026-02-30T09:30:00Z", "sense"),
            ("0000-01-10T09:30:00Z", "sense"),
            ("0001-01-01T00:00:00+01:00", "sense"),
            ("9999-12-31T23:59:59-01:00", "sense"),
            (datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))), "sense"),
            ("2026-02-30", "sense"),
        ],
    )
    def test_when_nobody_can_tell(self, at: Any, kind: str) -> None:
        """A time without a zone, or in no calendar, is refused in its place; no machine's own zone is put in."""
        (problem,) = problems(read_consent, consent(at))
        assert (problem.place, problem.kind) == ("consent record.events[1].at", kind)
        if not isinstance(at, datetime):
            agree(consent(at), read_consent, CONSENT_SCHEMA)

    @pytest.mark.parametrize("at", ["2026-01-10T09:30:00", datetime(2026, 1, 10, 9), 5])  # noqa: DTZ001
    def test_what_is_missing_is_the_zone(self, at: Any) -> None:
        """Whoever wrote a time without its zone is told so, and not that it is no day."""
        (problem,) = problems(read_consent, consent(at))
        assert problem.what.endswith("is neither a day nor a time with its zone")
        assert problem.remedy == 'Write for example "2026-01-10T09:30:00+00:00"'

    def test_whose_it_is_stays_unsaid(self) -> None:
        """No error shows the reference to a person."""
        events = [{"at": "2026-01-10", "state": "given", "purposes": []}]
        (problem,) = problems(read_consent, {"consent record": {"subject": "a7f3", "events": events}})
        assert problem.place == "consent record.events[1]"
        out_of_order = write_consent(RECORD)
        out_of_order["consent record"]["events"].reverse()
        with pytest.raises(DocumentError) as caught:
            read_consent(out_of_order)
        assert "a7f3" not in str(caught.value)

    @pytest.mark.parametrize("subject", [123456789, ["123456789"], None])
    def test_whose_it_is_is_not_shown(self, subject: Any) -> None:
        """A reference that is no text is refused, and is not told to whoever reads the error."""
        with pytest.raises(DocumentError, match=r"consent record\.subject: What stands here is not a text") as caught:
            read_consent({"consent record": {"subject": subject, "events": []}})
        assert "123456789" not in str(caught.value) + repr(caught.value.data)
        assert [problem.kind for problem in caught.value.problems] == ["shape"]

    def test_what_is_no_record(self) -> None:
        """Nothing else is written as a record of consent."""
        with pytest.raises(DocumentError, match="cannot be written down as a record"):
            write_consent(GIVEN)  # type: ignore[arg-type]
