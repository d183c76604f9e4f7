"""One event followed through a topology."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.access.key_policy import BUS_CONTEXT
from cdk_eventbridge_patterns.access.key_uses import bus_key_decision, not_read
from cdk_eventbridge_patterns.access.request import Principal
from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE
from cdk_eventbridge_patterns.simulation.admission import admission, bus_is_there
from cdk_eventbridge_patterns.simulation.dead_letter import dead_letter
from cdk_eventbridge_patterns.simulation.event import moved, published
from cdk_eventbridge_patterns.simulation.local import local_steps
from cdk_eventbridge_patterns.simulation.match import Match, SeenEvent
from cdk_eventbridge_patterns.simulation.move import move_steps
from cdk_eventbridge_patterns.simulation.payload import NotSent, Payload, payload_of
from cdk_eventbridge_patterns.simulation.placement import placement
from cdk_eventbridge_patterns.simulation.publisher import publisher_of
from cdk_eventbridge_patterns.simulation.step import Remedy, Step
from cdk_eventbridge_patterns.simulation.trace import BusTrace, RuleTrace, TargetTrace, Trace
from cdk_eventbridge_patterns.topology.bus import Archive, Bus, BusKind
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.security import Key
from cdk_eventbridge_patterns.topology.text import account_of
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided, all_of

_REPLAY = "replay-name"
_STILL_REPLAYED = Undecided("whether a moved event is still a replayed one is not documented")


def trace(
    topology: Topology,
    event: Mapping[str, Any],
    *,
    bus: str,
    publisher: str | Principal | None = None,
    replay: str | None = None,
    only: Collection[str] | None = None,
) -> Trace:
    """Return what becomes of *event*.

    Args:
        topology: All that was read.

        event: An event, or an entry of `PutEvents`; what EventBridge fills in may be left out.

        bus: The ARN of the bus it is published to.

        publisher: Who publishes it: an account, the ARN of a role, or a service such as `s3.amazonaws.com`. Default:
            the account that the event names, else the one that a central bus says publishes it, else that of the bus;
            an AWS service, where its source begins with `aws.`.

        replay: The name of the replay that brings it. Default: it is published.

        only: The ARNs of the only rules that are looked at; of a replay, on its bus, as it names them. Default: all.

    Raises:
        TraceError: If there can be no such event.
    """
    if isinstance(publisher, Principal):
        principal = publisher
    else:
        principal = publisher_of(publisher, event, bus, topology.bus(bus))
    seen = published(event, bus_arn=bus, account=principal.account or account_of(bus))
    tracer = _Tracer(topology, only, replays=replay is not None)
    if replay is not None:
        replayed = tracer.bus(bus, {**seen, _REPLAY: replay}, ())
        return Trace(bus_arn=bus, event=seen, publisher=None, steps=(bus_is_there(topology, bus),), bus=replayed)
    steps = tuple(admission(topology, principal, bus, seen))
    goes_on = not any(step.refuses for step in steps)
    there = tracer.bus(bus, seen, ()) if goes_on else None
    return Trace(bus_arn=bus, event=seen, publisher=principal, steps=steps, bus=there)


class _Tracer:
    """The walk from bus to bus."""

    def __init__(self, topology: Topology, only: Collection[str] | None, *, replays: bool) -> None:
        self._topology = topology
        self._only = only
        self._replays = replays

    def bus(self, arn: str, event: Mapping[str, Any], before: tuple[str, ...]) -> BusTrace:
        """Return what happens to *event* on a bus, after it was on those *before*."""
        steps = tuple(self._steps_of_bus(arn))
        if any(step.refuses for step in steps):
            return BusTrace(bus_arn=arn, event=event, steps=steps)
        seen, buses = SeenEvent(event), (*before, arn)
        return BusTrace(
            bus_arn=arn,
            event=event,
            steps=steps,
            rules=tuple(self._rules(seen, buses)),
            archives=tuple(self._archives(arn, seen)),
            unread=self._unread(arn),
        )

    def _steps_of_bus(self, arn: str) -> Iterator[Step]:
        """Return whether a bus with a key of one's own can use it.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-dlq.html
        """
        bus = self._topology.bus(arn)
        if bus is None or bus.key_arn is None or bus.kind is BusKind.V2:
            return
        says, location = f"bus {bus.name} may use its key", bus.location.at("KmsKeyIdentifier")
        key = self._topology.key(bus.key_arn, account=bus.account, region=bus.region)
        if key is None:
            yield Step.unknown(says, not_read(bus.key_arn), location=location)
        else:
            yield Step.of(bus_key_decision(bus, key), says, location=location, remedies=_key_for(bus, key))

    def _unread(self, arn: str) -> Undecided | None:
        """Return why rules may be on a bus that were not read."""
        if not self._topology.knows(arn):
            return Undecided(f"no template of account {account_of(arn)} was read, where bus {arn} is")
        return None

    def _rules(self, seen: SeenEvent, buses: tuple[str, ...]) -> Iterator[RuleTrace]:
        for rule in self._topology.rules_on(buses[-1]):
            if self._is_asked(rule, buses):
                yield self._rule(rule, seen, buses)
        for rule, perhaps in self._topology.rules_perhaps_on(buses[-1]):
            if not self._is_asked(rule, buses):
                continue
            found = self._rule(rule, seen, buses)
            on_this_bus = Step.unknown(f"rule {rule.name} is on {buses[-1]}", perhaps, location=rule.location)
            yield replace(found, steps=(on_this_bus, *found.steps))

    def _is_asked(self, rule: Rule, buses: tuple[str, ...]) -> bool:
        """Return whether a rule is looked at: a replay names rules of its own bus only."""
        return self._only is None or rule.arn in self._only or (self._replays and len(buses) > 1)

    def _rule(self, rule: Rule, seen: SeenEvent, buses: tuple[str, ...]) -> RuleTrace:
        match = self._match(rule, seen)
        if match.answer is False:
            return RuleTrace(rule=rule, match=match)
        steps = list(placement(self._topology, rule))
        if isinstance(rule.targets, Undecided):
            steps.append(Step.unknown(f"rule {rule.name} has known targets", rule.targets, location=rule.location))
        off = any(step.refuses for step in steps)
        targets = [self._target(rule, each, seen, buses, goes_on=not off) for each in rule.known_targets]
        return RuleTrace(rule=rule, match=match, steps=tuple(steps), targets=tuple(targets))

    @staticmethod
    def _match(rule: Rule, seen: SeenEvent) -> Match:
        if rule.kind is BusKind.V2 and rule.event_pattern is None:
            return Match(answer=True)  # a subscriber without a filter takes everything
        return seen.matched_by(rule.event_pattern)

    def _target(
        self, rule: Rule, target: Target, seen: SeenEvent, buses: tuple[str, ...], *, goes_on: bool
    ) -> TargetTrace:
        if target.is_bus:
            steps = list(move_steps(self._topology, rule, target, buses))
            payload: Payload | NotSent | Undecided = payload_of(replace(target, input={}), rule, seen.body)
        else:
            steps = list(local_steps(self._topology, rule, target))
            payload = payload_of(target, rule, seen.body)
            steps += _payload_steps(target, payload)
        lost = dead_letter(self._topology, rule, target)
        steps += [step for step in lost.steps if step.at_deployment]
        arrives = all_of(step.answer for step in steps)
        onward = None
        if target.is_bus and goes_on and arrives is not False and target.arn not in buses:
            onward = self.bus(target.arn, moved(seen.body, buses[-1], target.arn), buses)
        return TargetTrace(
            rule=rule,
            target=target,
            steps=tuple(steps),
            payload=payload,
            dead_letter=lost,
            onward=onward,
            fed_from=self._topology.fed_from(target.arn),
        )

    def _archives(self, arn: str, seen: SeenEvent) -> Iterator[tuple[Archive, Match]]:
        """Return the archives of a bus, and whether they keep the event: what is replayed is not archived again.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
        """
        for archive in self._topology.archives_of(arn):
            if _REPLAY in seen.unknown:
                yield archive, Match(answer=_STILL_REPLAYED)
            elif _REPLAY in seen.body:
                yield archive, Match(answer=False)
            elif archive.event_pattern is None:
                yield archive, Match(answer=True)
            else:
                yield archive, seen.matched_by(archive.event_pattern)


def _key_for(bus: Bus, key: Key) -> list[Remedy]:
    """Return the statements by which *key* lets EventBridge encrypt for *bus*.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html
    """
    allow = {"Effect": "Allow", "Principal": {"Service": EVENTBRIDGE}, "Resource": "*"}
    held = {"StringEquals": {BUS_CONTEXT: bus.arn}}
    statements = [
        {**allow, "Action": "kms:DescribeKey"},
        {**allow, "Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Condition": held},
    ]
    return [Remedy(of=f"the policy of key {key.arn}", statement=each) for each in statements]


def _payload_steps(target: Target, payload: Payload | NotSent | Undecided) -> Iterator[Step]:
    if isinstance(payload, NotSent):
        yield Step(
            says=f"what target {target.id} is sent can be made of the event",
            answer=False,
            reason=payload.reason,
            at_deployment=payload.at_deployment,
            location=target.location,
        )
