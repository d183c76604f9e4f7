"""The convention over the construct tree: what is said of names, and who gets one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Aspects, CfnParameter, CfnResource, Stack, Stage, cx_api
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_eventschemas as schemas
from aws_cdk import aws_eventsv2 as events_v2
from aws_cdk import aws_pipes as pipes
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_eventbridge_patterns import NamingAspect, NamingConvention, ProducerBus, exempt, use_convention
from cdk_eventbridge_patterns.assembly.names import names_in
from cdk_eventbridge_patterns.assembly.reader import read_templates
from cdk_eventbridge_patterns.checks import Severity
from cdk_eventbridge_patterns.checks.naming import judge
from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import ResourceKind
from tests.synth.test_bridge_calls import counted_calls
from tests.templates import SynthesizedStack, synthesize
from tests.world import ACME, BILLING, ORDER_PLACED, ORDERS, REGION, a_stack

EVERYTHING = {"source": ["com.acme.orders"]}
QUEUE = f"arn:aws:sqs:{REGION}:{ORDERS}:acme-prod-orders--inbox"
ROLE = f"arn:aws:iam::{ORDERS}:role/acme-prod-orders--inbox"
ERROR, WARNING, INFO = "aws:cdk:error", "aws:cdk:warning", "aws:cdk:info"


def said(stack: SynthesizedStack, level: str) -> dict[str, str]:
    """What was said at a level, by the path of the construct."""
    return {
        path.strip("/"): entry["data"]
        for path, entries in stack.metadata.items()
        for entry in entries
        if entry["type"] == level
    }


def a_target(id: str = "acme-prod-orders--inbox") -> events.CfnRule.TargetProperty:
    return events.CfnRule.TargetProperty(id=id, arn=QUEUE)


def a_rule(scope: Construct, name: str | None, *target: events.CfnRule.TargetProperty) -> events.CfnRule:
    return events.CfnRule(scope, "Rule", name=name, event_pattern=EVERYTHING, targets=list(target))


# -- what is said


def test_a_name_off_the_convention_is_told_with_the_one_expected_and_what_to_change(
    app: App, orders_stack: Stack
) -> None:
    events.CfnEventBus(orders_stack, "Bus", name="OrdersBus")
    NamingAspect().add_to(app)

    (message,) = said(synthesize(app)["Orders"], ERROR).values()

    assert message.startswith("event bus name 'OrdersBus' is off the convention, expected 'acme-prod-orders': ")
    assert "; change Name to 'acme-prod-orders'; CloudFormation then replaces it" in message


def test_it_is_said_of_the_construct_also_inside_an_l2(app: App, orders_stack: Stack) -> None:
    events.EventBus(orders_stack, "Bus", event_bus_name="OrdersBus")
    NamingAspect().add_to(app)

    assert list(said(synthesize(app)["Orders"], ERROR)) == ["Orders/Bus/Resource"]


_PIPE: dict[str, Any] = {"role_arn": ROLE, "source": QUEUE, "target": QUEUE}
_SCHEDULE: dict[str, Any] = {
    "flexible_time_window": {"mode": "OFF"},
    "schedule_expression": "rate(1 hour)",
    "target": {"arn": QUEUE, "roleArn": ROLE},
}
_API: dict[str, Any] = {
    "connection_arn": "arn",
    "http_method": "POST",
    "invocation_endpoint": "https://api.example.com",
}
_ENDPOINT: dict[str, Any] = {
    "event_buses": [{"eventBusArn": "a"}, {"eventBusArn": "b"}],
    "routing_config": {"failoverConfig": {"primary": {"healthCheck": "h"}, "secondary": {"route": REGION}}},
}
_SUBSCRIBER: dict[str, Any] = {"event_bus_arn": "arn", "invoke_configuration": {"roleArn": ROLE, "targetArn": QUEUE}}

NAMED: dict[str, Callable[[Stack], CfnResource]] = {
    "a rule": lambda stack: events.CfnRule(stack, "It", name="Wrong", event_pattern=EVERYTHING),
    "an archive": lambda stack: events.CfnArchive(stack, "It", archive_name="Wrong", source_arn="arn"),
    "a connection": lambda stack: events.CfnConnection(stack, "It", name="Wrong"),
    "an API destination": lambda stack: events.CfnApiDestination(stack, "It", name="Wrong", **_API),
    "an endpoint": lambda stack: events.CfnEndpoint(stack, "It", name="Wrong", **_ENDPOINT),
    "a registry": lambda stack: schemas.CfnRegistry(stack, "It", registry_name="Wrong"),
    "a schema": lambda stack: schemas.CfnSchema(
        stack, "It", schema_name="Wrong", content="{}", registry_name="r", type="JSONSchemaDraft4"
    ),
    "a pipe": lambda stack: pipes.CfnPipe(stack, "It", name="Wrong", **_PIPE),
    "a schedule": lambda stack: scheduler.CfnSchedule(stack, "It", name="Wrong", **_SCHEDULE),
    "a schedule group": lambda stack: scheduler.CfnScheduleGroup(stack, "It", name="Wrong"),
    "a v2 bus": lambda stack: events_v2.CfnEventBus(stack, "It", name="Wrong"),
    "a v2 subscriber": lambda stack: events_v2.CfnSubscriber(stack, "It", name="Wrong", **_SUBSCRIBER),
    "a v2 event source": lambda stack: events_v2.CfnEventSource(
        stack, "It", name="Wrong", event_bus_arn="arn", configuration={}
    ),
}


@pytest.mark.parametrize("make", NAMED.values(), ids=list(NAMED))
def test_every_kind_of_name_is_looked_at(app: App, orders_stack: Stack, make: Callable[[Stack], CfnResource]) -> None:
    make(orders_stack)
    NamingAspect().add_to(app)

    assert list(said(synthesize(app)["Orders"], ERROR)) == ["Orders/It"]


def test_the_id_of_a_target_is_looked_at_whether_written_or_made_by_an_l2(app: App, orders_stack: Stack) -> None:
    a_rule(orders_stack, "acme-prod-orders--all", a_target(), a_target("Inbox"))
    rule = events.Rule(orders_stack, "L2", event_pattern=events.EventPattern(source=["com.acme.orders"]))
    rule.add_target(targets.SqsQueue(sqs.Queue(orders_stack, "Queue")))
    NamingAspect().add_to(app)

    warnings = said(synthesize(app)["Orders"], WARNING)

    assert "target id 'Inbox' is off the convention" in warnings["Orders/Rule"]
    assert "change Targets.1.Id to" in warnings["Orders/Rule"]
    assert "target id 'Target0' is off the convention" in warnings["Orders/L2/Resource"]


def test_what_follows_the_convention_is_passed_over_in_silence(app: App, orders_stack: Stack) -> None:
    ProducerBus(orders_stack, "Bus", service="orders", publishes=[ORDER_PLACED])
    a_rule(orders_stack, "acme-prod-orders--all", a_target())
    NamingAspect().add_to(app)

    stack = synthesize(app)["Orders"]

    assert not {**said(stack, ERROR), **said(stack, WARNING), **said(stack, INFO)}


def test_a_name_that_is_known_at_deployment_only_is_undecided(app: App, orders_stack: Stack) -> None:
    stage = CfnParameter(orders_stack, "Stage")
    events.CfnEventBus(orders_stack, "Bus", name=f"acme-{stage.value_as_string}-orders")
    NamingAspect().add_to(app)

    stack = synthesize(app)["Orders"]

    assert "known at deployment only" in said(stack, INFO)["Orders/Bus"]
    assert not said(stack, ERROR)


def test_a_token_that_the_tree_decides_is_judged_as_text(app: App, orders_stack: Stack) -> None:
    events.EventBus(orders_stack, "Bus")
    NamingAspect().add_to(app)

    assert "event bus name 'OrdersBus" in said(synthesize(app)["Orders"], ERROR)["Orders/Bus/Resource"]


def test_an_exempted_name_is_not_a_finding(app: App, orders_stack: Stack) -> None:
    bus = events.EventBus(orders_stack, "Bus", event_bus_name="legacy-hub")
    exempt(bus, reason="partners outside the organisation put rules on it")
    NamingAspect().add_to(app)

    assert not said(synthesize(app)["Orders"], ERROR)


def test_levels_are_by_kind(app: App, orders_stack: Stack) -> None:
    a_rule(orders_stack, "Wrong", a_target("Inbox"))
    NamingAspect(levels={ResourceKind.RULE: Severity.WARNING, ResourceKind.TARGET: None}).add_to(app)

    stack = synthesize(app)["Orders"]

    assert not said(stack, ERROR)
    assert "rule name 'Wrong'" in said(stack, WARNING)["Orders/Rule"]


def test_each_stack_is_held_to_the_convention_that_holds_there(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path))
    for stage in ("test", "prod"):
        stack = a_stack(app, stage.capitalize(), ORDERS)
        use_convention(stack, NamingConvention(organization="acme", stage=stage))
        events.CfnEventBus(stack, "Bus", name="acme-prod-orders")
    NamingAspect().add_to(app)

    stacks = synthesize(app)

    assert "expected 'acme-test-" in said(stacks["Test"], ERROR)["Test/Bus"]
    assert not said(stacks["Prod"], ERROR)


# -- the two roads, and where they end


@pytest.mark.parametrize("add", [lambda app: Aspects.of(app).add(NamingAspect()), NamingAspect().add_to])
def test_both_roads_find_the_same(app: App, orders_stack: Stack, add: Callable[[App], None]) -> None:
    events.CfnEventBus(orders_stack, "Bus", name="OrdersBus")
    a_rule(Construct(orders_stack, "Inner"), "Wrong")
    add(app)

    assert set(said(synthesize(app)["Orders"], ERROR)) == {"Orders/Bus", "Orders/Inner/Rule"}


def test_a_stage_is_entered_if_the_aspect_is_added_to_it(app: App) -> None:
    for name in ("Test", "Prod"):
        events.CfnEventBus(Stack(Stage(app, name), "Orders"), "Bus", name="OrdersBus")
    prod = app.node.find_child("Prod")
    assert isinstance(prod, Stage)
    NamingAspect().add_to(app)
    NamingAspect().add_to(prod)

    stacks = synthesize(app)

    assert said(stacks["Prod/Orders"], ERROR)
    assert not said(stacks["Test/Orders"], ERROR)


def test_what_stands_behind_a_stage_is_still_looked_at(app: App) -> None:
    events.CfnEventBus(Stack(Stage(app, "Prod"), "Orders"), "Bus", name="OrdersBus")
    events.CfnEventBus(a_stack(app, "Billing", BILLING), "Bus", name="BillingBus")
    NamingAspect().add_to(app)

    assert said(synthesize(app)["Billing"], ERROR)


def test_an_error_is_an_annotation_and_does_not_stop_synthesis_by_itself(app: App, orders_stack: Stack) -> None:
    events.CfnEventBus(orders_stack, "Bus", name="OrdersBus")
    NamingAspect().add_to(app)

    assembly = app.synth()

    assert isinstance(assembly, cx_api.CloudAssembly)


def test_one_message_for_a_name_that_is_right(orders_stack: Stack) -> None:
    buses = 20
    for number in range(buses):
        events.CfnEventBus(orders_stack, f"Bus{number}", name=f"acme-prod-orders--b{number}")
    aspect = NamingAspect(ACME)

    with counted_calls() as calls:
        for construct in orders_stack.node.find_all():
            aspect.visit(construct)

    assert calls.made <= buses + 2


# -- who gets a name


def test_names_are_given_where_that_is_asked_for(app: App, orders_stack: Stack) -> None:
    events.CfnRule(orders_stack, "Audit", event_pattern=EVERYTHING)
    events.CfnArchive(orders_stack, "Archive", source_arn="arn")
    pipes.CfnPipe(orders_stack, "Inbox", **_PIPE)
    events.EventBus(orders_stack, "Bus")
    NamingAspect(name_unnamed=True, service="orders").add_to(app)

    stack = synthesize(app)["Orders"]

    assert stack.one("AWS::Events::Rule")["Name"] == "acme-prod-orders--audit"
    assert stack.one("AWS::Events::Archive")["ArchiveName"] == "acme-prod-orders"
    assert stack.one("AWS::Pipes::Pipe")["Name"] == "acme-prod-orders--inbox"
    assert stack.one("AWS::Events::EventBus")["Name"] == "acme-prod-orders"
    assert not said(stack, ERROR)


def test_what_was_derived_before_the_name_was_given_refers_to_the_resource_and_is_right(
    app: App, orders_stack: Stack
) -> None:
    bus = events.EventBus(orders_stack, "Bus")
    rule = events.Rule(orders_stack, "Rule", event_bus=bus, event_pattern=events.EventPattern(source=["a"]))
    rule.add_target(targets.SqsQueue(sqs.Queue(orders_stack, "Queue")))
    NamingAspect(name_unnamed=True, service="orders").add_to(app)

    stack = synthesize(app)["Orders"]

    (bus_id,), (rule_id,) = stack.of_type("AWS::Events::EventBus"), stack.of_type("AWS::Events::Rule")
    assert stack.one("AWS::Events::Rule")["EventBusName"] == {"Ref": bus_id}
    (statement,) = stack.one("AWS::SQS::QueuePolicy")["PolicyDocument"]["Statement"]
    assert statement["Condition"]["ArnEquals"]["aws:SourceArn"] == {"Fn::GetAtt": [rule_id, "Arn"]}


def test_a_name_that_is_there_is_never_changed_however_wrong(app: App, orders_stack: Stack) -> None:
    events.EventBus(orders_stack, "Bus", event_bus_name="OrdersBus")
    stage = CfnParameter(orders_stack, "Stage")
    a_rule(orders_stack, f"{stage.value_as_string}-all")
    NamingAspect(name_unnamed=True, service="orders").add_to(app)

    stack = synthesize(app)["Orders"]

    assert stack.one("AWS::Events::EventBus")["Name"] == "OrdersBus"
    assert "acme-prod" not in str(stack.one("AWS::Events::Rule")["Name"])


def test_a_name_given_late_does_not_let_the_cdk_mirror_a_rule(
    app: App, orders_stack: Stack, billing_stack: Stack
) -> None:
    rule = events.Rule(orders_stack, "Rule", event_pattern=events.EventPattern(source=["a"]))
    rule.add_target(targets.SqsQueue(sqs.Queue(billing_stack, "Queue", queue_name="acme-prod-billing--orders")))
    NamingAspect(name_unnamed=True, service="orders").add_to(app)

    with pytest.raises(RuntimeError, match="physical name must be explicit"):
        synthesize(app)


def test_without_being_asked_it_names_nothing(app: App, orders_stack: Stack) -> None:
    a_rule(orders_stack, None)
    NamingAspect(service="orders").add_to(app)

    stack = synthesize(app)["Orders"]

    assert "Name" not in stack.one("AWS::Events::Rule")
    assert not said(stack, ERROR)


def test_a_name_that_the_convention_refuses_is_an_error(app: App, orders_stack: Stack) -> None:
    service = "-".join(["orders"] * 12)
    a_rule(orders_stack, None)
    NamingAspect(name_unnamed=True, service=service).add_to(app)

    assert "give it a name" in said(synthesize(app)["Orders"], ERROR)["Orders/Rule"]


def test_fails_on_names_for_nobody() -> None:
    with pytest.raises(NamingError, match="service must say whose the names are"):
        NamingAspect(name_unnamed=True)


def test_the_names_it_gives_pass_the_check(app: App, orders_stack: Stack) -> None:
    events.EventBus(orders_stack, "Bus")
    events.CfnRule(Construct(orders_stack, "Check_out"), "R2-D2", event_pattern=EVERYTHING)
    NamingAspect(name_unnamed=True, service="orders").add_to(app)

    file = str(synthesize(app)["Orders"].template_file)

    assert judge(names_in(read_templates([file])), ACME) == []
