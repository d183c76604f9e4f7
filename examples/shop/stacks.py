"""What the shop's teams do with the events they consume, in stacks of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sns as sns
from aws_cdk import aws_ssm as ssm

from cdk_eventbridge_patterns import EventContract, IdempotentConsumer, ServiceStack, TargetInput
from examples.acknowledged import acknowledged
from examples.shop.contracts import REFUND_REQUESTED

# Powertools and what the functions of the shop share, put there by whoever runs the platform: docs/runtime.md has how.
_LAYER = "/teashop/layers/events"

_CODE = ("contracts.py", "refunds.py")

_TRACES = "The actions of X-Ray know no resources."
OWN_POLICY = "The policy is for this role alone, and goes when it goes."
_ONLY_IDS = (
    "CloudWatch Logs encrypts it with a key of its own; it has ids and amounts in it, and no account of anybody."
)
_TWO_AT_A_TIME = "Its event source calls it twice at once at most."
_NO_NETWORK = "It reaches nothing in a network of ours."
_NO_SECRETS = "Lambda encrypts its environment with a key of its own; there are names and numbers in it."
_NEVER_ASYNCHRONOUS = "What fails goes to the dead-letter queue of the queue: nobody calls it asynchronously."


class PaymentsStack(ServiceStack):
    """Takes money at its own pace, from a queue, and pays it back by a function, once for each request."""

    def deliver(self, events: Sequence[EventContract]) -> None:
        """Put refunds before the function, and what else there is into queues; its dead letters can be put back."""
        self.inbox.deliver_to_inbox(*(event for event in events if event is not REFUND_REQUESTED))
        refunds = IdempotentConsumer(
            self,
            "Refunds",
            bus=self.inbox,
            events=[REFUND_REQUESTED],
            function=self.refunds_function,
            name="refunds",
            maximum_concurrency=2,
        )
        refunds.dead_letter_queue.add_redrive()

    @cached_property
    def refunds_function(self) -> lambda_.Function:
        """The function that pays money back."""
        role = iam.Role(self, "RefundsRole", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log = logs.LogGroup(
            self, "RefundsLog", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        log.grant_write(role)
        layer = ssm.StringParameter.value_for_string_parameter(self, _LAYER)
        with _code() as code:
            function = lambda_.Function(
                self,
                "RefundsFunction",
                runtime=lambda_.Runtime.PYTHON_3_14,
                handler="examples.shop.refunds.handler",
                code=code,
                layers=[lambda_.LayerVersion.from_layer_version_arn(self, "Layer", layer)],
                environment={"PAYABLE_COUNTRIES": "DE,FR"},
                memory_size=256,
                timeout=Duration.seconds(20),
                tracing=lambda_.Tracing.ACTIVE,
                log_group=log,
                role=role,
            )
        acknowledged(role, _TRACES, "AwsSolutions::AwsSolutions-IAM5[Resource::*]")
        acknowledged(role, OWN_POLICY, "NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy")
        acknowledged(log, _ONLY_IDS, "NIST.800.53.R5::NIST.800.53.R5-CloudWatchLogGroupEncrypted", "CKV_AWS_158")
        acknowledged(
            function,
            _NEVER_ASYNCHRONOUS,
            "Serverless::Serverless-LambdaDLQ",
            "NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ",
            "CKV_AWS_116",
        )
        acknowledged(function, _TWO_AT_A_TIME, "NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency", "CKV_AWS_115")
        acknowledged(function, _NO_NETWORK, "NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC", "CKV_AWS_117")
        acknowledged(function, _NO_SECRETS, "CKV_AWS_173")
        return function


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


@contextmanager
def _code() -> Iterator[lambda_.Code]:
    """Yield the files of the function, where Python finds them under the names by which they import each other."""
    with TemporaryDirectory() as folder:
        package = Path(folder, "examples", "shop")
        package.mkdir(parents=True)
        for name in _CODE:
            shutil.copy(Path(__file__).with_name(name), package)
        yield lambda_.Code.from_asset(folder)
