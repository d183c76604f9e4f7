"""NAM002."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.checks.naming.naming_check import NameFinding, NamingCheck
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.topology.named_resource import NamedResource


class UnnamedButReached(NamingCheck):
    """A resource without a name that other accounts must call by its name.

    ## Why this matters
    CloudFormation makes up a name, another one in every account and again whenever the resource is replaced. Another
    account can hold nothing but the literal ARN, so it must be told the name after each deployment, and is wrong as
    soon as it changes.

    ## Avoid
        bus = events.EventBus(self, "Bus")
        bus.add_to_resource_policy(…)  # for account 222222222222

    ## Prefer
        bus = events.EventBus(self, "Bus", event_bus_name=convention.bus_name("orders"))

    ## What it misses
    Resources that are opened in another template than the one they are in, and those that another account reaches by a
    role of this one. Resources that nobody else may use need no name, and are no finding.

    ## When to acknowledge it
    The other account learns the ARN by a parameter that is written at each deployment.
    """

    id = "NAM002"
    severity = Severity.ERROR
    fix = "give it a name by the convention"

    def findings(self, names: Sequence[NamedResource], convention: NamingConvention) -> Iterator[NameFinding]:
        """Return the resources without a name that a policy opens to others."""
        for resource in names:
            if resource.name is None and resource.reached_by_others:
                what = resource.kind.label.removesuffix(" name")
                where = resource.location.property_path or "its name"
                service = "<service>" if resource.stamp is None else resource.stamp.service
                example = convention.spell(resource.kind, service)
                yield self.finding(
                    resource,
                    f"{what} has no {where} though its policy lets other accounts in, which must know it",
                    fix=f"set {where} by the convention, such as {example!r}; CloudFormation then replaces it once",
                )
