"""`cdk-eventbridge check`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.checks.baseline import held_against, read_baseline, written_baseline
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.cli.configuration import Configuration, read_configuration
from cdk_eventbridge_patterns.cli.text import print_findings
from cdk_eventbridge_patterns.cli.written import write
from cdk_eventbridge_patterns.reports import FORMATS

_FAILING = {
    "error": {Severity.ERROR},
    "warning": {Severity.ERROR, Severity.WARNING},
    "never": set[Severity](),
}


@dataclass(frozen=True, kw_only=True)
class Check:
    """One run of the command; the options of the command are its fields."""

    paths: Sequence[Path]
    account: str | None = None
    region: str | None = None
    config: Path | None = None
    baseline: Path | None = None
    write_baseline: Path | None = None

    def run(self, *, form: str, output: Path | None, fail_on: str, show_undecided: bool) -> bool:
        """Judge, write the findings, and return whether the command fails.

        Raises:
            EventBridgePatternsError: If something can't be read or written, or is not of its form.
        """
        configuration = Configuration() if self.config is None else read_configuration(self.config)
        findings = self._findings(configuration)
        if self.write_baseline is not None:
            write(written_baseline(findings), self.write_baseline)
        findings, mended = self._held_against_baseline(findings, configuration)
        if form == "text":
            print_findings(findings, mended, output=output, show_undecided=show_undecided)
        else:
            write(FORMATS[form](findings), output)
        return any(_is_new(finding) and finding.severity in _FAILING[fail_on] for finding in findings)

    def _findings(self, configuration: Configuration) -> list[Finding]:
        topology = read_topology(self.paths, account=self.account, region=self.region)
        return judge(topology, configuration.settings())

    def _held_against_baseline(
        self, findings: list[Finding], configuration: Configuration
    ) -> tuple[list[Finding], list[str]]:
        file = self.write_baseline or self.baseline
        if file is None and configuration.baseline is not None and self.config is not None:
            file = self.config.parent / configuration.baseline
        return (findings, []) if file is None else held_against(findings, read_baseline(file))


def _is_new(finding: Finding) -> bool:
    return finding.acknowledged is None and not finding.known
