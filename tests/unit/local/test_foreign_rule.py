"""What the policy of a bus says to the calls by which a consumer manages its rule there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cdk_eventbridge_patterns.access import Consumer
from cdk_eventbridge_patterns.access.statement import policy_document
from cdk_eventbridge_patterns.access.subscribe import subscribe_statements
from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.local.foreign_rule import ForeignRule
from cdk_eventbridge_patterns.naming import BusReference, NamingConvention
from cdk_eventbridge_patterns.undecided import Undecided

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS, BILLING, SHIPPING = "111111111111", "222222222222", "333333333333"
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
BUS = BusReference.of("orders", account=ORDERS).resolve(ACME, "eu-west-1")
BILLING_BUS = f"arn:aws:events:eu-west-1:{BILLING}:event-bus/acme-prod-billing"
POLICY = policy_document(
    *subscribe_statements(
        BUS, ACME, Consumer("billing", BILLING, events=[ORDER_PLACED]), [ORDER_PLACED.event_type(ACME)]
    ).values()
)
PATTERN = json.dumps({"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]})
RULE = "acme-prod-billing--order-placed-v1"


def a_foreign_rule(
    name: str = RULE, *, caller: str = BILLING, creator: str = BILLING, policy: dict[str, Any] | None = POLICY
) -> ForeignRule:
    return ForeignRule(bus_arn=BUS.arn, policy=policy, name=name, caller=caller, creator=creator)


def test_the_rule_is_in_the_account_of_the_bus() -> None:
    assert a_foreign_rule().arn == f"arn:aws:events:eu-west-1:{ORDERS}:rule/acme-prod-orders/{RULE}"


def test_a_consumer_may_put_the_rule_it_was_allowed_aim_it_at_its_bus_and_take_it_away() -> None:
    rule = a_foreign_rule()

    assert rule.decision("PutRule", event_pattern=PATTERN).answer is True
    assert rule.decision("PutTargets", targets=(BILLING_BUS,)).answer is True
    assert rule.decision("DeleteRule").answer is True


@pytest.mark.parametrize(
    "pattern",
    ['{"source": ["com.acme.orders"]}', '{"source": ["com.acme.orders"], "detail-type": ["OrderCancelled.v1"]}'],
)
def test_a_rule_for_more_or_other_events_is_refused(pattern: str) -> None:
    assert a_foreign_rule().decision("PutRule", event_pattern=pattern).answer is False


def test_a_rule_whose_pattern_has_operators_is_undecided() -> None:
    pattern = json.dumps({"source": [{"prefix": "com.acme"}], "detail-type": ["OrderPlaced.v1"]})

    assert isinstance(a_foreign_rule().decision("PutRule", event_pattern=pattern).answer, Undecided)


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(a_foreign_rule(caller=SHIPPING, creator=SHIPPING), id="another account"),
        pytest.param(a_foreign_rule("acme-prod-shipping--x"), id="another consumer's name"),
        pytest.param(a_foreign_rule(creator=ORDERS), id="a rule that the producer created"),
        pytest.param(a_foreign_rule(policy=None), id="no policy"),
    ],
)
def test_a_rule_that_is_not_the_consumers_is_refused(rule: ForeignRule) -> None:
    assert rule.decision("DeleteRule").answer is False


def test_a_target_that_is_not_the_consumers_bus_is_refused() -> None:
    assert a_foreign_rule().decision("PutTargets", targets=(f"{BILLING_BUS}-other",)).answer is False
