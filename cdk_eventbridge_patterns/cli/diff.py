"""`cdk-eventbridge diff`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cdk_eventbridge_patterns.cli.configuration import read_configuration
from cdk_eventbridge_patterns.cli.diff_text import print_differences
from cdk_eventbridge_patterns.cli.states import States
from cdk_eventbridge_patterns.cli.written import opened, write
from cdk_eventbridge_patterns.differences import Difference, State, differences, notes
from cdk_eventbridge_patterns.reports.differences import FORMATS
from cdk_eventbridge_patterns.reports.differences.words import summary
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
        if form == "text":
            with opened(output) as file:
                print_differences(found, unseen, file)
        elif form in FORMATS:
            write(FORMATS[form](found, unseen), output)
        else:
            write(_picture(base, head, found, unseen, form), output)
        return any(_fails(difference, fail_on) for difference in found)


def _picture(base: State, head: State, found: Sequence[Difference], unseen: Sequence[str], form: str) -> str:
    from cdk_eventbridge_patterns.diagrams import FORMATS as DRAWN  # noqa: PLC0415 - other forms should not wait for it
    from cdk_eventbridge_patterns.diagrams import legible, picture_of_changes  # noqa: PLC0415

    picture = picture_of_changes(base, head, found, unseen, title=f"EventBridge: {summary(found)}")
    return DRAWN[form](legible(picture))


def _fails(difference: Difference, fail_on: str) -> bool:
    if fail_on == "never":
        return False
    if isinstance(difference.breaking, Undecided):
        return fail_on == "undecided"
    return difference.breaking
