"""`cdk-eventbridge who`: one command for each question about who may do what."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

who = typer.Typer(
    name="who", help="Ask who may publish on a bus, who may subscribe, and who receives an event.", no_args_is_help=True
)

_Bus = Annotated[str, typer.Argument(metavar="BUS", help="The bus: its name, its ARN or the end of one.")]
_Paths = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Assemblies, templates, estate files.")]
_Source = Annotated[str | None, typer.Option(help="Just events of this source.")]
_DetailType = Annotated[str | None, typer.Option(help="Just events of this detail-type.")]
_Event = Annotated[str | None, typer.Option(help="Just this event that a bus declares, such as orders/OrderPlaced.")]
_Region = Annotated[str | None, typer.Option(help="The Region of what says none itself.")]


class Format(str, Enum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"


_Format = Annotated[Format, typer.Option("--format", help="How the answer is written.")]


@who.command("can-publish")
def can_publish(
    bus: _Bus,
    paths: _Paths,
    event: _Event = None,
    source: _Source = None,
    detail_type: _DetailType = None,
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: _Region = None,
    form: _Format = Format.TEXT,
) -> None:
    """Say who may publish on a bus, which events, by which statements; and which rules bring events there."""
    from cdk_eventbridge_patterns.cli.asked import Asked  # noqa: PLC0415 - help should not wait for it
    from cdk_eventbridge_patterns.cli.who_can_publish import who_can_publish  # noqa: PLC0415

    asked = Asked.of(paths, bus, account, region, event=event, source=source, detail_type=detail_type)
    who_can_publish(asked, form=form.value)


@who.command("can-subscribe")
def can_subscribe(
    bus: _Bus,
    paths: _Paths,
    by: Annotated[str | None, typer.Option(help="Just this account, 12 digits.")] = None,
    event: _Event = None,
    source: _Source = None,
    detail_type: _DetailType = None,
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: _Region = None,
    form: _Format = Format.TEXT,
) -> None:
    """Say who may put rules on a bus, for which events and to which targets, by which statements; and who has some."""
    from cdk_eventbridge_patterns.cli.asked import Asked  # noqa: PLC0415
    from cdk_eventbridge_patterns.cli.who_can_subscribe import who_can_subscribe  # noqa: PLC0415

    asked = Asked.of(paths, bus, account, region, event=event, source=source, detail_type=detail_type)
    who_can_subscribe(asked, by=by, form=form.value)


@who.command("receives")
def receives(
    event: Annotated[
        str,
        typer.Argument(
            metavar="EVENT", help="An event that a bus declares, such as orders/OrderPlaced; with --bus, a detail-type."
        ),
    ],
    paths: _Paths,
    bus: Annotated[str | None, typer.Option(help="The bus it is published on: its name, its ARN or the end.")] = None,
    source: Annotated[str | None, typer.Option(help="Its source, where no bus declares it.")] = None,
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: _Region = None,
    form: _Format = Format.TEXT,
) -> None:
    """Say which targets an event comes to, by which rules and buses, and what keeps it from others."""
    from cdk_eventbridge_patterns.assembly.read_topology import read_topology  # noqa: PLC0415
    from cdk_eventbridge_patterns.cli.who_receives import who_receives  # noqa: PLC0415

    topology = read_topology(paths, account=account, region=region)
    who_receives(topology, event, bus=bus, source=source, form=form.value)
