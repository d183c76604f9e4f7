"""What is refused of rules for events of AWS services, since it never fires or fires for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.contracts.aws_event import AwsEvent
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError, EventPatternError
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.naming.arn import partition_of
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.target import TargetKind
from cdk_eventbridge_patterns.topology.stamp import EventStamp

_CALL, _CALLED = "eventName", "eventSource"

# The API call that delivers to a target of a kind, and the source of its service. That of a state machine is a
# management event, which every trail logs; the others are data events, which a trail logs where it is told to.
# https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
_DELIVERING_CALLS = {
    TargetKind.FUNCTION: ("aws.lambda", ("Invoke",)),
    TargetKind.LOG_GROUP: ("aws.logs", ("CreateLogStream", "PutLogEvents")),
    TargetKind.QUEUE: ("aws.sqs", ("SendMessage",)),
    TargetKind.STATE_MACHINE: ("aws.states", ("StartExecution",)),
    TargetKind.STREAM: ("aws.kinesis", ("PutRecord", "PutRecords")),
    TargetKind.TOPIC: ("aws.sns", ("Publish",)),
}


def check_published_on(bus: BusAddress, events: Sequence[EventContract], detail: Mapping[str, Any] | None) -> None:
    """Refuse a rule on *bus* for events that aren't published there, and one for every call of an API.

    Raises:
        DeclarationError: If an event is of a team and the bus a default one, or the other way round; if its service
            is global and publishes in another Region; or if API calls aren't filtered by their names.
    """
    for event in events:
        if isinstance(event, AwsEvent) is not bus.is_default:
            msg = (
                f"AWS services publish on default buses and teams on buses of their own, got {event!r} on {bus.arn}; "
                "name a default bus by BusReference.default(account=…)"
            )
            raise DeclarationError(msg)
        if isinstance(event, AwsEvent):
            _check_region(bus, event)
            _check_calls(event, detail)


def check_no_loop(events: Sequence[EventContract], detail: Mapping[str, Any] | None, kind: TargetKind) -> None:
    """Refuse a rule for the very API call that delivers to its target.

    Raises:
        DeclarationError: If each delivery would bring the next.
    """
    source, calls = _DELIVERING_CALLS.get(kind, ("", ()))
    for event in events:
        if not isinstance(event, AwsEvent) or not event.is_api_call or event.given_source != source:
            continue
        # Any other condition may keep this very call out.
        if detail is None or not detail.keys() <= {_CALL, _CALLED}:
            continue
        call = next((each for each in calls if _lets_through(detail[_CALL], each)), None)
        if call is not None:
            msg = (
                f"detail must let no {call} of {source} through to a {kind.label}, for that is the call by which "
                f"events are delivered there: each would bring the next, for ever; got {dict(detail)!r}"
            )
            raise DeclarationError(msg)


def _lets_through(wanted: Any, call: str) -> bool:  # noqa: ANN401 - JSON
    """Return whether a filter surely lets *call* through; one that EventBridge refuses is refused elsewhere."""
    try:
        return EventPattern.parse({_CALL: wanted}, longest=None).matches({_CALL: call})
    except EventPatternError:
        return False


def aws_event_stamps(events: Sequence[EventContract], naming: NamingConvention) -> list[EventStamp]:
    """Return what a rule is stamped with of the events of AWS services among *events*."""
    return EventStamp.of_all((event for event in events if isinstance(event, AwsEvent)), naming)


def _check_region(bus: BusAddress, event: AwsEvent) -> None:
    only = event.only_region
    if only is not None and bus.region != only and partition_of(bus.region) == "aws":
        msg = (
            f"{event!r} must be taken in {only}, the one Region where its service publishes, got {bus.region}: "
            "there the rule never matches"
        )
        raise DeclarationError(msg)


def _check_calls(event: AwsEvent, detail: Mapping[str, Any] | None) -> None:
    """Refuse all calls of an API: among them are those that handling them causes."""
    if event.is_api_call and (not isinstance(detail, Mapping) or _CALL not in detail):
        msg = (
            f"detail must say which calls of {event.given_source} are meant, such as "
            f"{{'{_CALL}': ['RunInstances']}}, got {detail!r}: a rule for all of them also gets those that "
            "handling them causes"
        )
        raise DeclarationError(msg)
