"""One clause for each of several tags: two hours in each of ten topics, the practice hours of each register."""

from __future__ import annotations

from typing import Any

from attrs import evolve, field, fields, frozen

from cpdrules.choices import When
from cpdrules.cpd.conditions import Having
from cpdrules.cpd.measures import Different, Entries, Total
from cpdrules.errors import PolicyError
from cpdrules.findings import Source, Tag
from cpdrules.policies import AllOf, Judge, Plan, Policy, a_policy


@frozen
class ForEach(Policy):
    """A clause for each of several tags of an axis; see ``for_each``."""

    axis: str
    tags: tuple[Tag, ...]
    policy: Policy = field(validator=a_policy)
    #: The fact that says for which of the tags a member is asked; empty for all.
    held: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.tags:
            raise PolicyError(
                f"for_each names no {self.axis}", remedy="Name each for which the clause is asked", axis=self.axis
            )
        self.clauses()

    def clauses(self) -> tuple[Policy, ...]:
        """Give the clause for each tag, narrowed to it, with the tag after every ref.

        Raises:
            PolicyError: a measure of the clause counts other tags of the axis.
        """
        return tuple(self._for(tag) for tag in self.tags)

    def _for(self, tag: Tag) -> Policy:
        def change(clause: Policy) -> Policy:
            changes: dict[str, Any] = {}
            if clause.ref:
                changes["ref"] = f"{clause.ref}[{tag}]"
            for attribute in fields(type(clause)):
                value = getattr(clause, attribute.name)
                if isinstance(value, (Total, Entries, Different)):
                    changes[attribute.name] = value.narrowed(self.axis, tag)
            return evolve(clause, **changes) if changes else clause

        narrowed = self.policy.rewritten(change)
        return When(Having(self.held, (tag,)), narrowed, None) if self.held else narrowed

    def asks(self) -> bool:
        """Whether it can ever be met or not met: where its clause can."""
        return self.policy.asks()

    def planned(self, plan: Plan) -> Judge:
        """Plan the clause for every tag: all of them must be met."""
        return AllOf(self.clauses(), ref=self.ref, source=self.source).planned(plan)


def for_each(
    axis: str, *tags: Tag, clause: Policy, held: str = "", ref: str = "", source: Source | None = None
) -> ForEach:
    """Ask for a clause for each of several tags: ``for_each("core", "design", "law", clause=at_least(2, hours()))``.

    Its measures are narrowed to the tag, and its refs name it: ``core[design]``. With ``held``, a member is asked only
    for the tags that a fact of theirs names: the practice hours of each register they are on.

    Raises:
        PolicyError: no tag is named, or a measure counts other tags of the axis.
    """
    return ForEach(axis, tags, clause, held, ref=ref, source=source)
