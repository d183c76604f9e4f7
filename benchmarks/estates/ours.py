"""The estate by our constructs, as users write it: one topology, with what it does by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.estates.estate import DETAIL
from cdk_eventbridge_patterns import EventContract, MultiBusTopology, NamingConvention, Service

if TYPE_CHECKING:
    from aws_cdk import App

    from benchmarks.estates.estate import Estate


def build(app: App, estate: Estate) -> None:
    """Declare the estate."""
    events = {
        each.name: EventContract(service=each.name, event=estate.event, detail=DETAIL, description="An order")
        for each in estate.services
    }
    MultiBusTopology(
        app,
        "Estate",
        services=[
            Service(
                each.name,
                each.account,
                publishes=[events[each.name]],
                consumes=[events[producer] for producer in each.consumes],
            )
            for each in estate.services
        ],
        region=estate.region,
        organization_id=estate.organization,
        convention=NamingConvention(organization="acme", stage="prod"),
    )
