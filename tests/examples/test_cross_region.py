"""Orders in two Regions, billing in a third: what is only so between Regions."""

from __future__ import annotations

from pathlib import Path

from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.naming.arn import Arn
from cdk_eventbridge_patterns.testing import assert_no_findings
from examples.cross_region.app import BILLING, FRANKFURT, IRELAND, ORDERS, VIRGINIA
from tests.templates import SynthesizedStack

Stacks = dict[str, SynthesizedStack]


def test_nothing_is_found_not_even_what_could_not_be_decided(assemblies: Path) -> None:
    assert_no_findings(assemblies / "cross_region", at_least=Severity.INFO)


def test_rule_role_and_queue_of_a_subscription_stand_in_the_region_of_the_producer(cross_region: Stacks) -> None:
    for region in (IRELAND, FRANKFURT):
        stack = cross_region[f"BillingSubscriptions-{region}"]
        rule = stack.one("AWS::Events::Rule")
        (target,) = rule["Targets"]

        assert Arn.parse(rule["EventBusName"]).region == region
        assert target["Arn"] == f"arn:aws:events:{VIRGINIA}:{BILLING}:event-bus/acme-prod-billing"
        assert Arn.parse(target["DeadLetterConfig"]["Arn"]).region == region


def test_no_role_of_an_account_has_the_name_of_another_for_roles_are_global(cross_region: Stacks) -> None:
    roles = [
        (stack.account, role["Properties"]["RoleName"])
        for stack in cross_region.values()
        for role in stack.of_type("AWS::IAM::Role").values()
    ]

    assert sorted(roles) == [
        (ORDERS, "acme-prod-orders--order-placed-v1-to-audit--eu-west-1"),
        (ORDERS, "acme-prod-orders--order-placed-v1-to-audit-eu-west-1--e_a4fd4a3d"),
        (BILLING, "acme-prod-billing--from-orders-to-us-east-1--eu-central-1"),
        (BILLING, "acme-prod-billing--from-orders-to-us-east-1--eu-west-1"),
    ]


def test_the_endpoint_waits_for_both_buses_and_routes_wait_for_the_receiver(cross_region: Stacks) -> None:
    orders, standby = cross_region[f"Orders-{IRELAND}"], cross_region[f"Orders-{FRANKFURT}"]

    assert {standby.name, cross_region["Audit"].name} <= orders.dependencies
    assert orders.resources["OrdersEndpoint"]["DependsOn"] in (["OrdersBus"], "OrdersBus")
