"""What a redrive is made of: a state machine, its role, which can write to known targets alone, and its log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cdk_eventbridge_patterns.access.publish import event_condition
from cdk_eventbridge_patterns.access.statement import Statement, one_or_many, policy_document
from cdk_eventbridge_patterns.errors import AccessError, DeclarationError
from cdk_eventbridge_patterns.naming.arn import arn, partition_of, role_arn
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.plan.checks import check_whole_number
from cdk_eventbridge_patterns.plan.encryption import KeyAddress
from cdk_eventbridge_patterns.plan.log_group import add_log_group, log_group_arn
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.queue import QueueAddress
from cdk_eventbridge_patterns.plan.redrive_definition import MOST_MESSAGES, MOST_PER_MINUTE, redrive_definition
from cdk_eventbridge_patterns.plan.way_back import Means, WayBack, queue_key
from cdk_eventbridge_patterns.topology.stamp import Stamp

# Where log groups lie that AWS itself delivers to: their names count against no quota of the account's log policy.
# https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
_LOGS = "/aws/vendedlogs/states/"

# AWS takes no narrower resource for either.
# https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
# https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
_DELIVER_LOGS = (
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
)
_TRACE = (
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:PutTelemetryRecords",
    "xray:PutTraceSegments",
)

_LOG_DAYS = 30

# Of all policies that stand in a role, spaces not counted.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
_LONGEST_POLICIES = 10_240


@dataclass(frozen=True, kw_only=True)
class RedriveSettings:
    """How much of a dead-letter queue one execution puts back, and how fast, where its input does not say.

    Args:
        maximum: How many messages it takes, 1 to 650. Default: 500.

        per_minute: How many in a minute at most, 1 to 60. Default: 60.

    Raises:
        DeclarationError: If a number is out of its range.
    """

    maximum: int = 500
    per_minute: int = MOST_PER_MINUTE

    def __post_init__(self) -> None:
        """Refuse what an execution has no room for."""
        check_whole_number(self.maximum, "maximum", 1, MOST_MESSAGES, "messages")
        check_whole_number(self.per_minute, "per_minute", 1, MOST_PER_MINUTE, "messages")


def redrive_settings(given: RedriveSettings | None) -> RedriveSettings:
    """Return the settings that were *given*, or those by default."""
    if given is None:
        return RedriveSettings()
    if not isinstance(given, RedriveSettings):
        msg = f"settings must be RedriveSettings, such as RedriveSettings(per_minute=30), got {given!r}"
        raise DeclarationError(msg)
    return given


@dataclass(frozen=True, kw_only=True)
class RedrivePlan:
    """A redrive worked out.

    Args:
        service: The service that owns the dead-letter queue.

        queue: The queue.

        naming: The convention.

        name: What the queue is called at its service.

        settings: How much it takes and how fast.

        ways: The ways back that it knows. Default: none yet.

        key: The key that encrypts the dead-letter queue. Default: one of SQS.

    Raises:
        AccessError: If its role would need longer policies than a role has room for.
    """

    service: str
    queue: QueueAddress
    naming: NamingConvention
    name: str
    settings: RedriveSettings
    ways: Sequence[WayBack] = ()
    key: KeyAddress | None = None

    def __post_init__(self) -> None:
        """Refuse more targets than its role has room for."""
        documents = [policy["PolicyDocument"] for policy in self.policies()]
        length = sum(len(json.dumps(document, separators=(",", ":"))) for document in documents)
        if length > _LONGEST_POLICIES:
            msg = (
                f"the role of redrive '{self.machine_name}' needs {length} characters for its targets, and a role has "
                f"room for {_LONGEST_POLICIES}; give some of what uses queue '{self.queue.name}' another one, with "
                "dead_letter_queue="
            )
            raise AccessError(msg)

    def knowing(self, ways: Sequence[WayBack]) -> RedrivePlan:
        """Return the same, which knows *ways*."""
        return replace(self, ways=ways)

    @property
    def machine_name(self) -> str:
        """The name of the state machine."""
        return self.naming.state_machine_name(self.service, f"redrive-{self.name}")

    @property
    def machine_arn(self) -> str:
        """The ARN of the state machine, literal."""
        return arn("states", f"stateMachine:{self.machine_name}", region=self.queue.region, account=self.queue.account)

    @property
    def role_name(self) -> str:
        """The name of its role."""
        return self.naming.role_name(self.service, f"redrive-{self.name}", region=self.queue.region)

    @property
    def log_group_name(self) -> str:
        """The name of its log group."""
        return _LOGS + self.naming.log_group_name(self.service, f"redrive-{self.name}")

    @property
    def machine_id(self) -> str:
        """The logical id of the state machine."""
        return logical_id(self.queue.queue_id, "Redrive")

    @property
    def role_id(self) -> str:
        """The logical id of its role."""
        return logical_id(self.machine_id, "Role")

    @property
    def log_group_id(self) -> str:
        """The logical id of its log group."""
        return logical_id(self.machine_id, "Logs")

    def definition(self) -> dict[str, Any]:
        """Return the definition of the state machine."""
        return redrive_definition(
            self.ways,
            queue_name=self.queue.name,
            partition=partition_of(self.queue.region),
            maximum=self.settings.maximum,
            per_minute=self.settings.per_minute,
        )

    def policies(self) -> list[dict[str, Any]]:
        """Return the policies of its role: the queue, each target that is known, its own log."""
        return [
            {"PolicyName": "redrive", "PolicyDocument": policy_document(*self._statements())},
            {"PolicyName": "report", "PolicyDocument": policy_document(_anywhere(_DELIVER_LOGS), _anywhere(_TRACE))},
        ]

    def _statements(self) -> list[Statement]:
        take = {
            "Effect": "Allow",
            "Action": [
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:ReceiveMessage",
            ],
            "Resource": self.queue.arn,
        }
        sends = [_send(means, ways) for means in Means if (ways := self._by(means))]
        return [take, *sends, *self.key_statements()]

    def key_statements(self) -> list[Statement]:
        """Return what lets its role use the keys of the queue and of the targets, each once."""
        given = [queue_key(self.key), *(way.key for way in self.ways)]
        keys = [key for key in given if key is not None]
        return [key for place, key in enumerate(keys) if key not in keys[:place]]

    def _by(self, means: Means) -> list[WayBack]:
        return [way for way in self.ways if way.means is means]


def plan_redrive(redrive: RedrivePlan) -> Plan:
    """Return the state machine of a redrive, its role and its log group.

    Its log has errors and no data, and neither has its trace: events may say what not everybody may read.
    """
    plan = Plan()
    stamp = Stamp(service=redrive.service)
    account, region = redrive.queue.account, redrive.queue.region
    add_log_group(plan, redrive.log_group_id, name=redrive.log_group_name, retention_days=_LOG_DAYS, stamp=stamp)
    plan.add(
        redrive.role_id,
        "AWS::IAM::Role",
        {
            "RoleName": redrive.role_name,
            "Description": f"Puts messages of queue {redrive.queue.name} back where they failed",
            "AssumeRolePolicyDocument": policy_document(_trust(redrive)),
            "Policies": redrive.policies(),
        },
    )
    log_arn = f"{log_group_arn(redrive.log_group_name, redrive.queue)}:*"
    plan.add(
        redrive.machine_id,
        "AWS::StepFunctions::StateMachine",
        {
            "StateMachineName": redrive.machine_name,
            "StateMachineType": "STANDARD",
            "RoleArn": role_arn(redrive.role_name, region=region, account=account),
            "Definition": redrive.definition(),
            "LoggingConfiguration": {
                "Level": "ERROR",
                "IncludeExecutionData": False,
                "Destinations": [{"CloudWatchLogsLogGroup": {"LogGroupArn": log_arn}}],
            },
            "TracingConfiguration": {"Enabled": True},
        },
        depends_on=[redrive.log_group_id, redrive.role_id],
        stamp=stamp,
    )
    return plan


def _trust(redrive: RedrivePlan) -> Statement:
    """Let Step Functions use the role for just this state machine.

    https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
    """
    return {
        "Effect": "Allow",
        "Principal": {"Service": "states.amazonaws.com"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "ArnEquals": {"aws:SourceArn": redrive.machine_arn},
            "StringEquals": {"aws:SourceAccount": redrive.queue.account},
        },
    }


def _send(means: Means, ways: Sequence[WayBack]) -> Statement:
    targets = list(dict.fromkeys(way.target_arn for way in ways))
    allow = {"Effect": "Allow", "Action": means.action, "Resource": one_or_many(targets)}
    if means is not Means.BUS:
        return allow
    types = [each for way in ways for each in way.event_types]
    return {**allow, "Condition": {"StringEquals": event_condition(types)}}


def _anywhere(actions: Sequence[str]) -> Statement:
    return {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
