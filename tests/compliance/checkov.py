"""What checkov says of templates, which runs in an environment of its own, and what it is told not to judge."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ENVIRONMENT = Path(__file__).parents[2] / ".checkov"

# No network: without the last, it asks its makers' platform for the links to its own pages.
_OPTIONS = (
    "--framework",
    "cloudformation",
    "--output",
    "json",
    "--compact",
    "--quiet",
    "--soft-fail",
    "--skip-download",
)


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A check that a template tells checkov not to judge a resource by."""

    check: str
    reason: str
    resource_type: str
    path: str


def is_installed() -> bool:
    """Return whether `make compliance` installed it."""
    return (_ENVIRONMENT / ".installed").exists()


def judged(folder: Path) -> tuple[list[str], int]:
    """Return what checkov finds in all templates of *folder*, and how many resources it judged."""
    command = [str(_ENVIRONMENT / "bin" / "checkov"), "--directory", str(folder), *_OPTIONS]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    report = json.loads(done.stdout)
    summary = report["summary"]
    if summary["parsing_errors"]:
        message = f"checkov could not read {summary['parsing_errors']} templates of {folder}"
        raise AssertionError(message)
    failed = report["results"]["failed_checks"]
    return [f"{each['check_id']} at {each['resource']} in {each['file_path']}" for each in failed], summary[
        "resource_count"
    ]


def skipped(template: dict[str, Any]) -> Iterator[Skipped]:
    """Return what *template* tells checkov not to judge."""
    for logical_id, resource in template.get("Resources", {}).items():
        for skip in resource.get("Metadata", {}).get("checkov", {}).get("skip", ()):
            yield Skipped(check=skip["id"], reason=skip["comment"], resource_type=resource["Type"], path=logical_id)
