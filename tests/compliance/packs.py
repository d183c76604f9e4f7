"""What the packs of cdk-nag said of the examples, read from the reports of their synthesis."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKS = ("AwsSolutions", "Serverless", "NIST.800.53.R5")


@dataclass(frozen=True, kw_only=True)
class Acknowledged:
    """A finding that somebody lives with.

    Args:
        check: The check, with its pack.

        reason: Why.

        resource_type: The type of the resource, as the CDK calls it: `aws_sqs.CfnQueue`.

        path: Where it is in the tree.
    """

    check: str
    reason: str
    resource_type: str
    path: str


def plugin_reports(assembly: Path) -> dict[str, Any]:
    """Return what each plugin found; one that found nothing has no entry."""
    report = json.loads((assembly / "validation-report.json").read_text())
    return {plugin["pluginName"]: plugin for plugin in report["pluginReports"]}


def found_by_plugins(assembly: Path, kind: str = "violations") -> Iterator[tuple[str, str]]:
    """Return what any plugin found that nobody acknowledged, or what somebody did, as rule and place."""
    for report in plugin_reports(assembly).values():
        for violation in report.get(kind, ()):
            for construct in violation["violatingConstructs"]:
                yield violation["ruleName"], construct["constructPath"]


def violations(assembly: Path) -> list[str]:
    """Return what any plugin found that nobody acknowledged, with its place."""
    return [f"{rule} at {path}" for rule, path in found_by_plugins(assembly)]


def acknowledged(assembly: Path) -> Iterator[Acknowledged]:
    """Return what the packs found that somebody acknowledged."""
    for report in plugin_reports(assembly).values():
        for violation in report.get("suppressedViolations", ()):
            for construct in violation["violatingConstructs"]:
                yield Acknowledged(
                    check=violation["acknowledgedId"],
                    reason=violation["reason"],
                    resource_type=construct["constructFqn"].removeprefix("aws-cdk-lib."),
                    path=construct["constructPath"],
                )
