"""One bus for many accounts: the platform's, and what a member's stack has of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App, Stack
from aws_cdk import aws_iam as iam

from cdk_eventbridge_patterns import (
    BusReference,
    CentralBus,
    Disabled,
    Member,
    MultiBusTopology,
    Platform,
    RemoteBus,
    SchemaRegistry,
    Service,
    SingleBusTopology,
)
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError, NamingError, TopologyError
from cdk_eventbridge_patterns.testing import assert_no_findings
from tests.templates import SynthesizedStack, synthesize
from tests.world import BILLING, INVOICE_ISSUED, ORDER_CANCELLED, ORDER_PLACED, ORDERS, REGION, a_stack, an_app

PLATFORM = "444444444444"
CENTRAL = BusReference.central("platform", account=PLATFORM)
CENTRAL_ARN = f"arn:aws:events:{REGION}:{PLATFORM}:event-bus/acme-prod-platform"
SERVICES = [
    Service("orders", ORDERS, publishes=[ORDER_PLACED], consumes=[INVOICE_ISSUED]),
    Service("billing", BILLING, publishes=[INVOICE_ISSUED], consumes=[ORDER_PLACED], separate_inbox=True),
    Service("ledger", "333333333333", publishes=[], consumes=[ORDER_PLACED, INVOICE_ISSUED]),
]


def a_topology(folder: Path, shape: type[SingleBusTopology | MultiBusTopology], **given: Any) -> App:
    app = an_app(folder)
    arguments = {"services": SERVICES, "region": REGION, "platform": Platform("platform", PLATFORM), **given}
    shape(app, "Estate", **arguments)
    return app


@pytest.fixture(scope="session")
def single_bus(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SynthesizedStack]:
    """Orders, billing and a ledger on one bus."""
    return synthesize(a_topology(tmp_path_factory.mktemp("single"), SingleBusTopology))


def test_every_subscription_is_on_the_central_bus_and_named_by_consumer_and_producer(
    single_bus: dict[str, SynthesizedStack],
) -> None:
    rules = {
        rule["Properties"]["Name"]: rule["Properties"]["EventBusName"]
        for path, stack in single_bus.items()
        if path.endswith("Subscriptions")
        for rule in stack.of_type("AWS::Events::Rule").values()
    }

    assert rules == dict.fromkeys(
        [
            "acme-prod-orders--billing-invoice-issued-v1",
            "acme-prod-billing--orders-order-placed-v1",
            "acme-prod-ledger--orders-order-placed-v1",
            "acme-prod-ledger--billing-invoice-issued-v1",
        ],
        CENTRAL_ARN,
    )


def test_one_role_serves_all_rules_of_a_consumer_on_the_central_bus(single_bus: dict[str, SynthesizedStack]) -> None:
    ledger = single_bus["Estate/LedgerSubscriptions"]

    roles = [role["Properties"]["RoleName"] for role in ledger.of_type("AWS::IAM::Role").values()]

    assert roles == ["acme-prod-ledger--from-platform--eu-west-1"]


def test_subscriptions_wait_for_the_central_bus_and_their_own(single_bus: dict[str, SynthesizedStack]) -> None:
    assert single_bus["Estate/LedgerSubscriptions"].dependencies == {"Estate/Platform", "Estate/Ledger"}


def test_schemas_are_registered_where_their_owner_is(single_bus: dict[str, SynthesizedStack]) -> None:
    registries = {
        path: [each["Properties"]["RegistryName"] for each in stack.of_type("AWS::EventSchemas::Registry").values()]
        for path, stack in single_bus.items()
        if stack.of_type("AWS::EventSchemas::Registry")
    }

    assert registries == {"Estate/Orders": ["acme-prod-orders"], "Estate/Billing": ["acme-prod-billing"]}


def test_both_shapes_pass_all_checks(tmp_path: Path) -> None:
    for shape in (SingleBusTopology, MultiBusTopology):
        folder = tmp_path / shape.__name__
        a_topology(folder, shape).synth()

        assert_no_findings(folder)


def test_an_organisation_on_a_central_bus_passes_all_checks(tmp_path: Path) -> None:
    a_topology(tmp_path, SingleBusTopology, organization_id="o-exampleorg1").synth()

    assert_no_findings(tmp_path)


def test_the_bus_that_receives_has_the_same_name_in_both_shapes(tmp_path: Path) -> None:
    def receiving(shape: type[SingleBusTopology | MultiBusTopology]) -> set[str]:
        stacks = synthesize(a_topology(tmp_path / shape.__name__, shape))
        return {
            rule["Properties"]["Targets"][0]["Arn"]
            for path, stack in stacks.items()
            if path.endswith("Subscriptions")
            for rule in stack.of_type("AWS::Events::Rule").values()
        }

    single, multi = receiving(SingleBusTopology), receiving(MultiBusTopology)

    assert single == multi != set()


def test_consumers_in_another_region_subscribe_in_that_of_the_bus(tmp_path: Path) -> None:
    far = Service("ledger", "333333333333", consumes=[ORDER_PLACED], region="us-east-1")
    app = a_topology(tmp_path, SingleBusTopology, services=[Service("orders", ORDERS, publishes=[ORDER_PLACED]), far])

    stacks = synthesize(app)

    (rule,) = stacks["Estate/LedgerSubscriptionsEuWest1"].of_type("AWS::Events::Rule").values()
    assert stacks["Estate/LedgerSubscriptionsEuWest1"].region == REGION
    assert rule["Properties"]["Targets"][0]["Arn"] == (
        "arn:aws:events:us-east-1:333333333333:event-bus/acme-prod-ledger"
    )
    assert_no_findings(tmp_path)


def test_discovery_is_on_the_central_bus_for_schemas_of_all_accounts(tmp_path: Path) -> None:
    app = a_topology(tmp_path, SingleBusTopology, schema_registry=SchemaRegistry(discover_in=["prod"]))

    (discoverer,) = synthesize(app)["Estate/Platform"].of_type("AWS::EventSchemas::Discoverer").values()

    assert discoverer["Properties"]["SourceArn"] == CENTRAL_ARN
    assert discoverer["Properties"]["CrossAccount"] is True


# -- A member's own stack


def test_a_member_lets_its_role_publish_just_its_events_on_the_central_bus(app: App, orders_stack: Stack) -> None:
    bus = RemoteBus(orders_stack, "Bus", on=CENTRAL, service="orders", publishes=[ORDER_PLACED, ORDER_CANCELLED])
    role = iam.Role(orders_stack, "Checkout", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))

    bus.grant_publish(role, ORDER_PLACED)

    (policy,) = synthesize(app)["Orders"].of_type("AWS::IAM::Policy").values()
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Action": "events:PutEvents",
        "Resource": CENTRAL_ARN,
        "Condition": {"StringEquals": {"events:source": "com.acme.orders", "events:detail-type": "OrderPlaced.v1"}},
    }


def test_a_bus_elsewhere_needs_nothing_here_where_its_schemas_are_in_a_wiki(app: App, orders_stack: Stack) -> None:
    bus = RemoteBus(
        orders_stack,
        "Bus",
        on=CENTRAL,
        service="orders",
        publishes=[ORDER_PLACED],
        schema_registry=Disabled("a wiki"),
        monitoring=Disabled("the publisher looks at what PutEvents answers"),
    )

    assert bus.event_bus_name == "acme-prod-platform"
    assert bus.event_bus.event_bus_arn == CENTRAL_ARN
    assert "Resources" not in synthesize(app)["Orders"].template


def test_the_platform_lets_its_own_roles_publish_what_members_of_its_account_do(app: App) -> None:
    stack = a_stack(app, "Platform", PLATFORM)
    members = [
        Member("orders", PLATFORM, publishes=[ORDER_PLACED]),
        Member("billing", BILLING, publishes=[INVOICE_ISSUED]),
    ]
    bus = CentralBus(stack, "Bus", service="platform", members=members)
    role = iam.Role(stack, "Checkout", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))

    bus.grant_publish(role)

    (policy,) = synthesize(app)["Platform"].of_type("AWS::IAM::Policy").values()
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Condition"]["StringEquals"]["events:source"] == "com.acme.orders"
    with pytest.raises(AccessError, match=r"published there, OrderPlaced.v1, got EventContract\("):
        bus.grant_publish(role, INVOICE_ISSUED)


def test_a_central_bus_routes_nothing_of_its_members_and_says_what_to_do(app: App) -> None:
    stack = a_stack(app, "Platform", PLATFORM)
    members = [Member("orders", ORDERS, publishes=[ORDER_PLACED])]
    bus = CentralBus(stack, "Bus", service="platform", members=members)

    with pytest.raises(DeclarationError, match="take in who needs it as a Member that consumes it"):
        bus.route(ORDER_PLACED, to=BusReference.of("audit", account=BILLING))


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (
            lambda stack: RemoteBus(stack, "Bad", on="platform", service="orders", publishes=[ORDER_PLACED]),  # type: ignore[arg-type]
            DeclarationError,
            "on must be a bus reference, such as BusReference.central",
        ),
        (
            lambda stack: RemoteBus(stack, "Bad", on=CENTRAL, service="orders", publishes=[]),
            DeclarationError,
            "publishes must name at least one event contract",
        ),
        (
            lambda stack: RemoteBus(
                stack, "Bad", on=CENTRAL, service="orders", publishes=[ORDER_PLACED], readers="222222222222"
            ),
            DeclarationError,
            "readers must be a list of account ids, such as ['222222222222'], got '222222222222'",
        ),
        (
            lambda stack: RemoteBus(
                stack, "Bad", on=CENTRAL, service="orders", publishes=[ORDER_PLACED], readers=["2222"]
            ),
            NamingError,
            "readers must be a 12-digit account id in quotes, such as '111111111111', got '2222'",
        ),
        (
            lambda stack: RemoteBus(
                stack, "Bad", on=CENTRAL, service="orders", publishes=[ORDER_PLACED], organization_id="acme"
            ),
            NamingError,
            "organization_id must be an AWS organisation id, such as 'o-exampleorg1', got 'acme'",
        ),
        (
            lambda stack: RemoteBus(stack, "Bad", on=CENTRAL, service="orders", publishes=[INVOICE_ISSUED]),
            DeclarationError,
            "'orders' can't publish InvoiceIssued.v1",
        ),
        (
            lambda stack: CentralBus(stack, "Bad", service="platform", members=[]),
            DeclarationError,
            "members must be a list of Members",
        ),
    ],
)
def test_what_can_not_be_is_refused_and_leaves_the_tree_as_it_was(
    orders_stack: Stack, make: Callable[[Stack], object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=re.escape(message)):
        make(orders_stack)

    assert orders_stack.node.try_find_child("Bad") is None


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"platform": None}, "platform must say who owns the central bus"),
        ({"platform": "platform"}, "platform must be a Platform, such as"),
        ({"platform": Platform("orders", PLATFORM)}, "platform must have a name of its own, got 'orders'"),
    ],
)
def test_a_topology_without_a_proper_platform_is_refused(tmp_path: Path, given: dict[str, Any], message: str) -> None:
    with pytest.raises(TopologyError, match=message):
        a_topology(tmp_path, SingleBusTopology, **given)


def test_a_service_that_only_publishes_elsewhere_has_no_inbox_and_says_so(tmp_path: Path) -> None:
    app = an_app(tmp_path)
    topology = SingleBusTopology(
        app,
        "Estate",
        services=[Service("orders", ORDERS, publishes=[ORDER_PLACED])],
        region=REGION,
        platform=Platform("platform", PLATFORM),
    )

    with pytest.raises(DeclarationError, match="'orders' has no bus of its own, for it publishes on arn:aws:events"):
        _ = topology.stacks["orders"].inbox
