"""Words that choose: one policy or another, nothing, a recommendation, a decision still open, a reading."""

from __future__ import annotations

from attrs import frozen

from cpdrules.findings import Clause, Finding, Note, Source
from cpdrules.periods import Period
from cpdrules.policies import Case, Judge, Plan, Policy
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, Verdict


@frozen
class When(Policy):
    """One policy where a condition holds, another where it does not; see ``when``."""

    condition: Policy
    policy: Policy
    otherwise: Policy | None

    def planned(self, plan: Plan) -> Judge:
        """Plan a chain of conditions into one function, so that the usual case does not climb down a ladder."""
        rungs: list[tuple[Clause, Judge, Judge]] = []
        rung: Policy | None = self
        while isinstance(rung, When):
            rungs.append((rung.clause(), rung.condition.planned(plan), rung.policy.planned(plan)))
            rung = rung.otherwise
        last = rung.planned(plan) if rung is not None else None
        return _chosen(tuple(rungs), last)


def _chosen(rungs: tuple[tuple[Clause, Judge, Judge], ...], last: Judge | None) -> Judge:
    clause = rungs[-1][0]

    def judge(case: Case, period: Period | None) -> Finding:
        for number, (here, holds, judged) in enumerate(rungs):
            condition = holds(case, period)
            verdict = condition.verdict
            if verdict is MET:
                branch = judged(case, period)
                return Finding(here, branch.verdict, (branch,), because=condition)
            if verdict is CANNOT_TELL:
                either = judged(case, period), rest(number + 1)(case, period)
                return Finding(here, _same([part.verdict for part in either]), either, because=condition)
        if last is None:
            return Finding(clause, DOES_NOT_APPLY)
        branch = last(case, period)
        return Finding(clause, branch.verdict, (branch,))

    def rest(number: int) -> Judge:
        if number < len(rungs):
            return _chosen(rungs[number:], last)
        return last or (lambda case, period: Finding(clause, DOES_NOT_APPLY))

    return judge


def _same(verdicts: list[Verdict]) -> Verdict:
    """Give the verdict on which both branches agree; asking nothing and being met are both satisfying."""
    if len(set(verdicts)) == 1:
        return verdicts[0]
    return MET if set(verdicts) == {MET, DOES_NOT_APPLY} else CANNOT_TELL


def when(
    condition: Policy, policy: Policy, *, otherwise: Policy | None = None, ref: str = "", source: Source | None = None
) -> When:
    """Ask for a policy where a condition holds, and for another (or nothing) where it does not.

    A condition is a policy like any other. Where it cannot be told, both branches are judged: if they agree, that is the
    verdict, else it cannot be told either.
    """
    return When(condition, policy, otherwise, ref=ref, source=source)


@frozen
class Exempt(Policy):
    """Nothing is asked; see ``exempt``."""

    because: str

    def planned(self, plan: Plan) -> Judge:
        """Plan the same answer for everyone."""
        finding = Finding(self.clause(about=self.because), DOES_NOT_APPLY, notes=(Note("because", self.because),))
        return lambda case, period: finding


def exempt(because: str, *, ref: str = "", source: Source | None = None) -> Exempt:
    """Ask nothing, and say why.

    >>> exempt("not professionally active").assess(None).satisfied
    True
    """
    return Exempt(because, ref=ref, source=source)


@frozen
class Advise(Policy):
    """A recommendation; see ``advise``."""

    policy: Policy

    def planned(self, plan: Plan) -> Judge:
        """Plan the recommendation so that no join sees its verdict."""
        clause, judged = self.clause(), self.policy.planned(plan)
        return lambda case, period: Finding(clause, DOES_NOT_APPLY, (judged(case, period),))


def advise(policy: Policy, *, ref: str = "", source: Source | None = None) -> Advise:
    """Recommend a policy: it is assessed and reported, and never changes a verdict."""
    return Advise(policy, ref=ref, source=source)


@frozen
class Undecided(Policy):
    """A policy that may be relaxed by a decision nobody has recorded; see ``undecided``."""

    policy: Policy
    awaiting: str

    def planned(self, plan: Plan) -> Judge:
        """Plan the policy, whose failing settles nothing yet."""
        clause, judged = self.clause(about=self.awaiting), self.policy.planned(plan)
        notes = (Note("missing", self.awaiting),)

        def judge(case: Case, period: Period | None) -> Finding:
            part = judged(case, period)
            if part.satisfied:
                return Finding(clause, part.verdict, (part,))
            return Finding(clause, CANNOT_TELL, (part,), notes=notes)

        return judge


def undecided(policy: Policy, *, awaiting: str, ref: str = "", source: Source | None = None) -> Undecided:
    """Leave open what a case-by-case decision may relax: who meets the policy meets it; of the others nobody can tell.

    ``awaiting`` names the decision that is missing. The library never invents its figure.
    """
    return Undecided(policy, awaiting, ref=ref, source=source)


@frozen
class Unstated(Policy):
    """What the text does not say; see ``unstated``."""

    what: str

    def planned(self, plan: Plan) -> Judge:
        """Plan the same answer for everyone: nobody can tell."""
        notes = (Note("missing", f"the text does not state {self.what}"),)
        finding = Finding(self.clause(about=self.what), CANNOT_TELL, notes=notes)
        return lambda case, period: finding


def unstated(what: str, *, ref: str = "", source: Source | None = None) -> Unstated:
    """Mark what a text does not state: silence is neither yes nor no.

    >>> unstated("how many hours").assess(None).verdict
    <Verdict.CANNOT_TELL: 'cannot tell'>
    """
    return Unstated(what, ref=ref, source=source)


@frozen
class Inferred(Policy):
    """A reading that the text does not state; see ``inferred``."""

    reading: Policy
    otherwise: Policy

    def planned(self, plan: Plan) -> Judge:
        """Plan the reading; its own source says that it is inferred."""
        return self.reading.planned(plan)


def inferred(reading: Policy, *, otherwise: Policy, ref: str = "", source: Source | None = None) -> Inferred:
    """Read a text in a way that it does not state, keeping beside it what the text says literally.

    ``as_stated`` switches all such readings off.
    """
    return Inferred(reading, otherwise, ref=ref, source=source)


def as_stated(policy: Policy) -> Policy:
    """Give a policy with every inferred reading replaced by what the text says literally."""
    return policy.rewritten(lambda clause: clause.otherwise if isinstance(clause, Inferred) else clause)
