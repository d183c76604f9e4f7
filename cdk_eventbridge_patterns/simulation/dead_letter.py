"""What becomes of an event that can't be delivered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.key_uses import encrypted_use
from cdk_eventbridge_patterns.access.reach import may_act
from cdk_eventbridge_patterns.simulation.local import key_steps, rule_is_let_in
from cdk_eventbridge_patterns.simulation.step import Step
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import region_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of

_SEND = "sqs:SendMessage"


@dataclass(frozen=True, kw_only=True)
class DeadLetter:
    """Where an event goes that can't be delivered.

    Args:
        queue_arn: The dead-letter queue. Default: there is none, so it is lost.

        steps: What must be so for it to get there.
    """

    queue_arn: str | None = None
    steps: tuple[Step, ...] = ()

    @property
    def kept(self) -> Answer:
        """Whether the queue gets it."""
        return False if self.queue_arn is None else all_of(step.answer for step in self.steps)


def dead_letter(topology: Topology, rule: Rule, target: Target) -> DeadLetter:
    """Return where *rule* sends what it can't deliver to *target*."""
    queue = target.dead_letter_arn
    if queue is None:
        return DeadLetter()
    return DeadLetter(queue_arn=queue, steps=tuple(_steps(topology, rule, target, queue)))


def _steps(topology: Topology, rule: Rule, target: Target, queue: str) -> Iterator[Step]:
    """Return what must be so for the queue to get an event.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    """
    location = target.at("DeadLetterConfig.Arn")
    yield from _is_there(topology, queue, location)
    if rule.kind is BusKind.V2:
        yield from _by_role_of_subscriber(topology, target, queue, location)
        return
    yield from _is_standard(topology, queue, location)
    in_region = same(region_of(queue), rule.bus_region)
    if in_region is not True:
        says = f"dead-letter queue {queue} is in the Region of its rule"
        reason = in_region.reason if isinstance(in_region, Undecided) else f"the rule is in {rule.bus_region}"
        yield Step(says=says, answer=in_region, reason=reason, location=location)
    yield rule_is_let_in(topology, rule, queue, (_SEND,), location)
    yield from key_steps(encrypted_use(topology, rule, queue, location))


def _is_there(topology: Topology, queue: str, location: Location) -> Iterator[Step]:
    says, declared = f"dead-letter queue {queue} is there", topology.receiver(queue)
    if topology.lacks_receiver(queue):
        reason = "no template of its account declares it"
        yield Step(says=says, answer=False, reason=reason, location=location)
    elif declared is not None and declared.conditional is not None:
        yield Step.unknown(says, declared.conditional, location=declared.location)


def _is_standard(topology: Topology, queue: str, location: Location) -> Iterator[Step]:
    declared = topology.receiver(queue)
    if queue.endswith(".fifo") or (declared is not None and declared.fifo):
        says = f"dead-letter queue {queue} is a standard queue"
        reason = "EventBridge takes no FIFO queue as the dead-letter queue of a target"
        yield Step(says=says, answer=False, reason=reason, at_deployment=True, location=location)


def _by_role_of_subscriber(topology: Topology, target: Target, queue: str, location: Location) -> Iterator[Step]:
    """Return whether the role of a subscriber may send to its on-failure queue, which it must."""
    role = topology.role(target.role_arn or "")
    says = f"role {target.role_arn} may send to {queue}"
    if role is None:
        yield Step.unknown(says, "it is in no template that was read", location=location)
    else:
        yield Step.of(may_act(role, _SEND, queue), says, location=location)
