"""What members are told: one by one, and all together without naming anybody."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdrules import rendering
from cpdrules.errors import PolicyError, RecordError
from cpdrules.iet.monitoring import CRITERIA
from cpdrules.review import feedback as told
from cpdrules.review.advice import ADVICE, Outcome, settle
from cpdrules.review.feedback import (
    Feedback,
    ReviewCounts,
    Said,
    as_generic_feedback,
    as_html,
    as_markdown,
    individual,
    recipients,
    summarise,
)
from cpdrules.review.reviews import Criterion, Mark, Remark, Review, review
from tests.review.test_reviews import finding, read


def with_comment(comment: str, *, assessor: str = "Assessor Smith") -> Review:
    """Give a review with one comment."""
    return review(
        "R", assessor, [Remark("reflection", "partly met", comment)], criteria=CRITERIA[5:], findings={}, facts={}
    )


class TestRecipients:
    def test_generic_to_all_and_individual_to_the_reviewed(self) -> None:
        """600 in the scheme, 125 reviewed: 600 generic, 125 individual (R54)."""
        everyone = [f"M{number}" for number in range(600)]
        found = recipients(everyone, everyone[:125])
        assert (len(found.generic), len(found.individual)) == (600, 125)
        assert set(found.individual) <= set(found.generic)

    def test_strangers_are_refused(self) -> None:
        """Who is not in scope was not reviewed."""
        with pytest.raises(RecordError, match="'X' was reviewed and is not in scope"):
            recipients(["M"], ["X"])


class TestIndividual:
    def test_it_says_what_was_found(self) -> None:
        """The outcome, each criterion, the comments, and how the record was counted."""
        one = read("partly met", amount=28)
        text = as_markdown(individual([one], settle([one]), finding(28)), title="Your CPD, 2015")
        assert text.startswith("# Your CPD, 2015\n\nThank you. There is advice below on what was missing this time.\n")
        assert "| link between the planning report and the activities | partly met |" in text
        assert "| hours | not met |" in text
        assert "- hours: 2 h short (hours)" in text
        assert rendering.as_markdown(finding(28)) in text
        page = as_html(individual([one], settle([one]), finding(28)), title="Your CPD, 2015")
        assert '<tr><th scope="row">hours</th><td>not met</td><td>2 h short (hours)</td></tr>' in page
        assert rendering.as_html(finding(28)) in page

    def test_it_names_no_assessor_and_tells_a_comment_once(self) -> None:
        """What two of them say alike is said once."""
        both = [with_comment(" Say more. "), with_comment("Say more.", assessor="Assessor Jones")]
        for text in (
            as_markdown(individual(both, settle(both)), title="x"),
            as_html(individual(both, settle(both)), title="x"),
        ):
            assert text.count("Say more.") == 1
            assert "Assessor" not in text

    def test_without_comments_there_is_no_heading(self) -> None:
        """Nor a finding where none was given; what cannot be told is said."""
        text = as_markdown(Feedback(ADVICE.outcomes[0], (Said(CRITERIA[1], None, ()),)), title="x")
        assert "Comments" not in text
        assert text.endswith("| hours | cannot tell |\n")

    def test_there_is_none_before_it_is_settled(self) -> None:
        """Neither while a third is awaited, nor of other reviews."""
        two = [read("not met"), read("met", assessor="B")]
        with pytest.raises(RecordError, match="Another assessor is needed"):
            individual(two, settle(two))
        for wrong in ([], [read(returned="S")]):
            with pytest.raises(RecordError, match="came to no outcome"):
                individual(wrong, settle([read()]))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


class TestEscaping:
    def test_comments_stay_comments(self) -> None:
        """No mark-up of a stranger's is read as ours."""
        one = with_comment("<script>alert(1)</script> | [x](http://evil.example) www.evil.example\n# Head")
        text = as_markdown(individual([one], settle([one])), title="*T*")
        assert "&lt;script&gt;" in text
        assert "\\|" in text
        assert "http:\\//" in text
        assert "\n# Head" not in text
        assert text.startswith("# \\*T\\*\n")

    @given(st.text())
    def test_a_comment_makes_no_element(self, comment: str) -> None:
        """The page has the same elements whatever is written, and shows what was written."""
        pages = []
        for one in (with_comment(f"a{comment}"), with_comment("a")):
            parser = _Tags()
            parser.feed(as_html(individual([one], settle([one])), title="x"))
            pages.append(parser)
        assert pages[0].tags == pages[1].tags

    @pytest.mark.parametrize("mark", [*"\n\r\t\v\f\0\x1c\x85\u2028\u2029\u200b\u202e\u2066\ufeff", "\r\n", "\n\n    "])
    def test_nothing_breaks_a_line_or_turns_it(self, mark: str) -> None:
        """Breaks, tabs, NUL and what hides or reorders a text become one space, wherever people write."""

        def written(text: str) -> tuple[str, ...]:
            one = Feedback(Outcome("good", text), (Said(Criterion("reflection", text), Mark.MET, (text,)),))
            counts = ReviewCounts(9, {text: 9}, {text: {"met": 9}})
            generic = as_generic_feedback(counts, title=text, tips=[text])
            return as_markdown(one, title=text), as_html(one, title=text), generic

        assert written(f"a{mark}b") == written("a b")

    @pytest.mark.parametrize("mark", ["    ", "\n    ", "\t", "\u2003\u2003\u2003\u2003"])
    def test_a_tip_is_no_block_of_code(self, mark: str) -> None:
        """What is set in stays an item, as it was written."""
        assert as_generic_feedback(summarise([]), title="x", tips=[f"{mark}Do *more*."]).endswith(
            "\n\n- Do \\*more\\*.\n"
        )


