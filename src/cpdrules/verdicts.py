"""The four answers, and the orderings that join them.

A verdict is never a bool. *Does not apply* is neutral in every join: it neither meets nor fails anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NoReturn

from cpdrules.errors import VerdictError


class Verdict(Enum):
    """What can be said of a clause and a subject.

    >>> Verdict.MET.value
    'met'
    """

    #: Holds on everything that is known, even in the worst case.
    MET = "met"
    #: Falls short even in the best case.
    NOT_MET = "not met"
    #: Depends on a fact or a decision that is not recorded.
    CANNOT_TELL = "cannot tell"
    #: Asks nothing of this subject.
    DOES_NOT_APPLY = "does not apply"

    def __bool__(self) -> NoReturn:
        raise VerdictError(
            f"The verdict “{self.value}” was used as true or false",
            why="There are four verdicts, and two of them are neither",
            remedy="Compare it (verdict is Verdict.MET), or ask finding.satisfied",
            verdict=self,
        )


MET, NOT_MET, CANNOT_TELL, DOES_NOT_APPLY = Verdict


def all_met(verdicts: Sequence[Verdict]) -> Verdict:
    """Join verdicts of parts that must all hold: not met, else cannot tell, else met.

    >>> all_met([Verdict.MET, Verdict.CANNOT_TELL, Verdict.DOES_NOT_APPLY])
    <Verdict.CANNOT_TELL: 'cannot tell'>
    """
    if NOT_MET in verdicts:
        return NOT_MET
    if CANNOT_TELL in verdicts:
        return CANNOT_TELL
    return MET if MET in verdicts else DOES_NOT_APPLY


def any_met(verdicts: Sequence[Verdict]) -> Verdict:
    """Join verdicts of parts of which one is enough: met, else cannot tell, else not met.

    >>> any_met([Verdict.NOT_MET, Verdict.DOES_NOT_APPLY])
    <Verdict.NOT_MET: 'not met'>
    """
    if MET in verdicts:
        return MET
    if CANNOT_TELL in verdicts:
        return CANNOT_TELL
    return NOT_MET if NOT_MET in verdicts else DOES_NOT_APPLY


def enough_met(count: int, verdicts: Sequence[Verdict]) -> Verdict:
    """Join verdicts of parts of which ``count`` are enough, among those that apply; all of these, where they are fewer.

    >>> enough_met(2, [Verdict.MET, Verdict.CANNOT_TELL, Verdict.NOT_MET])
    <Verdict.CANNOT_TELL: 'cannot tell'>
    >>> enough_met(2, [Verdict.MET, Verdict.DOES_NOT_APPLY])
    <Verdict.MET: 'met'>
    """
    applying = [verdict for verdict in verdicts if verdict is not DOES_NOT_APPLY]
    if not applying:
        return DOES_NOT_APPLY
    needed, met = min(count, len(applying)), applying.count(MET)
    if met >= needed:
        return MET
    return CANNOT_TELL if met + applying.count(CANNOT_TELL) >= needed else NOT_MET


def opposite(verdict: Verdict) -> Verdict:
    """Turn met into not met and back; the other two answers stay what they are.

    >>> opposite(Verdict.MET), opposite(Verdict.CANNOT_TELL)
    (<Verdict.NOT_MET: 'not met'>, <Verdict.CANNOT_TELL: 'cannot tell'>)
    """
    if verdict is MET:
        return NOT_MET
    return MET if verdict is NOT_MET else verdict
