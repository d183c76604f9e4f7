"""NAM001."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.checks.naming.given_names import fault_of
from cdk_eventbridge_patterns.checks.naming.naming_check import NameFinding, NamingCheck
from cdk_eventbridge_patterns.checks.naming.replacement import replacement_of
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.topology.named_resource import NamedResource


class NameOffConvention(NamingCheck):
    """A name that does not follow the naming convention.

    ## Why this matters
    Across accounts names are the interface of EventBridge: the bus policy, the rule and the queue condition in the
    other account hold an ARN that was made of the convention. A resource that is called otherwise is not the one they
    mean; nothing says so until events stay away. Policies go by prefixes of names too, so a rule without its owner's
    prefix may be one that nobody is allowed to change.

    ## Avoid
        events.EventBus(self, "Bus", event_bus_name="OrdersBus")

        events.EventBus(self, "Bus")  # the CDK makes up a name, and it is in the template as any other

    ## Prefer
        ProducerBus(self, "Bus", service="orders", publishes=[ORDER_PLACED])

        events.EventBus(self, "Bus", event_bus_name=convention.bus_name("orders"))

    ## What it misses
    Names that are known at deployment only (NAM003 says which they are), queues and roles that no rule, pipe or
    schedule of the same templates uses, and what is made by hand or by an SDK. The `default` bus and partner buses,
    which AWS names, are never judged, and a FIFO queue keeps its `.fifo`. Of a schema's name the source and the form
    are judged; how the event is called is said of the bus that publishes it (NAM004).

    ## When to acknowledge it
    The resource is older than the convention, and renaming it costs more than it brings: an archive whose events must
    be kept, a bus that accounts outside the organisation put rules on. Exempt it with the reason, then it is listed.
    """

    id = "NAM001"
    severity = Severity.ERROR
    fix = "name it as expected, or say why it may differ by exempt(construct, reason=…)"

    def findings(self, names: Sequence[NamedResource], convention: NamingConvention) -> Iterator[NameFinding]:
        """Return the names that are off the convention, each with the expected one."""
        for resource in names:
            fault = fault_of(resource, convention)
            if fault is None:
                continue
            where = resource.location.property_path or "the name"
            yield self.finding(
                resource,
                f"{fault.kind.label} {fault.actual!r} is off the convention, expected {fault.expected!r}: {fault.why}",
                fix=f"change {where} to {fault.expected!r}; {replacement_of(fault.kind).warning}; "
                "where it must stay, say why by exempt(construct, reason=…)",
                fault=fault,
            )
