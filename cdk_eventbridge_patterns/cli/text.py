"""Findings for people, in the terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text

from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.cli.writable import writable
from cdk_eventbridge_patterns.reports.counted import counted

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def print_findings(
    findings: Sequence[Finding], mended: Sequence[str], *, output: Path | None, show_undecided: bool
) -> None:
    """Print what is new, by template, and count the rest.

    Args:
        findings: All findings.

        mended: What the baseline has and is found no more.

        output: A file to write to instead. Default: the terminal.

        show_undecided: Whether what could not be decided is listed, or just counted.
    """
    if output is None:
        _print(findings, mended, sys.stdout, show_undecided=show_undecided)
        return
    with output.open("w", encoding="utf-8") as file:
        _print(findings, mended, file, show_undecided=show_undecided)


def _print(findings: Sequence[Finding], mended: Sequence[str], file: TextIO, *, show_undecided: bool) -> None:
    console = Console(file=file, highlight=False, soft_wrap=True)
    shown = [each for each in findings if _is_shown(each) and (show_undecided or not each.undecided)]
    for template, group in groupby(shown, lambda finding: finding.location.template_file or "configuration"):
        console.print(Text(template, style="bold underline"))
        for finding in group:
            console.print(
                Text.assemble(
                    "  ",
                    (finding.severity.value, _STYLES[finding.severity]),
                    f" {finding.check_id} {writable(str(finding.location), file)}",
                )
            )
            console.print(Text(f"    {writable(finding.message, file)}"))
            console.print(Text(f"    fix: {writable(finding.fix, file)}", style="dim"))
        console.print()
    for line in _summary(findings, mended, show_undecided=show_undecided):
        console.print(Text(line))


def _summary(findings: Sequence[Finding], mended: Sequence[str], *, show_undecided: bool) -> list[str]:
    counts = Counter(each.severity for each in findings if _is_shown(each) and not each.undecided)
    acknowledged = sum(each.acknowledged is not None for each in findings)
    known = sum(each.known for each in findings)
    undecided = sum(each.undecided and each.acknowledged is None for each in findings)
    lines = [f"{counted(counts[Severity.ERROR], 'error')}, {counted(counts[Severity.WARNING], 'warning')}"]
    if acknowledged or known:
        lines[0] += f", {acknowledged} acknowledged, {known} known from the baseline"
    if undecided:
        how = "" if show_undecided else "; --show-undecided lists them"
        lines.append(f"{undecided} could not be decided before deployment{how}")
    if mended:
        lines.append(f"{len(mended)} in the baseline are found no more; write it anew to let it shrink")
    return lines


def _is_shown(finding: Finding) -> bool:
    return finding.acknowledged is None and not finding.known
