"""What becomes of each resource, and what would be interrupted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.adoption import Fate, Outcome, Takeover, takeover
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.undecided import Undecided

ORDERS, BILLING, REGION = "111111111111", "222222222222", "eu-west-1"
QUEUE = f"arn:aws:sqs:{REGION}:{ORDERS}:invoices"
PATTERN = {"source": ["orders.web"], "detail-type": ["Order Placed"]}

Resources = Mapping[str, tuple[str, Mapping[str, Any]]]


def a_template(resources: Resources, *, stack: str | None = "Orders", **more: Any) -> Template:
    body = {"Resources": {key: {"Type": kind, "Properties": given} for key, (kind, given) in resources.items()}, **more}
    return Template(
        file=Path(f"{stack or 'orders'}.template.json"),
        stack=stack or "orders.template.json",
        stack_name=stack,
        body=body,
        account=ORDERS,
        region=REGION,
    )


def a_rule(name: str | None = "ship", id: str = "Target0", **changed: Any) -> tuple[str, Mapping[str, Any]]:
    given = {"EventBusName": "hub", "EventPattern": PATTERN, "Targets": [{"Id": id, "Arn": QUEUE}], **changed}
    return "AWS::Events::Rule", given if name is None else {"Name": name, **given}


def a_bus(**changed: Any) -> tuple[str, Mapping[str, Any]]:
    return "AWS::Events::EventBus", {"Name": "hub", **changed}


def a_statement(account: str = BILLING, id: str = "publish", **condition: Any) -> tuple[str, Mapping[str, Any]]:
    statement = {
        "Sid": id,
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "events:PutEvents",
        "Resource": f"arn:aws:events:{REGION}:{ORDERS}:event-bus/hub",
        **({"Condition": {"StringEquals": condition}} if condition else {}),
    }
    return "AWS::Events::EventBusPolicy", {"EventBusName": "hub", "StatementId": id, "Statement": statement}


def taken_over(before: Resources, after: Resources) -> Takeover:
    return takeover([a_template(before)], [a_template(after)])


def only(found: Takeover, resource_type: str = "AWS::Events::Rule") -> Outcome:
    (outcome,) = [each for each in found.outcomes if each.resource_type == resource_type]
    return outcome


def test_what_is_the_same_is_kept() -> None:
    assert only(taken_over({"Ship": a_rule()}, {"Ship": a_rule()})).fate is Fate.KEPT


def test_a_pattern_written_as_text_is_the_same_pattern() -> None:
    as_text = a_rule(EventPattern='{"source": ["orders.web"], "detail-type": ["Order Placed"]}')

    assert only(taken_over({"Ship": a_rule()}, {"Ship": as_text})).fate is Fate.KEPT


def test_a_property_of_a_target_is_changed_in_place() -> None:
    queue = {"Id": "Target0", "Arn": QUEUE, "DeadLetterConfig": {"Arn": f"{QUEUE}-lost"}}

    outcome = only(taken_over({"Ship": a_rule()}, {"Ship": a_rule(Targets=[queue])}))

    assert (outcome.fate, outcome.fails) == (Fate.CHANGED, False)
    assert outcome.properties == ("Targets.Target0.DeadLetterConfig",)


def test_a_target_with_another_id_is_another_target_and_nobody_says_which_comes_first() -> None:
    outcome = only(taken_over({"Ship": a_rule()}, {"Ship": a_rule(id="queue")}))

    assert outcome.properties == ("Targets.Target0", "Targets.queue")
    assert isinstance(outcome.fails, Undecided)
    assert "not documented" in outcome.fails.reason


def test_a_create_only_property_replaces() -> None:
    outcome = only(taken_over({"Ship": a_rule()}, {"Ship": a_rule("acme-prod-orders--ship")}))

    assert (outcome.fate, outcome.fails, outcome.properties) == (Fate.REPLACED, True, ("Name",))
    assert outcome.told is not None
    assert outcome.told.startswith("ship → acme-prod-orders--ship: ")


def test_a_name_in_place_of_one_that_was_made_up_replaces() -> None:
    assert only(taken_over({"Ship": a_rule(None)}, {"Ship": a_rule()})).fate is Fate.REPLACED


def test_a_name_that_a_parameter_gives_is_undecided() -> None:
    after = a_template({"Ship": a_rule({"Ref": "Name"})}, Parameters={"Name": {"Type": "String"}})  # type: ignore[arg-type]

    outcome = only(takeover([a_template({"Ship": a_rule()})], [after]))

    assert outcome.fate is Fate.REPLACED
    assert isinstance(outcome.fails, Undecided)


def test_the_same_name_under_another_logical_id_is_in_the_way() -> None:
    outcome = only(taken_over({"Ship": a_rule()}, {"OrdersDeliversShip": a_rule()}))

    assert (outcome.fate, outcome.fails) == (Fate.MOVED, True)
    assert outcome.told is not None
    assert "adopt=Adopted(logical_id='Ship')" in outcome.told


def test_another_type_under_the_same_logical_id_is_in_the_way() -> None:
    found = taken_over({"Ship": a_rule()}, {"Ship": a_bus()})

    (outcome,) = found.outcomes
    assert (outcome.fate, outcome.properties) == (Fate.MOVED, ("Type",))


def test_a_queue_that_is_gone_takes_its_messages_with_it() -> None:
    queue = "AWS::SQS::Queue", {"QueueName": "invoices"}

    outcome = only(taken_over({"Queue": queue}, {}), "AWS::SQS::Queue")

    assert (outcome.fate, outcome.fails) == (Fate.GONE, True)


def test_what_is_retained_is_not_lost() -> None:
    before = a_template({"Bus": a_bus()})
    before.body["Resources"]["Bus"]["DeletionPolicy"] = "Retain"

    outcome = only(takeover([before], [a_template({})]), "AWS::Events::EventBus")

    assert (outcome.fate, outcome.fails) == (Fate.GONE, False)


def test_a_rule_that_another_takes_the_place_of_interrupts_nothing() -> None:
    found = taken_over({"Ship": a_rule()}, {"Other": a_rule("other", id="queue")})

    assert only(taken_over({"Ship": a_rule()}, {})).fails is False  # what it did is judged by who gets it
    assert found.interruptions == ()


def test_a_rule_that_nothing_takes_the_place_of_interrupts_its_target() -> None:
    narrower = a_rule(EventPattern={**PATTERN, "detail": {"status": ["paid"]}})

    (interruption,) = taken_over({"Ship": a_rule()}, {"Ship": narrower}).interruptions

    assert (interruption.who, interruption.answer) == ("rule 'ship' on bus hub", True)
    assert QUEUE in interruption.reason


def test_a_rule_that_is_off_interrupts_nobody_by_going() -> None:
    assert taken_over({"Ship": a_rule(State="DISABLED")}, {}).interruptions == ()


def test_who_may_no_longer_publish_is_told() -> None:
    found = taken_over({"Bus": a_bus(), "Old": a_statement()}, {"Bus": a_bus()})

    (interruption,) = found.interruptions
    assert BILLING in interruption.who
    assert interruption.reason.startswith("it may no longer publish on bus hub")


def test_who_may_publish_what_rules_take_is_not_interrupted() -> None:
    """Held to fewer events than before, but to all that anybody takes."""
    ours = a_statement(id="ours", **{"events:source": "orders.web", "events:detail-type": "Order Placed"})
    before = {"Bus": a_bus(), "Old": a_statement(), "Ship": a_rule()}

    assert taken_over(before, {"Bus": a_bus(), "Ours": ours, "Ship": a_rule()}).interruptions == ()


def test_who_may_no_longer_publish_what_a_rule_takes_is_told() -> None:
    ours = a_statement(id="ours", **{"events:source": "orders.app"})
    before = {"Bus": a_bus(), "Old": a_statement(), "Ship": a_rule()}

    (interruption,) = taken_over(before, {"Bus": a_bus(), "Ours": ours, "Ship": a_rule()}).interruptions

    assert "orders.web Order Placed" in interruption.reason


def test_a_template_without_a_name_is_of_the_only_new_stack() -> None:
    found = takeover([a_template({"Ship": a_rule()}, stack=None)], [a_template({"Ship": a_rule()})])

    assert only(found).fate is Fate.KEPT
    assert found.notes == ()


def test_a_template_without_a_name_is_of_the_new_stack_that_its_file_is_called_after() -> None:
    others = a_template({}, stack="others")
    found = takeover(
        [a_template({"Ship": a_rule()}, stack=None)], [others, a_template({"Ship": a_rule()}, stack="orders")]
    )

    assert only(found).fate is Fate.KEPT


def test_a_stack_without_a_new_template_stays_as_it_is() -> None:
    found = takeover([a_template({"Ship": a_rule()}, stack="Legacy")], [a_template({"Bus": a_bus()})])

    assert only(found).fate is Fate.KEPT
    assert found.notes == ("NEW has no stack for Legacy, so it was taken to stay as it is.",)


def test_a_name_that_another_stack_has_is_in_the_way() -> None:
    existing = [a_template({"Ship": a_rule()}, stack="Legacy")]

    outcomes = takeover(existing, [a_template({"Ours": a_rule()})]).outcomes

    assert [each.fate for each in outcomes] == [Fate.MOVED, Fate.KEPT]


def test_what_was_not_compared_is_said() -> None:
    function = "AWS::Lambda::Function", {"FunctionName": "ship"}

    assert taken_over({"Function": function}, {}).notes == (
        "Of other types nothing was compared: AWS::Lambda::Function.",
    )


def test_nothing_new_is_refused() -> None:
    with pytest.raises(AssemblyError, match="NEW must hold at least one stack"):
        takeover([a_template({})], [])
