"""Where the emulator is known to be wrong, with a case of each: these exactly, so that what is mended is noticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.agreement.delivery import Delivery
from tests.agreement.difference import Kind
from tests.agreement.question import Question
from tests.agreement.resources import (
    DETAIL,
    Resources,
    a_bus,
    a_move,
    a_policy,
    a_queue,
    a_rule,
    arn_of,
    one_rule,
    published,
    transformed,
)

_RULER = "[aws/event-ruler](https://github.com/aws/event-ruler) 2.0.1, which the service runs"
_RECORDED = "answers of AWS that LocalStack's tests recorded:"


@dataclass(frozen=True, kw_only=True)
class KnownWrong:
    """Something that the emulator does and AWS does not.

    Args:
        does: What it does.

        reason: What AWS does, or says.

        source: Where that is from, in Markdown: a page of AWS, or an answer of the service or of its code.

        kind: What is different.

        case: A case of it.
    """

    does: str
    reason: str
    source: str
    kind: Kind
    case: Question | Delivery


def _guide(page: str) -> str:
    return f"[{page}](https://docs.aws.amazon.com/eventbridge/latest/userguide/{page}.html)"


def _api(page: str) -> str:
    return f"[{page}](https://docs.aws.amazon.com/eventbridge/latest/APIReference/{page}.html)"


def _without(resources: Resources, *logical_ids: str) -> Resources:
    return {key: resource for key, resource in resources.items() if key not in logical_ids}


def _with(resources: Resources, logical_id: str, **properties: Any) -> Resources:
    """Return *resources*, one of which has other properties."""
    resource = resources[logical_id]
    return {**resources, logical_id: {**resource, "Properties": {**resource["Properties"], **properties}}}


_MOVED = {
    **one_rule({}),
    "Billing": a_bus("acme-prod-billing"),
    **a_move("move", on="Bus", to="Billing"),
    **a_rule("bill", {}, on="Billing"),
}
_TWO_MOVES = {
    **_MOVED,
    "Audit": a_bus("acme-prod-audit"),
    **a_move("again", on="Billing", to="Audit"),
    **a_rule("audit", {}, on="Audit"),
}
_TRUST_OF_FUNCTIONS = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"},
    ],
}
_ORDERED = one_rule({"SqsParameters": {"MessageGroupId": "orders"}})
_LOST = {
    **one_rule(
        Targets=[
            {
                "Id": "gone",
                "Arn": "arn:aws:sqs:eu-west-1:111111111111:gone",
                "DeadLetterConfig": {"Arn": arn_of("lost")},
            }
        ]
    ),
    "lost": a_queue("lost"),
    "lostPolicy": a_policy("lost", "ship"),
}


def _sent(given: Mapping[str, Any]) -> Delivery:
    return Delivery(one_rule(given))


KNOWN_WRONG: tuple[KnownWrong, ...] = (
    KnownWrong(
        does="writes JSON with a space after each comma and colon",
        reason="what AWS sent to a topic has none",
        source=f"{_RECORDED} test_events_targets",
        kind=Kind.WHITE_SPACE,
        case=_sent({"InputPath": "$.detail"}),
    ),
    KnownWrong(
        does="writes the fields of the envelope in an order of its own, `detail-type` near the end",
        reason="what AWS sent to a topic begins with version, id, detail-type and source",
        source=f"{_RECORDED} test_events_targets",
        kind=Kind.ORDER,
        case=_sent({}),
    ),
    KnownWrong(
        does="writes an object or array in a text with a space after each comma and colon",
        reason="what AWS sent is `[ACTIVE,INACTIVE] multiple list items`",
        source=f"{_RECORDED} test_events_inputs",
        kind=Kind.VALUE,
        case=_sent(transformed('"<tags> and more"', tags="$.detail.tags")),
    ),
    KnownWrong(
        does="sends an object or array that stands inside the quotes of a JSON template, its own quotes taken out",
        reason="AWS sent nothing",
        source=f"{_RECORDED} test_events_inputs",
        kind=Kind.DELIVERY,
        case=_sent(transformed('{"customer":"<customer>"}', customer="$.detail.customer")),
    ),
    KnownWrong(
        does="sends the whole event where `InputPath` has an array index",
        reason="array indices are supported",
        source=_guide("eb-transform-target-input"),
        kind=Kind.VALUE,
        case=_sent({"InputPath": "$.detail.tags[1]"}),
    ),
    KnownWrong(
        does="finds nothing where the path of a variable has an array index",
        reason="array indices are supported",
        source=_guide("eb-transform-target-input"),
        kind=Kind.VALUE,
        case=_sent(transformed('{"order":<first>}', first="$.resources[0]")),
    ),
    KnownWrong(
        does="gives every event the time at which it is published, also one that comes with its own `Time`",
        reason="only where no time is given it is that of the call",
        source=_api("API_PutEventsRequestEntry"),
        kind=Kind.VALUE,
        case=Delivery(one_rule({}), published(DETAIL, Time="2026-01-01T00:00:00Z")),
    ),
    KnownWrong(
        does="delivers to a queue whose policy does not let EventBridge in",
        reason="EventBridge needs the policy of the queue, or a role",
        source=_guide("eb-use-resource-based"),
        kind=Kind.DELIVERY,
        case=Delivery(_without(one_rule({}), "ship0Policy")),
    ),
    KnownWrong(
        does="moves an event by a role that may not put events on the other bus",
        reason="it is the role that lets the one bus send to the other",
        source=_guide("eb-bus-to-bus"),
        kind=Kind.DELIVERY,
        case=Delivery(_with(_MOVED, "moveRole", Policies=[])),
    ),
    KnownWrong(
        does="moves an event by a role that EventBridge may not assume",
        reason="the event is not delivered, with FAILED_TO_ASSUME_ROLE or NO_PERMISSIONS",
        source=_guide("eb-rule-dlq"),
        kind=Kind.DELIVERY,
        case=Delivery(_with(_MOVED, "moveRole", AssumeRolePolicyDocument=_TRUST_OF_FUNCTIONS)),
    ),
    KnownWrong(
        does="moves an event on to a third bus",
        reason="what came from a bus can't be routed to a third one",
        source=_guide("eb-bus-to-bus"),
        kind=Kind.DELIVERY,
        case=Delivery(_TWO_MOVES),
    ),
    KnownWrong(
        does="puts nothing into the dead-letter queue of a target",
        reason="what can't be delivered goes there",
        source=_guide("eb-rule-dlq"),
        kind=Kind.DELIVERY,
        case=Delivery(_LOST),
    ),
    KnownWrong(
        does="delivers to a FIFO queue without a message group",
        reason="a message to a FIFO queue needs a message group",
        source=_api("API_SqsParameters"),
        kind=Kind.DELIVERY,
        case=Delivery(
            {**one_rule({}), "ship0": a_queue("ship-0.fifo", FifoQueue=True, ContentBasedDeduplication=True)}
        ),
    ),
    KnownWrong(
        does="delivers to a FIFO queue that does not deduplicate by content",
        reason="the queue must have content-based deduplication enabled",
        source=_api("API_SqsParameters"),
        kind=Kind.DELIVERY,
        case=Delivery({**_ORDERED, "ship0": a_queue("ship-0.fifo", FifoQueue=True)}),
    ),
    KnownWrong(
        does="takes a rule whose `State` is `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` to be off",
        reason="it is on, and sees management events of CloudTrail as well",
        source=_api("API_PutRule"),
        kind=Kind.DELIVERY,
        case=Delivery(one_rule({}, State="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")),
    ),
    KnownWrong(
        does="deploys an `Input` that is not JSON",
        reason="`Input` is valid JSON text",
        source=_api("API_Target"),
        kind=Kind.DEPLOYMENT,
        case=_sent({"Input": "tick"}),
    ),
    KnownWrong(
        does="deploys a target with both `Input` and `InputPath`",
        reason="PutTargets refused two of them",
        source=f"{_RECORDED} test_events_inputs",
        kind=Kind.DEPLOYMENT,
        case=_sent({"Input": "1", "InputPath": "$.detail"}),
    ),
    KnownWrong(
        does="deploys a template with a variable that no path defines, and leaves `<…>` in the text",
        reason="PutTargets refused it",
        source=f"{_RECORDED} test_events_inputs",
        kind=Kind.DEPLOYMENT,
        case=_sent(transformed('"order <id>"')),
    ),
    KnownWrong(
        does="deploys a JSON template with a variable in the name of a field",
        reason="a placeholder can't be used as an object key",
        source=_api("API_InputTransformer"),
        kind=Kind.DEPLOYMENT,
        case=_sent(transformed('{"<id>":1}', id="$.detail.order_id")),
    ),
    KnownWrong(
        does="deploys a queue of another account as a target without a role",
        reason="a target in another account takes a role",
        source=_guide("eb-service-cross-account"),
        kind=Kind.DEPLOYMENT,
        case=Delivery(one_rule(Targets=[{"Id": "far", "Arn": "arn:aws:sqs:eu-west-1:222222222222:invoices"}])),
    ),
    KnownWrong(
        does="tells a field `a.b` from a field `b` in an object `a`",
        reason="to AWS both are `a.b`",
        source=f"{_RECORDED} test_event_patterns",
        kind=Kind.MATCH,
        case=Question({"detail": {"customer": {"level": ["gold"]}}}, {"customer.level": "gold"}),
    ),
    KnownWrong(
        does="lets through an object that lacks a field, where the list for it has `exists: false` and a value too",
        reason="does not, if another object of the array has the field",
        source=_RULER,
        kind=Kind.MATCH,
        case=Question(
            {"detail": {"lines": {"sku": [{"exists": False}, None]}}}, {"lines": [{"sku": "mug"}, {"count": 1}]}
        ),
    ),
    KnownWrong(
        does="reads the last of two fields of one name only",
        reason="adds what both ask for",
        source=_RULER,
        kind=Kind.MATCH,
        case=Question('{"detail": {"count": [1]}, "detail": {"status": ["paid"]}}', {"status": "paid"}),
    ),
    KnownWrong(
        does="compares an IP address as text",
        reason="`10.0.0.1` and `010.000.000.001` are one address",
        source=_RULER,
        kind=Kind.MATCH,
        case=Question({"detail": {"ip": ["10.0.0.1"]}}, {"ip": "010.000.000.001"}),
    ),
    KnownWrong(
        does="accepts a network of IPv4 addresses that are written as IPv6",
        reason="refuses it",
        source=_RULER,
        kind=Kind.MATCH,
        case=Question({"detail": {"ip": [{"cidr": "::ffff:0:0/96"}]}}, {"ip": "1.2.3.4"}),
    ),
    KnownWrong(
        does="compares numbers of more than 15 digits as if rounded",
        reason="tells them apart",
        source=_RULER,
        kind=Kind.MATCH,
        case=Question(
            '{"detail": {"count": [{"numeric": ["=", 9007199254740992]}]}}', {"count": 9_007_199_254_740_993}
        ),
    ),
    KnownWrong(
        does="accepts wildcards of any number and form on one field",
        reason="AWS refuses those that are too complex",
        source=f"{_RECORDED} test_event_patterns",
        kind=Kind.MATCH,
        case=Question({"detail": {"arn": [{"wildcard": "*:*:*:*:*:event-bus/*"}]}}, {"arn": "acme"}),
    ),
    KnownWrong(
        does="accepts an event pattern of any length",
        reason="the quota is 2,048 characters, if it was not raised",
        source=_guide("eb-quota"),
        kind=Kind.MATCH,
        case=Question({"detail": {"status": ["paid" * 600]}}, {"status": "open"}),
    ),
)
