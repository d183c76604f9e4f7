"""`cdk-eventbridge trace`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.errors import TraceError
from cdk_eventbridge_patterns.reports.trace_json import trace_json
from cdk_eventbridge_patterns.reports.trace_text import Tone, trace_lines
from cdk_eventbridge_patterns.simulation import Trace, trace
from cdk_eventbridge_patterns.topology.bus_named import bus_named
from cdk_eventbridge_patterns.undecided import Undecided

_STYLES = {Tone.GOOD: "green", Tone.BAD: "bold red", Tone.UNDECIDED: "yellow", Tone.PLAIN: "dim"}


@dataclass(frozen=True, kw_only=True)
class TraceCommand:
    """One run of the command; its options are the fields."""

    event: Path
    paths: Sequence[Path]
    bus: str
    publisher: str | None = None
    replay: str | None = None
    account: str | None = None
    region: str | None = None
    expect: Sequence[str] = ()
    expect_not: Sequence[str] = ()

    def run(self, *, form: str, all_steps: bool) -> bool:
        """Trace the event, print what becomes of it, and return whether all is as expected.

        Raises:
            EventBridgePatternsError: If something can't be read, or there is no such bus or event.
        """
        topology = read_topology(self.paths, account=self.account, region=self.region)
        event = _read_event(self.event)
        found = trace(topology, event, bus=bus_named(topology, self.bus), publisher=self.publisher, replay=self.replay)
        if form == "json":
            typer.echo(trace_json(found), nl=False)
        else:
            _print(found, all_steps=all_steps)
        faults = [*self._unmet(found)]
        for fault in faults:
            sys.stderr.write(f"cdk-eventbridge: {fault}\n")
        return not faults

    def _unmet(self, found: Trace) -> list[str]:
        reached = {target: found.reaches(target) for target in self.expect}
        lacking = [
            f"{target} was expected to receive it, and {_said(answer)}"
            for target, answer in reached.items()
            if answer is not True
        ]
        spared = {target: found.reaches(target) for target in self.expect_not}
        return lacking + [
            f"{target} was expected not to receive it, and {_said(answer)}"
            for target, answer in spared.items()
            if answer is not False
        ]


def _said(answer: bool | Undecided) -> str:  # noqa: FBT001 - an answer
    if isinstance(answer, Undecided):
        return f"nobody can say before deployment: {answer.reason}"
    return "does" if answer else "does not"


def _print(found: Trace, *, all_steps: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for line in trace_lines(found, all_steps=all_steps):
        sign = Text(f"{'  ' * line.depth}{line.tone.value} ", style=_STYLES[line.tone])
        console.print(sign.append(line.text, style="dim" if line.tone is Tone.PLAIN else "default"))


def _read_event(path: Path) -> Mapping[str, Any]:
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8")
        read = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise TraceError(f"'{path}' can't be read as an event: {reason}") from None
    if not isinstance(read, Mapping):
        raise TraceError(f"'{path}' must hold one event, a JSON object, got {type(read).__name__}")
    return read
