"""NAM003."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.checks.naming.naming_check import NameFinding, NamingCheck
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.undecided import Undecided


class NameUndecided(NamingCheck):
    """A name that is known at deployment only, so that nobody can say whether it follows the convention.

    ## Why this matters
    What can't be decided is not the same as what is right: it is said, not passed over. And a name that follows from a
    parameter or an import can't be known in the other account either.

    ## Avoid
        stage = CfnParameter(self, "Stage")
        events.EventBus(self, "Bus", event_bus_name=f"acme-{stage.value_as_string}-orders")

    ## Prefer
        events.EventBus(self, "Bus", event_bus_name=convention.bus_name("orders"))  # one stack for each stage

    ## What it misses
    Nothing: it is what the other checks miss. Account, Region and partition are known where the stack has them.

    ## When to acknowledge it
    One template serves all stages on purpose, and the parameter's allowed values keep to the convention.
    """

    id = "NAM003"
    severity = Severity.INFO
    fix = "give it as literal text; a name with the account or Region in it needs a stack with env="
    level_by_kind = False

    def findings(
        self,
        names: Sequence[NamedResource],
        convention: NamingConvention,  # noqa: ARG002 - no convention decides it
    ) -> Iterator[NameFinding]:
        """Return the names that are undecided, each with the reason."""
        for resource in names:
            if isinstance(resource.name, Undecided):
                yield self.finding(
                    resource, f"{resource.kind.label} is known at deployment only: {resource.name.reason}"
                )
