"""Each table by itself: what people type is read exactly, or refused with a sentence that says what to do."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from cpdrules.amounts import CREDIT, HOUR, hours
from cpdrules.cpd import UNKNOWN, Activity, Axis, Circumstance, Share, share
from cpdrules.iet import cpd
from cpdrules.rows import (
    ActivityColumns,
    AgreementColumns,
    CircumstanceColumns,
    Declaration,
    DeclarationColumns,
    Layout,
    MemberColumns,
    Notice,
    Read,
    Reject,
    RowsError,
    read_activities,
    read_agreements,
    read_circumstances,
    read_declarations,
    read_members,
)

Row = dict[Any, Any]

ACTIVITIES = ActivityColumns(
    id="Number",
    member="Member",
    first="Start",
    last="End",
    amount="Duration",
    tags={"kind": "Category", "area": "Area", "planned": "Planned", "competence": "Competences"},
    title="Title",
    reflection="Reflection",
    provider="Provider",
)
MEMBERS = MemberColumns(
    member="Member",
    grade="Grade",
    registrations="Registrations",
    joined="Joined",
    left="Left",
    since={"opted_in": "Opted in"},
    facts={"route": "Route"},
)
CIRCUMSTANCES = CircumstanceColumns(member="Member", kind="Circumstance", since="From", until="To")
AGREEMENTS = AgreementColumns(
    member="Member",
    figure="Hours",
    reason="Reason",
    decided_by="By",
    decided_on="On",
    since="From",
    until="To",
    clause="Clause",
)
DECLARATIONS = DeclarationColumns(member="Member", amount="Hours", plan="Plan")

#: The day on which the tables of these tests were taken.
TAKEN = date(2016, 1, 31)


def activity_row(**changes: Any) -> Row:
    """Write a row with nothing wrong, but for the changes; a column is written with its blanks left out."""
    row = {
        "Number": "A1",
        "Member": "11001000",
        "Start": "2015-03-02",
        "End": "",
        "Duration": "1h30",
        "Category": "Training course",
        "Area": "Soft skills",
        "Planned": "Yes",
        "Competences": "A;C",
        "Title": "Chairing meetings",
        "Reflection": "Went well.",
        "Provider": "IET",
    }
    return row | changes


def activities(*rows: Any, **settings: Any) -> Read[Activity]:
    """Read rows as the main job does."""
    return read_activities(rows, ACTIVITIES, **{"axes": cpd.AXES, "as_of": TAKEN} | settings)


def read_one(**changes: Any) -> Activity:
    """Read a row that must be right."""
    read = activities(activity_row(**changes))
    assert not read.rejects
    [found] = read
    return found


def the_reject(read: Read[Any]) -> Reject:
    """Give the one reject of a table of which nothing was read."""
    assert not read.items
    [reject] = read.rejects
    return reject


#: What tells somebody to do something.
ADVICE = re.compile(
    r"Did you mean |\b(Add|Complete|Correct|Delete|Divide|Exchange|Fill|Find|Format|Give|Leave|Look|Name|Say|Shorten)\b"
    r"|\b(Type|Write)\b"
)


def assert_can_be_acted_on(text: str) -> None:
    """Check that a CPD officer could act on a text: sentences, not too many, of which one says what to do."""
    assert text[0].isupper() or text[0] == "“" or text[0].isdigit(), text
    assert text.endswith((".", "?")), text
    assert ADVICE.search(text), text
    assert len(text) < 260, text
    assert text.isprintable(), text
    assert not re.search(r"[{}\\]|\bNone\b|Error|object at 0x|Fraction\(|Decimal\(", text), text


class TestRightRows:
    def test_an_activity(self) -> None:
        """Every cell goes where the caller's columns say."""
        assert read_one() == Activity(
            "A1",
            date(2015, 3, 2),
            date(2015, 3, 2),
            hours("1:30"),
            {"kind": "training_course", "area": "soft_skills", "planned": True, "competence": ("A", "C")},
            "Chairing meetings",
            "Went well.",
            "IET",
        )

    def test_a_member(self) -> None:
        """A member's row has what the review needs, dated circumstances and other facts among it."""
        row = {
            "Member": "11001000",
            "Grade": "miet",
            "Registrations": "CEng; EngTech",
            "Joined": "2001-02-03",
            "Left": "",
            "Opted in": "2014-01-31",
            "Route": "Part time",
        }
        [member] = read_members([row], MEMBERS, grades=cpd.GRADES)
        assert (member.id, member.grade, member.registrations) == ("11001000", "MIET", ("CEng", "EngTech"))
        assert (member.joined, member.left) == (date(2001, 2, 3), None)
        assert member.circumstances == (Circumstance("opted_in", date(2014, 1, 31)),)
        assert member.facts == {"route": "Part time"}

    @pytest.mark.parametrize(("said", "fact"), [("Yes", True), ("no", False), ("", None), ("TRUE", True)])
    def test_a_fact_is_yes_no_or_a_text(self, said: str, fact: object) -> None:
        """A blank fact is not recorded at all."""
        columns = MemberColumns(member="Member", facts={"mentor": "Mentor"})
        [member] = read_members([{"Member": "1", "Mentor": said}], columns)
        assert member.facts.get("mentor") is fact
        assert ("mentor" in member.facts) == (fact is not None)

    def test_a_circumstance(self) -> None:
        """A blank last day means that it continues."""
        rows = [
            {"Member": "1", "Circumstance": "maternity-leave", "From": "2015-03-01", "To": "2015-09-30"},
            {"Member": "1", "Circumstance": " Long-term  Illness ", "From": "2015-10-01", "To": ""},
        ]
        assert tuple(read_circumstances(rows, CIRCUMSTANCES, kinds=cpd.CIRCUMSTANCES)) == (
            Circumstance("maternity_leave", date(2015, 3, 1), date(2015, 9, 30)),
            Circumstance("long_term_illness", date(2015, 10, 1)),
        )

    def test_an_agreement(self) -> None:
        """A figure of nothing is a figure."""
        row = {"Member": "1", "Hours": "0", "Reason": "In hospital", "By": "Head of CPD", "On": "2015-09-15"}
        row |= {"From": "2015-01-01", "To": "", "Clause": "hours"}
        [agreement] = read_agreements([row], AGREEMENTS)
        assert (agreement.figure, agreement.reason, agreement.clause) == (hours(0), "In hospital", "hours")
        assert (agreement.decided_by, agreement.decided_on) == ("Head of CPD", date(2015, 9, 15))
        assert (agreement.since, agreement.until) == (date(2015, 1, 1), None)

    @pytest.mark.parametrize(
        ("row", "declaration"),
        [
            ({"Hours": "32", "Plan": "Yes"}, Declaration(hours(32), plan=True)),
            ({"Hours": "0", "Plan": "No"}, Declaration(hours(0), plan=False)),
            ({"Hours": "28 h 30 min", "Plan": ""}, Declaration(hours(28.5), plan=None)),
        ],
    )
    def test_a_declaration(self, row: Row, declaration: Declaration) -> None:
        """Nothing declared and no declaration are two things."""
        assert list(read_declarations([{"Member": "1"} | row], DECLARATIONS)) == [declaration]

    def test_a_table_with_few_columns(self) -> None:
        """Columns that a table does not have need not be named; an activity without an id is called by its row."""
        columns = ActivityColumns(member="who", first="day", amount="h")
        [done] = read_activities([{"who": "1", "day": "2015-03-02", "h": "2"}], columns)
        assert (done.id, done.amount, done.tags, done.title) == ("row 2", hours(2), {}, "")

    def test_no_rows(self) -> None:
        """A heading without rows is a table in which nothing was said."""
        read = activities()
        assert (read.items, read.rejects, read.notices) == ((), (), ())

    def test_title_is_kept_as_typed(self) -> None:
        """Only the spaces around it go; a line end in a reflection is a line end."""
        found = read_one(Title="  =SUM(1)  <b>50 Ω</b> ", Reflection="one\ntwo\tthree")
        assert (found.title, found.reflection) == ("=SUM(1)  <b>50 Ω</b>", "one\ntwo\tthree")


