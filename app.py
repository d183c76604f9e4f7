"""The reference topology: three services, each with its own bus in its own account."""

from aws_cdk import App

from cdk_eventbridge_patterns import MultiBusTopology
from examples.blue_purple_orange.services import CONVENTION, REGION, SERVICES

app = App()
MultiBusTopology(app, "BluePurpleOrange", services=SERVICES, region=REGION, convention=CONVENTION)
app.synth()
