"""What a check says of a few elements, a line for each finding."""

from __future__ import annotations

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.testing.builders import a_topology
from cdk_eventbridge_patterns.topology.element import Element


def judged(check: TopologyCheck, *elements: Element) -> list[str]:
    """Return how much each finding matters, or that it is undecided, with its place and message."""
    return [_line(finding) for finding in check.findings(a_topology(*elements))]


def _line(finding: Finding) -> str:
    level = "undecided" if finding.undecided else finding.severity.value
    place = " ".join(filter(None, [finding.location.logical_id, finding.location.property_path]))
    return f"{level} at {place}: {finding.message}"
