"""An event moves to a bus that exists, and from account to account, or Region to Region, only once.

As shipped an event is moved on for ever, and one for a bus that is missing is dropped in silence. On AWS neither is
delivered, and both go to the dead-letter queue of the target.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-event-delivery.html
"""

from __future__ import annotations

from typing import Any

from localemu.aws.connect import connect_to
from localemu.services.events.target import EventsTargetSender

from cdk_eventbridge_patterns.local.inside.undeliverable import UndeliverableError

_SHIPPED = EventsTargetSender.send_event


def _send_event(sender: Any, event: Any, trace_header: Any) -> Any:
    if isinstance(event, dict):
        _refuse_second_move("ACCOUNT", event.get("account"), sender.account_id, sender.target_account_id)
        _refuse_second_move("REGION", event.get("region"), sender.region, sender.target_region)
    owner = connect_to(aws_access_key_id=sender.target_account_id, region_name=sender.target_region)
    owner.events.describe_event_bus(Name=sender.target["Arn"].partition("event-bus/")[2])
    return _SHIPPED(sender, event, trace_header)


def _refuse_second_move(what: str, origin: str | None, here: str, there: str) -> None:
    if origin not in {None, here} and there != here:
        raise UndeliverableError(f"THIRD_{what}_HOP_DETECTED")


def apply() -> None:
    """Have buses as targets use it."""
    EventsTargetSender.send_event = _send_event
