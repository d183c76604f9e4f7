"""A queue that rules write to, for events or for what could not be delivered, and who may write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE, Statement, one_or_many, policy_document
from cdk_eventbridge_patterns.naming.arn import arn
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.checks import check_whole_number
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.plan.metric_queries import FIVE_MINUTES
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.topology.stamp import Stamp

# The longest SQS keeps a message: time to notice, mend and redrive.
_FOURTEEN_DAYS = 1_209_600

_SECONDS_AN_HOUR = 3_600
_LONGEST_WAIT_HOURS = _FOURTEEN_DAYS // _SECONDS_AN_HOUR - 1

_LONGEST_WAIT_HOURS_BY_DEFAULT = 24


@dataclass(frozen=True, kw_only=True)
class QueueAddress:
    """Where a queue is, which resource of its template it is, and what an alarm on it is called."""

    name: str
    account: str
    region: str
    queue_id: str
    alarm_name: str
    age_alarm_name: str

    @classmethod
    def of(cls, naming: NamingConvention, service: str, name: str, *, account: str, region: str) -> QueueAddress:
        """Return where the queue *name* of *service* is under *naming*."""
        return cls(
            name=naming.queue_name(service, name),
            account=account,
            region=region,
            queue_id=logical_id(service, name, "Queue"),
            alarm_name=naming.alarm_name(service, name),
            age_alarm_name=naming.alarm_name(service, f"{name}-age"),
        )

    @property
    def arn(self) -> str:
        """The ARN of the queue."""
        return arn("sqs", self.name, region=self.region, account=self.account)

    @property
    def policy_id(self) -> str:
        """The logical id of its policy."""
        return logical_id(self.queue_id, "Policy")

    @property
    def alarm_id(self) -> str:
        """The logical id of the alarm on it."""
        return logical_id(self.queue_id, "Alarm")

    @property
    def age_alarm_id(self) -> str:
        """The logical id of the alarm on how long messages are in it."""
        return logical_id(self.queue_id, "AgeAlarm")


def bus_queue_name(qualifier: str | None) -> str:
    """Return what the dead-letter queue of a service's bus is called."""
    return "dead-letters" if qualifier is None else f"{qualifier}-dead-letters"


def subscription_queue_name(qualifier: str | None) -> str:
    """Return what the dead-letter queue that all subscriptions of a service's bus share is called."""
    return "subscription-dead-letters" if qualifier is None else f"{qualifier}-subscription-dead-letters"


def check_longest_wait(hours: int | Disabled | None) -> None:
    """Refuse what is no number of hours that a message can wait: SQS deletes it after fourteen days."""
    if hours is not None and not isinstance(hours, Disabled):
        check_whole_number(hours, "longest_wait_hours", 1, _LONGEST_WAIT_HOURS, "hours")


def plan_dead_letter_queue(
    queue: QueueAddress,
    service: str,
    *,
    alarm: Disabled | None = None,
    longest_wait_hours: int | Disabled | None = None,
    key: KeyAddress | None = None,
    sources: Iterable[str] = (),
) -> Plan:
    """Return a queue that just the rules *sources* may write to, with the alarms that are not switched off."""
    plan = Plan()
    switches = {"alarm": alarm, "longest_wait_hours": longest_wait_hours}
    off = {name: value.reason for name, value in switches.items() if isinstance(value, Disabled)}
    add_queue(plan, queue, stamp=Stamp(service=service, disabled=off), key=key)
    add_queue_policy(plan, queue, sources)
    if alarm is None:
        add_alarm(plan, queue, service=service)
    hours = longest_wait(alarm, longest_wait_hours)
    if hours is not None:
        add_age_alarm(plan, queue, service=service, hours=hours)
    return plan


def longest_wait(alarm: Disabled | None, given: int | Disabled | None) -> int | None:
    """Return after how many hours an alarm goes off, if one does; what switches off the other is for both."""
    if isinstance(given, Disabled):
        return None
    return given or (_LONGEST_WAIT_HOURS_BY_DEFAULT if alarm is None else None)


