"""Templates and events about which the trace and the emulator agree, by what is in them."""

from __future__ import annotations

from typing import Any

from tests.agreement.delivery import Delivery
from tests.agreement.resources import (
    DETAIL,
    a_bus,
    a_move,
    a_queue,
    a_rule,
    one_rule,
    published,
    transformed,
)


def _matching(**detail: Any) -> Delivery:
    return Delivery(one_rule({}, EventPattern={"source": ["com.acme.orders"], "detail": detail}))


def _on_envelope(**fields: Any) -> Delivery:
    return Delivery(one_rule({}, EventPattern={name.replace("_", "-"): asked for name, asked in fields.items()}))


def _sent(**given: Any) -> Delivery:
    return Delivery(one_rule(given))


def _made_of(template: str) -> Delivery:
    return _sent(**transformed(template, **_PATHS))


_PATHS = {
    "id": "$.detail.order_id",
    "count": "$.detail.count",
    "gift": "$.detail.gift",
    "tags": "$.detail.tags",
    "customer": "$.detail.customer",
    "name": "$.detail.customer.name",
    "absent": "$.detail.coupon",
    "type": "$.detail-type",
    "account": "$.account",
    "time": "$.time",
    "all": "$",
}

EVENT_PATTERNS = {
    "a value": _matching(status=["paid"]),
    "another value": _matching(status=["open"]),
    "one of two values": _matching(status=["open", "paid"]),
    "a value in capitals": _matching(status=["PAID"]),
    "a number": _matching(count=[3.0]),
    "a number as text": _matching(count=["3"]),
    "false": _matching(gift=[False]),
    "two fields of which one is another": _matching(status=["paid"], count=[4]),
    "a field in an object": _matching(customer={"level": ["gold"]}),
    "an item of an array": _matching(tags=["gift"]),
    "no item of an array": _matching(tags=["sale"]),
    "two fields of one element": _matching(lines={"sku": ["mug"], "count": [2]}),
    "two fields of two elements": _matching(lines={"sku": ["mug"], "count": [1]}),
    "prefix": _matching(order_id=[{"prefix": "o-"}]),
    "prefix, whatever the case": _matching(order_id=[{"prefix": {"equals-ignore-case": "O-"}}]),
    "suffix": _matching(order_id=[{"suffix": "-2"}]),
    "equals-ignore-case": _matching(status=[{"equals-ignore-case": "PAID"}]),
    "wildcard": _matching(customer={"name": [{"wildcard": "A*a"}]}),
    "numeric": _matching(count=[{"numeric": [">", 2, "<=", 3]}]),
    "numeric, beyond": _matching(count=[{"numeric": ["<", 3]}]),
    "anything-but, a value": _matching(status=[{"anything-but": ["paid"]}]),
    "anything-but, an array": _matching(tags=[{"anything-but": ["gift"]}]),
    "anything-but, a number": _matching(count=[{"anything-but": 4}]),
    "anything-but, a prefix": _matching(order_id=[{"anything-but": {"prefix": "o-"}}]),
    "anything-but, a missing field": _matching(coupon=[{"anything-but": ["SALE"]}]),
    "exists": _matching(status=[{"exists": True}]),
    "exists, an object": _matching(customer=[{"exists": True}]),
    "does not exist": _matching(coupon=[{"exists": False}]),
    "does not exist, and does": _matching(status=[{"exists": False}]),
    "one of two fields": _matching(**{"$or": [{"status": ["open"]}, {"count": [{"numeric": [">", 2]}]}]}),
    "neither of two fields": _matching(**{"$or": [{"status": ["open"]}, {"count": [4]}]}),
    "another source": _on_envelope(source=["com.acme.billing"]),
    "a prefix of the source": _on_envelope(source=[{"prefix": "com.acme."}]),
    "another detail-type": _on_envelope(detail_type=["OrderCancelled.v1"]),
    "the account and the Region": _on_envelope(account=["111111111111"], region=["eu-west-1"]),
    "another account": _on_envelope(account=["222222222222"]),
    "a resource": _on_envelope(resources=["arn:aws:acme:::order/o-1"]),
    "an address in a network": Delivery(
        one_rule({}, EventPattern={"detail": {"ip": [{"cidr": "10.0.0.0/24"}]}}), published({"ip": "10.0.0.7"})
    ),
    "null": Delivery(one_rule({}, EventPattern={"detail": {"coupon": [None]}}), published({"coupon": None})),
    "an empty text": Delivery(one_rule({}, EventPattern={"detail": {"note": [""]}}), published({"note": ""})),
}

