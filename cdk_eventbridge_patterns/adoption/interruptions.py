"""What works today and will not: who gets events, who may send them, who may put rules."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.grant import Grant
from cdk_eventbridge_patterns.access.publishers import Publishers
from cdk_eventbridge_patterns.adoption.event_types import event_types
from cdk_eventbridge_patterns.adoption.outcome import Interruption
from cdk_eventbridge_patterns.differences import Kind, State, differences
from cdk_eventbridge_patterns.differences.lost_deliveries import is_served
from cdk_eventbridge_patterns.topology.bus import Bus, BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import all_of, not_

# What differs about these is told target by target, of one's own account too.
_TOLD_OTHERWISE = frozenset((Kind.RULE_ADDED, Kind.RULE_CHANGED, Kind.RULE_REMOVED))


def interruptions(before: Topology, after: Topology) -> Iterator[Interruption]:
    """Return what *before* lets happen and *after* does not, or nobody can say that it does."""
    for rule in before.rules:
        yield from _deliveries(rule, after)
    for bus in before.buses:
        if bus.kind is BusKind.CLASSIC and after.bus(bus.arn) is not None:
            yield from _publishers(bus, before, after)
    for difference in differences(State(topology=before), State(topology=after)):
        if difference.kind not in _TOLD_OTHERWISE:
            for use in difference.uses:
                if use.breaking is not False:
                    reason = f"{difference.kind.value}: {difference.name}: {use.reason}"
                    yield Interruption(who=use.who, reason=reason, answer=use.breaking)


def _deliveries(rule: Rule, after: Topology) -> Iterator[Interruption]:
    """Return the targets of *rule* that no rule on its bus brings all that it brought."""
    for target in rule.known_targets:
        lost = all_of([rule.enabled, not_(is_served(rule, target, after))])
        if lost is not False:
            reason = f"{target.arn} no longer gets all that it brings"
            yield Interruption(who=f"rule {rule.name!r} on bus {rule.bus_name}", reason=reason, answer=lost)


def _publishers(bus: Bus, before: Topology, after: Topology) -> Iterator[Interruption]:
    """Return who may publish on *bus* and may not any more: anything, or an event that a rule on it takes."""
    told = set()
    for event in (AskedEvent(), *_asked(bus, before)):
        may = {grant.grantee.name: grant.decision for grant in _grants(after, bus, event)}
        for grant in _grants(before, bus, event):
            name, still = grant.grantee.name, may.get(grant.grantee.name)
            if grant.decision.answer is not True or name in told or (still is not None and still.answer is True):
                continue
            told.add(name)
            published = "" if event.is_any else f" {event.source} {event.detail_type}"
            answer = True if still is None else not_(still.answer)
            why = "" if still is None else f": {still.reason}"
            yield Interruption(
                who=name, reason=f"it may no longer publish{published} on bus {bus.name}{why}", answer=answer
            )


def _grants(topology: Topology, bus: Bus, event: AskedEvent) -> tuple[Grant, ...]:
    return Publishers(topology=topology, bus_arn=bus.arn, event=event).grants


def _asked(bus: Bus, topology: Topology) -> list[AskedEvent]:
    types = {each for rule in topology.rules_on(bus.arn) for each in event_types(rule)}
    return [AskedEvent(source=source, detail_type=detail_type) for source, detail_type in sorted(types)]
