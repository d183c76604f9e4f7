"""The commands, and what they have in common: one line on what went wrong, and exit code 2."""

from __future__ import annotations

import gc
import os
import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from cdk_eventbridge_patterns.cli.who import who
from cdk_eventbridge_patterns.errors import EventBridgePatternsError

app = typer.Typer(
    name="cdk-eventbridge",
    help="Judge, trace and compare the EventBridge topology of all accounts, read from synthesized templates.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(who)


class Format(str, Enum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"


class TraceFormat(str, Enum):
    """How a trace, and what buses use, are written."""

    TEXT = "text"
    JSON = "json"


class FailOn(str, Enum):
    """From what on findings make the command fail."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class DiffFormat(str, Enum):
    """How differences are written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"
    SVG = "svg"
    MERMAID = "mermaid"


class AdoptFormat(str, Enum):
    """How what becomes of an estate is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class DiagramFormat(str, Enum):
    """How a picture is written."""

    SVG = "svg"
    MERMAID = "mermaid"
    HTML = "html"


class Detail(str, Enum):
    """What a picture shows of each service."""

    ALL = "all"
    SERVICES = "services"


class CatalogFormat(str, Enum):
    """What a catalogue is written as."""

    EVENTCATALOG = "eventcatalog"
    ASYNCAPI = "asyncapi"
    MARKDOWN = "markdown"


class DiffFailOn(str, Enum):
    """What makes the comparison fail."""

    BREAKING = "breaking"
    UNDECIDED = "undecided"
    NEVER = "never"


class AdoptFailOn(str, Enum):
    """What makes a takeover fail."""

    REPLACED = "replaced"
    UNDECIDED = "undecided"
    NEVER = "never"


def main() -> None:
    """Run the command line: exit code 0 is clean, 1 findings, 2 what could not be read or was asked wrongly."""
    gc.disable()  # the process is short and keeps what it reads to its end: looking for garbage is in vain
    try:
        app()
    except EventBridgePatternsError as error:
        sys.stderr.write(f"cdk-eventbridge: {' '.join(str(error).split())}\n")
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)


def _show_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - help should not wait for it

        typer.echo(f"cdk-eventbridge {version('cdk-eventbridge-patterns')}")
        raise typer.Exit


@app.callback()
def _common(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Assemblies, templates, estate files.")],
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: Annotated[str | None, typer.Option(help="The Region of what says none itself.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How findings are written.")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option(help="A file to write to.")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="From what on the command fails.")] = FailOn.ERROR,
    config: Annotated[Path | None, typer.Option(help="A configuration file.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Findings that are known and do not fail.")] = None,
    write_baseline: Annotated[Path | None, typer.Option(help="Write what is found as the baseline.")] = None,
    show_undecided: Annotated[bool, typer.Option(help="List what could not be decided, in text.")] = False,
) -> None:
    """Judge templates by all checks; exit code 0 is clean, 1 findings, 2 what could not be read."""
    from cdk_eventbridge_patterns.cli.check import Check  # noqa: PLC0415 - help should not wait for it

    fails = Check(
        paths=paths, account=account, region=region, config=config, baseline=baseline, write_baseline=write_baseline
    ).run(form=form.value, output=output, fail_on=fail_on.value, show_undecided=show_undecided)
    raise typer.Exit(1 if fails else 0)


@app.command()
def trace(
    event: Annotated[Path, typer.Argument(metavar="EVENT", help="A file with the event in JSON; - is standard input.")],
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Assemblies, templates, estate files.")],
    bus: Annotated[str, typer.Option(help="The bus it is published to: its name or ARN.")],
    publisher: Annotated[
        str | None, typer.Option("--from", help="Who publishes it: an account, a role's ARN, a service.")
    ] = None,
    replay: Annotated[str | None, typer.Option(help="The name of the replay that brings it.")] = None,
    expect: Annotated[list[str] | None, typer.Option(help="A target that must receive it.")] = None,
    expect_not: Annotated[list[str] | None, typer.Option(help="A target that must not receive it.")] = None,
    form: Annotated[TraceFormat, typer.Option("--format", help="How the trace is written.")] = TraceFormat.TEXT,
    all_steps: Annotated[bool, typer.Option("--all", help="Show every rule and decision, in text.")] = False,
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: Annotated[str | None, typer.Option(help="The Region of what says none itself.")] = None,
) -> None:
    """Follow one event through the topology; exit code 1 if an expected target does not receive it."""
    from cdk_eventbridge_patterns.cli.trace import TraceCommand  # noqa: PLC0415

    as_expected = TraceCommand(
        event=event,
        paths=paths,
        bus=bus,
        publisher=publisher,
        replay=replay,
        account=account,
        region=region,
        expect=expect or (),
        expect_not=expect_not or (),
    ).run(form=form.value, all_steps=all_steps)
    raise typer.Exit(0 if as_expected else 1)


@app.command()
def diff(
    base: Annotated[Path, typer.Argument(metavar="BASE", help="Before: as for check, or a folder of contracts.")],
    head: Annotated[Path, typer.Argument(metavar="HEAD", help="After: of the same sort.")],
    used_by: Annotated[
        list[Path] | None, typer.Option(metavar="PATH", help="Templates of consumers; may be given several times.")
    ] = None,
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: Annotated[str | None, typer.Option(help="The Region of what says none itself.")] = None,
    form: Annotated[DiffFormat, typer.Option("--format", help="How differences are written.")] = DiffFormat.TEXT,
    output: Annotated[Path | None, typer.Option(help="A file to write to.")] = None,
    fail_on: Annotated[DiffFailOn, typer.Option(help="What makes the command fail.")] = DiffFailOn.BREAKING,
    config: Annotated[Path | None, typer.Option(help="A configuration file, for its convention.")] = None,
) -> None:
    """Tell what differs from BASE to HEAD and whom it breaks; exit code 0 is nobody, 1 somebody, 2 not readable."""
    from cdk_eventbridge_patterns.cli.diff import Diff  # noqa: PLC0415 - help should not wait for it

    fails = Diff(base=base, head=head, used_by=used_by or (), account=account, region=region, config=config).run(
        form=form.value, output=output, fail_on=fail_on.value
    )
    raise typer.Exit(1 if fails else 0)


@app.command()
def diagram(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Assemblies, templates, estate files.")],
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: Annotated[str | None, typer.Option(help="The Region of what says none itself.")] = None,
    form: Annotated[DiagramFormat, typer.Option("--format", help="How the picture is written.")] = DiagramFormat.SVG,
    output: Annotated[Path | None, typer.Option(help="A file to write to.")] = None,
    detail: Annotated[
        Detail | None,
        typer.Option(help="All that a service has, or one box for each; default: all of up to 12."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="An event, a service, an account or a name; may be given several times.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="The title; by default what is drawn is counted.")] = None,
    config: Annotated[Path | None, typer.Option(help="A configuration file, for what findings are drawn.")] = None,
) -> None:
    """Draw accounts, buses, rules and targets, which events go where, and what is wrong on the way."""
    from cdk_eventbridge_patterns.cli.diagram import Diagram  # noqa: PLC0415 - help should not wait for it

    Diagram(paths=paths, account=account, region=region, config=config, only=only or (), title=title).run(
        form=form.value, detail=None if detail is None else detail.value, output=output
    )


@app.command()
def usage(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Assemblies, templates, estate files.")],
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: Annotated[str | None, typer.Option(help="The Region of what says none itself.")] = None,
    form: Annotated[TraceFormat, typer.Option("--format", help="How the figures are written.")] = TraceFormat.TEXT,
) -> None:
    """Count what each bus uses of AWS's default quotas, and the events that are billed."""
    from cdk_eventbridge_patterns.cli.usage import print_usage  # noqa: PLC0415 - help should not wait for it

    print_usage(paths, account=account, region=region, form=form.value)


@app.command()
def adopt(
    existing: Annotated[list[Path], typer.Argument(metavar="EXISTING...", help="What is deployed: as for check.")],
    into: Annotated[
        list[Path] | None,
        typer.Option(metavar="NEW", help="What is to be deployed over it; may be given several times."),
    ] = None,
    service: Annotated[
        list[str] | None, typer.Option(metavar="BUS=SERVICE", help="The service that owns a bus, if its name misleads.")
    ] = None,
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: Annotated[str | None, typer.Option(help="The Region of what says none itself.")] = None,
    form: Annotated[AdoptFormat, typer.Option("--format", help="How the answer is written.")] = AdoptFormat.TEXT,
    output: Annotated[Path | None, typer.Option(help="A file to write to.")] = None,
    fail_on: Annotated[AdoptFailOn, typer.Option(help="What makes the command fail.")] = AdoptFailOn.REPLACED,
    config: Annotated[Path | None, typer.Option(help="A configuration file, for its convention.")] = None,
) -> None:
    """Tell what our constructs for EXISTING would be, or what becomes of it under NEW; exit code 1 is a loss."""
    from cdk_eventbridge_patterns.cli.adopt import Adopt  # noqa: PLC0415 - help should not wait for it

    fails = Adopt(
        existing=existing, into=into or (), services=service or (), account=account, region=region, config=config
    ).run(form=form.value, output=output, fail_on=fail_on.value)
    raise typer.Exit(1 if fails else 0)


@app.command()
def catalog(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Assemblies, templates, estate files.")],
    output: Annotated[
        Path, typer.Option(metavar="FOLDER", help="The folder to write to: new, empty, or an earlier one.")
    ],
    form: Annotated[CatalogFormat, typer.Option("--format", help="What is written.")] = CatalogFormat.MARKDOWN,
    account: Annotated[str | None, typer.Option(help="The account of what says none itself.")] = None,
    region: Annotated[str | None, typer.Option(help="The Region of what says none itself.")] = None,
    config: Annotated[Path | None, typer.Option(help="A configuration file, for its domains.")] = None,
) -> None:
    """Write who publishes and who receives what, as a project of EventCatalog, as AsyncAPI or as Markdown."""
    from cdk_eventbridge_patterns.cli.catalog import Catalog  # noqa: PLC0415 - help should not wait for it

    Catalog(paths=paths, account=account, region=region, config=config).run(form=form.value, output=output)


@app.command()
def explain(check_id: Annotated[str, typer.Argument(metavar="ID", help="A check, such as DLV001.")]) -> None:
    """Say what a check is about: why, what to avoid, what to do, what it misses."""
    from cdk_eventbridge_patterns.cli.explain import explain_check  # noqa: PLC0415

    explain_check(check_id)


@app.command()
def checks() -> None:
    """List all checks."""
    from cdk_eventbridge_patterns.cli.explain import list_checks  # noqa: PLC0415

    list_checks()