class TestAmounts:
    @pytest.mark.parametrize(
        "typed",
        [
            "1.5",
            "1h30",
            "1 h 30 min",
            "1:30",
            "90 min",
            "1.5 hours",
            " 1.5 h ",
            "1.50",
            "90 minutes",
            "1\u00a0h 30 min",
        ],
    )
    def test_as_people_type_them(self, typed: str) -> None:
        """All of these are an hour and a half."""
        assert read_one(Duration=typed).amount == hours("1:30")

    @pytest.mark.parametrize(
        "value", [1.5, Decimal("1.5"), Fraction(3, 2), timedelta(minutes=90), timedelta(hours=1, minutes=30)]
    )
    def test_as_programs_hold_them(self, value: object) -> None:
        """Numbers and durations from a data frame are read as exactly as texts are."""
        assert read_one(Duration=value).amount == hours("1:30")

    def test_whole_numbers(self) -> None:
        """A whole number is one of hours."""
        assert read_one(Duration=2).amount == hours(2)

    @pytest.mark.parametrize(("typed", "amount"), [("7,5", "7.5"), ("2", "2"), ("1h30", "1.5"), ("0,25 h", "0.25")])
    def test_decimal_commas_where_they_are_used(self, typed: str, amount: str) -> None:
        """Whoever uses decimal commas says so."""
        [found] = activities(activity_row(Duration=typed), layout=Layout(decimal=","))
        assert found.amount == hours(amount)

    def test_a_point_where_commas_are_used_is_refused(self) -> None:
        """In such a table 1.500 might be a thousand and a half."""
        reject = the_reject(activities(activity_row(Duration="7.5"), layout=Layout(decimal=",")))
        assert str(reject) == "activities, row 2: Duration: “7.5” is no amount of hours. Did you mean 7,5?"

    def test_another_unit(self) -> None:
        """A scheme of credits has no hours, and no day that could hold too many."""
        row = activity_row(Duration="40.25", Area="Soft skills 40; Personal technical 0.25")
        [found] = activities(row, unit=CREDIT)
        assert found.amount is not None
        assert (found.amount.unit, str(found.amount)) == (CREDIT, "40.25 credits")

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("7,5", "7.5"),
            ("two hours", "2 hours"),
            ("about 30", "30"),
            ("~2", "2"),
            ("1 h and 30 min", "1 h 30 min"),
            ("about 7,5", "7.5"),
            ("1½", "1.5"),
            ("2 hrs.", "2 hrs"),
            ("2.3333333333", "2 h 20 min"),
            (2.3333333333, "2 h 20 min"),
            (time(1, 30), "1:30"),
        ],
    )
    def test_what_was_meant_is_offered_and_not_taken(self, typed: object, meant: str) -> None:
        """The officer decides, not the library."""
        [problem] = the_reject(activities(activity_row(Duration=typed))).problems
        assert problem.code == "amount"
        assert f"Did you mean {meant}?" in problem.text
        assert_can_be_acted_on(problem.text)

    def test_a_day_can_be_as_long_as_the_caller_says(self) -> None:
        """The check can be set, or switched off."""
        row = activity_row(Duration="26", Start="2015-03-02", End="2015-03-03")
        assert not activities(row).rejects
        assert the_reject(activities(row, most_a_day=hours(12))).codes == ("more_than_a_day",)
        assert not activities(activity_row(Duration="30"), most_a_day=None).rejects


