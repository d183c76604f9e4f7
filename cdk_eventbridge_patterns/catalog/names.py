"""What the pages of a catalogue are called in paths: services, events and buses, each unlike all others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cdk_eventbridge_patterns.catalog.directory import Directory
from cdk_eventbridge_patterns.catalog.grouped import grouped
from cdk_eventbridge_patterns.catalog.slugs import slugs


@dataclass(frozen=True, kw_only=True)
class Names:
    """Parts of paths.

    Args:
        services: By what participants are called.

        events: By title.

        buses: By ARN.
    """

    services: Mapping[str, str]
    events: Mapping[str, str]
    buses: Mapping[str, str]

    @classmethod
    def of(cls, directory: Directory, reserved: Collection[str] = ()) -> Names:
        """Return the names of all that is listed; none is one of *reserved*."""
        called = _called(directory)
        of_buses = slugs(called.values(), reserved)
        return cls(
            services=slugs([str(each.participant) for each in directory.services], reserved),
            events=slugs([each.title for each in directory.events], reserved),
            buses={arn: of_buses[name] for arn, name in called.items()},
        )


def _called(directory: Directory) -> dict[str, str]:
    """Return what each bus is called: its name, with account and Region where several have it."""
    by_name = grouped((bus.name, bus) for bus in directory.buses)
    return {
        bus.arn: name if len(alike) == 1 else f"{name}-{bus.account}-{bus.region}"
        for name, alike in by_name.items()
        for bus in alike
    }
