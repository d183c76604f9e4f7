"""What the shop's teams do with the events they consume, in stacks of their own."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import RemovalPolicy
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns

from cdk_eventbridge_patterns import EventContract, ServiceStack, TargetInput


class FulfilmentStack(ServiceStack):
    """Tells the warehouse by a topic, encrypted with a key of the team's own, and sends just the detail."""

    def deliver(self, events: Sequence[EventContract]) -> None:
        """Publish what the warehouse must know."""
        key = kms.Key(self, "WarehouseKey", enable_key_rotation=True)
        warehouse = sns.Topic(self, "Warehouse", master_key=key, enforce_ssl=True)
        self.inbox.deliver(*events, to=warehouse, name="warehouse", input=TargetInput.from_path("$.detail"))


class AnalyticsStack(ServiceStack):
    """Feeds everything that happens into a stream."""

    def deliver(self, events: Sequence[EventContract]) -> None:
        """Write each event to the stream."""
        facts = kinesis.Stream(
            self,
            "Facts",
            encryption=kinesis.StreamEncryption.MANAGED,
            stream_mode=kinesis.StreamMode.ON_DEMAND,
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.inbox.deliver(*events, to=facts, name="facts")