class TestDays:
    @pytest.mark.parametrize(
        "value",
        [
            "2015-03-02",
            " 2015-03-02 ",
            "2015-03-02 00:00:00",
            "2015-03-02T00:00",
            date(2015, 3, 2),
            datetime(2015, 3, 2),  # noqa: DTZ001 - as data frames have them
        ],
    )
    def test_one_day_and_no_other(self, value: object) -> None:
        """ISO texts, dates, and times of exactly midnight are days."""
        assert read_one(Start=value).first == date(2015, 3, 2)

    @pytest.mark.parametrize(
        ("dates", "typed"),
        [
            ("day/month/year", "2/3/2015"),
            ("day/month/year", "02/03/2015"),
            ("month/day/year", "03/02/2015"),
            ("day.month.year", "2.3.2015"),
            ("day month year", "2 3 2015"),
            (("year-month-day", "day/month/year"), "02/03/2015"),
            (("year-month-day", "day/month/year"), "2015-03-02"),
        ],
    )
    def test_in_the_order_that_the_caller_names(self, dates: Any, typed: str) -> None:
        """Other orders are read where somebody has said which."""
        [found] = activities(activity_row(Start=typed), layout=Layout(dates=dates))
        assert found.first == date(2015, 3, 2)

    @pytest.mark.parametrize(
        ("typed", "code", "says"),
        [
            ("05/06/2015", "two_readings", "5 June 2015 or 6 May 2015. Write 2015-06-05 or 2015-05-06."),
            ("05/05/2015", "date", "Did you mean 2015-05-05?"),
            ("15/03/2015", "date", "Did you mean 2015-03-15?"),
            ("2015/3/15", "date", "Did you mean 2015-03-15?"),
            ("2015-3-5", "date", "Did you mean 2015-03-05?"),
            ("15/03/15", "date", "does not have a year of four digits"),
            ("31/02/2015", "date", "no day of the calendar in any order"),
            ("2015-06-31", "date", "June 2015 has days 1 to 30"),
            ("2015-02-29", "date", "February 2015 has days 1 to 28"),
            ("2015-13-05", "date", "Correct the month"),
            ("0000-01-05", "date", "Correct the year"),
            ("42064", "date", "Did you mean 2015-03-01?"),
            (42064, "date", "Did you mean 2015-03-01?"),
            (42064.0, "date", "Did you mean 2015-03-01?"),
            ("tomorrow", "date", "Write it as 2015-03-02"),
            ("2015-03-02\u200b", "date", "with a zero width space"),
            (True, "date", "is a bool and no date"),
            (time(9, 0), "date", "is a time and no date"),
            (datetime(2015, 3, 2, 9, 30), "date", "has a time of day"),  # noqa: DTZ001
            (datetime(2015, 3, 2, tzinfo=UTC), "date", "or a time zone"),
            ("2015-03-02 09:30", "date", "is no date"),
            ("2051-03-01", "future", "1 March 2051 had not come on 31 January 2016"),
        ],
    )
    def test_what_is_not_one_day_is_refused(self, typed: object, code: str, says: str) -> None:
        """Neither an order nor a century is ever guessed."""
        [problem] = the_reject(activities(activity_row(Start=typed))).problems
        assert (problem.column, problem.code) == ("Start", code)
        assert says in problem.text
        assert_can_be_acted_on(problem.text)

    def test_nothing_is_in_the_future_where_nobody_says_when_it_is(self) -> None:
        """Without a day of the caller's there is no today."""
        assert not activities(activity_row(Start="2051-03-01"), as_of=None).rejects

    @pytest.mark.parametrize("dates", ["", "d/m/y", "day/month", "day/day/year", "day/month-year", "%d/%m/%Y"])
    def test_a_form_that_is_none_is_misuse(self, dates: str) -> None:
        """An order needs a day, a month, a year and one separator."""
        with pytest.raises(RowsError, match="no way to write dates"):
            Layout(dates=dates)

    @pytest.mark.parametrize("dates", [("day/month/year", "month/day/year"), ("year-month-day",) * 2, ()])
    def test_forms_that_can_be_taken_for_each_other_are_misuse(self, dates: tuple[str, ...]) -> None:
        """No cell may be two days."""
        with pytest.raises(RowsError, match="cannot be told apart"):
            Layout(dates=dates)

    def test_a_decimal_sign_that_is_none_is_misuse(self) -> None:
        """A layout is checked where it is made."""
        with pytest.raises(RowsError, match="does not begin a decimal fraction"):
            Layout(decimal=";")  # type: ignore[arg-type]


