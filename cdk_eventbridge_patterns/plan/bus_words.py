"""What a bus is called in the names of what belongs to it."""

from __future__ import annotations

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.naming.words import words_of


def bus_words(naming: NamingConvention, bus: BusAddress) -> list[str]:
    """Return its service and qualifier, or the words of a name off the convention; the same however it is known."""
    try:
        parsed = naming.parse(ResourceKind.BUS, bus.name)
    except NamingError:
        return words_of(bus.name) or ["bus"]
    return [parsed.service, *parsed.parts]
