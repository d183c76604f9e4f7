"""Findings that someone lives with, stamped into templates and read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from aws_cdk import App, Stack, Validations
from aws_cdk import aws_events as events
from constructs import Construct

from cdk_eventbridge_patterns import EventBridgeChecks, acknowledge
from cdk_eventbridge_patterns.assembly import read_assembly, topology_of
from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.errors import DeclarationError, PlacementError

TODAY = date(2026, 11, 23)


def a_rule_without_target(stack: Stack) -> events.CfnRule:
    pattern = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}
    return events.CfnRule(stack, "Ship", name="acme-prod-orders--ship", event_pattern=pattern)


def found(app: App, today: date = TODAY) -> list[Finding]:
    return judge(topology_of(read_assembly(Path(app.synth().directory))), today=today)


@pytest.mark.parametrize("at", ["resource", "stack"])
def test_an_acknowledged_finding_keeps_reason_owner_and_expiry(app: App, orders_stack: Stack, at: str) -> None:
    rule = a_rule_without_target(orders_stack)
    acknowledge(
        rule if at == "resource" else orders_stack,
        "DLV012",
        reason="another tool adds the target",
        owner="team-orders",
        expires=date(2027, 6, 30),
    )

    (finding,) = found(app)

    assert finding.acknowledged is not None
    assert finding.acknowledged.reason == "another tool adds the target"
    assert (finding.acknowledged.owner, finding.acknowledged.expires) == ("team-orders", date(2027, 6, 30))


def test_after_its_last_day_the_finding_is_back_and_says_whose_it_was(app: App, orders_stack: Stack) -> None:
    rule = a_rule_without_target(orders_stack)
    acknowledge(rule, "DLV012", reason="until the tool is there", owner="team-orders", expires=date(2026, 11, 22))

    (finding,) = found(app)

    assert finding.acknowledged is None
    assert finding.message.endswith("; acknowledged until 2026-11-22 by team-orders, which is over")


def test_an_acknowledgement_that_nothing_needs_is_found(app: App, orders_stack: Stack) -> None:
    acknowledge(a_rule_without_target(orders_stack), "DLV001", reason="heartbeats only")

    by_check = {finding.check_id: finding for finding in found(app)}

    assert by_check["ACK001"].message == "nothing is found that DLV001 is acknowledged for: 'heartbeats only'"
    assert by_check["ACK001"].location.logical_id == "Ship"


def test_the_pack_lets_an_acknowledged_error_pass(app: App, orders_stack: Stack) -> None:
    public = events.CfnEventBusPolicy(
        orders_stack,
        "Public",
        event_bus_name="default",
        statement_id="acme-prod-orders--public",
        statement={"Sid": "public", "Effect": "Allow", "Principal": "*", "Action": "events:PutEvents", "Resource": "*"},
    )
    acknowledge(public, "ACC001", reason="an open bus, on purpose")
    acknowledge(public, "ACC009", reason="an open bus, on purpose")
    Validations.of(app).add_plugins(EventBridgeChecks(app))

    app.synth()


def test_fails_without_a_reason_and_leaves_the_resource_as_it_was(orders_stack: Stack) -> None:
    rule = a_rule_without_target(orders_stack)

    with pytest.raises(DeclarationError, match="reason must say why DLV012 is acknowledged, got ''"):
        acknowledge(rule, "DLV012", reason="")

    assert rule.cfn_options.metadata is None


def test_fails_where_there_is_no_resource_yet(orders_stack: Stack) -> None:
    with pytest.raises(PlacementError, match="construct must have a resource in it by now"):
        acknowledge(Construct(orders_stack, "Empty"), "DLV012", reason="later")