class TestTags:
    @pytest.mark.parametrize(
        "typed", ["Soft skills", "soft_skills", "SOFT  SKILLS", "soft-skills", " Soft\u00a0skills"]
    )
    def test_whatever_the_case_and_the_spacing(self, typed: str) -> None:
        """The axis's own words are the vocabulary."""
        assert read_one(Area=typed).tags["area"] == "soft_skills"

    @pytest.mark.parametrize(
        ("typed", "planned"),
        [
            ("Yes", True),
            ("no", False),
            ("Y", True),
            (True, True),
            (False, False),
            ("planned", True),
            ("Not planned", False),
        ],
    )
    def test_yes_and_no(self, typed: object, planned: bool) -> None:
        """Where the tags are yes and no, so are the words."""
        assert read_one(Planned=typed).tags["planned"] is planned

    def test_synonyms(self) -> None:
        """The caller's own words count as well."""
        synonyms = {"kind": {"Seminar": "event", "Conference": "event"}}
        [found] = activities(activity_row(Category="conference"), synonyms=synonyms)
        assert found.tags["kind"] == "event"

    @pytest.mark.parametrize("typed", ["A;C", "C; A", "A, C", "A|C", "A\nC", "A;C;", ["A", "C"]])
    def test_several_on_an_axis_that_allows_it(self, typed: object) -> None:
        """Competences can be several, in whatever way they are listed."""
        assert read_one(Competences=typed).tags["competence"] == ("A", "C")

    def test_none_on_an_axis_that_allows_it(self) -> None:
        """Not every activity has a competence, so a blank is no missing fact."""
        read = activities(activity_row(Competences=""))
        assert "competence" not in next(iter(read)).tags
        assert not read.notices

    def test_an_axis_without_vocabulary(self) -> None:
        """Any text is a topic of its own; spaces do not tell topics apart."""
        columns = ActivityColumns(member="m", first="d", amount="h", tags={"topic": "Topic"})
        row = {"m": "1", "d": "2015-03-02", "h": "1", "Topic": "Arc  flash"}
        [found] = read_activities([row], columns, axes=[Axis("topic", every=False)])
        assert found.tags == {"topic": "Arc flash"}

    def test_an_axis_of_numbers(self) -> None:
        """A level is a number, in a cell of text or of numbers."""
        columns = ActivityColumns(member="m", first="d", amount="h", tags={"level": "Level"})
        rows = [{"m": "1", "d": "2015-03-02", "h": "1", "Level": level} for level in ("2", 2, "2; 3")]
        read = read_activities(rows, columns, axes=[Axis("level", (1, 2, 3), every=False)])
        assert [done.tags for done in read] == [{"level": 2}, {"level": 2}]
        assert read.rejects[0].codes == ("split",)

    def test_a_split(self) -> None:
        """The time divides over areas, and the parts make the whole."""
        found = read_one(Area="Job role technical 1h; Soft skills 0.5h", Duration="1.5")
        assert found.shares == (
            share("1h", area="job_role_technical"),
            Share(hours("30 min"), {"area": "soft_skills"}),
        )
        assert "area" not in found.tags

    @pytest.mark.parametrize(
        "typed", ["Soft skills 1h30", "Soft skills: 1.5h", "Soft skills (90 min)", "Soft skills = 1:30"]
    )
    def test_a_split_into_one_part(self, typed: str) -> None:
        """One part that is the whole is the tag of the whole."""
        found = read_one(Area=typed)
        assert (found.tags["area"], found.shares) == ("soft_skills", ())

    def test_a_word_with_a_number_in_it(self) -> None:
        """A figure after a word is an amount only where the word is known without it."""
        columns = ActivityColumns(member="m", first="d", amount="h", tags={"level": "Level"})
        axes = [Axis("level", ("level_1", "level_2"))]
        rows = [
            {"m": "1", "d": "2015-03-02", "h": "3", "Level": level} for level in ("Level 2", "Level 1 2h; Level 2 1h")
        ]
        whole, split = read_activities(rows, columns, axes=axes)
        assert whole.tags == {"level": "level_2"}
        assert [part.tags["level"] for part in split.shares] == ["level_1", "level_2"]

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            (
                {"Area": "Job role technical 1h; Soft skills 0.25h"},
                "The parts make 1 h 15 min, and the whole is 1 h 30 min.",
            ),
            ({"Area": "Soft skills 1h"}, "The parts make 1 h, and the whole is 1 h 30 min."),
            ({"Area": "Soft skills 1h; Job role technical 30 min", "Duration": ""}, "the whole is blank"),
            ({"Area": "Soft skills; Job role technical"}, "it does not say how the whole divides"),
            ({"Area": "Soft skills; Job role technical 1h30"}, "A part of it has no figure."),
            ({"Area": "Soft skills 0h; Job role technical 1h30"}, "A part of it has no figure."),
            ({"Planned": "Yes; No"}, "it does not say how the whole divides"),
            (
                {"Area": "Soft skills 1h; Personal technical 0.5h", "Category": "Event 1h; Self-study 0.5h"},
                "divided in another column already",
            ),
            ({"Competences": ";".join("ABCDE" * 5)}, "has 25 parts, and at most 20 are read"),
        ],
    )
    def test_a_split_that_is_none_is_refused(self, changes: Row, says: str) -> None:
        """No part of an activity is lost or counted twice."""
        reject = the_reject(activities(activity_row(**changes)))
        assert reject.codes == ("split",)
        assert says in reject.problems[0].text
        assert_can_be_acted_on(reject.problems[0].text)

    def test_a_wrong_part_is_told_once(self) -> None:
        """Where the duration cannot be read, nobody can tell whether the parts make it."""
        reject = the_reject(activities(activity_row(Area="Soft skills 1h; Personal technical 1h", Duration="2;0")))
        assert reject.codes == ("amount",)

    @pytest.mark.parametrize(
        ("axes", "synonyms", "says"),
        [
            ((), {}, "There is no axis 'kind'. No axes were given."),
            (
                cpd.AXES,
                {"plannd": {}},
                "There is no axis 'plannd'. Known are kind, area, planned and competence. Did you",
            ),
            (
                cpd.AXES,
                {"kind": {"Seminar": "events"}},
                "'Seminar' cannot stand for 'events', which is no kind. Did you",
            ),
            (cpd.AXES, {"kind": {"Seminar": "x"}}, "is no kind. Known are Training course, Work experience"),
            (cpd.AXES, {"planned": {"1": 1}}, "'1' cannot stand for 1, which is no planned. Known are Yes, No."),
            (cpd.AXES, {"kind": {"self study": "event"}}, "'self study' would stand for two tags of kind"),
        ],
    )
    def test_a_vocabulary_that_is_none_is_misuse(self, axes: Iterable[Axis], synonyms: Any, says: str) -> None:
        """Axes and synonyms are the caller's, and checked before any row."""
        with pytest.raises(RowsError) as caught:
            activities(activity_row(), axes=axes, synonyms=synonyms)
        assert says in str(caught.value)


