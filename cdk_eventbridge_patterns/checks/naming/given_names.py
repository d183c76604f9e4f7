"""Names that are judged by a rule of their own, or that nobody but AWS may choose."""

from __future__ import annotations

from dataclasses import replace

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.name_fault import NameFault
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.topology.named_resource import NamedResource

_DEFAULT_BUS = "default"
_PARTNER_BUS = "aws.partner/"  # such a bus must be called as the partner's event source is
_FIFO = ".fifo"  # SQS demands it of the name of such a queue


def fault_of(resource: NamedResource, convention: NamingConvention) -> NameFault | None:
    """Return what is wrong with the literal name of *resource*, or nothing."""
    name, kind = resource.name, resource.kind
    if not isinstance(name, str) or _is_given(kind, name):
        return None
    if kind is ResourceKind.SCHEMA:
        return None if _is_of_an_event(name, convention) else convention.fault(kind, name)
    service = None if resource.stamp is None else resource.stamp.service
    if kind is ResourceKind.QUEUE and name.endswith(_FIFO):
        fault = convention.fault(kind, name.removesuffix(_FIFO), service=service)
        return fault and replace(fault, actual=name, expected=fault.expected + _FIFO)
    return convention.fault(kind, name, service=service)


def _is_given(kind: ResourceKind, name: str) -> bool:
    """Return whether the name is AWS's; the id of a statement begins with the name of its bus."""
    bus = name.partition("--")[0] if kind is ResourceKind.STATEMENT else name
    of_a_bus = kind in (ResourceKind.BUS, ResourceKind.STATEMENT)
    return of_a_bus and (bus == _DEFAULT_BUS or name.startswith(_PARTNER_BUS))


def _is_of_an_event(schema_name: str, convention: NamingConvention) -> bool:
    """Return whether it is `source@detail-type`, each by its rule; how the event is called is another check's."""
    source, _, detail_type = schema_name.partition("@")
    try:
        convention.parse_source(source)
        convention.parse_detail_type(detail_type)
    except NamingError:
        return False
    return True
