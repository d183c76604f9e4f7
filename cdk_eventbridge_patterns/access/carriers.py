"""What brings events to a bus from others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.access.reach import first_refusal, lets_role_in, may_deliver_by_role
from cdk_eventbridge_patterns.topology.rule import Delivery
from cdk_eventbridge_patterns.topology.text import is_known, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, all_of


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """A rule of another bus that brings events.

    Args:
        move: The rule and its target.

        takes: Whether it is on, goes there and takes the event that is asked about.

        decision: Whether EventBridge may deliver by its role, and the bus lets that in.
    """

    move: Delivery
    takes: Answer
    decision: Decision


def carriers_to(topology: Topology, bus_arn: str, event: AskedEvent) -> tuple[Carrier, ...]:
    """Return the rules of other buses that bring *event* to a bus, or may."""
    found = (
        Carrier(
            move=move,
            takes=all_of([goes_there, move.rule.enabled, event.may_be_taken_by(move.rule)]),
            decision=_delivery(topology, move),
        )
        for move, goes_there in _moves_to(topology, bus_arn)
    )
    return tuple(each for each in found if each.takes is not False)


def _moves_to(topology: Topology, bus_arn: str) -> Iterator[tuple[Delivery, Answer]]:
    """Return what carries events to a bus, and that of which nobody can say beforehand where it carries them."""
    for move in topology.moves_to(bus_arn):
        yield move, True
    for delivery in topology.deliveries():
        if not is_known(delivery.target.arn) and delivery.target.arn != bus_arn:
            yield delivery, same(delivery.target.arn, bus_arn)


def _delivery(topology: Topology, move: Delivery) -> Decision:
    target = move.target
    if target.role_arn is None and move.stays_beside is True:
        return Decision.unknown(
            "whether a rule may bring events to a bus of its own account without a role is not documented"
        )
    by_role = may_deliver_by_role(topology, move.rule, target)
    if target.role_arn is None or by_role.refuses:
        return by_role
    let_in = lets_role_in(topology, move.rule, target)
    let_in = replace(let_in, reason=f"the bus does not let it in: {let_in.reason}") if let_in.refuses else let_in
    return first_refusal([by_role, let_in])
