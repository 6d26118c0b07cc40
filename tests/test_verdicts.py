"""The four answers, and the orderings that join them."""

from __future__ import annotations

import copy
import pickle

import pytest

from cpdrules import Verdict
from cpdrules.errors import VerdictError
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, NOT_MET, all_met, any_met, enough_met, opposite


class TestVerdict:
    def test_there_are_four(self) -> None:
        """Met, not met, cannot tell, does not apply: in words, and by name."""
        assert [verdict.value for verdict in Verdict] == ["met", "not met", "cannot tell", "does not apply"]
        assert tuple(Verdict) == (MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY)

    @pytest.mark.parametrize("verdict", Verdict)
    def test_is_never_a_bool(self, verdict: Verdict) -> None:
        """To use one as true or false is refused, in every way that Python asks."""
        for ask in (bool, lambda one: one and 1, lambda one: not one, lambda one: [1 for _ in "a" if one]):
            with pytest.raises(VerdictError, match=f"“{verdict.value}” was used as true or false") as caught:
                ask(verdict)
            assert "finding.satisfied" in caught.value.remedy
            assert caught.value.data == {"verdict": verdict}

    @pytest.mark.parametrize("verdict", Verdict)
    def test_stays_itself(self, verdict: Verdict) -> None:
        """A verdict that was pickled or copied is the very same one."""
        assert pickle.loads(pickle.dumps(verdict)) is verdict  # noqa: S301
        assert copy.deepcopy(verdict) is verdict


class TestJoining:
    """The combinations of up to four are tried in tests/laws/test_joins.py."""

    def test_nothing_to_join_does_not_apply(self) -> None:
        """Of no verdicts, none fails and none holds."""
        assert all_met([]) is any_met([]) is enough_met(1, []) is DOES_NOT_APPLY

    def test_all(self) -> None:
        """One that fails decides, then one that cannot be told."""
        assert all_met([MET, CANNOT_TELL, NOT_MET]) is NOT_MET
        assert all_met([MET, CANNOT_TELL]) is CANNOT_TELL
        assert all_met([MET, DOES_NOT_APPLY]) is MET

    def test_any(self) -> None:
        """One that holds decides, then one that cannot be told."""
        assert any_met([MET, CANNOT_TELL, NOT_MET]) is MET
        assert any_met([NOT_MET, CANNOT_TELL]) is CANNOT_TELL
        assert any_met([NOT_MET, DOES_NOT_APPLY]) is NOT_MET

    @pytest.mark.parametrize(
        ("some", "verdict"),
        [
            ([MET, MET, NOT_MET], MET),
            ([MET, CANNOT_TELL, NOT_MET], CANNOT_TELL),
            ([MET, NOT_MET, NOT_MET, DOES_NOT_APPLY], NOT_MET),
            ([CANNOT_TELL, NOT_MET, NOT_MET], NOT_MET),
            ([MET, DOES_NOT_APPLY, DOES_NOT_APPLY], MET),
            ([NOT_MET, DOES_NOT_APPLY], NOT_MET),
        ],
    )
    def test_two_of_several(self, some: list[Verdict], verdict: Verdict) -> None:
        """Two that hold are enough; of fewer that apply, all of them."""
        assert enough_met(2, some) is verdict

    def test_opposite(self) -> None:
        """Met and not met change places; what cannot be told, and what does not apply, stay."""
        assert [opposite(verdict) for verdict in Verdict] == [NOT_MET, MET, CANNOT_TELL, DOES_NOT_APPLY]
