"""What an idempotent consumer is made of: rule, queue, event source of the function, and a table of what is handled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.access.statement import Statement, policy_document
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.plan.checks import check_whole_number
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, plan_delivery
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import KeyAddress, use_by_way_of
from cdk_eventbridge_patterns.plan.idempotency import (
    EXPIRES_AFTER_SECONDS,
    KEY_PATH,
    SERVICE_NAME,
    TABLE_NAME,
    idempotency_path,
    key_expression,
)
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.queue import QueueAddress, add_queue, add_queue_policy, age_alarm
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.topology.stamp import Stamp

# CreateEventSourceMapping, for a standard queue.
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
_LARGEST_BATCH = 10_000
_LARGEST_BATCH_AT_ONCE = 10
_LONGEST_WINDOW = 300
_CONCURRENCY = 2, 1000

# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html
_MOST_RECEIVES = 1000
_LONGEST_VISIBILITY = 43_200
_LONGEST_WAIT = 1_209_600

# "At least six times the configuration timeout on your function"; older editions are quoted with the window on top.
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
_TIMEOUTS_IN_VISIBILITY = 6

# What the persistence layer of Powertools expects of a table, and what its readers and writers call.
# https://docs.aws.amazon.com/powertools/python/latest/utilities/idempotency/
_KEY_ATTRIBUTE = "id"
_EXPIRY_ATTRIBUTE = "expiration"
_USE_TABLE = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]

_USE_KEY_OF_TABLE = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
]

# What Lambda calls in the name of the function's role.
# https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
_USE_QUEUE = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]

_A_DAY = 86_400
_TEN_YEARS = 3650


@dataclass(frozen=True, kw_only=True)
class IdempotentConsumerPlan:
    """One consumer worked out; `IdempotentConsumer` documents the fields.

    *key* is the KMS key that encrypts queue and table. Default: those that SQS and DynamoDB themselves own.
    """

    subscriber: Subscriber
    events: Sequence[EventContract]
    name: str
    function_arn: str
    role_name: str
    function_timeout_seconds: int
    dead_letters: QueueAddress
    detail: Mapping[str, Any] | None = None
    idempotency_key: str | None = None
    remembered_for_days: int = 30
    batch_size: int = 10
    batching_window_seconds: int = 0
    maximum_concurrency: int | None = None
    maximum_receives: int = 5
    handled_within_seconds: int | Disabled = 3600
    retry: RetryPolicy | None = None
    key: KeyAddress | None = None

    def __post_init__(self) -> None:
        """Refuse what Lambda or SQS would refuse, and events that nobody can know again."""
        check_whole_number(self.remembered_for_days, "remembered_for_days", 1, _TEN_YEARS, "days")
        check_whole_number(self.batch_size, "batch_size", 1, _LARGEST_BATCH, "messages")
        check_whole_number(self.batching_window_seconds, "batching_window_seconds", 0, _LONGEST_WINDOW, "seconds")
        if self.batch_size > _LARGEST_BATCH_AT_ONCE and not self.batching_window_seconds:
            msg = (
                f"batching_window_seconds must be 1 or more where batch_size is over {_LARGEST_BATCH_AT_ONCE}, such as "
                f"batching_window_seconds=5, got batch_size={self.batch_size} without it"
            )
            raise DeclarationError(msg)
        if self.maximum_concurrency is not None:
            check_whole_number(self.maximum_concurrency, "maximum_concurrency", *_CONCURRENCY, "batches at a time")
        check_whole_number(self.maximum_receives, "maximum_receives", 1, _MOST_RECEIVES, "receives")
        if not isinstance(self.handled_within_seconds, Disabled):
            longest, or_not = _LONGEST_WAIT, "seconds, or Disabled(reason)"
            check_whole_number(self.handled_within_seconds, "handled_within_seconds", 1, longest, or_not)
        longest_timeout = (_LONGEST_VISIBILITY - self.batching_window_seconds) // _TIMEOUTS_IN_VISIBILITY
        check_whole_number(self.function_timeout_seconds, "function_timeout_seconds", 1, longest_timeout, "seconds")
        _ = self.idempotency_path

    @cached_property
    def idempotency_path(self) -> str:
        """The field by which events are known again."""
        return idempotency_path(self.events, self.idempotency_key)

    @cached_property
    def queue(self) -> QueueAddress:
        """Where the queue is."""
        bus = self.subscriber.bus
        naming, service = self.subscriber.naming, self.subscriber.service
        return QueueAddress.of(naming, service, self.name, account=bus.account, region=bus.region)

    @cached_property
    def table_name(self) -> str:
        """The name of the table."""
        return self.subscriber.naming.table_name(self.subscriber.service, self.name)

    @property
    def table_arn(self) -> str:
        """The ARN of the table."""
        bus = self.subscriber.bus
        return arn("dynamodb", f"table/{self.table_name}", region=bus.region, account=bus.account)

    @cached_property
    def delivery(self) -> DeliveryPlan:
        """The delivery of the events to the queue: whole, for the key is taken from them there."""
        return DeliveryPlan(
            subscriber=self.subscriber,
            events=self.events,
            name=self.name,
            target=Target(kind=TargetKind.QUEUE, arn=self.queue.arn),
            detail=self.detail,
            retry=self.retry,
            dead_letter_arn=self.dead_letters.arn,
        )

    @property
    def table_id(self) -> str:
        """The logical id of the table."""
        return self._id("IdempotencyTable")

    @property
    def policy_id(self) -> str:
        """The logical id of the policy of the function's role."""
        return self._id("FunctionPolicy")

    @property
    def event_source_id(self) -> str:
        """The logical id of the event source mapping."""
        return self._id("EventSource")

    @property
    def has_alarm(self) -> bool:
        """Whether an alarm goes off when events wait too long."""
        return not isinstance(self.handled_within_seconds, Disabled)

    @property
    def environment(self) -> dict[str, str]:
        """What the function is told in its environment."""
        return {
            SERVICE_NAME: self.subscriber.service,
            TABLE_NAME: self.table_name,
            KEY_PATH: key_expression(self.idempotency_path),
            EXPIRES_AFTER_SECONDS: str(self.remembered_for_days * _A_DAY),
        }

    def _id(self, word: str) -> str:
        return logical_id(self.subscriber.service, self.name, word)


