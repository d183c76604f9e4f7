"""What is said of a name that does not follow the convention."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.naming import Case, NameFault, NamingConvention, ResourceKind

ACME = NamingConvention(organization="acme", stage="prod")
SNAKE = replace(ACME, case=Case.SNAKE, template="{organization}_{stage}_{service}")
PASCAL = replace(ACME, case=Case.PASCAL, template="{organization}{stage}{service}")
LISTED = replace(ACME, allowed={"stage": ["test", "prod"], "service": ["orders", "order-history", "billing"]})
SHORT = replace(ACME, abbreviations={"billing": "bil"})

A_LONG_NAME = "invoices-for-orders-of-large-customers-in-all-countries"
BUS, RULE, QUEUE, ROLE = ResourceKind.BUS, ResourceKind.RULE, ResourceKind.QUEUE, ResourceKind.ROLE


def expected(naming: NamingConvention, kind: ResourceKind, name: str, service: str | None = None) -> str:
    fault = naming.fault(kind, name, service=service)
    assert fault is not None
    assert (fault.kind, fault.actual) == (kind, name)
    return fault.expected


@pytest.mark.parametrize(
    ("kind", "name", "service"),
    [
        pytest.param(BUS, "acme-prod-orders", None, id="bus"),
        pytest.param(BUS, "acme-prod-orders--audit", "orders", id="second bus"),
        pytest.param(RULE, "acme-prod-billing--order-placed-v1", "billing", id="rule"),
        pytest.param(RULE, ACME.rule_name("billing", A_LONG_NAME), "billing", id="shortened rule"),
        pytest.param(QUEUE, "acme-prod-billing", None, id="only queue"),
        pytest.param(BUS, f"acme-prod-{A_LONG_NAME}", None, id="bus of a service too long for rules"),
        pytest.param(ResourceKind.SOURCE, "com.acme.orders", "orders", id="source"),
        pytest.param(ResourceKind.DETAIL_TYPE, "OrderPlaced.v1", None, id="detail-type"),
        pytest.param(ResourceKind.SCHEMA, "com.acme.orders@OrderPlaced.v1", "orders", id="schema"),
    ],
)
def test_nothing_is_said_of_a_name_that_follows_the_convention(
    kind: ResourceKind, name: str, service: str | None
) -> None:
    assert ACME.fault(kind, name, service=service) is None


@pytest.mark.parametrize(
    ("kind", "name", "service", "nearest"),
    [
        pytest.param(BUS, "OrdersBus", "orders", "acme-prod-orders", id="without the kind's own word"),
        pytest.param(BUS, "OrdersEventBus", None, "acme-prod-orders", id="a bus is called as its service"),
        pytest.param(BUS, "event-bus", None, "acme-prod-<service>", id="no word but the kind's own"),
        pytest.param(BUS, "OrderBusHistory", None, "acme-prod-order-history", id="the kind's word in the middle"),
        pytest.param(BUS, "EventStoreBus", "event-store", "acme-prod-event-store", id="a service like the kind"),
        pytest.param(BUS, "2ndBus", None, "acme-prod-<service>--2nd", id="what can't be a service"),
        pytest.param(BUS, "AuditBus", "orders", "acme-prod-orders--audit", id="what is left is a part"),
        pytest.param(BUS, "Acme_Prod_Orders", None, "acme-prod-orders", id="another case"),
        pytest.param(RULE, "OrderPlacedRule", None, "acme-prod-<service>--order-placed", id="whose is not known"),
        pytest.param(RULE, "OrderPlacedRule", "billing", "acme-prod-billing--order-placed", id="whose is known"),
        pytest.param(RULE, "billing-order-placed", "billing", "acme-prod-billing--order-placed", id="said twice"),
        pytest.param(
            RULE, "order-history.placed", "order-history", "acme-prod-order-history--placed", id="service of two words"
        ),
        pytest.param(
            RULE, "Acme-Prod-Billing--OrderPlaced", None, "acme-prod-billing--order-placed", id="whose is written"
        ),
        pytest.param(RULE, "acme-prod-billing", None, "acme-prod-billing--<name>", id="rule outside its prefix"),
        pytest.param(RULE, "Rule", "billing", "acme-prod-billing--<name>", id="rule without a name"),
        pytest.param(
            QUEUE,
            "acme-test-billing--dead-letters",
            "billing",
            "acme-prod-billing--test--dead-letters",
            id="a word that may be a stage",
        ),
        pytest.param(
            ROLE,
            "Billing--FromOrders--eu-west-1",
            "billing",
            "acme-prod-billing--from-orders--eu-west-1",
            id="a role keeps its Region",
        ),
        pytest.param(
            RULE, "acme-prod-orders--paid", "billing", "acme-prod-billing--paid", id="of another service than given"
        ),
        pytest.param(ResourceKind.ARCHIVE, f"Orders-{A_LONG_NAME}", "orders", "acme-prod-orders", id="far too long"),
        pytest.param(BUS, "hub", "Orders Team", "acme-prod-<service>--hub", id="a service that can't be one"),
        pytest.param(BUS, "", None, "acme-prod-<service>", id="empty"),
        pytest.param(
            ResourceKind.API_DESTINATION, "LedgerApiDestination", "billing", "acme-prod-billing--ledger", id="two words"
        ),
    ],
)
def test_the_nearest_name_has_the_words_that_are_not_fixed(
    kind: ResourceKind, name: str, service: str | None, nearest: str
) -> None:
    assert expected(ACME, kind, name, service) == nearest


@pytest.mark.parametrize(
    ("naming", "kind", "name", "service", "nearest"),
    [
        pytest.param(SNAKE, RULE, "acme-prod-billing--paid", None, "acme_prod_billing__paid", id="snake"),
        pytest.param(PASCAL, RULE, "order-2-paid", "billing", "AcmeProdBilling--Order2Paid", id="pascal"),
        pytest.param(PASCAL, RULE, "2-paid", None, "AcmeProd<service>--Paid", id="no digit in front"),
        pytest.param(SHORT, RULE, "bil-paid", "billing", "acme-prod-bil--paid", id="abbreviated"),
        pytest.param(SHORT, RULE, "acme-prod-billing--paid", None, "acme-prod-bil--paid", id="in full"),
        pytest.param(LISTED, BUS, "acme-test-orders", None, "acme-prod-orders", id="another stage"),
        pytest.param(LISTED, BUS, "acme-prod-biling", None, "acme-prod-billing", id="misspelt service"),
        pytest.param(LISTED, RULE, "OrderHistoryPaid", None, "acme-prod-order-history--paid", id="the longest fits"),
    ],
)
def test_the_nearest_name_reads_as_configured(
    naming: NamingConvention, kind: ResourceKind, name: str, service: str | None, nearest: str
) -> None:
    assert expected(naming, kind, name, service) == nearest


@pytest.mark.parametrize(
    ("kind", "name", "service", "nearest"),
    [
        pytest.param(ResourceKind.SOURCE, "com.acme.Orders", None, "com.acme.orders", id="source in capitals"),
        pytest.param(ResourceKind.SOURCE, "shop", "orders", "com.acme.orders", id="source of a known service"),
        pytest.param(ResourceKind.SOURCE, "com.acme.orders", "billing", "com.acme.billing", id="another's source"),
        pytest.param(ResourceKind.SOURCE, "com.acme.", None, "com.acme.<service>", id="source of nobody"),
        pytest.param(ResourceKind.DETAIL_TYPE, "order-placed", None, "OrderPlaced.v1", id="detail-type in kebab"),
        pytest.param(ResourceKind.DETAIL_TYPE, "Order Placed V2", None, "OrderPlaced.v2", id="version in words"),
        pytest.param(ResourceKind.DETAIL_TYPE, "OrderPlace.v2", None, "OrderPlaced.v2", id="not a fact"),
        pytest.param(ResourceKind.DETAIL_TYPE, "O" * 129, None, "OrderPlaced.v1", id="detail-type far too long"),
        pytest.param(
            ResourceKind.SCHEMA, "com.acme.orders@OrderPlaced", None, "com.acme.orders@OrderPlaced.v1", id="schema"
        ),
        pytest.param(
            ResourceKind.SCHEMA, "orders", "orders", "com.acme.orders@OrderPlaced.v1", id="schema without detail-type"
        ),
    ],
)
def test_sources_detail_types_and_schemas_are_judged_too(
    kind: ResourceKind, name: str, service: str | None, nearest: str
) -> None:
    assert expected(ACME, kind, name, service) == nearest


@pytest.mark.parametrize(
    ("kind", "name", "service", "why"),
    [
        (BUS, "hub", None, "event bus name must begin with 'acme-prod-' and a service, such as 'acme-prod-orders', "),
        (BUS, "acme-prod-orders", "billing", "event bus name must be of 'billing', got 'acme-prod-orders' of 'orders'"),
        (QUEUE, "orders.fifo", None, "queue name must match [A-Za-z0-9\\-_]+, got 'orders.fifo'"),
        (ResourceKind.ARCHIVE, "a" * 49, None, "archive name must be at most 48 characters, got 49"),
        (
            RULE,
            "acme-prod-billing",
            None,
            "rule name must begin with 'acme-prod-billing--', which is what the policies of buses allow, got 'acme-",
        ),
        (ResourceKind.SOURCE, "com.acme.orders", "billing", "source must be of 'billing', got 'com.acme.orders' of "),
        (ResourceKind.DETAIL_TYPE, "OrderPlaced", None, "detail_type must be an event and its version, such as "),
        (ResourceKind.DETAIL_TYPE, "OrderPlace.v1", None, "event must be a past-tense fact in PascalCase, such as "),
    ],
)
def test_a_fault_says_why(kind: ResourceKind, name: str, service: str | None, why: str) -> None:
    fault = ACME.fault(kind, name, service=service)

    assert fault is not None
    assert fault.why.startswith(why)


def test_a_service_that_is_not_listed_is_a_fault() -> None:
    assert LISTED.fault(BUS, "acme-prod-biling") == NameFault(
        BUS,
        "acme-prod-biling",
        "acme-prod-billing",
        "service must be an allowed value, such as 'billing', got 'biling'",
    )