INPUTS = {
    "the whole event": _sent(),
    "a constant": _sent(Input='{"tick": 1}'),
    "a constant text": _sent(Input='"tick"'),
    "the path of all": _sent(InputPath="$"),
    "the path of the detail": _sent(InputPath="$.detail"),
    "the path of a text": _sent(InputPath="$.detail.order_id"),
    "the path of a name with a hyphen": _sent(InputPath="$.detail-type"),
    "the path of a number": _sent(InputPath="$.detail.count"),
    "the path of false": _sent(InputPath="$.detail.gift"),
    "the path of an array": _sent(InputPath="$.detail.tags"),
    "a text without variables": _made_of('"placed"'),
    "a text of texts": _made_of('"order <id> of <name>"'),
    "a text of a number and a boolean": _made_of('"<count> lines, gift: <gift>"'),
    "a text of nothing": _made_of('"<absent>"'),
    "a text with quotation marks": _made_of(r'"order \"<id>\""'),
    "lines of text": _made_of('"order <id>"\n"of <name>"'),
    "an object without variables": _made_of('{"kind":"order","of":["acme",1]}'),
    "a text by itself": _made_of('{"id":<id>}'),
    "a text in quotation marks": _made_of('{"id":"<id>"}'),
    "a text in a text": _made_of('{"says":"order <id>, gift: <gift>"}'),
    "quotation marks in a text": _made_of(r'{"says":"order \"<id>\""}'),
    "a number and a boolean": _made_of('{"count":<count>,"gift":<gift>}'),
    "an array and an object": _made_of('{"tags":<tags>,"customer":<customer>}'),
    "variables in an array": _made_of('{"of":[<id>,<count>,"<type>"]}'),
    "a path that finds nothing": _made_of('{"coupon":<absent>}'),
    "a path that finds nothing, in quotation marks": _made_of('{"coupon":"<absent>"}'),
    "fields of the envelope": _made_of('{"type":<type>,"account":<account>,"at":<time>}'),
    "the event by its path": _made_of('{"event":<all>}'),
    "the event by its name": _made_of('{"event":<aws.events.event.json>}'),
    "the rule": _made_of('{"rule":<aws.events.rule-name>,"arn":"<aws.events.rule-arn>"}'),
    "the time it was received": _made_of('{"at":<aws.events.event.ingestion-time>}'),
    "white space around values": _made_of('{ "id": <id>,\n  "count": <count> }'),
}

_BILLING = {"Billing": a_bus("acme-prod-billing")}
_FIFO = {"ship0": a_queue("ship-0.fifo", FifoQueue=True, ContentBasedDeduplication=True)}
_ORDERED = one_rule({"SqsParameters": {"MessageGroupId": "orders"}})

RULES = {
    "a rule that is on": Delivery(one_rule({}, State="ENABLED")),
    "a rule that is off": Delivery(one_rule({}, State="DISABLED")),
    "several targets, each with its own input": Delivery(one_rule({}, {"InputPath": "$.detail"}, {"Input": "1"})),
    "several rules": Delivery({**one_rule({}), **a_rule("audit", {}, {"InputPath": "$.detail-type"})}),
    "a rule on another bus": Delivery({**one_rule({}), **_BILLING, **a_rule("bill", {}, on="Billing")}),
    "a rule on a schedule": Delivery(one_rule({}, EventPattern=None, ScheduleExpression="rate(5 minutes)")),
    "events that are not replayed": _on_envelope(source=["com.acme.orders"], replay_name=[{"exists": False}]),
    "an event of another service": Delivery(one_rule({}), published(DETAIL, Source="com.acme.billing")),
    "an event that only AWS may publish": Delivery(
        one_rule({}, EventPattern={"source": ["aws.s3"]}), published(DETAIL, Source="aws.s3")
    ),
    "an event without detail": Delivery(one_rule({}), published({})),
    "characters beyond ASCII": Delivery(one_rule({"InputPath": "$.detail.city"}), published({"city": "Zürich"})),
    "a number with a fraction": Delivery(one_rule({"InputPath": "$.detail.total"}), published({"total": 19.9})),
    "a FIFO queue, and a message group": Delivery({**_ORDERED, **_FIFO}),
    "a queue that is not there": Delivery(
        one_rule(Targets=[{"Id": "gone", "Arn": "arn:aws:sqs:eu-west-1:111111111111:gone"}])
    ),
    "a move to another bus of the account": Delivery(
        {**one_rule({}), **_BILLING, **a_move("move", on="Bus", to="Billing"), **a_rule("bill", {}, on="Billing")}
    ),
    "a move, and a rule there that matches nothing": Delivery(
        {
            **one_rule({}),
            **_BILLING,
            **a_move("move", on="Bus", to="Billing"),
            **a_rule("bill", {}, on="Billing", EventPattern={"source": ["com.acme.billing"]}),
        }
    ),
}
