"""Opening a team's own queues and topics to a rule."""

from __future__ import annotations

import json
from typing import Any

from aws_cdk import Annotations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs

from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE, Statement
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.queue import send_statement


def check_queue_key(queue: sqs.IQueue, argument: str) -> None:
    """Refuse a queue whose key EventBridge can never use: the policy of `alias/aws/sqs` can't be changed."""
    managed = queue.encryption_type == sqs.QueueEncryption.KMS_MANAGED
    if managed or _is_managed_by_aws(queue.encryption_master_key, "alias/aws/sqs"):
        msg = (
            f"{argument} must not be encrypted with the AWS managed key alias/aws/sqs, which EventBridge can't use, "
            f"got queue '{queue.node.path}'; use SQS_MANAGED encryption or a key of your own"
        )
        raise DeclarationError(msg)


def check_topic(topic: sns.ITopic) -> None:
    """Refuse a topic that EventBridge can't publish to: a FIFO one, or one with the key `alias/aws/sns`.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
    """
    if topic.fifo:
        msg = f"target topic must be a standard topic, EventBridge refuses FIFO, got '{topic.node.path}'"
        raise DeclarationError(msg)
    if _is_managed_by_aws(topic.master_key, "alias/aws/sns"):
        msg = (
            "target topic must not be encrypted with the AWS managed key alias/aws/sns, which EventBridge can't use, "
            f"got topic '{topic.node.path}'; use a key of your own"
        )
        raise DeclarationError(msg)


def _is_managed_by_aws(key: kms.IKey | None, alias: str) -> bool:
    """Say whether *key* is the one behind *alias*; one that was imported by ARN has that in its ARN only."""
    return key is not None and (alias in key.key_id or alias in key.key_arn)


def open_queue(queue: sqs.IQueue, rule_arn: str, rule_id: str) -> None:
    """Let the rule send to *queue*, and use its key."""
    statement = send_statement(queue.queue_arn, [rule_arn], sid=f"Allow{rule_id}")
    result = queue.add_to_resource_policy(iam.PolicyStatement.from_json(statement))
    if not result.statement_added:
        warn_of_imported(queue, "queue", statement)
    open_key(queue.encryption_master_key, rule_id)


def open_topic(topic: sns.ITopic, rule_arn: str, rule_id: str) -> None:
    """Let the rule publish to *topic*, and use its key."""
    statement = {
        **send_statement(topic.topic_arn, [rule_arn], sid=f"Allow{rule_id}"),
        "Action": "sns:Publish",
    }
    result = topic.add_to_resource_policy(iam.PolicyStatement.from_json(statement))
    if not result.statement_added:
        warn_of_imported(topic, "topic", statement)
    open_key(topic.master_key, rule_id)


def open_key(key: kms.IKey | None, rule_id: str) -> None:
    """Let EventBridge use a customer managed key when it writes to what the key encrypts.

    Of a queue it is documented that EventBridge says for whom it asks, though not clear by which ARN; of a topic it is
    not. A condition on what is not said would lose events when they can least be lost: so a team's own key has none.
    `key_policy.queue_use`, for keys of ours, has one.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    """
    if key is None:
        return
    statement = {
        "Sid": f"Allow{rule_id}",
        "Effect": "Allow",
        "Principal": {"Service": EVENTBRIDGE},
        "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": "*",
    }
    result = key.add_to_resource_policy(iam.PolicyStatement.from_json(statement), allow_no_op=True)
    if not result.statement_added:
        warn_of_imported(key, "key", statement)


def warn_of_imported(resource: Any, kind: str, statement: Statement) -> None:  # noqa: ANN401 - any CDK resource
    """Say what an imported resource's own policy must have, for it can't be changed from here."""
    Annotations.of(resource).add_warning_v2(
        f"eventbridge-patterns:{kind}-policy",
        f"this {kind} is imported, so its policy can't be changed from here; without this statement no event arrives: "
        f"{json.dumps(statement)}",
    )
