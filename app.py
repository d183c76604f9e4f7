"""The reference topology: three services, each with its own bus in its own account."""

from aws_cdk import App, Validations

from cdk_eventbridge_patterns import EventBridgeChecks, MultiBusTopology
from examples.blue_purple_orange.services import CONVENTION, DEVOPS, REGION, SERVICES

app = App()
Validations.of(app).add_plugins(EventBridgeChecks(app))
MultiBusTopology(app, "BluePurpleOrange", services=SERVICES, region=REGION, platform=DEVOPS, convention=CONVENTION)
app.synth()
