"""Findings as test results, in the form that CI systems know from JUnit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cdk_eventbridge_patterns.checks.finding import Finding, Severity

# What XML has no way to write.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_report(findings: Sequence[Finding]) -> str:
    """Return *findings* as one test suite for each template; what is acknowledged, known or undecided is skipped."""
    root = Element("testsuites", name="cdk-eventbridge")
    for file, group in groupby(findings, lambda finding: finding.location.template_file or "configuration"):
        cases = list(group)
        failed = [each for each in cases if not _passed_over(each)]
        suite = SubElement(
            root,
            "testsuite",
            name=_plain(file),
            tests=str(len(cases)),
            failures=str(len(failed)),
            errors="0",
            skipped=str(len(cases) - len(failed)),
        )
        for finding in cases:
            _add_case(suite, finding)
    if not findings:
        suite = SubElement(root, "testsuite", name="all", tests="1", failures="0", errors="0", skipped="0")
        SubElement(suite, "testcase", classname="cdk-eventbridge", name="nothing is found")
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_case(suite: Element, finding: Finding) -> None:
    case = SubElement(suite, "testcase", classname=finding.check_id, name=_plain(str(finding.location)))
    why = _passed_over(finding)
    if why:
        SubElement(case, "skipped", message=_plain(f"{why}: {finding.message}"))
        return
    failure = SubElement(case, "failure", type=finding.severity.value, message=_plain(finding.message))
    failure.text = _plain(f"{finding.location}\nFix: {finding.fix}")


def _passed_over(finding: Finding) -> str:
    if finding.acknowledged is not None:
        return f"acknowledged, {finding.acknowledged.reason}"
    if finding.known:
        return "known"
    return "undecided" if finding.undecided or finding.severity is Severity.INFO else ""


def _plain(text: str) -> str:
    return _NOT_XML.sub("?", text)
