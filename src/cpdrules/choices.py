"""Words that choose: one policy or another, nothing, a recommendation, a decision still open, a reading."""

from __future__ import annotations

from attrs import evolve, field, frozen, validators

from cpdrules.findings import Clause, Finding, Note, Source
from cpdrules.periods import Period
from cpdrules.policies import Case, Judge, Plan, Policy, Telling, a_policy
from cpdrules.verdicts import CANNOT_TELL, DOES_NOT_APPLY, MET, Verdict


@frozen
class When(Policy):
    """One policy where a condition holds, another where it does not; see ``when``."""

    condition: Policy = field(validator=a_policy)
    policy: Policy = field(validator=a_policy)
    otherwise: Policy | None = field(validator=validators.optional(a_policy))

    def planned(self, plan: Plan) -> Judge:
        """Plan a chain of conditions into one function, so that the usual case does not climb down a ladder.

        A further condition that has a name or a source of its own keeps its own place in the finding.
        """
        apart = plan.under(Telling(apart=True))
        rungs: list[tuple[Clause, Judge, Judge]] = []
        rung: Policy | None = self
        while isinstance(rung, When) and (rung is self or not (rung.ref or rung.source)):
            rungs.append((rung.clause(), rung.condition.planned(apart), rung.policy.planned(plan)))
            rung = rung.otherwise
        last = rung.planned(plan) if rung is not None else None
        return _chosen(tuple(rungs), last, plan.setting(Telling()))


def _chosen(rungs: tuple[tuple[Clause, Judge, Judge], ...], last: Judge | None, telling: Telling) -> Judge:
    clause = rungs[0][0]

    def judge(case: Case, period: Period | None) -> Finding:
        for number, (_, holds, judged) in enumerate(rungs):
            condition = holds(case, period)
            verdict = condition.verdict
            if verdict is MET:
                branch = judged(case, period)
                return Finding(clause, branch.verdict, (branch,), because=condition)
            if verdict is CANNOT_TELL:
                either = judged(case, period), rest(number + 1)(case, period)
                return Finding(clause, _same({part.verdict for part in either}, telling), either, because=condition)
        if last is None:
            return Finding(clause, DOES_NOT_APPLY)
        branch = last(case, period)
        return Finding(clause, branch.verdict, (branch,))

    def rest(number: int) -> Judge:
        if number < len(rungs):
            return _chosen(rungs[number:], last, telling)
        nothing = Finding(evolve(clause, ref="", source=None), DOES_NOT_APPLY)  # one name, one finding
        return last or (lambda case, period: nothing)

    return judge


def _same(verdicts: set[Verdict], telling: Telling) -> Verdict:
    """Give the verdict on which both branches agree; to ask nothing is as good as met if nobody tells them apart."""
    if len(verdicts) == 1:
        return verdicts.pop()
    return MET if verdicts == {MET, DOES_NOT_APPLY} and not telling.apart else CANNOT_TELL


def when(
    condition: Policy, policy: Policy, *, otherwise: Policy | None = None, ref: str = "", source: Source | None = None
) -> When:
    """Ask for a policy where a condition holds, and for another (or nothing) where it does not.

    A condition is a policy like any other. Where it cannot be told, both branches are judged: if they agree, that is
    the verdict, else it cannot be told either.

    Raises:
        PolicyError: a condition or branch is no clause.
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

    def asks(self) -> bool:
        """Whether it can ever be met or not met: never."""
        return False


def exempt(because: str, *, ref: str = "", source: Source | None = None) -> Exempt:
    """Ask nothing, and say why.

    >>> exempt("not professionally active").assess(None).satisfied
    True
    """
    return Exempt(because, ref=ref, source=source)


@frozen
class Advise(Policy):
    """A recommendation; see ``advise``."""

    policy: Policy = field(validator=a_policy)

    def planned(self, plan: Plan) -> Judge:
        """Plan the recommendation so that no join sees its verdict."""
        clause, judged = self.clause(), self.policy.planned(plan)
        return lambda case, period: Finding(clause, DOES_NOT_APPLY, (judged(case, period),))

    def asks(self) -> bool:
        """Whether it can ever be met or not met: never."""
        return False


def advise(policy: Policy, *, ref: str = "", source: Source | None = None) -> Advise:
    """Recommend a policy: it is assessed and reported, and never changes a verdict.

    Raises:
        PolicyError: it is no clause.
    """
    return Advise(policy, ref=ref, source=source)


@frozen
class Undecided(Policy):
    """A policy that may be relaxed by a decision nobody has recorded; see ``undecided``."""

    policy: Policy = field(validator=a_policy)
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

    Raises:
        PolicyError: it is no clause.
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

    reading: Policy = field(validator=a_policy)
    otherwise: Policy = field(validator=a_policy)

    def planned(self, plan: Plan) -> Judge:
        """Plan the reading; its own source says that it is inferred."""
        return self.reading.planned(plan)


def inferred(reading: Policy, *, otherwise: Policy, ref: str = "", source: Source | None = None) -> Inferred:
    """Read a text in a way that it does not state, keeping beside it what the text says literally.

    ``as_stated`` switches all such readings off.

    Raises:
        PolicyError: a reading is no clause.
    """
    return Inferred(reading, otherwise, ref=ref, source=source)


def as_stated(policy: Policy) -> Policy:
    """Give a policy with every inferred reading replaced by what the text says literally."""
    return policy.rewritten(lambda clause: clause.otherwise if isinstance(clause, Inferred) else clause)
