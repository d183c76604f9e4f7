"""What is said to be missing is what was missing: pasted in, it lets the event on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from cdk_eventbridge_patterns.assembly.elements.statements import statement
from cdk_eventbridge_patterns.simulation import Remedy
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_bus_policy,
    a_key,
    a_policy,
    a_queue,
    a_receiver,
    a_role,
    a_rule,
    a_target,
    key_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.policy_statement import PolicyStatement
from cdk_eventbridge_patterns.topology.security import Role
from cdk_eventbridge_patterns.topology.topology import Topology
from tests.unit.simulation.world import (
    BILLING_BUS,
    DELIVERY,
    DIRECT,
    MAY_PUBLISH,
    OWN_QUEUE,
    ROUTE,
    SENDER,
    SUBSCRIPTION,
    Parts,
    account,
    allow,
    deny,
    of,
    placed,
    step,
)

GROUP = f"arn:aws:logs:eu-west-1:{ORDERS}:log-group:/aws/events/orders"
STREAM = f"arn:aws:kinesis:eu-west-1:{ORDERS}:stream/facts"
CHECKOUT = role_arn("checkout")
KEY = key_arn(account=ORDERS)
NO_USE = a_key("1234", account=ORDERS)


def a_subscription_to(*sources: str) -> Parts:
    rule = a_rule(a_target(BILLING_BUS, role_arn=role_arn()), account=BILLING, event_pattern={"source": [*sources]})
    return {**SUBSCRIPTION, "rule": rule, "orders_policy": None}


def pasted(topology: Topology, remedies: Sequence[Remedy]) -> Topology:
    """Return *topology* with the statements where they are said to belong."""
    for remedy in remedies:
        what, _, arn = remedy.of.removeprefix("the ").rpartition(" ")
        missing = statement(remedy.statement, a_bus().location)
        if "role" in what:
            roles = (_with(each, missing, what) if each.arn == arn else each for each in topology.roles)
            topology = replace(topology, roles=tuple(roles))
        elif "key" in what:
            keys = (replace(each, statements=(*each.statements, missing)) for each in topology.keys if each.arn == arn)
            topology = replace(topology, keys=tuple(keys))
        else:
            on = f"{arn.partition(':log-group:')[0]}:log-group:*" if ":logs:" in arn else arn
            topology = replace(topology, policies=(*topology.policies, a_policy(on, remedy.statement)))
    return topology


def _with(role: Role, missing: PolicyStatement, what: str) -> Role:
    if what.startswith("trust"):
        return replace(role, trust=(*role.trust, missing))
    return replace(role, permissions=(*role.permissions, missing))


@pytest.mark.parametrize(
    ("parts", "says", "options"),
    [
        (ROUTE, "may put OrderPlaced.v1", {"publisher": BILLING}),
        ({**ROUTE, "own": a_role("checkout")}, "may put OrderPlaced.v1", {"publisher": CHECKOUT}),
        (a_subscription_to("com.acme.orders"), "may put rule", {}),
        (a_subscription_to("com.acme.orders", "com.acme.billing"), "may put rule", {}),
        ({**SUBSCRIPTION, "rule": a_rule(account=BILLING), "orders_policy": None}, "may put rule", {}),
        ({**SUBSCRIPTION, "role": a_role("from-orders", MAY_PUBLISH, trust=())}, "may assume role", {}),
        ({**SUBSCRIPTION, "role": a_role("from-orders")}, "may do events:PutEvents", {}),
        ({**ROUTE, "billing_policy": None}, f"{BILLING_BUS} lets role", {}),
        ({**DIRECT, "queue_policy": None}, "lets role", {}),
        ({**DELIVERY, "queue_policy": None}, f"{OWN_QUEUE} lets rule", {}),
        ({**DELIVERY, "lost_policy": None}, "lost lets rule", {}),
        (
            {
                **DELIVERY,
                "rule": a_rule(a_target(GROUP)),
                "group": a_receiver(GROUP, "AWS::Logs::LogGroup"),
                "any": a_policy(f"arn:aws:logs:eu-west-1:{ORDERS}:log-group:*"),
            },
            f"{GROUP} lets rule",
            {},
        ),
        ({**DELIVERY, "queue": a_queue("shipping", account=ORDERS, key=KEY), "key": NO_USE}, "the key of", {}),
        ({**DELIVERY, "orders_bus": a_bus(key_arn=KEY), "key": NO_USE}, "may use its key", {}),
        (
            {
                **DELIVERY,
                "rule": a_rule(a_target(STREAM, role_arn=SENDER)),
                "stream": a_receiver(STREAM, "AWS::Kinesis::Stream", key=KEY),
                "role": a_role("sender", allow("kinesis:PutRecord"), account=ORDERS),
                "key": NO_USE,
            },
            "may use the key of",
            {},
        ),
    ],
    ids=[
        "another account",
        "a role of another account",
        "a rule for one source",
        "a rule for two sources",
        "a rule without targets",
        "trust",
        "permission",
        "a bus of another account",
        "a queue of another account",
        "a queue",
        "a dead-letter queue",
        "a log group",
        "the key of a queue",
        "the key of a bus",
        "the key of a stream",
    ],
)
def test_what_is_missing_lets_the_event_on_where_it_is_pasted(parts: Parts, says: str, options: dict[str, str]) -> None:
    topology = of(parts)
    refused = step(placed(topology, **options), says)

    after = step(placed(pasted(topology, refused.remedies), **options), says)

    assert refused.refuses
    assert refused.remedies
    assert after.answer is True


def test_against_a_deny_there_is_no_statement() -> None:
    denied = of(ROUTE, orders_policy=a_bus_policy(deny("events:PutEvents", who=account(BILLING))))

    refused = step(placed(denied, publisher=BILLING), "may put OrderPlaced.v1")

    assert refused.refuses
    assert not refused.remedies


def test_the_policy_of_awss_own_key_is_nobodys_to_change() -> None:
    queue = a_queue("shipping", account=ORDERS, key="alias/aws/sqs")

    refused = step(placed(of(DELIVERY, queue=queue)), "the key of")

    assert refused.refuses
    assert not refused.remedies


def test_what_is_missing_reads_as_one_line_of_json_after_where_it_belongs() -> None:
    (missing,) = step(placed(of(DELIVERY, queue_policy=None)), f"{OWN_QUEUE} lets rule").remedies

    assert str(missing).startswith(f'in the policy of {OWN_QUEUE}: {{"Effect": "Allow", "Principal":')