class TestBlanks:
    @pytest.mark.parametrize("blank", ["", "   ", "\u00a0", float("nan"), Decimal("nan"), Decimal("snan")])
    @pytest.mark.parametrize("column", ["Start", "Duration", "Category", "Area", "Planned"])
    def test_a_blank_is_not_known(self, column: str, blank: object) -> None:
        """It is read, counts towards what it might be, and is noticed."""
        [found] = read = activities(activity_row(**{column: blank}))
        [notice] = read.notices
        assert (notice.codes, notice.problems[0].column) == (("not_known",), column)
        assert (notice.number, notice.member) == (2, "11001000")
        assert_can_be_acted_on(notice.problems[0].text)
        unknown = {"Start": found.first, "Duration": found.amount}
        known = {"Category": "kind", "Area": "area", "Planned": "planned"}
        assert unknown[column] is None if column in unknown else found.tags[known[column]] is UNKNOWN

    @pytest.mark.parametrize("name", ["NaTType", "NAType"])
    def test_blanks_of_other_libraries(self, name: str) -> None:
        """What a data frame puts for nothing is nothing, though it be equal to nothing."""
        blank = type(name, (), {"__ne__": lambda *_: 1 / 0, "__eq__": lambda *_: 1 / 0, "__hash__": None})()
        assert read_one(End=blank).last == date(2015, 3, 2)

    def test_an_end_without_a_start(self) -> None:
        """The day is not known, and the notice says that the end does not settle it."""
        [found] = read = activities(activity_row(Start="", End="2015-03-04"))
        assert (found.first, found.last) == (None, None)
        assert "the day on which it ended does not settle it" in str(read.notices[0])

    def test_a_blank_grade_and_a_blank_declaration(self) -> None:
        """Both are read, and noticed."""
        members = read_members([{"Member": "1", "Grade": ""}], MemberColumns(member="Member", grade="Grade"))
        declarations = read_declarations([{"Member": "1", "Hours": "", "Plan": ""}], DECLARATIONS)
        assert [member.grade for member in members] == [""]
        assert list(declarations) == [Declaration(None)]
        assert str(members.notices[0]) == "members, row 2: Grade: The grade is not known."
        assert str(declarations.notices[0]) == "declarations, row 2: Hours: No figure was declared."

    def test_none_is_blank_where_the_caller_says_so(self) -> None:
        """In data frames and JSON, None is nothing; from csv.DictReader it is a cell that the row does not have."""
        assert the_reject(activities(activity_row(Provider=None))).codes == ("cut_short",)
        [found] = activities(activity_row(End=None, Provider=None), layout=Layout(none_is_blank=True))
        assert (found.last, found.provider) == (date(2015, 3, 2), "")


