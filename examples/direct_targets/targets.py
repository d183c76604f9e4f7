"""What other accounts have: an encrypted queue and a function in one, a topic and a stream in another."""

from __future__ import annotations

from typing import Any

from aws_cdk import Duration, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kinesis as kinesis
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk_eventbridge_patterns import DeadLetterQueue
from examples.acknowledged import acknowledged
from examples.direct_targets.contracts import CONVENTION

_TRACES = "The actions of X-Ray know no resources."
_OWN_POLICY = "The policy is for this role alone, and goes when it goes."
_NO_NETWORK = "It reaches nothing in a network of ours."
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
        acknowledged(role, _TRACES, "AwsSolutions::AwsSolutions-IAM5[Resource::*]")
        acknowledged(role, _OWN_POLICY, "NIST.800.53.R5::NIST.800.53.R5-IAMNoInlinePolicy")
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
            reserved_concurrent_executions=20,
        )
        acknowledged(self.fraud_check, _NO_NETWORK, "NIST.800.53.R5::NIST.800.53.R5-LambdaInsideVPC", "CKV_AWS_117")


class WarehouseStack(Stack):
    """A topic that tells the warehouse's people, and a stream that its data platform reads."""

    def __init__(self, scope: Construct, id: str, **stack_options: Any) -> None:  # noqa: ANN401 - the CDK's own
        super().__init__(scope, id, **stack_options)

        # Not the default, AWS's own keys: no other account may use those.
        key = kms.Key(self, "Key", enable_key_rotation=True)
        self.parcels = sns.Topic(self, "Parcels", topic_name="parcels", enforce_ssl=True, master_key=key)
        self.facts = kinesis.Stream(self, "Facts", stream_name="order-facts", encryption_key=key)
        acknowledged(self.facts, _OWN_KEY, "AwsSolutions::AwsSolutions-KDS3")
