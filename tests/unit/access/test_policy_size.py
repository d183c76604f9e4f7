import json

import pytest

from cdk_eventbridge_patterns.access import Consumer, Statement
from cdk_eventbridge_patterns.access.policy_size import check_policy_size, policy_size
from cdk_eventbridge_patterns.access.statement import policy_document
from cdk_eventbridge_patterns.access.subscribe import organization_statements, subscribe_statements
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.errors import AccessError
from cdk_eventbridge_patterns.naming import BusAddress, NamingConvention

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS = BusAddress("111111111111", "eu-west-1", "acme-prod-orders")
EVENTS = [EventType("com.acme.orders", "OrderPlaced.v1")]


def statements_for(consumers: int) -> list[Statement]:
    return [
        statement
        for number in range(consumers)
        for statement in subscribe_statements(
            ORDERS, ACME, Consumer(f"consumer-{number}", f"{number:012}"), EVENTS
        ).values()
    ]


def test_the_size_is_that_of_the_document_without_white_space() -> None:
    statements = statements_for(2)

    size = policy_size(statements)

    assert size == len(json.dumps(policy_document(*statements), separators=(",", ":")))


def test_a_policy_may_be_as_long_as_the_quota_and_not_a_character_longer() -> None:
    statements = statements_for(1)
    size = policy_size(statements)

    check_policy_size(ORDERS, statements, quota=size)
    with pytest.raises(AccessError, match=f"is {size} characters with 3 statements, over the quota of {size - 1}"):
        check_policy_size(ORDERS, statements, quota=size - 1)


def test_a_handful_of_consumers_fit_and_dozens_are_told_what_to_do() -> None:
    check_policy_size(ORDERS, statements_for(5))

    with pytest.raises(AccessError) as refusal:
        check_policy_size(ORDERS, statements_for(24))

    assert "policy of bus 'acme-prod-orders' is" in str(refusal.value)
    assert "pass organization_id=" in str(refusal.value)
    assert "pass policy_quota=" in str(refusal.value)


def test_an_organisation_takes_the_room_of_about_one_consumer() -> None:
    organization = list(organization_statements(ORDERS, ACME, "o-exampleorg1", EVENTS).values())

    assert policy_size(organization) < 1.2 * policy_size(statements_for(1))