def add_queue(
    plan: Plan,
    queue: QueueAddress,
    *,
    stamp: Stamp,
    redrive_to: QueueAddress | None = None,
    maximum_receives: int = 5,
    visibility_timeout_seconds: int | None = None,
    key: KeyAddress | None = None,
) -> None:
    """Add a queue that EventBridge can write to: standard, encrypted by SQS itself, or by *key*.

    Not by AWS's own key `alias/aws/sqs`, which EventBridge can't use; and *key* must let `events.amazonaws.com` in,
    or events are lost (aws/aws-cdk#33169).

    Where *redrive_to* is given, messages that were received *maximum_receives* times without success go there; it must
    exist first.
    """
    redrive = None
    if redrive_to is not None:
        redrive = {"deadLetterTargetArn": redrive_to.arn, "maxReceiveCount": maximum_receives}
    plan.add(
        queue.queue_id,
        "AWS::SQS::Queue",
        {
            "QueueName": queue.name,
            "MessageRetentionPeriod": _FOURTEEN_DAYS,
            "SqsManagedSseEnabled": True if key is None else None,
            "KmsMasterKeyId": None if key is None else key.alias,
            "VisibilityTimeout": visibility_timeout_seconds,
            "RedrivePolicy": redrive,
        },
        stamp=stamp,
        disposable=True,
    )


def add_alarm(plan: Plan, queue: QueueAddress, *, service: str) -> None:
    """Add an alarm that goes off as soon as a message is in the queue, and ends when none is left.

    SQS reports on queues in use only, so no data is no alarm.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-monitoring-using-cloudwatch.html
    """
    says = f"Events that could not be delivered are in queue {queue.name}"
    properties = _alarm(queue, queue.alarm_name, says, "ApproximateNumberOfMessagesVisible", 0)
    plan.add(queue.alarm_id, "AWS::CloudWatch::Alarm", properties, stamp=Stamp(service=service))


def add_age_alarm(plan: Plan, queue: QueueAddress, *, service: str, hours: int) -> None:
    """Add an alarm that goes off once a message has been in the queue for *hours*: nobody has put it back.

    The age counts from when the message came into this queue, also where SQS moved it here from another.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
    """
    says = f"Events that could not be delivered have been in queue {queue.name} for {hours} hours"
    properties = age_alarm(queue, queue.age_alarm_name, says, hours * _SECONDS_AN_HOUR)
    plan.add(queue.age_alarm_id, "AWS::CloudWatch::Alarm", properties, stamp=Stamp(service=service))


def age_alarm(queue: QueueAddress, name: str, says: str, seconds: int) -> dict[str, Any]:
    """Return the properties of an alarm that goes off while the oldest message has waited for more than *seconds*."""
    return _alarm(queue, name, says, "ApproximateAgeOfOldestMessage", seconds)


def _alarm(queue: QueueAddress, name: str, says: str, metric: str, threshold: int) -> dict[str, Any]:
    return {
        "AlarmName": name,
        "AlarmDescription": says,
        "Namespace": "AWS/SQS",
        "MetricName": metric,
        "Dimensions": [{"Name": "QueueName", "Value": queue.name}],
        "Statistic": "Maximum",
        "Period": FIVE_MINUTES,  # soon enough for what waits fourteen days
        "EvaluationPeriods": 1,
        "Threshold": threshold,
        "ComparisonOperator": "GreaterThanThreshold",
        "TreatMissingData": "notBreaching",
    }


def add_queue_policy(plan: Plan, queue: QueueAddress, rule_arns: Iterable[str]) -> None:
    """Add the one policy of a queue: SQS keeps only the last, so all its rules stand in it."""
    plan.add(
        queue.policy_id,
        "AWS::SQS::QueuePolicy",
        {"Queues": [{"Ref": queue.queue_id}], "PolicyDocument": queue_policy(queue.arn, rule_arns)},
    )


def queue_policy(queue_arn: str, source_arns: Iterable[str]) -> dict[str, Any]:
    """Return the policy that lets just these rules and buses send, and nobody without TLS."""
    deny_plain = {
        "Sid": "DenyWithoutTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "sqs:*",
        "Resource": queue_arn,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    sources = sorted(source_arns)
    return policy_document(*([send_statement(queue_arn, sources)] if sources else []), deny_plain)


def send_statement(queue_arn: str, rule_arns: Sequence[str], sid: str = "AllowRules") -> Statement:
    """Let these rules send to a queue.

    A rule's ARN carries the account of the bus it is on, so `aws:SourceArn` in full is all that is needed against a
    confused deputy; the guide's own statement has just that.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    """
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": EVENTBRIDGE},
        "Action": "sqs:SendMessage",
        "Resource": queue_arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": one_or_many(rule_arns)}},
    }
