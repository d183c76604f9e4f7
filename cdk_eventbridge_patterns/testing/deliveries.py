"""What teams assert of one event: that it is delivered, or that it is not and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.errors import TraceError
from cdk_eventbridge_patterns.reports.trace_text import trace_text
from cdk_eventbridge_patterns.simulation import Trace, trace
from cdk_eventbridge_patterns.simulation.trace import is_called
from cdk_eventbridge_patterns.testing.assertions import topology_in
from cdk_eventbridge_patterns.topology.bus_named import bus_named
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


def trace_in(
    source: Any,  # noqa: ANN401 - a CDK app, without importing the CDK
    event: Mapping[str, Any],
    *,
    bus: str | None = None,
    publisher: str | None = None,
    replay: str | None = None,
) -> Trace:
    """Return what becomes of one event in an app, an assembly, a template, an estate file or several of them.

    Args:
        source: A CDK app or stage, which is synthesized; a path; a list of these; or a topology.

        event: An event, or an entry of `PutEvents`; what EventBridge fills in may be left out.

        bus: The bus it is published to, its name or ARN. Default: the only one that declares such an event.

        publisher: Who publishes it: an account, the ARN of a role or a service. Default: the account of the bus.

        replay: The name of the replay that brings it. Default: it is published.

    Raises:
        EventBridgePatternsError: If something can't be read, or there is no such bus or event.
    """
    topology = _topology(source)
    on = _bus_that_declares(topology, event) if bus is None else bus_named(topology, bus)
    return trace(topology, event, bus=on, publisher=publisher, replay=replay)


def assert_delivers(
    source: Any,  # noqa: ANN401 - as above
    event: Mapping[str, Any],
    *,
    to: str,
    bus: str | None = None,
    publisher: str | None = None,
    replay: str | None = None,
) -> Trace:
    """Assert that an event is delivered to a target, and return its trace.

        assert_delivers(app, {"source": "com.acme.orders", "detail-type": "OrderPlaced.v1", "detail": {}}, to="bills")

    Args:
        source: As of `trace_in`, and so are all others.

        event: The event.

        to: The target: its ARN, or the name at the end of it.

        bus: The bus it is published to.

        publisher: Who publishes it.

        replay: The name of the replay that brings it.

    Raises:
        AssertionError: If it is not, or nobody can say beforehand; the message shows the trace.
    """
    found = trace_in(source, event, bus=bus, publisher=publisher, replay=replay)
    answer = found.reaches(to)
    if answer is not True:
        why = f"nobody can say: {answer.reason}" if isinstance(answer, Undecided) else "it is not"
        raise AssertionError(f"the event should be delivered to {to}, and {why}\n{trace_text(found)}")
    return found


def assert_not_delivered(
    source: Any,  # noqa: ANN401 - as above
    event: Mapping[str, Any],
    *,
    to: str,
    because: str | None = None,
    bus: str | None = None,
    publisher: str | None = None,
    replay: str | None = None,
) -> Trace:
    """Assert that an event is surely not delivered to a target, and return its trace.

    Args:
        source: As of `trace_in`, and so are all others.

        event: The event.

        to: The target: its ARN, or the name at the end of it.

        because: Words that stand in what keeps it away. Default: whatever does.

        bus: The bus it is published to.

        publisher: Who publishes it.

        replay: The name of the replay that brings it.

    Raises:
        AssertionError: If it is, nobody can say, or something else keeps it away; the message shows the trace.
    """
    topology = _topology(source)
    found = trace_in(topology, event, bus=bus, publisher=publisher, replay=replay)
    answer = found.reaches(to)
    if answer is not False:
        why = f"nobody can say: {answer.reason}" if isinstance(answer, Undecided) else "it is"
        raise AssertionError(f"the event should not be delivered to {to}, and {why}\n{trace_text(found)}")
    if because is not None:
        leading = _rules_that_lead_to(topology, to)
        alone = trace(topology, event, bus=found.bus_arn, publisher=publisher, replay=replay, only=leading)
        if not any(because in f"{step.says}: {step.reason}" for step in alone.decisions() if step.refuses):
            shown = trace_text(found, all_steps=True)
            raise AssertionError(f"nothing that keeps the event from {to} says {because!r}\n{shown}")
    return found


def _topology(source: Any) -> Topology:  # noqa: ANN401 - as above
    if isinstance(source, Topology):
        return source
    return topology_in(*(source if isinstance(source, (list, tuple)) else [source]))


def _bus_that_declares(topology: Topology, event: Mapping[str, Any]) -> str:
    asked = (event.get("source", event.get("Source")), event.get("detail-type", event.get("DetailType")))
    found = [bus.arn for bus in topology.buses if asked in {(each.source, each.detail_type) for each in bus.publishes}]
    if len(found) != 1:
        which = f"one of {' and '.join(found)}" if found else "the one it is published to, as no bus declares the event"
        raise TraceError(f"bus must be named, {which}")
    return found[0]


def _rules_that_lead_to(topology: Topology, target: str) -> set[str]:
    """Return the rules that deliver to a target, and those that bring events to their buses."""
    last = [each.rule for each in topology.deliveries() if is_called(each.target.arn, target)]
    movers = [move.rule for rule in last for move in topology.moves_to(rule.bus_arn)]
    return {rule.arn for rule in (*last, *movers)}
