"""A baseline: the findings an estate had when it began, which are to shrink and not to block."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.errors import AssemblyError

_VERSION = 1


def fingerprint(finding: Finding) -> str:
    """Return what tells a finding from others, whatever its words are and wherever the files lie."""
    location = finding.location
    place = location.construct_path or f"{location.stack}/{location.logical_id}"
    return " ".join([finding.check_id, place, location.property_path or ""]).strip()


def written_baseline(findings: Iterable[Finding]) -> str:
    """Return the baseline that has all faults in *findings* which nobody acknowledged."""
    counts = Counter(fingerprint(finding) for finding in findings if _counts(finding))
    return json.dumps({"version": _VERSION, "findings": dict(sorted(counts.items()))}, indent=2) + "\n"


def read_baseline(file: Path) -> Mapping[str, int]:
    """Return the fingerprints in a baseline file, and how often each may be found.

    Raises:
        AssemblyError: If it is none.
    """
    try:
        written = json.loads(file.read_bytes())
    except OSError as error:
        raise AssemblyError(f"'{file}' can't be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise AssemblyError(f"'{file}' must be a baseline in JSON: {error}") from None
    known = written.get("findings") if isinstance(written, dict) and written.get("version") == _VERSION else None
    if not isinstance(known, dict) or not all(type(count) is int and count > 0 for count in known.values()):
        raise AssemblyError(f"'{file}' must be a baseline as --write-baseline writes it, of version {_VERSION}")
    return known


def held_against(findings: Sequence[Finding], known: Mapping[str, int]) -> tuple[list[Finding], list[str]]:
    """Return *findings*, those in the baseline marked as known, and what the baseline has and is found no more."""
    left = Counter(known)
    held = []
    for finding in findings:
        key = fingerprint(finding)
        is_known = _counts(finding) and left[key] > 0
        left[key] -= is_known
        held.append(replace(finding, known=True) if is_known else finding)
    return held, sorted(key for key, count in left.items() if count > 0)


def _counts(finding: Finding) -> bool:
    return finding.acknowledged is None and finding.severity is not Severity.INFO
