"""What teams assert of their own apps, assemblies and templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.assembly.synthesized import path_of
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.checks.settings import Settings
from cdk_eventbridge_patterns.topology.topology import Topology

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def topology_in(*sources: Any, account: str | None = None, region: str | None = None) -> Topology:  # noqa: ANN401 - a CDK app, without importing the CDK
    """Return the topology of apps, assemblies, templates and estate files, judged together.

    Args:
        sources: CDK apps or stages, which are synthesized; and paths.

        account: The account of what says none itself. Default: unknown.

        region: The Region, likewise.

    Raises:
        AssemblyError: If one of them can't be read.
    """
    return read_topology(map(path_of, sources), account=account, region=region)


def findings_in(*sources: Any, settings: Settings | None = None) -> list[Finding]:  # noqa: ANN401 - as above
    """Return what all checks find in apps, assemblies, templates and estate files; what is acknowledged left out.

    Args:
        sources: CDK apps or stages, which are synthesized; and paths.

        settings: What is asked of the checks. Default: each at its own level; no names and no tags.
    """
    return [finding for finding in judge(topology_in(*sources), settings) if finding.acknowledged is None]


def assert_no_findings(
    *sources: Any,  # noqa: ANN401 - as above
    settings: Settings | None = None,
    at_least: Severity = Severity.WARNING,
) -> None:
    """Assert that no check finds anything, in all stacks of all accounts together.

        assert_no_findings(app)

    Args:
        sources: CDK apps or stages, which are synthesized; and paths.

        settings: What is asked of the checks. Default: each at its own level; no names and no tags.

        at_least: How much a finding must matter to count. Default: a warning; `Severity.INFO` counts what could not be
            decided, too.

    Raises:
        AssertionError: If something is found; the message lists it all, with what to do.
    """
    counted = _ORDER[: _ORDER.index(at_least) + 1]
    found = [finding for finding in findings_in(*sources, settings=settings) if finding.severity in counted]
    if found:
        raise AssertionError(described(found))


def described(findings: Iterable[Finding]) -> str:
    """Return *findings* as a failing test shows them."""
    listed = list(findings)
    lines = [f"{len(listed)} finding{'' if len(listed) == 1 else 's'}:"]
    for finding in listed:
        lines += [
            f"  {finding.severity.value} {finding.check_id} {finding.location}",
            f"    {finding.message}",
            f"    fix: {finding.fix}",
        ]
    return "\n".join(lines)
