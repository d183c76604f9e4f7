"""Findings as JSON: one form, which stays as it is within a version."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.topology.location import Location

VERSION = 1


def json_report(findings: Sequence[Finding]) -> str:
    """Return *findings* as a JSON object.

    It has `version`, which changes with the form, and `findings`: each with `check`, `severity`, `message`, `fix`,
    `undecided`, `known` (in the baseline), `location` (`file`, `stack`, `logicalId`, `property`, `construct`) and,
    where it is acknowledged, `acknowledged` (`reason`, `owner`, `expires`).
    """
    return json.dumps({"version": VERSION, "findings": [_entry(finding) for finding in findings]}, indent=2) + "\n"


def _entry(finding: Finding) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "check": finding.check_id,
        "severity": finding.severity.value,
        "message": finding.message,
        "fix": finding.fix,
        "undecided": finding.undecided,
        "known": finding.known,
        "location": location_entry(finding.location),
    }
    if finding.acknowledged is not None:
        metadata = finding.acknowledged.to_metadata()
        entry["acknowledged"] = {key: metadata.get(key) for key in ("reason", "owner", "expires")}
    return entry


def location_entry(location: Location) -> dict[str, str | None]:
    """Return a place as JSON: `file`, `stack`, `logicalId`, `property`, `construct`."""
    return {
        "file": location.template_file,
        "stack": location.stack,
        "logicalId": location.logical_id or None,
        "property": location.property_path,
        "construct": location.construct_path,
    }
