import pytest

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import ResourceKind

# AWS's limits, written down a second time: a slip in the table of kinds would be a failed deployment.
LONGEST = {
    ResourceKind.BUS: 256,
    ResourceKind.RULE: 64,
    ResourceKind.TARGET: 64,
    ResourceKind.ARCHIVE: 48,
    ResourceKind.STATEMENT: 64,
    ResourceKind.QUEUE: 80,
    ResourceKind.ROLE: 64,
    ResourceKind.REGISTRY: 64,
    ResourceKind.SCHEMA: 385,
    ResourceKind.SOURCE: 256,
    ResourceKind.DETAIL_TYPE: 128,
    ResourceKind.STACK: 128,
    ResourceKind.LOG_POLICY: 255,
    ResourceKind.ALARM: 255,
    ResourceKind.DASHBOARD: 255,
    # 512 and 256, less what stands in front.
    ResourceKind.LOG_GROUP: 480,
    ResourceKind.KEY_ALIAS: 250,
    ResourceKind.LOG_DELIVERY: 60,
    ResourceKind.TABLE: 255,
    ResourceKind.STATE_MACHINE: 80,
    ResourceKind.CONNECTION: 64,
    ResourceKind.API_DESTINATION: 64,
    ResourceKind.ENDPOINT: 64,
    ResourceKind.PIPE: 64,
    ResourceKind.SCHEDULE: 64,
    ResourceKind.SCHEDULE_GROUP: 64,
    ResourceKind.V2_BUS: 256,
    ResourceKind.SUBSCRIBER: 256,
    ResourceKind.EVENT_SOURCE: 256,
}


@pytest.mark.parametrize("kind", ResourceKind, ids=lambda kind: kind.label)
def test_a_name_may_be_as_long_as_aws_allows_and_no_longer(kind: ResourceKind) -> None:
    longest = "o" * LONGEST[kind]

    assert kind.check(longest) == longest
    with pytest.raises(NamingError) as refused:
        kind.check(longest + "o")
    assert f"{kind.label} must be at most {LONGEST[kind]} characters, got {LONGEST[kind] + 1}" in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ResourceKind.BUS, "Orders.eu_west-1"),
        (ResourceKind.STATEMENT, "orders--billing_1"),
        (ResourceKind.ROLE, "orders+billing=a,b.c@d-e"),
        (ResourceKind.SCHEMA, "com.acme.orders@OrderPlaced.v1"),
        (ResourceKind.SOURCE, "com.acme.orders"),
        (ResourceKind.DETAIL_TYPE, "Order Placed (eu)"),
        (ResourceKind.ALARM, "Orders: lost (eu)"),
        (ResourceKind.DASHBOARD, "orders_eu-west-1"),
        (ResourceKind.LOG_GROUP, "orders.bus_1"),
        (ResourceKind.PIPE, "_orders.to-billing"),
        (ResourceKind.V2_BUS, "1.orders_eu-west-1"),
        (ResourceKind.EVENT_SOURCE, "awesome.orders"),
    ],
)
def test_a_name_may_have_the_characters_that_aws_allows(kind: ResourceKind, name: str) -> None:
    assert kind.check(name) == name


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ResourceKind.BUS, "orders/eu"),
        (ResourceKind.BUS, ""),
        (ResourceKind.RULE, "order placed"),
        (ResourceKind.RULE, "bestellt-über-web"),
        (ResourceKind.TARGET, "billing:invoices"),
        (ResourceKind.STATEMENT, "orders.billing"),
        (ResourceKind.QUEUE, "orders.fifo"),
        (ResourceKind.ROLE, "orders/billing"),
        (ResourceKind.ROLE, "rôle"),
        (ResourceKind.SCHEMA, "com.acme.orders@Order Placed"),
        (ResourceKind.SOURCE, "aws.orders"),
        (ResourceKind.STACK, "1orders"),
        (ResourceKind.STACK, "orders_bus"),
        (ResourceKind.CONNECTION, "orders/billing"),
        (ResourceKind.SCHEDULE_GROUP, "every day"),
        (ResourceKind.V2_BUS, "-orders"),
        (ResourceKind.SUBSCRIBER, ".orders"),
        (ResourceKind.EVENT_SOURCE, "aws.orders"),
        (ResourceKind.SOURCE, ""),
        (ResourceKind.DETAIL_TYPE, ""),
        (ResourceKind.ALARM, ""),
        (ResourceKind.ALARM, "orders\tlost"),
        (ResourceKind.DASHBOARD, "orders.bus"),
        (ResourceKind.LOG_DELIVERY, "orders.errors"),
        (ResourceKind.KEY_ALIAS, "aws/orders"),
        (ResourceKind.STATE_MACHINE, "redrive orders"),
        (ResourceKind.BUS, "orders\n"),
    ],
)
def test_a_character_that_aws_refuses_is_refused(kind: ResourceKind, name: str) -> None:
    with pytest.raises(NamingError) as refused:
        kind.check(name)

    assert str(refused.value) == f"{kind.label} must match {kind.characters.pattern}, got {name!r}"


@pytest.mark.parametrize("word", ["log-policy", "log_policy", "LOG_POLICY"])
def test_a_kind_is_known_by_its_word(word: str) -> None:
    assert ResourceKind.of(word) is ResourceKind.LOG_POLICY


def test_a_kind_that_there_is_not_is_shown_beside_the_nearest() -> None:
    with pytest.raises(NamingError) as refused:
        ResourceKind.of("eventbus")

    assert str(refused.value) == "kind must be a kind of resource, such as 'event-source', got 'eventbus'"
