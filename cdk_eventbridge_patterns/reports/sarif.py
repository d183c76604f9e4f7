"""Findings in SARIF 2.1.0, which code hosts show at the line.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cdk_eventbridge_patterns.checks.baseline import fingerprint
from cdk_eventbridge_patterns.checks.explanation import explanation_of
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.registry import find
from cdk_eventbridge_patterns.reports.lines import line_of
from cdk_eventbridge_patterns.topology.location import Location

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_report(findings: Sequence[Finding]) -> str:
    """Return *findings* as a SARIF log; what is acknowledged is suppressed, what the baseline has is unchanged."""
    ids = sorted({finding.check_id for finding in findings})
    driver = {
        "name": "cdk-eventbridge",
        "version": version("cdk-eventbridge-patterns"),
        "rules": [_rule(id) for id in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, ids.index(finding.check_id)) for finding in findings],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(id: str) -> dict[str, Any]:
    check = find(id)
    if check is None:  # a team's own, or what stands for something that could not be judged
        return {"id": id}
    explanation = explanation_of(check)
    return {
        "id": id,
        "name": check.__name__,
        "shortDescription": {"text": explanation.title},
        "fullDescription": {"text": explanation.sections["Why this matters"]},
        "help": {"text": f"Fix: {explanation.fix}.", "markdown": explanation.markdown},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"tags": [explanation.family]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.check_id,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "kind": "open" if finding.undecided else "fail",
        "message": {"text": f"{finding.message}. Fix: {finding.fix}."},
        "locations": [_location(finding.location)],
        "partialFingerprints": {"finding/v1": sha256(fingerprint(finding).encode()).hexdigest()},
        "baselineState": "unchanged" if finding.known else "new",
    }
    if finding.undecided:
        result["level"] = "none"  # as the kind `open` asks for
    if finding.acknowledged is not None:
        entry = finding.acknowledged.to_metadata()
        said = [entry["reason"], *(f"{key}: {entry[key]}" for key in ("owner", "expires") if key in entry)]
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": "; ".join(said)}]
    return result


def _location(location: Location) -> dict[str, Any]:
    name = location.construct_path or f"{location.stack}/{location.logical_id}".rstrip("/")
    logical: dict[str, Any] = {"fullyQualifiedName": name, "kind": "resource"}
    if location.logical_id:
        logical["name"] = location.logical_id
    if location.property_path is not None:
        logical["fullyQualifiedName"] = f"{name}/{location.property_path}"
        logical["properties"] = {"propertyPath": location.property_path}
    written: dict[str, Any] = {"logicalLocations": [logical]}
    if location.template_file:
        written["physicalLocation"] = {
            "artifactLocation": {"uri": _uri(location.template_file)},
            "region": {"startLine": line_of(location)},
        }
    return written


def _uri(file: str) -> str:
    """Return a path relative to the working directory, which code hosts take for the root of the repository."""
    path = Path(os.path.relpath(file)) if Path(file).is_absolute() else Path(file)
    return quote(path.as_posix())
