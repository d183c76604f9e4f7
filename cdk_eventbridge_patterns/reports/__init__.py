"""Findings as others want to read them: people, CI systems, code hosts."""

from collections.abc import Callable, Mapping, Sequence

from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.reports.json_report import json_report
from cdk_eventbridge_patterns.reports.junit import junit_report
from cdk_eventbridge_patterns.reports.sarif import sarif_report

FORMATS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "json": json_report,
    "sarif": sarif_report,
    "junit": junit_report,
}
"""The forms for machines, by name; that for people is `text`."""
