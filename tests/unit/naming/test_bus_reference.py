import pytest

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming import BusAddress, BusReference, NamingConvention

ACME = NamingConvention(organization="acme", stage="prod")


def test_a_bus_known_by_service_and_account_takes_name_and_region_from_where_it_is_used() -> None:
    orders = BusReference.of("orders", account="111111111111")

    address = orders.resolve(ACME, "eu-west-1")

    assert address == BusAddress("111111111111", "eu-west-1", "acme-prod-orders")
    assert address.arn == "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders"


def test_a_region_of_its_own_wins_over_the_one_where_it_is_used() -> None:
    orders = BusReference.of("orders", account="111111111111", region="us-east-1")

    assert orders.resolve(ACME, "eu-west-1").region == "us-east-1"


def test_a_qualifier_leads_to_the_second_bus_of_the_service() -> None:
    audit = BusReference.of("orders", account="111111111111", qualifier="audit")

    assert audit.resolve(ACME, "eu-west-1").name == ACME.bus_name("orders", qualifier="audit")


def test_a_bus_known_by_its_arn_keeps_its_name_whatever_the_convention() -> None:
    legacy = BusReference.from_arn("arn:aws-cn:events:cn-north-1:111111111111:event-bus/Legacy.Orders")

    address = legacy.resolve(ACME, "eu-west-1")

    assert address == BusAddress("111111111111", "cn-north-1", "Legacy.Orders")
    assert address.arn == "arn:aws-cn:events:cn-north-1:111111111111:event-bus/Legacy.Orders"


def test_a_rule_carries_the_account_of_the_bus_whoever_made_it() -> None:
    orders = BusAddress("111111111111", "eu-west-1", "acme-prod-orders")

    rule = orders.rule_arn(ACME.rule_name("billing", "order-placed-v1"))

    assert rule == ("arn:aws:events:eu-west-1:111111111111:rule/acme-prod-orders/acme-prod-billing--order-placed-v1")


@pytest.mark.parametrize(
    ("service", "account", "region", "qualifier", "message"),
    [
        ("Orders", "111111111111", None, None, "service must be lower-case words joined by single hyphens"),
        ("orders", "billing", None, None, "account must be a 12-digit account id in quotes"),
        ("orders", "111111111111", "Ireland", None, "region must be a Region"),
        (
            "orders",
            "111111111111",
            None,
            "Audit",
            "qualifier must be lower-case words joined by single hyphens",
        ),
    ],
)
def test_a_reference_is_checked_when_it_is_made(
    service: str, account: str, region: str | None, qualifier: str | None, message: str
) -> None:
    with pytest.raises(NamingError, match=message):
        BusReference.of(service, account=account, region=region, qualifier=qualifier)


@pytest.mark.parametrize(
    ("event_bus_arn", "message"),
    [
        pytest.param("acme-prod-orders", "event_bus_arn must be a literal ARN", id="a name"),
        pytest.param(
            "arn:aws:sqs:eu-west-1:111111111111:orders",
            "event_bus_arn must be the ARN of a custom event bus",
            id="a queue",
        ),
        pytest.param(
            "arn:aws:events:eu-west-1:111111111111:rule/orders/ship",
            "event_bus_arn must be the ARN of a custom event bus",
            id="a rule",
        ),
        pytest.param(
            "arn:aws:events:eu-west-1:111111111111:event-bus/default",
            "event_bus_arn must be the ARN of a custom event bus",
            id="the default bus",
        ),
        pytest.param(
            "arn:aws:events:eu-west-1:111111111111:event-bus/",
            "event_bus_arn must be the ARN of a custom event bus",
            id="no name",
        ),
        pytest.param(
            "arn:aws:events:eu-west-1:111111111111:event-bus/aws.partner/example.com/1",
            "event bus name must match",
            id="a partner's bus",
        ),
        pytest.param(
            "arn:aws:events:eu-west-1:${Token[AWS.AccountId.3]}:event-bus/orders",
            "account must be a 12-digit account id in quotes",
            id="a token for the account",
        ),
        pytest.param("arn:aws:events::111111111111:event-bus/orders", "region must be a Region", id="no Region"),
    ],
)
def test_only_the_literal_arn_of_a_custom_bus_will_do(event_bus_arn: str, message: str) -> None:
    with pytest.raises(NamingError, match=message):
        BusReference.from_arn(event_bus_arn)


def test_a_reference_made_by_hand_needs_a_service_or_a_name() -> None:
    nowhere = BusReference(account="111111111111")

    with pytest.raises(NamingError, match=r"needs a service or a name; make it with BusReference\.of\(\) or from_arn"):
        nowhere.resolve(ACME, "eu-west-1")
