import json
from dataclasses import replace
from typing import Any

from cdk_eventbridge_patterns.checks.quotas.bus_policy_too_long import BusPolicyTooLong
from cdk_eventbridge_patterns.testing.builders import ORDERS, a_bus, a_bus_policy, a_policy
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.checks.judged import judged

CHECK = BusPolicyTooLong()
BUS = a_bus()
BUS_POLICY = "AWS::Events::EventBusPolicy"
WRAPPER = '{"Version":"2012-10-17","Statement":[]}'


def of_length(length: int, account: str = ORDERS) -> dict[str, Any]:
    """Return a statement that is as long as that as JSON."""
    written = {"Sid": "", "Effect": "Allow", "Principal": {"AWS": account}, "Action": "events:PutEvents"}
    return {**written, "Sid": "s" * (length - len(json.dumps(written, separators=(",", ":"))))}


FULL = 10_240 - len(WRAPPER) - 1
"""What two statements may have together, with the comma between them."""


def test_a_policy_is_as_long_as_all_statements_with_what_is_around_them() -> None:
    half = a_bus_policy(of_length(FULL // 2))

    assert judged(CHECK, BUS, half, a_bus_policy(of_length(FULL - FULL // 2))) == []
    (line,) = judged(CHECK, BUS, half, a_bus_policy(of_length(FULL - FULL // 2 + 1)))
    assert line == (
        "error at Policyeventbusacmeprodorders: policy of bus 'acme-prod-orders' is 10241 characters, "
        "and 10240 is the quota"
    )


def test_the_policy_of_a_default_bus_counts_whoever_adds_to_it() -> None:
    default = f"arn:aws:events:eu-west-1:{ORDERS}:event-bus/default"
    statements = [a_policy(default, of_length(size), resource_type=BUS_POLICY) for size in (FULL // 2, FULL // 2 + 1)]

    (line,) = judged(CHECK, *statements)

    assert line.endswith("policy of bus 'default' is 10241 characters, and 10240 is the quota")


def test_the_policy_inside_the_bus_counts_too() -> None:
    inline = a_policy(BUS.arn, of_length(FULL // 2), resource_type="AWS::Events::EventBus")

    assert judged(CHECK, BUS, inline, a_bus_policy(of_length(FULL))) != []


def test_the_newer_bus_may_have_twice_as_much() -> None:
    newer = replace(BUS, kind=BusKind.V2)

    assert judged(CHECK, newer, a_bus_policy(of_length(20_400))) == []
    assert judged(CHECK, newer, a_bus_policy(of_length(20_480))) != []


def test_a_statement_that_may_not_be_there_or_may_be_shorter_leaves_it_undecided() -> None:
    sure = a_bus_policy(of_length(FULL))
    maybe = replace(a_bus_policy(of_length(200)), conditional=Undecided("condition 'IsProd' is not known"))
    unknown = a_bus_policy(of_length(200, "«parameter 'Account'»"))

    question = "undecided at Policyeventbusacmeprodorders: whether the policy of bus 'acme-prod-orders' is longer than "
    assert judged(CHECK, BUS, sure, maybe) == [
        f"{question}10240 characters is undecided: condition 'IsProd' is not known"
    ]
    assert judged(CHECK, BUS, sure, unknown) == [
        f"{question}10240 characters is undecided: parameter 'Account' is known at deployment only"
    ]
    assert judged(CHECK, BUS, sure, a_bus_policy(of_length(200)), maybe)[0].startswith("error")