#: An activity's row made wrong: what is changed, in which column the fault is told, its code, words of its sentence.
FAULTS: tuple[tuple[Row, str, str, str], ...] = (
    ({"Duration": "7,5"}, "Duration", "amount", "Did you mean 7.5?"),
    ({"Duration": "7;5"}, "Duration", "amount", "Write 7.5, 7.5 h, 1h30"),
    ({"Duration": "two hours"}, "Duration", "amount", "Did you mean 2 hours?"),
    ({"Duration": "-2"}, "Duration", "negative", "less than nothing"),
    ({"Duration": "−2"}, "Duration", "negative", "less than nothing"),
    ({"Duration": -2}, "Duration", "negative", "less than nothing"),
    ({"Duration": "0"}, "Duration", "zero", "leave the cell blank"),
    ({"Duration": 0.0}, "Duration", "zero", "leave the cell blank"),
    ({"Duration": "1h75"}, "Duration", "amount", "minutes 0 to 59"),
    ({"Duration": "NaN"}, "Duration", "amount", "Leave the cell blank"),
    ({"Duration": "n/a"}, "Duration", "amount", "Leave the cell blank"),
    ({"Duration": "??"}, "Duration", "amount", "Leave the cell blank"),
    ({"Duration": "1e9"}, "Duration", "amount", "Write all its digits out"),
    ({"Duration": 1e9}, "Duration", "amount", "more hours than anybody"),
    ({"Duration": float("inf")}, "Duration", "amount", "slip of the unit"),
    ({"Duration": Decimal("1e-50")}, "Duration", "amount", "Correct the figure"),
    ({"Duration": "99999999"}, "Duration", "amount", "slip of the unit"),
    ({"Duration": "2.3333333333"}, "Duration", "amount", "Did you mean 2 h 20 min?"),
    ({"Duration": "30h"}, "Duration", "more_than_a_day", "more than one day"),
    ({"Duration": "60", "End": "2015-03-03"}, "Duration", "more_than_a_day", "more than 2 days"),
    ({"Duration": "1 day"}, "Duration", "amount", "no fixed number of hours"),
    ({"Duration": "3-4"}, "Duration", "amount", "It is a range"),
    ({"Duration": "3 to 4 hours"}, "Duration", "amount", "It is a range"),
    ({"Duration": "a while"}, "Duration", "amount", "Write 7.5"),
    ({"Duration": "1" * 200}, "Duration", "amount", "slip of the unit"),
    ({"Duration": True}, "Duration", "amount", "Give a number"),
    ({"Duration": date(2015, 1, 1)}, "Duration", "amount", "Give a number"),
    ({"Duration": ["1h", 2]}, "Duration", "not_a_cell", "cannot hold a list"),
    ({"Duration": {"hours": 1}}, "Duration", "not_a_cell", "cannot hold a dict"),
    ({"Duration": b"1h"}, "Duration", "not_a_cell", "cannot hold a bytes"),
    ({"Duration": 10**200}, "Duration", "too_long", "too many digits"),
    ({"Start": "31/02/2015"}, "Start", "date", "no day of the calendar"),
    ({"Start": "05/06/2015"}, "Start", "two_readings", "in two ways"),
    ({"Start": "tomorrow"}, "Start", "date", "no date"),
    ({"Start": "2051-03-01"}, "Start", "future", "had not come"),
    ({"End": "2015-02-27"}, "End", "end_before_start", "27 February 2015 is before 2 March 2015"),
    ({"End": "2015-06-31"}, "End", "date", "days 1 to 30"),
    ({"End": "2051-03-01"}, "End", "future", "had not come"),
    ({"Category": "Conference"}, "Category", "unknown_word", "Write one of: Training course"),
    ({"Category": "Trainning course"}, "Category", "unknown_word", "Did you mean Training course?"),
    ({"Category": 7}, "Category", "unknown_word", "“7” is not a word"),
    ({"Area": "Soft skils"}, "Area", "unknown_word", "Did you mean Soft skills?"),
    ({"Area": "Soft skils 1h; Job role technical 30 min"}, "Area", "unknown_word", "Did you mean Soft skills?"),
    ({"Area": "Soft skills 1h30; Job role technical 3O min"}, "Area", "amount", "no amount of hours"),
    ({"Area": "Job role technical 1h; Soft skills 0.25h"}, "Area", "split", "The parts make"),
    ({"Area": "Soft skills 1" * 50}, "Area", "too_long", "too long for a word"),
    ({"Planned": "maybe"}, "Planned", "unknown_word", "Write one of: Yes, No"),
    ({"Planned": 1}, "Planned", "unknown_word", "Write one of: Yes, No"),
    ({"Competences": "B;F"}, "Competences", "unknown_word", "“F” is not a word"),
    ({"Member": ""}, "Member", "missing", "Give the membership number"),
    ({"Member": 11001000.0}, "Member", "identifier", "Format the column as text"),
    ({"Member": True}, "Member", "identifier", "not how an id is written"),
    ({"Member": date(2015, 1, 1)}, "Member", "identifier", "not how an id is written"),
    ({"Member": "1" * 101}, "Member", "too_long", "too long"),
    ({"Member": "1100\x001000"}, "Member", "control_character", "a NUL character"),
    ({"Number": "A1\u00a0"}, "Number", "identifier", "a no-break space"),
    ({"Number": " A1"}, "Number", "identifier", "a space"),
    ({"Number": "Ａ1"}, "Number", "identifier", "a fullwidth latin capital letter a"),
    ({"Title": "seminar on earth\x00ing"}, "Title", "control_character", "a NUL character"),
    ({"Title": "webinar on switch\x08gear"}, "Title", "control_character", "a backspace character"),
    ({"Title": "half of a pair \ud83d"}, "Title", "control_character", "a character U+D83D"),
    ({"Title": "x" * 10_001}, "Title", "too_long", "at most 10,000 are read"),
    ({"Title": {"text": "x"}}, "Title", "not_a_cell", "cannot hold a dict"),
    ({"Title": iter("x")}, "Title", "not_a_cell", "cannot hold a str_"),
    ({None: ["surplus"]}, "", "too_many_cells", "more cells than the heading"),
    (
        {"Title": None, "Reflection": None, "Provider": None},
        "",
        "cut_short",
        "no cell for Title, Reflection and Provider",
    ),
    (dict.fromkeys(activity_row(), ""), "", "blank_row", "Fill it in, or delete it"),
)


