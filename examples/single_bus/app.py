"""The reference topology in its other shape: the same services on one bus, in the account of a platform."""

from __future__ import annotations

from aws_cdk import App, Validations

from cdk_eventbridge_patterns import EventBridgeChecks, SingleBusTopology
from examples.blue_purple_orange.services import CONVENTION, DEVOPS, REGION, SERVICES


def build(app: App) -> None:
    """Put the topology into *app*, and hold it to the checks."""
    Validations.of(app).add_plugins(EventBridgeChecks(app))
    SingleBusTopology(app, "BluePurpleOrange", services=SERVICES, region=REGION, platform=DEVOPS, convention=CONVENTION)


if __name__ == "__main__":
    single_bus = App()
    build(single_bus)
    single_bus.synth()
