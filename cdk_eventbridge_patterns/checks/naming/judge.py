"""One core for all that enforces names: the pack over templates and the aspect over the construct tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.naming.event_off_convention import EventOffConvention
from cdk_eventbridge_patterns.checks.naming.exemption_without_effect import ExemptionWithoutEffect
from cdk_eventbridge_patterns.checks.naming.name_off_convention import NameOffConvention
from cdk_eventbridge_patterns.checks.naming.name_undecided import NameUndecided
from cdk_eventbridge_patterns.checks.naming.naming_check import NamingCheck
from cdk_eventbridge_patterns.checks.naming.unnamed_but_reached import UnnamedButReached
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.named_resource import NamedResource

NAMING_CHECKS: tuple[NamingCheck, ...] = (
    NameOffConvention(),
    UnnamedButReached(),
    NameUndecided(),
    EventOffConvention(),
    ExemptionWithoutEffect(),
)

# Nobody outside calls a target or a statement by its id, and the CDK's L2s leave no free choice of either. An event
# that is published already can't be renamed, just followed by its next version.
_NO_INTERFACE = {ResourceKind.TARGET, ResourceKind.STATEMENT, ResourceKind.SOURCE, ResourceKind.DETAIL_TYPE}

DEFAULT_LEVELS: Mapping[ResourceKind, Severity | None] = {
    kind: Severity.WARNING if kind in _NO_INTERFACE else Severity.ERROR for kind in ResourceKind
}


def judge(
    names: Iterable[NamedResource],
    convention: NamingConvention,
    *,
    levels: Mapping[ResourceKind, Severity | None] | None = None,
) -> list[Finding]:
    """Return what *convention* finds wrong with *names*.

    Args:
        names: The names, whoever read them.

        convention: The convention that holds for all of them.

        levels: How much a name off the convention matters, by kind; None is not checked at all. Default, also for the
            kinds that are left out: an error, but for the ids of targets and statements and for events a warning.
    """
    level_of = {**DEFAULT_LEVELS, **(levels or {})}
    checked = [resource for resource in names if level_of[resource.kind] is not None]
    held = [resource for resource in checked if not resource.exempted]
    exempted = exemptions(checked)
    findings: list[Finding] = []
    for check in NAMING_CHECKS:
        for finding in check.findings(exempted if check.of_exempted else held, convention):
            level = level_of[finding.kind] if check.level_by_kind else finding.severity
            if level is not None:
                findings.append(replace(finding, severity=level))
    return findings


def exemptions(names: Iterable[NamedResource]) -> list[NamedResource]:
    """Return the names that the convention does not hold for, each with its reason in `exempted`."""
    return [resource for resource in names if resource.exempted is not None]