class TestWrongRows:
    @pytest.mark.parametrize(
        ("changes", "column", "code", "says"),
        FAULTS,
        ids=[f"{number}-{fault[2]}" for number, fault in enumerate(FAULTS)],
    )
    def test_a_row_made_wrong_gives_a_sentence_to_act_on(self, changes: Row, column: str, code: str, says: str) -> None:
        """In any of fifty ways: the place, the kind of fault, what it is and what to do."""
        row = activity_row() | changes
        reject = the_reject(activities(row))
        [problem] = reject.problems
        assert (problem.column, problem.code) == (column, code)
        assert says in problem.text
        assert_can_be_acted_on(problem.text)
        assert (reject.table, reject.number, reject.codes) == ("activities", 2, (code,))
        assert reject.row is row

    def test_there_are_fifty_ways(self) -> None:
        """The table above keeps its promise."""
        assert len(FAULTS) >= 50

    @pytest.mark.parametrize("row", [None, 7, "Training course", ["A1", "11001000"], float("nan")])
    def test_what_is_not_a_row(self, row: object) -> None:
        """Whatever comes where a row should be gets a reject like any other."""
        reject = the_reject(activities(row))
        assert (reject.codes, reject.member, reject.row) == (("not_a_row",), "", row)
        assert_can_be_acted_on(reject.problems[0].text)

    def test_what_cannot_say_what_it_is(self) -> None:
        """A stranger's object that fails to word itself is shown by its kind."""

        class Stranger:
            def __str__(self) -> str:
                raise ZeroDivisionError

        reject = the_reject(activities(activity_row(Start=Stranger())))
        assert "“Stranger” is a Stranger and no date" in str(reject)

    def test_all_faults_at_once(self) -> None:
        """Who corrects a row need not hand it in three times."""
        reject = the_reject(activities(activity_row(Start="tomorrow", Duration="7,5", Planned="maybe")))
        assert reject.codes == ("date", "amount", "unknown_word")
        assert [problem.column for problem in reject.problems] == ["Start", "Duration", "Planned"]
        assert str(reject).startswith("activities, row 2: Start: “tomorrow” is no date.")

    def test_a_ragged_row_says_whom_it_is_about(self) -> None:
        """As far as the row can be believed."""
        assert the_reject(activities(activity_row(Provider=None))).member == "11001000"

    def test_rows_are_numbered_as_a_spreadsheet_does(self) -> None:
        """The heading is row 1, unless the caller's file has none."""
        rows = activity_row(), activity_row(Duration="x")
        assert [reject.number for reject in activities(*rows).rejects] == [3]
        assert [reject.number for reject in activities(*rows, layout=Layout(first_row=1)).rejects] == [2]

    @pytest.mark.parametrize(
        ("row", "code", "column"),
        [
            ({"Grade": "MIEE"}, "unknown_word", "Grade"),
            ({"Joined": "2011-09-01", "Left": "2001-09-30"}, "end_before_start", "Left"),
            ({"Joined": "01/09/2011"}, "two_readings", "Joined"),
            ({"Registrations": "CEng; IEnd"}, "unknown_word", "Registrations"),
            ({"Opted in": "soon"}, "date", "Opted in"),
            ({"Route": {}}, "not_a_cell", "Route"),
            ({"Member": "１１００１０００"}, "identifier", "Member"),
            ({"Member": "11001000 "}, "identifier", "Member"),
        ],
    )
    def test_members(self, row: Row, code: str, column: str) -> None:
        """A member's row is refused like any other."""
        right = {"Member": "11001000", "Grade": "MIET", "Registrations": "", "Joined": "", "Left": "", "Opted in": ""}
        read = read_members(
            [right | {"Route": ""} | row], MEMBERS, grades=cpd.GRADES, registrations=("CEng", "IEng", "EngTech")
        )
        [problem] = the_reject(read).problems
        assert (problem.code, problem.column) == (code, column)
        assert_can_be_acted_on(problem.text)

    @pytest.mark.parametrize(
        ("row", "code", "column"),
        [
            ({"Circumstance": ""}, "missing", "Circumstance"),
            ({"Circumstance": "Sabattical"}, "unknown_word", "Circumstance"),
            ({"From": ""}, "missing", "From"),
            ({"From": "spring"}, "date", "From"),
            ({"To": "2015-03-31"}, "end_before_start", "To"),
        ],
    )
    def test_circumstances(self, row: Row, code: str, column: str) -> None:
        """What held of whom, and since when, must be there."""
        right = {"Member": "1", "Circumstance": "Retired", "From": "2015-09-01", "To": ""}
        [problem] = the_reject(read_circumstances([right | row], CIRCUMSTANCES, kinds=cpd.CIRCUMSTANCES)).problems
        assert (problem.code, problem.column) == (code, column)
        assert_can_be_acted_on(problem.text)

    @pytest.mark.parametrize(
        ("row", "code", "column"),
        [
            ({"Hours": ""}, "missing", "Hours"),
            ({"Hours": "as discussed"}, "amount", "Hours"),
            ({"Reason": " "}, "missing", "Reason"),
            ({"By": ""}, "missing", "By"),
            ({"On": ""}, "missing", "On"),
            ({"From": ""}, "missing", "From"),
            ({"To": "2014-12-31"}, "end_before_start", "To"),
        ],
    )
    def test_agreements(self, row: Row, code: str, column: str) -> None:
        """A decision that overrides a rule says how much, why, by whom and when; nothing is made up."""
        right = {"Member": "1", "Hours": "15", "Reason": "Carer", "By": "CPD Manager", "On": "2015-02-10"}
        right |= {"From": "2015-01-01", "To": "2015-12-31", "Clause": ""}
        [problem] = the_reject(read_agreements([right | row], AGREEMENTS)).problems
        assert (problem.code, problem.column) == (code, column)
        assert_can_be_acted_on(problem.text)

    @pytest.mark.parametrize(("row", "column"), [({"Hours": "about 30"}, "Hours"), ({"Plan": "later"}, "Plan")])
    def test_declarations(self, row: Row, column: str) -> None:
        """What was declared is a figure."""
        [problem] = the_reject(
            read_declarations([{"Member": "1", "Hours": "", "Plan": ""} | row], DECLARATIONS)
        ).problems
        assert problem.column == column
        assert_can_be_acted_on(problem.text)


