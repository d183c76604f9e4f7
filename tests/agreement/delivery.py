"""A template and an event, followed by the trace and delivered by the emulator."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.assembly.topology_of import topology_of
from cdk_eventbridge_patterns.simulation import Outcome, TargetTrace, Trace, trace
from cdk_eventbridge_patterns.simulation.payload import Payload
from cdk_eventbridge_patterns.testing.builders import ORDERS, REGION, bus_arn
from cdk_eventbridge_patterns.undecided import Undecided
from tests.agreement.difference import Difference, Kind, of_payload
from tests.agreement.emulator import Emulator, Refused
from tests.agreement.resources import BUS, EVENT, Resources


@dataclass(frozen=True)
class Delivery:
    """An event that is published where a template is deployed.

    Args:
        resources: The resources of the template.

        event: What is published, as `PutEvents` has it. Default: an order that was placed.
    """

    resources: Resources
    event: Mapping[str, Any] = field(default_factory=lambda: EVENT)

    def differences(self, emulator: Emulator) -> list[Difference]:
        """Return all that is different; nothing of what the trace leaves undecided."""
        reason = self._refusal()
        try:
            with emulator.deployed({"Resources": self.resources}):
                if reason is not None:
                    return [Difference(Kind.DEPLOYMENT, "", reason, "deployed")]
                return list(self._of_deployed(emulator))
        except Refused as refused:
            return [] if reason is not None else [Difference(Kind.DEPLOYMENT, "", "deployed", str(refused))]

    def undecided(self) -> list[str]:
        """Return why it can't be said what becomes of the event, so far as it can't."""
        asked = [answer for each in self._trace.arrivals() for answer in (each.arrives, each.last.payload)]
        return [answer.reason for answer in asked if isinstance(answer, Undecided)]

    @cached_property
    def _trace(self) -> Trace:
        template = Template(
            file=Path("orders.template.json"),
            stack="Orders",
            body=json.loads(json.dumps({"Resources": self.resources})),
            account=ORDERS,
            region=REGION,
        )
        return trace(topology_of([template]), self.event, bus=bus_arn(BUS))

    def _refusal(self) -> str | None:
        """Return why a target can't be deployed, if one can't."""
        found = (each.failing for each in self._targets() if each.outcome is Outcome.NOT_DEPLOYED)
        return next((step.reason for step in found if step is not None), None)

    def _targets(self) -> Iterator[TargetTrace]:
        for bus in self._trace.buses():
            yield from (target for rule in bus.rules for target in rule.targets)

    def _of_deployed(self, emulator: Emulator) -> Iterator[Difference]:
        accepted = emulator.publish({**self.event, "EventBusName": BUS})
        if accepted is not self._trace.published:
            yield Difference(Kind.PUBLICATION, BUS, self._trace.published, accepted)
            return
        if self.undecided():
            return
        for resource in self.resources.values():
            if resource["Type"] == "AWS::SQS::Queue":
                queue = resource["Properties"]["QueueName"]
                yield from self._at(queue, emulator.received(queue))

    def _at(self, queue: str, bodies: list[str]) -> Iterator[Difference]:
        expected = [*self._payloads(queue), *self._dead_letters(queue)]
        if len(expected) != len(bodies):
            yield Difference(Kind.DELIVERY, queue, expected, bodies)
            return
        for payload, body in zip(self._payloads(queue), bodies, strict=False):  # dead letters are counted only
            kind = of_payload(payload, body)
            if kind is not None:
                yield Difference(kind, queue, payload.text, body)

    def _payloads(self, queue: str) -> list[Payload]:
        arrived = [each.last for each in self._trace.arrivals() if each.arrives is True]
        at_queue = [each for each in arrived if each.target.arn.endswith(f":{queue}")]
        return [each.payload for each in at_queue if isinstance(each.payload, Payload)]

    def _dead_letters(self, queue: str) -> list[str]:
        kept = [each.dead_letter.queue_arn for each in self._targets() if each.outcome is Outcome.DEAD_LETTERED]
        return [arn for arn in kept if arn is not None and arn.endswith(f":{queue}")]
