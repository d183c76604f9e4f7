"""What other accounts have: an encrypted queue and a function in one, a topic and a stream in another."""

from __future__ import annotations

from typing import Any

from aws_cdk import Acknowledgment, Duration, Stack, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_eventbridge_patterns import DeadLetterQueue
from examples.direct_targets.contracts import CONVENTION

_TRACES = "The actions of X-Ray know no resources."
_OWN_KEY = "Records come from another account, which AWS's own key keeps out."
_HANDLER = "def handler(event, context):\n    print(event)\n"


class BillingStack(Stack):
    """A queue of invoices to write, with a key of billing's own, and a function that checks for fraud."""

    def __init__(self, scope: Construct, id: str, **stack_options: Any) -> None:  # noqa: ANN401 - the CDK's own
        super().__init__(scope, id, **stack_options)

        key = kms.Key(self, "Key", enable_key_rotation=True)
        lost = DeadLetterQueue(self, "DeadLetterQueue", service="billing").queue
        self.invoices = sqs.Queue(
            self,
            "Invoices",
            queue_name=CONVENTION.queue_name("billing", "invoices"),
            encryption_master_key=key,
            enforce_ssl=True,
            retention_period=Duration.days(4),
            dead_letter_queue=sqs.DeadLetterQueue(max_receive_count=5, queue=lost),
        )
        role = iam.Role(self, "FraudCheckRole", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        Validations.of(role).acknowledge(
            Acknowledgment(id="AwsSolutions::AwsSolutions-IAM5[Resource::*]", reason=_TRACES)
        )
        self.fraud_check = lambda_.Function(
            self,
            "FraudCheck",
            function_name="fraud-check",
            runtime=lambda_.Runtime.PYTHON_3_14,
            handler="index.handler",
            code=lambda_.Code.from_inline(_HANDLER),
            memory_size=256,
            timeout=Duration.seconds(10),
            tracing=lambda_.Tracing.ACTIVE,
            dead_letter_queue=lost,
            role=role,
        )


class WarehouseStack(Stack):
    """A topic that tells the warehouse's people, and a stream that its data platform reads."""

    def __init__(self, scope: Construct, id: str, **stack_options: Any) -> None:  # noqa: ANN401 - the CDK's own
        super().__init__(scope, id, **stack_options)

        self.parcels = sns.Topic(self, "Parcels", topic_name="parcels", enforce_ssl=True)
        self.facts = kinesis.Stream(
            self,
            "Facts",
            stream_name="order-facts",
            # Not the default, AWS's own key: no other account may use that.
            encryption_key=kms.Key(self, "Key", enable_key_rotation=True),
        )
        Validations.of(self.facts).acknowledge(Acknowledgment(id="AwsSolutions::AwsSolutions-KDS3", reason=_OWN_KEY))