def plan_idempotent_consumer(consumer: IdempotentConsumerPlan) -> Plan:
    """Return all that *consumer* is made of, save its dead-letter queue and the function, which is the team's own."""
    plan = Plan()
    _add_queue(plan, consumer)
    plan.include(plan_delivery(consumer.delivery))
    _add_table(plan, consumer)
    _add_policy(plan, consumer)
    _add_event_source(plan, consumer)
    if isinstance(consumer.handled_within_seconds, int):
        _add_alarm(plan, consumer, consumer.handled_within_seconds)
    return plan


def _add_queue(plan: Plan, consumer: IdempotentConsumerPlan) -> None:
    within = consumer.handled_within_seconds
    add_queue(
        plan,
        consumer.queue,
        stamp=_stamp(consumer, disabled={"alarm": within.reason} if isinstance(within, Disabled) else {}),
        redrive_to=consumer.dead_letters,
        maximum_receives=consumer.maximum_receives,
        key=consumer.key,
        visibility_timeout_seconds=(
            _TIMEOUTS_IN_VISIBILITY * consumer.function_timeout_seconds + consumer.batching_window_seconds
        ),
    )
    add_queue_policy(plan, consumer.queue, [consumer.delivery.rule_arn])


def _add_table(plan: Plan, consumer: IdempotentConsumerPlan) -> None:
    """Add the table of what is handled.

    It goes with the stack, whose queue goes too: without a consumer there is nothing to know again, and a table left
    behind would be in the way of the next one, which has its name.
    """
    encryption = None
    if consumer.key is not None:
        encryption = {"SSEEnabled": True, "SSEType": "KMS", "KMSMasterKeyId": consumer.key.alias}
    plan.add(
        consumer.table_id,
        "AWS::DynamoDB::Table",
        {
            "TableName": consumer.table_name,
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": _KEY_ATTRIBUTE, "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": _KEY_ATTRIBUTE, "KeyType": "HASH"}],
            "TimeToLiveSpecification": {"AttributeName": _EXPIRY_ATTRIBUTE, "Enabled": True},
            "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            "SSESpecification": encryption,
        },
        stamp=_stamp(consumer),
        disposable=True,
    )


def _add_policy(plan: Plan, consumer: IdempotentConsumerPlan) -> None:
    """Let the function's role take from just this queue and remember in just this table."""
    plan.add(
        consumer.policy_id,
        "AWS::IAM::Policy",
        {
            "PolicyName": consumer.queue.name,
            "PolicyDocument": policy_document(
                _allow(_USE_QUEUE, consumer.queue.arn),
                _allow(_USE_TABLE, consumer.table_arn),
                *([] if consumer.key is None else _use_key(consumer.key)),
            ),
            "Roles": [consumer.role_name],
        },
    )


def _use_key(key: KeyAddress) -> list[Statement]:
    """Let the role use the key by way of SQS and DynamoDB only, which ask KMS in its name.

    Of a table AWS says what whoever makes it must be allowed; that whoever writes to it must be, too, others saw.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
    """
    return [use_by_way_of("sqs", key, ["kms:Decrypt"]), use_by_way_of("dynamodb", key, _USE_KEY_OF_TABLE)]


def _allow(actions: list[str], resource: str) -> Statement:
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def _add_event_source(plan: Plan, consumer: IdempotentConsumerPlan) -> None:
    """Add what hands the messages on, once there is a table, and the role may take them: Lambda tries that first."""
    most = consumer.maximum_concurrency
    plan.add(
        consumer.event_source_id,
        "AWS::Lambda::EventSourceMapping",
        {
            "FunctionName": consumer.function_arn,
            "EventSourceArn": consumer.queue.arn,
            "BatchSize": consumer.batch_size,
            "MaximumBatchingWindowInSeconds": consumer.batching_window_seconds or None,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "ScalingConfig": None if most is None else {"MaximumConcurrency": most},
        },
        depends_on=[consumer.queue.queue_id, consumer.policy_id, consumer.table_id],
        stamp=_stamp(consumer),
    )


def _add_alarm(plan: Plan, consumer: IdempotentConsumerPlan, seconds: int) -> None:
    """Add an alarm that goes off while the oldest event has waited longer than it may.

    Of a standard queue the age leaves out what was received three times and is there still, so one event that can't be
    handled is no delay of all others.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
    """
    queue = consumer.queue
    says = f"Events in queue {queue.name} wait longer than {seconds} seconds"
    properties = age_alarm(queue, queue.alarm_name, says, seconds)
    plan.add(queue.alarm_id, "AWS::CloudWatch::Alarm", properties, stamp=_stamp(consumer))


def _stamp(consumer: IdempotentConsumerPlan, *, disabled: Mapping[str, str] | None = None) -> Stamp:
    return Stamp(service=consumer.subscriber.service, owner=consumer.subscriber.owner, disabled=disabled or {})
