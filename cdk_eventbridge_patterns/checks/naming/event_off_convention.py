"""NAM004."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.checks.naming.naming_check import NameFinding, NamingCheck
from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.named_resource import NamedResource
from cdk_eventbridge_patterns.topology.stamp import EventStamp


class EventOffConvention(NamingCheck):
    """An event that is published off the convention: its source, its detail-type, or how it is called.

    ## Why this matters
    Consumers choose events by exact match of source and detail-type, and policies say by them who may publish what. A
    source that does not follow from the service can't be told to be the service's, and a detail-type without a version
    leaves no way to publish the next one beside it. An event is a fact, so it is called in the past tense: what is
    called otherwise is read as a command, and consumers begin to depend on who carries it out.

    ## Avoid
        EventContract(service="orders", event="OrderPlaced", detail_type="order placed", detail=OrderPlaced)

    ## Prefer
        EventContract(service="orders", event="OrderPlaced", version=1, detail=OrderPlaced)

    ## What it misses
    Events that are not declared by a contract: just a bus of ours says in its template what it carries. The past tense
    is told by its ending, with a list of irregular verbs.

    ## When to acknowledge it
    The event is older than the convention and has consumers: publish the next version by the convention, beside it.
    """

    id = "NAM004"
    severity = Severity.WARNING
    fix = "publish the next version of the event by the convention, beside this one, until nobody consumes it"

    def findings(self, names: Sequence[NamedResource], convention: NamingConvention) -> Iterator[NameFinding]:
        """Return what is off the convention in the events that buses publish."""
        for resource in names:
            if resource.kind is not ResourceKind.BUS or resource.stamp is None:
                continue
            for event in resource.stamp.publishes:
                for kind, fault in _faults(event, convention):
                    yield self.finding(resource, f"{kind.label} of {event.event}.v{event.version}: {fault}", kind=kind)


def _faults(event: EventStamp, convention: NamingConvention) -> Iterator[tuple[ResourceKind, str]]:
    try:
        expected = convention.source(event.service)
        if event.source != expected:
            yield ResourceKind.SOURCE, _off(event.source, expected)
        expected = convention.detail_type(event.event, event.version)
        if event.detail_type != expected:
            yield ResourceKind.DETAIL_TYPE, _off(event.detail_type, expected)
    except NamingError as error:
        yield ResourceKind.SOURCE, str(error)
    fault = convention.event_fault(event.event)
    if fault is not None:
        yield ResourceKind.DETAIL_TYPE, fault.why


def _off(actual: str, expected: str) -> str:
    return f"{actual!r} is off the convention, expected {expected!r}"