def generic(*groups: tuple[str, int], fewest: int = 5) -> str:
    """Word the feedback on groups of returns with these marks for reflection."""
    ask = Criterion("reflection", "quality of reflection")
    feedbacks = [
        Feedback(ADVICE.outcome({"reflection": Mark(mark)}), (Said(ask, Mark(mark), ("I, Ann Lee",)),))
        for mark, number in groups
        for _ in range(number)
    ]
    return as_generic_feedback(summarise(feedbacks), title="To all", tips=["Reflect *more*."], fewest=fewest)


class TestGeneric:
    def test_it_counts_and_names_nobody(self) -> None:
        """Outcomes, marks by criterion, and the institution's tips."""
        text = generic(("met", 80), ("partly met", 30), ("not met", 15))
        assert text.startswith("# To all\n\n125 returns were read.\n")
        assert "| good | 80 |" in text
        assert "| quality of reflection | 80 | 30 | 15 | 0 | 0 |" in text
        assert text.endswith("## What would help next year\n\n- Reflect \\*more\\*.\n")
        assert "Ann" not in text

    def test_a_small_group_is_not_shown_nor_worked_out(self) -> None:
        """Of 60, thirty and twenty-seven would leave three: the thirty are not shown either."""
        text = generic(("met", 30), ("partly met", 27), ("not met", 3))
        assert "| quality of reflection | not shown | 27 | not shown | not shown | not shown |" in text
        assert "| advice | not shown |" in text

    def test_very_few_are_not_told_apart_at_all(self) -> None:
        """Not even which marks there are none of."""
        text = generic(("met", 3))
        assert "fewer than 5 returns were read." in text
        assert "| quality of reflection | not shown | not shown | not shown | not shown | not shown |" in text

    def test_all_can_be_shown_where_that_is_wanted(self) -> None:
        """One shows everything; a pair is no group to hide in."""
        assert "| quality of reflection | 1 | 0 | 2 | 0 | 0 |" in generic(("met", 1), ("not met", 2), fewest=1)
        for fewest in (0, 2):
            with pytest.raises(PolicyError, match="cannot be the smallest"):
                generic(("met", 1), fewest=fewest)
            with pytest.raises(PolicyError, match="cannot be the smallest"):
                told.without_small_groups({}, fewest)

    def test_nothing_read(self) -> None:
        """An empty cycle is a cycle."""
        assert "0 returns were read." in generic()
        assert "What would help" not in as_generic_feedback(summarise([]), title="x")

    @pytest.mark.parametrize("fewest", [3, 4, 5])
    @pytest.mark.parametrize(("groups", "most"), [(2, 20), (3, 18), (4, 17), (5, 10)])
    def test_no_small_number_can_be_worked_out(self, fewest: int, groups: int, most: int) -> None:
        """All numbers that are shown in the same way, tried out: no small one is the only possible one."""
        alike: dict[tuple[int, tuple[str, ...]], list[tuple[int, ...]]] = {}
        for cells in product(range(most + 1), repeat=groups):
            if sum(cells) <= most:
                words = told.without_small_groups({str(place): number for place, number in enumerate(cells)}, fewest)
                total = max(sum(cells), fewest - 1) if any(cells) else 0  # a small total is not told
                alike.setdefault((total, tuple(words.values())), []).append(cells)
        for (_, words), every in alike.items():
            for place, word in enumerate(words):
                possible = {cells[place] for cells in every}
                assert not any(0 < number < fewest for number in possible) or (
                    word == "not shown" and len(possible) > 1
                )

    @given(st.lists(st.sampled_from([mark.value for mark in Mark]), max_size=12), st.randoms(use_true_random=False))
    def test_order_changes_nothing(self, marks: list[str], shuffler: st.DataObject) -> None:
        """Counts are counts."""
        mixed = list(marks)
        shuffler.shuffle(mixed)  # type: ignore[attr-defined]
        texts = {
            generic(*((mark, 1) for mark in order), fewest=1).split("## What")[0]
            for order in (mixed, sorted(marks), marks)
        }
        assert len(texts) == 1
        assert Counter(mixed) == Counter(marks)
