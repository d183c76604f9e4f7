"""`cdk-eventbridge who receives`."""

from __future__ import annotations

import typer

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.cli.answer import AnswerPrinter
from cdk_eventbridge_patterns.errors import QuestionError
from cdk_eventbridge_patterns.reports.called import called
from cdk_eventbridge_patterns.reports.receptions_json import receptions_json
from cdk_eventbridge_patterns.simulation.reception import Reception, receptions
from cdk_eventbridge_patterns.topology.bus import Bus
from cdk_eventbridge_patterns.topology.bus_named import bus_named
from cdk_eventbridge_patterns.topology.event_named import event_named
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.topology.topology import Topology


def who_receives(topology: Topology, event: str, *, bus: str | None, source: str | None, form: str) -> None:
    """Print which targets an event comes to, from each bus it is published on.

    Raises:
        QuestionError: If there is no such event or bus.
    """
    asked, buses = _asked(topology, event, bus=bus, source=source)
    found = {each.arn: list(receptions(topology, asked, each)) for each in buses}
    if form == "json":
        typer.echo(receptions_json(asked, found), nl=False)
        return
    printer = AnswerPrinter()
    for arn, received in found.items():
        printer.title(arn, AskedEvent(source=asked.source, detail_type=asked.detail_type))
        for each in received:
            _print(printer, each, asked)
        if not received:
            printer.nobody("no rule takes it")


def _asked(topology: Topology, event: str, *, bus: str | None, source: str | None) -> tuple[EventStamp, list[Bus]]:
    if source is None:
        stamp = event_named(topology, event)
        buses = topology.publishers_of(stamp.name)
        return stamp, [each for each in buses if bus is None or each.arn == bus_named(topology, bus)]
    if bus is None:
        raise QuestionError(f"bus must be given with source, as no bus declares the event, got source {source!r} alone")
    arn = bus_named(topology, bus)
    read = topology.bus(arn)
    if read is None:
        raise QuestionError(f"bus must be one that a template makes, got {bus!r}")
    return _undeclared(event, source), [read]


def _undeclared(detail_type: str, source: str) -> EventStamp:
    """Return an event that nobody declares, by what EventBridge routes by."""
    return EventStamp(
        service="", event=detail_type, version=1, source=source, detail_type=detail_type, data_class="internal"
    )


def _print(printer: AnswerPrinter, reception: Reception, event: EventStamp) -> None:
    declared = "" if reception.declared or not event.service else ", which nobody declared"
    decision = Decision(answer=reception.arrives, reason=reception.reason or "it arrives")
    printer.entry(decision, f"{called(reception.way.target.arn)}{declared}")
    for rule in reception.way.rules:
        printer.detail(f"by rule {rule.name} on {called(rule.bus_arn)}")
    for arn in reception.fed_from:
        printer.detail(f"feeds {called(arn)}")
