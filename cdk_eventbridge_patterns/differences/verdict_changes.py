"""What a change of a contract does to the event pattern of a rule: could it match before, and can it still."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.rule_patterns import pattern_of, unknown_of
from cdk_eventbridge_patterns.matching import Dead, EventPattern, Live, OnlyUndeclared, Verdict, satisfiable
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.undecided import Answer, Undecided


class Broken(NamedTuple):
    """A rule that no longer matches an event, or of which nobody can say whether it does.

    Args:
        answer: Whether it is broken: yes, or undecided.

        reason: Why.

        path: The field that decides it. Default: not one alone.
    """

    answer: Answer
    reason: str
    path: str | None = None


def matched_before(rule: Rule, event: DeclaredEvent) -> bool:
    """Return whether *rule* could match *event*, or nobody can say that it could not."""
    pattern = pattern_of(rule)
    if pattern is None or not isinstance(event.schema, EventSchema):
        return True
    return not isinstance(_verdict(pattern, event.schema), Dead)


def broken(rule: Rule, old: DeclaredEvent, new: DeclaredEvent) -> Broken | None:
    """Return how the step from *old* to *new* keeps *rule* from matching; nothing where it surely does not."""
    pattern = pattern_of(rule)
    if pattern is None or not (isinstance(old.schema, EventSchema) and isinstance(new.schema, EventSchema)):
        return None
    before, after = _verdict(pattern, old.schema), _verdict(pattern, new.schema)
    if isinstance(after, Live) or isinstance(before, Dead):
        return None
    if isinstance(after, Undecided):
        return Broken(after, f"whether its event pattern still matches is undecided: {after.reason}")
    return _no_longer(rule, new.title, before, after)


def _no_longer(
    rule: Rule, title: str, before: Live | OnlyUndeclared | Undecided, after: Dead | OnlyUndeclared
) -> Broken | None:
    reason = f"its event pattern matches no {title} any more: at {after.path} {after.reason}"
    if isinstance(before, Live):
        unknown = unknown_of(rule)
        return Broken(True if unknown is None else unknown, reason, after.path)
    if isinstance(before, Undecided):
        return Broken(Undecided(f"whether it matched any before is undecided: {before.reason}"), reason, after.path)
    if isinstance(after, OnlyUndeclared):
        return None
    return Broken(Undecided("it waited for a field that the contract did not declare"), reason, after.path)


@lru_cache(maxsize=4096)
def _verdict(pattern: EventPattern, schema: EventSchema) -> Verdict:
    """Return what *schema* says: several changes of an event ask, and many rules ask for the same."""
    return satisfiable(pattern, schema)
