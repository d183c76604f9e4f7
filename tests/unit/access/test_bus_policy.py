import json

import pytest

from cdk_eventbridge_patterns.access import DEFAULT_POLICY_QUOTA, BusPolicy, Consumer, Statement
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
        for statement in subscribe_statements(ORDERS, ACME, Consumer(f"consumer-{number}", f"{number:012}"), EVENTS)
    ]


def test_the_size_is_that_of_the_document_without_white_space() -> None:
    statements = statements_for(2)

    policy = BusPolicy(ORDERS, statements)

    assert policy.size == len(json.dumps(policy_document(*statements), separators=(",", ":")))
    assert list(policy) == statements


def test_a_policy_may_be_as_long_as_the_quota_and_not_a_character_longer() -> None:
    statements = statements_for(1)
    size = BusPolicy(ORDERS, statements).size

    assert BusPolicy(ORDERS, statements, quota=size).size == size
    with pytest.raises(AccessError, match=f"is {size} characters with 3 statements, over the quota of {size - 1}"):
        BusPolicy(ORDERS, statements, quota=size - 1)


def test_a_handful_of_consumers_fit_and_dozens_are_told_what_to_do() -> None:
    assert BusPolicy(ORDERS, statements_for(5)).size < DEFAULT_POLICY_QUOTA

    with pytest.raises(AccessError) as refusal:
        BusPolicy(ORDERS, statements_for(24))

    assert "policy of bus 'acme-prod-orders' is" in str(refusal.value)
    assert "pass organization_id=" in str(refusal.value)
    assert "pass policy_quota=" in str(refusal.value)


def test_an_organisation_takes_the_room_of_about_one_consumer() -> None:
    organization = BusPolicy(ORDERS, organization_statements(ORDERS, ACME, "o-exampleorg1", EVENTS))

    assert organization.size < 1.2 * BusPolicy(ORDERS, statements_for(1)).size
