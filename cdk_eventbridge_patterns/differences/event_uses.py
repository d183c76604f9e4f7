"""What the changes of one event do to the rules that get it, and to their targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cdk_eventbridge_patterns.contracts import Change, ChangeKind, EventSchema
from cdk_eventbridge_patterns.differences.declared_event import DeclaredEvent
from cdk_eventbridge_patterns.differences.difference import Use
from cdk_eventbridge_patterns.differences.paths import is_in, read_by, related
from cdk_eventbridge_patterns.differences.received import Received
from cdk_eventbridge_patterns.differences.rule_patterns import may_take, pattern_of
from cdk_eventbridge_patterns.differences.takers import Taker
from cdk_eventbridge_patterns.differences.verdict_changes import Broken, broken, matched_before
from cdk_eventbridge_patterns.matching.analysis import undeclared
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.undecided import Undecided, all_of, not_


class EventUses:
    """The rules that get an event, held against all its changes.

    Args:
        old: The event as it was.

        new: The event as it is.

        changes: What has changed.

        takers: The rules that get it.
    """

    def __init__(
        self, old: DeclaredEvent, new: DeclaredEvent, changes: Sequence[Change], takers: Sequence[Taker]
    ) -> None:
        self._old = old
        self._new = new
        self._changes = changes
        self._takers = [taker for taker in takers if matched_before(taker.rule, old)]
        self._broken = {id(taker): self._broken_by(taker.rule) for taker in self._takers}

    def of(self, change: Change) -> tuple[Use, ...]:
        """Return who has to do with *change*; what a target gets with the rest, only where the change may break it."""
        if change.kind is ChangeKind.DESCRIPTION_CHANGED:
            return ()
        found = ((taker, use) for taker in self._takers for use in self._of_taker(taker, change))
        return tuple(replace(use, breaking=all_of([use.breaking, taker.answer])) for taker, use in found)

    def _of_taker(self, taker: Taker, change: Change) -> Iterator[Use]:
        rule, found = taker.rule, self._broken[id(taker)]
        blamed = found is not None and change in self._blamed(rule, found)
        if found is not None and blamed:
            yield Use.of_rule(rule, found.reason, found.answer)
        if change.kind is ChangeKind.ADDRESS_CHANGED:
            return  # whoever asks for the new one as well gets what it asked for
        if not blamed and _asks_for(rule, change):
            yield Use.of_rule(rule, f"its event pattern asks for {change.path or 'it'}", change.breaking)
        if found is not None and found.answer is True:
            return  # nothing of the event gets to its targets any more
        if isinstance(rule.targets, Undecided) and change.breaking is not False:
            yield Use.of_rule(rule, f"its targets are not known: {rule.targets.reason}", rule.targets)
        for target in rule.known_targets:
            if not target.is_bus:
                yield from self._of_target(rule, target, change)

    def _of_target(self, rule: Rule, target: Target, change: Change) -> Iterator[Use]:
        received = Received.by(target)
        for path in received.paths:
            lacking = self._no_longer_declared(path)
            if lacking is not None and related(read_by(path), change.path):
                reason = f"its target {target.arn} reads {path}, which the contract no longer declares: {lacking}"
                yield Use.of_rule(rule, reason, True, target=target.arn)  # noqa: FBT003 - an answer
            elif _reads(path, change):
                yield Use.of_rule(rule, f"its target {target.arn} reads {path}", change.breaking, target=target.arn)
        if change.breaking is False:
            return
        if received.whole:
            reason = f"its target {target.arn} gets the whole event"
            yield Use.of_rule(rule, reason, change.breaking, target=target.arn)
        elif received.unknown is not None:
            reason = f"what its target {target.arn} gets is not known: {received.unknown.reason}"
            yield Use.of_rule(rule, reason, received.unknown, target=target.arn)

    def _no_longer_declared(self, path: str) -> str | None:
        """Return why no event has what a JSON path reads, if the contract declared it before."""
        if not (isinstance(self._old.schema, EventSchema) and isinstance(self._new.schema, EventSchema)):
            return None
        return None if undeclared(path, self._old.schema) else undeclared(path, self._new.schema)

    def _broken_by(self, rule: Rule) -> Broken | None:
        before, after = self._old.event_type, self._new.event_type
        if before is not None and after is not None and before != after:
            lost = not_(may_take(rule, after))
            if lost is not False:
                path = "source" if before.source != after.source else "detail-type"
                return Broken(lost, f"it does not ask for {after.detail_type} of {after.source}", path)
        return broken(rule, self._old, self._new)

    def _blamed(self, rule: Rule, found: Broken) -> list[Change]:
        """Return the changes that break *rule*: those of the field that decides, else those it asks for, else one."""
        if found.path is not None:
            at_path = [each for each in self._changes if related(each.path, found.path)]
            if at_path:
                return at_path
        asked = [each for each in self._changes if _asks_for(rule, each)]
        return asked or ([self._changes[0]] if found.answer is True else [])


def _asks_for(rule: Rule, change: Change) -> bool:
    """Return whether the event pattern of *rule* asks for the field that changes, or for more or less of it."""
    pattern = pattern_of(rule)
    paths = () if pattern is None else {path for alternative in pattern.alternatives for path in alternative}
    if change.breaking is False:
        return any(is_in(path, change.path) for path in paths)
    return any(related(path, change.path) for path in paths)


def _reads(json_path: str, change: Change) -> bool:
    """Return whether a JSON path reads the field: with what stands around it, only where the change may break."""
    path = read_by(json_path)
    return is_in(path, change.path) if change.breaking is False else related(path, change.path)
