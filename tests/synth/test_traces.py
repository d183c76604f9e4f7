"""Where something was made: noted only for who asks for the lines of Python, which Node doesn't see otherwise."""

from __future__ import annotations

import pytest
from aws_cdk import App

from cdk_eventbridge_patterns import ConsumerBus, MultiBusTopology, Service, ServiceStack
from tests.world import BILLING, INVOICE_ISSUED, REGION, a_stack

KEY = "aws:cdk:disable-creation-stack-traces"


def a_topology(app: App) -> ServiceStack:
    """Return the stack of billing, in a topology."""
    services = [Service("billing", BILLING, publishes=[INVOICE_ISSUED])]
    return MultiBusTopology(app, "Estate", services=services, region=REGION).stacks["billing"]


def test_nothing_in_a_topology_has_a_trace(app: App) -> None:
    stack = a_topology(app)

    assert stack.node.try_get_context(KEY) is True


def test_a_bus_in_a_stack_of_a_team_leaves_the_rest_of_the_stack_its_traces(app: App) -> None:
    stack = a_stack(app, "Billing", BILLING)

    bus = ConsumerBus(stack, "Bus", service="billing")

    assert bus.node.try_get_context(KEY) is True
    assert stack.node.try_get_context(KEY) is None


def test_who_asks_for_the_lines_of_python_has_them(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JSII_HOST_STACK_TRACES", "1")

    stack = a_topology(app)

    assert stack.node.try_get_context(KEY) is None