class TestUnusableTables:
    def test_a_column_that_is_not_there(self) -> None:
        """A table without a column that the caller named cannot be read at all."""
        row = activity_row()
        row["Membership"] = row.pop("Member")
        with pytest.raises(RowsError) as caught:
            activities(row)
        assert str(caught.value).startswith("The table of activities has no column Member. It has Number, Start, End,")
        assert str(caught.value).endswith("Did you mean Membership?")
        assert caught.value.data["columns"] == ("Member",)

    def test_a_column_like_no_other(self) -> None:
        """Where no column is near, the sentence says how to go on."""
        with pytest.raises(RowsError, match="Say what the column is called, or leave it out where there is none"):
            read_members([{"id": "1"}], MEMBERS)

    def test_a_column_that_only_some_rows_have(self) -> None:
        """Rows of JSON leave out what they do not know."""
        short = {"Number": "A2", "Member": "1", "Start": "2015-03-02", "Duration": "1"}
        read = activities(short, activity_row(), layout=Layout(none_is_blank=True))
        assert len(read.items) == 2

    @pytest.mark.parametrize("rows", [{"Member": "1"}, "Member\n1\n", b"Member\n1\n"])
    def test_what_is_no_table(self, rows: Any) -> None:
        """One row, or a whole file as text, is not a table of rows."""
        with pytest.raises(RowsError, match="and not several rows"):
            read_members(rows, MemberColumns(member="Member"))

    def test_none_in_the_middle_of_a_row(self) -> None:
        """A row cut short has it at the end only, so the caller has not said that None is blank."""
        with pytest.raises(RowsError, match=r"None in the middle of a row.*Layout\(none_is_blank=True\)"):
            activities(activity_row(), activity_row(End=None))

    def test_no_row_is_a_row(self) -> None:
        """A table of which no row is a row has no columns to miss."""
        assert len(activities(1, 2, 3).rejects) == 3


def test_many_texts_are_read_though_not_all_are_remembered() -> None:
    """What a table has been read as is remembered up to a bound, and read all the same beyond it."""
    rows = [
        activity_row(Duration=f"{minutes} min", Start="2015-01-01", End="2015-12-31") for minutes in range(1, 10_050)
    ]
    assert (
        sum(done.amount.grains for done in activities(*rows) if done.amount) == sum(range(1, 10_050)) * HOUR.grain // 60
    )


def test_what_is_told_of_a_row_is_data() -> None:
    """A notice and a reject have their place, their codes and the row itself."""
    read = activities(activity_row(Area="", Planned=""))
    assert read.notices == (
        Notice("activities", 2, "11001000", read.items[0].notices, activity_row(Area="", Planned="")),
    )
    assert read.notices[0].codes == ("not_known", "not_known")
