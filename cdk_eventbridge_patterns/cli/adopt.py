"""`cdk-eventbridge adopt`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text

from cdk_eventbridge_patterns.adoption import Proposals, Takeover, proposals, takeover
from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.assembly.reading import read
from cdk_eventbridge_patterns.cli.configuration import read_configuration
from cdk_eventbridge_patterns.cli.writable import writable
from cdk_eventbridge_patterns.cli.written import opened, write
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.reports.adoption import FORMATS, Report
from cdk_eventbridge_patterns.reports.adoption.words import code, entries, summary
from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True, kw_only=True)
class Adopt:
    """One run of the command; the options of the command are its fields."""

    existing: Sequence[Path]
    into: Sequence[Path] = ()
    account: str | None = None
    region: str | None = None
    config: Path | None = None
    services: Sequence[str] = ()

    def run(self, *, form: str, output: Path | None, fail_on: str) -> bool:
        """Answer, write it, and return whether the command fails.

        Raises:
            EventBridgePatternsError: If something can't be read or written, or is not of its form.
        """
        report = self._takeover() if self.into else self._proposals()
        if form == "text":
            with opened(output) as file:
                _print(report, file)
        else:
            write(FORMATS[form](report), output)
        return isinstance(report, Takeover) and _fails(report, fail_on)

    def _takeover(self) -> Takeover:
        existing, new = (read(paths, account=self.account, region=self.region) for paths in (self.existing, self.into))
        return takeover(existing.templates, new.templates)

    def _proposals(self) -> Proposals:
        naming = None if self.config is None else read_configuration(self.config).naming()
        if naming is None:
            msg = (
                "adopt needs the convention that ours are named by: pass --config with a file that has one, such as "
                "'convention: {organization: acme, stage: prod}'; or pass --into with what our constructs make"
            )
            raise AssemblyError(msg)
        topology = read_topology(self.existing, account=self.account, region=self.region)
        return proposals(topology, naming, dict(map(_service, self.services)))


def _service(given: str) -> tuple[str, str]:
    bus, equals, service = given.partition("=")
    if not equals or not bus:
        raise AssemblyError(f"--service must be a bus and its service, such as 'orders-hub=orders', got {given!r}")
    return bus, check_service(service, "--service")


def _fails(report: Takeover, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    answers = [*(each.fails for each in report.outcomes), *(each.answer for each in report.interruptions)]
    return any(fail_on == "undecided" if isinstance(answer, Undecided) else answer for answer in answers)


def _print(report: Report, file: TextIO) -> None:
    console = Console(file=file, highlight=False, soft_wrap=True)
    for entry in entries(report):
        style = "bold red" if entry.bad else "bold"
        console.print(Text.assemble((entry.word, style), f"  {writable(entry.title, file)}"))
        for line in entry.lines:
            console.print(Text(f"    {writable(line, file)}"))
    for where, python in code(report).items():
        console.print(Text(f"\n# {where}\n{writable(python, file)}"))
    console.print()
    for note in report.notes:
        console.print(Text(writable(note, file), style="dim"))
    console.print(Text(summary(report)))
