"""NAM005."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.checks.naming.event_off_convention import EventOffConvention
from cdk_eventbridge_patterns.checks.naming.name_off_convention import NameOffConvention
from cdk_eventbridge_patterns.checks.naming.name_undecided import NameUndecided
from cdk_eventbridge_patterns.checks.naming.naming_check import NameFinding, NamingCheck
from cdk_eventbridge_patterns.checks.naming.unnamed_but_reached import UnnamedButReached
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.topology.named_resource import NamedResource

_OTHERS = (NameOffConvention(), UnnamedButReached(), NameUndecided(), EventOffConvention())


class ExemptionWithoutEffect(NamingCheck):
    """An exemption from the convention that has no reason, or that nothing needs.

    ## Why this matters
    Exemptions are listed so that someone can review them. One without a reason can't be reviewed, so it exempts from
    nothing. One that stays behind after the name was put right hides the next wrong name.

    ## Avoid
        exempt(bus, reason="legacy")  # and later the bus was renamed after all

    ## Prefer
        # the convention holds again: the line is gone

    ## What it misses
    Reasons that say nothing, such as "legacy". An exemption that covers several names, those of a rule and of its
    targets, has effect as long as one of them needs it.

    ## When to acknowledge it
    The same code makes the resource in several stages, and its name follows the convention in some of them.
    """

    id = "NAM005"
    severity = Severity.WARNING
    fix = "take the exemption off"
    level_by_kind = False
    of_exempted = True

    def findings(self, names: Sequence[NamedResource], convention: NamingConvention) -> Iterator[NameFinding]:
        """Return one finding for each exempted resource that gives no reason or needs none."""
        for _, group in groupby(sorted(names, key=_place), _place):
            resources = list(group)
            first = resources[0]
            if not first.exempted:
                fix = "say why it may differ by exempt(construct, reason=…), or take the exemption off"
                yield self.finding(first, "exemption has no reason, so it exempts from nothing", fix=fix)
                continue
            judged = [replace(resource, exempted=None) for resource in resources]
            if not any(finding for check in _OTHERS for finding in check.findings(judged, convention)):
                yield self.finding(first, f"exemption is without effect, the convention holds: {first.exempted!r}")


def _place(resource: NamedResource) -> tuple[str, str, str]:
    location = resource.location
    return location.stack, location.template_file or "", location.logical_id
