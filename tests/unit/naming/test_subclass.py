"""A convention that no setting can say: all names follow from three methods."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import BusAddress, BusReference, NamingConvention, ResourceKind, ResourceName
from cdk_eventbridge_patterns.plan import Consumes
from cdk_eventbridge_patterns.plan.queue import QueueAddress, queue_policy
from cdk_eventbridge_patterns.plan.service_bus import ServiceBusDeclaration, plan_service_bus
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.subscription import SubscriptionPlan, plan_subscriptions


class ServiceFirst(NamingConvention):
    """`svc.orders.prod.bus`, and with underscores where a dot is not allowed."""

    def spell(self, kind: ResourceKind, service: str, *parts: str) -> str:
        return self._joint(kind).join(("svc", service, self.stage, kind.word, *parts))

    def prefix(self, kind: ResourceKind, service: str, word: str | None = None) -> str:
        return self.spell(kind, service, "") + ("" if word is None else f"{word}-")

    def parse(self, kind: ResourceKind, name: str) -> ResourceName:
        svc, service, stage, word, *parts = (*name.split(self._joint(kind)), "", "", "")
        if (svc, stage, word) != ("svc", self.stage, kind.word):
            msg = f"{kind.label} must read '{self.spell(kind, '<service>')}', got {name!r}"
            raise NamingError(msg)
        return ResourceName(service, tuple(filter(None, parts)))

    def source(self, service: str) -> str:
        return f"svc.{service}"

    @staticmethod
    def _joint(kind: ResourceKind) -> str:
        return "." if kind.allows(".") else "_"


SVC = ServiceFirst(organization="acme", stage="prod")
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
BILLING_BUS = BusAddress("222222222222", "eu-west-1", SVC.bus_name("billing"))
RULE_ARN = "arn:aws:events:eu-west-1:111111111111:rule/svc.orders.prod.bus/svc.billing.prod.rule."


def properties(resources: dict[str, Any], resource_type: str) -> list[dict[str, Any]]:
    return [resource["Properties"] for resource in resources.values() if resource["Type"] == resource_type]


def test_a_producers_policy_goes_by_the_names_of_the_subclass() -> None:
    plan = plan_service_bus(
        ServiceBusDeclaration(
            service="orders",
            account="111111111111",
            region="eu-west-1",
            naming=SVC,
            publishes=[ORDER_PLACED],
            consumers=[Consumer("billing", account="222222222222")],
        )
    )

    (bus,) = properties(plan.resources, "AWS::Events::EventBus")
    (archive,) = properties(plan.resources, "AWS::Events::Archive")
    policies = properties(plan.resources, "AWS::Events::EventBusPolicy")
    statements = {policy["StatementId"]: policy["Statement"] for policy in policies}
    assert bus["Name"] == "svc.orders.prod.bus"
    assert archive["ArchiveName"] == "svc.orders.prod.archive"
    assert set(statements) == {
        f"svc-orders-prod-bus--{purpose}"
        for purpose in ("publish", "billing--rules", "billing--targets", "billing--manage")
    }
    rules = statements["svc-orders-prod-bus--billing--rules"]
    targets = statements["svc-orders-prod-bus--billing--targets"]
    assert rules["Resource"] == f"{RULE_ARN}*"
    assert rules["Condition"]["ForAllValues:StringEquals"]["events:source"] == ["svc.orders"]
    assert targets["Condition"]["ArnLike"]["events:TargetArn"] == BILLING_BUS.arn


def test_a_consumers_rule_role_and_queue_go_by_the_names_of_the_subclass() -> None:
    queue = QueueAddress.of(SVC, "billing", "lost", account="222222222222", region="eu-west-1")
    subscription = SubscriptionPlan(
        subscriber=Subscriber(service="billing", bus=BILLING_BUS, naming=SVC),
        wanted=Consumes(ORDER_PLACED, on=BusReference.of("orders", account="111111111111")),
        dead_letter_arn=queue.arn,
    )

    plan = plan_subscriptions([subscription])

    (rule,) = properties(plan.resources, "AWS::Events::Rule")
    (role,) = properties(plan.resources, "AWS::IAM::Role")
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    (send, _) = queue_policy(queue.arn, [subscription.rule_arn])["Statement"]
    assert rule["Name"] == "svc.billing.prod.rule.order-placed-v1"
    assert rule["EventPattern"]["source"] == ["svc.orders"]
    assert rule["Targets"][0]["Arn"].endswith(":event-bus/svc.billing.prod.bus")
    assert rule["Targets"][0]["RoleArn"].endswith(f":role/{role['RoleName']}")
    assert rule["Targets"][0]["DeadLetterConfig"]["Arn"].endswith(":svc_billing_prod_queue_lost")
    assert trust["Condition"]["ArnLike"] == {"aws:SourceArn": f"{RULE_ARN}*"}
    assert send["Condition"] == {"ArnEquals": {"aws:SourceArn": f"{RULE_ARN}order-placed-v1"}}


def test_a_bus_that_only_receives_is_open_to_the_roles_of_the_subclass() -> None:
    plan = plan_service_bus(
        ServiceBusDeclaration(service="billing", account="222222222222", region="eu-west-1", naming=SVC)
    )

    (policy,) = properties(plan.resources, "AWS::Events::EventBusPolicy")

    allowed = policy["Statement"]["Condition"]["ArnLike"]["aws:PrincipalArn"]
    role = SVC.role_name("billing", "from-orders", region="eu-west-1")
    assert allowed == "arn:aws:iam::222222222222:role/svc.billing.prod.role.from-*"
    assert role == "svc.billing.prod.role.from-orders.eu-west-1"


def test_names_are_judged_by_the_subclass_too() -> None:
    fault = SVC.fault(ResourceKind.RULE, "OrderPlacedRule", service="billing")

    assert SVC.fault(ResourceKind.BUS, "svc.orders.prod.bus") is None
    assert fault is not None
    assert fault.expected == "svc.billing.prod.rule.order-placed"
    assert fault.why == "rule name must read 'svc.<service>.prod.rule', got 'OrderPlacedRule'"


def test_names_are_shortened_behind_the_prefix_of_the_subclass() -> None:
    name = SVC.rule_name("billing", "invoices-for-orders-of-large-customers-in-all-countries")

    assert name.startswith("svc.billing.prod.rule.invoices-for-orders")
    assert ResourceKind.RULE.check(name) == name


@pytest.mark.parametrize("service", ["Billing", "billing--2"])
def test_words_are_checked_before_the_subclass_sees_them(service: str) -> None:
    with pytest.raises(NamingError, match="service must be lower-case words joined by single hyphens"):
        SVC.rule_name(service, "order-placed-v1")
