"""Yes means at least one event, and no means none: asked about each of them, the answers are the same."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.publishers import Publishers
from cdk_eventbridge_patterns.access.subscribers import ACTIONS, Subscribers
from cdk_eventbridge_patterns.testing.builders import BILLING, ORDERS, REGION, a_bus, a_bus_policy, a_topology, bus_arn
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer

LAW = settings(deadline=None, max_examples=150)

# `x` is what is made up where a statement leaves a field open, and no statement speaks of it.
SOURCES, DETAIL_TYPES = ("orders", "audit", "x"), ("Placed", "Closed", "x")
EVENTS = [AskedEvent(source=source, detail_type=detail_type) for source, detail_type in product(SOURCES, DETAIL_TYPES)]

_operators = st.builds(
    lambda quantifier, operator, if_exists: quantifier + operator + if_exists,
    st.sampled_from(["", "", "ForAllValues:"]),
    st.sampled_from(["StringEquals", "StringEquals", "StringNotEquals", "StringLike"]),
    st.sampled_from(["", "", "IfExists"]),
)


def _values(known: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(known[:-1]), min_size=1, max_size=2, unique=True)


_keys = st.fixed_dictionaries(
    {}, optional={"events:source": _values(SOURCES), "events:detail-type": _values(DETAIL_TYPES)}
)
_conditions = st.dictionaries(_operators, _keys.filter(bool), max_size=2)


def _statements(actions: tuple[str, ...], resource: str) -> st.SearchStrategy[list[Mapping[str, Any]]]:
    statement = st.fixed_dictionaries(
        {
            "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
            "Principal": st.sampled_from([{"AWS": BILLING}, {"AWS": ORDERS}, "*"]),
            "Action": st.sampled_from(actions) if len(actions) == 1 else st.just([*actions]),
            "Resource": st.just(resource),
            "Condition": _conditions,
        }
    )
    return st.lists(statement, min_size=1, max_size=3)


def _publishes(topology: Topology, event: AskedEvent) -> Answer:
    grants = Publishers(topology=topology, bus_arn=bus_arn(), event=event).grants
    return next((each.decision.answer for each in grants if each.grantee.name == f"account {BILLING}"), False)


def _subscribes(topology: Topology, event: AskedEvent) -> Answer:
    (grant,) = Subscribers(topology=topology, bus_arn=bus_arn(), event=event, account=BILLING).grants
    return grant.decision.answer


@LAW
@given(_statements(("events:PutEvents",), bus_arn()))
def test_an_account_may_publish_if_it_may_publish_some_event(policy: list[Mapping[str, Any]]) -> None:
    topology = a_topology(a_bus(), a_bus_policy(*policy))

    any_event, each = _publishes(topology, AskedEvent()), [_publishes(topology, event) for event in EVENTS]

    assert any_event is not True or True in each
    assert any_event is not False or set(each) == {False}


@LAW
@given(_statements(ACTIONS, f"arn:aws:events:{REGION}:{ORDERS}:rule/acme-prod-orders/*"))
def test_an_account_may_subscribe_if_it_may_subscribe_to_some_event(policy: list[Mapping[str, Any]]) -> None:
    topology = a_topology(a_bus(), a_bus_policy(*policy))

    any_event, each = _subscribes(topology, AskedEvent()), [_subscribes(topology, event) for event in EVENTS]

    assert any_event is not True or True in each
    assert any_event is not False or True not in each
