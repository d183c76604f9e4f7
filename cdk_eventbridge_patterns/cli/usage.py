"""`cdk-eventbridge usage`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table

from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.checks.quotas.limits import NEARLY
from cdk_eventbridge_patterns.checks.quotas.usage import BusUsage, billed, usage_of
from cdk_eventbridge_patterns.cli.writable import writable
from cdk_eventbridge_patterns.reports.usage_json import usage_json


def print_usage(paths: Sequence[Path], *, account: str | None, region: str | None, form: str) -> None:
    """Print what the buses in *paths* use of the quotas, and what is billed.

    Raises:
        EventBridgePatternsError: If something can't be read.
    """
    usages = list(usage_of(read_topology(paths, account=account, region=region)))
    if form == "json":
        typer.echo(usage_json(usages), nl=False)
        return
    console = Console(file=sys.stdout, highlight=False)
    console.print(_buses(usages))
    console.print(_billed(usages))


def _buses(usages: Sequence[BusUsage]) -> Table:
    table = _table("Buses", "bus", "account", "policy, characters", "rules", "events", "moves of one of each")
    for usage in usages:
        table.add_row(
            writable(usage.bus.name, sys.stdout),
            usage.bus.account,
            _of(usage.policy, usage.policy_quota),
            _of(usage.rules, usage.rule_quota),
            str(len(usage.events)),
            str(sum(each.moves for each in usage.events)),
        )
    return table


def _billed(usages: Sequence[BusUsage]) -> Table:
    table = _table("Billed if each event is published once", "account", "events")
    for account, count in sorted(billed(usages).items()):
        table.add_row(account, f"{count:,}")
    return table


def _table(title: str, *headers: str) -> Table:
    return Table(*(Column(header, overflow="fold") for header in headers), title=title, box=SIMPLE_HEAD)


def _of(used: int, quota: int) -> str:
    text = f"{used:,} of {quota:,}"
    if used > quota:
        return f"[bold red]{text}, too many[/]"
    return f"[yellow]{text}[/]" if used >= quota * NEARLY else text
