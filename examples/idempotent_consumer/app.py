"""Billing writes an invoice for each order placed, once, by a function behind a queue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aws_cdk import App, Duration, RemovalPolicy, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk import aws_ssm as ssm

from cdk_eventbridge_patterns import (
    EventBridgeChecks,
    EventContract,
    IdempotentConsumer,
    MultiBusTopology,
    NamingConvention,
    Service,
    ServiceStack,
    StandardEnvelope,
)
from examples.acknowledged import acknowledged

CONVENTION = NamingConvention(organization="acme", stage="prod")
REGION = "eu-west-1"
ORDERS, BILLING = "111111111111", "222222222222"

ORDER = {
    "type": "object",
    "properties": {"order_id": {"type": "string"}, "total": {"type": "number"}},
    "required": ["order_id", "total"],
}
ORDER_PLACED, ORDER_AMENDED = (
    EventContract(service="orders", event=event, owner="team-orders", detail=ORDER, envelope=StandardEnvelope())
    for event in ("OrderPlaced", "OrderAmended")
)

_HANDLER = Path(__file__).with_name("handler.py")

# https://docs.aws.amazon.com/powertools/python/latest/getting-started/install/
_POWERTOOLS = "/aws/service/powertools/python/x86_64/python3.14/latest"

_TRACES = "The actions of X-Ray know no resources."
_OWN_POLICY = "The policy is for this role alone, and goes when it goes."
_ONLY_IDS = "CloudWatch Logs encrypts it with a key of its own; it has ids of orders in it, and no more."
_TEN_AT_A_TIME = "Its event source calls it ten times at once at most."
_NO_NETWORK = "It reaches nothing in a network of ours."
_NO_SECRETS = "Lambda encrypts its environment with a key of its own; there are names and numbers in it."
_NEVER_ASYNCHRONOUS = "What fails goes to the dead-letter queue of the queue: nobody calls it asynchronously."


class BillingStack(ServiceStack):
    """Handles orders by a function."""

    def deliver(self, events: Sequence[EventContract]) -> None:
        """Let one function handle them all."""
        function = self._function()
        IdempotentConsumer(
            self,
            "Invoices",
            bus=self.inbox,
            events=events,
            function=function,
            name="invoices",
            maximum_concurrency=10,
            handled_within_seconds=900,
        )

    def _function(self) -> lambda_.Function:
        role = iam.Role(self, "InvoicesRole", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log = logs.LogGroup(
            self, "InvoicesLog", retention=logs.RetentionDays.ONE_MONTH, removal_policy=RemovalPolicy.DESTROY
        )
        log.grant_write(role)
        powertools = ssm.StringParameter.value_for_string_parameter(self, _POWERTOOLS)
        function = lambda_.Function(
            self,
            "InvoicesFunction",
            runtime=lambda_.Runtime.PYTHON_3_14,
            handler="index.handler",
            code=lambda_.Code.from_inline(_HANDLER.read_text(encoding="utf-8")),
            layers=[lambda_.LayerVersion.from_layer_version_arn(self, "Powertools", powertools)],
            memory_size=256,
            timeout=Duration.seconds(20),
            tracing=lambda_.Tracing.ACTIVE,
            log_group=log,
            role=role,
        )
        acknowledged(role, _TRACES, "AwsSolutions::AwsSolutions-IAM5[Resource::*]")
        acknowledged(role, _OWN_POLICY, "NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy")
        acknowledged(log, _ONLY_IDS, "NIST.800.53.R5::NIST.800.53.R5-CloudWatchLogGroupEncrypted", "CKV_AWS_158")
        acknowledged(
            function,
            _NEVER_ASYNCHRONOUS,
            "Serverless::Serverless-LambdaDLQ",
            "NIST.800.53.R5::NIST.800.53.R5-LambdaDLQ",
            "CKV_AWS_116",
        )
        acknowledged(function, _TEN_AT_A_TIME, "NIST.800.53.R5::NIST.800.53.R5-LambdaConcurrency", "CKV_AWS_115")
        acknowledged(function, _NO_NETWORK, "NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC", "CKV_AWS_117")
        acknowledged(function, _NO_SECRETS, "CKV_AWS_173")
        return function


def build(app: App) -> None:
    """Put the stacks of both services into *app*."""
    Validations.of(app).add_plugins(EventBridgeChecks(app))
    events = [ORDER_PLACED, ORDER_AMENDED]
    MultiBusTopology(
        app,
        "Shop",
        region=REGION,
        convention=CONVENTION,
        services=[
            Service("orders", ORDERS, publishes=events, owner="team-orders"),
            Service("billing", BILLING, consumes=events, owner="team-billing", stack=BillingStack),
        ],
    )


if __name__ == "__main__":
    invoices_app = App()
    build(invoices_app)
    invoices_app.synth()
