"""An event moves to a bus that exists, once within a Region and once between two, and stays the event of its publisher.

As shipped an event is moved on for ever, one for a bus that is missing is dropped in silence, and a moved event names
the account of the bus it came from, also where another account published it there. On AWS what is moved once too often
goes to the dead-letter queue of the target. That one move of each sort passes is what others saw there; AWS documents
that no third bus gets an event.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from localemu.aws.connect import connect_to
from localemu.services.events.target import EventsTargetSender

from cdk_eventbridge_patterns.local.inside.undeliverable import UndeliverableError

_SHIPPED = EventsTargetSender.send_event

# By which moves an event came to a bus; one that was published there is not in it.
_MOVES: dict[tuple[str, str], frozenset[str]] = {}


def _send_event(sender: Any, event: Any, trace_header: Any) -> Any:
    owner = connect_to(aws_access_key_id=sender.target_account_id, region_name=sender.target_region)
    target = sender.target["Arn"]
    if not isinstance(event, dict) or "id" not in event:
        owner.events.describe_event_bus(Name=_name(target))
        return _SHIPPED(sender, event, trace_header)
    between_regions = sender.target_region != sender.region
    moves = _moves_with(event["id"], _bus_of(sender.rule_arn), "REGION" if between_regions else "ACCOUNT")
    owner.events.describe_event_bus(Name=_name(target))
    # As shipped, and as others saw it, an event has another id in another Region.
    event_id = str(uuid4()) if between_regions else event["id"]
    _MOVES[event_id, target] = moves
    origin = {"original_id": event_id, "original_account": event["account"], "original_region": event["region"]}
    entry = {
        "EventBusName": target,
        "Source": event["source"],
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"]),
        "Resources": event.get("resources", []),
        "TraceHeader": json.dumps(origin),
    }
    return sender.client.put_events(Entries=[entry], TraceHeader=trace_header)


def _moves_with(event_id: str, bus_arn: str, kind: str) -> frozenset[str]:
    """Return the moves of an event on a bus, with one of *kind* more, which must be its first."""
    before = _MOVES.get((event_id, bus_arn), frozenset())
    if kind in before:
        raise UndeliverableError(f"THIRD_{kind}_HOP_DETECTED")
    return before | {kind}


def _bus_of(rule_arn: str) -> str:
    """Return the ARN of the bus that a rule is on; one on the default bus has just its own name."""
    place, _, path = rule_arn.partition(":rule/")
    bus, _, _ = path.rpartition("/")
    return f"{place}:event-bus/{bus or 'default'}"


def _name(bus_arn: str) -> str:
    return bus_arn.partition("event-bus/")[2]


def apply() -> None:
    """Have buses as targets use it."""
    EventsTargetSender.send_event = _send_event
