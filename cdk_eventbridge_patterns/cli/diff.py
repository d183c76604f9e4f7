"""`cdk-eventbridge diff`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from cdk_eventbridge_patterns.cli.configuration import read_configuration
from cdk_eventbridge_patterns.cli.diff_text import print_differences
from cdk_eventbridge_patterns.cli.states import States
from cdk_eventbridge_patterns.differences import Difference, differences, notes
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.reports.differences import FORMATS
from cdk_eventbridge_patterns.undecided import Undecided


@dataclass(frozen=True, kw_only=True)
class Diff:
    """One run of the command; the options of the command are its fields."""

    base: Path
    head: Path
    used_by: Sequence[Path] = ()
    account: str | None = None
    region: str | None = None
    config: Path | None = None

    def run(self, *, form: str, output: Path | None, fail_on: str) -> bool:
        """Compare, write the differences, and return whether the command fails.

        Raises:
            EventBridgePatternsError: If something can't be read or written, or is not of its form.
        """
        naming = None if self.config is None else read_configuration(self.config).naming()
        base, head = States(
            base=self.base,
            head=self.head,
            used_by=self.used_by,
            account=self.account,
            region=self.region,
            naming=naming,
        ).read()
        found, unseen = differences(base, head), notes(base, head)
        try:
            _write(found, unseen, form=form, output=output)
        except OSError as error:
            if output is None:
                raise
            raise AssemblyError(f"'{output}' can't be written: {error.strerror}") from None
        return any(_fails(difference, fail_on) for difference in found)


def _write(found: Sequence[Difference], unseen: Sequence[str], *, form: str, output: Path | None) -> None:
    if form == "text" and output is None:
        print_differences(found, unseen, sys.stdout)
    elif form == "text" and output is not None:
        with output.open("w", encoding="utf-8") as file:
            print_differences(found, unseen, file)
    elif output is None:
        typer.echo(FORMATS[form](found, unseen), nl=False)
    else:
        output.write_text(FORMATS[form](found, unseen), encoding="utf-8")


def _fails(difference: Difference, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    if isinstance(difference.breaking, Undecided):
        return fail_on == "undecided"
    return difference.breaking
