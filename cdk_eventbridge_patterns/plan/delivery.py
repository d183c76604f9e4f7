"""What a delivery is made of: a rule on the service's own bus and the permission its target needs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.access.key_policy import LOG_DELIVERY
from cdk_eventbridge_patterns.access.statement import EVENTBRIDGE, Statement, policy_document
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.matching.analysis import undeclared
from cdk_eventbridge_patterns.naming.arn import role_arn
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.plan.adopted import (
    Adopted,
    check_adopted,
    exemption_of,
    kept_id,
    kept_name,
    kept_target_id,
)
from cdk_eventbridge_patterns.plan.aws_events import aws_event_stamps, check_no_loop, check_published_on
from cdk_eventbridge_patterns.plan.event_pattern import event_pattern, titles
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.replays import check_replays, takes_replays
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy, retry_policy
from cdk_eventbridge_patterns.plan.role import add_role
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.plan.target_input import TargetInput
from cdk_eventbridge_patterns.topology.stamp import Stamp


@dataclass(frozen=True, kw_only=True)
class DeliveryPlan:
    """One delivery worked out; `ServiceBus.deliver` documents the fields."""

    subscriber: Subscriber
    events: Sequence[EventContract]
    name: str
    target: Target
    detail: Mapping[str, Any] | None = None
    input: TargetInput | None = None
    retry: RetryPolicy | None = None
    dead_letter_arn: str | None = None
    dead_letters_off: str | None = None
    adopt: Adopted | None = None
    replays: bool | None = None

    def __post_init__(self) -> None:
        """Refuse an input that is none, and what no rule can keep."""
        check_adopted(self.adopt, ResourceKind.RULE)
        retry_policy(self.retry)
        check_replays(self.replays)
        if self.input is not None and not isinstance(self.input, TargetInput):
            msg = f"input must be a TargetInput, such as TargetInput.from_path('$.detail'), got {self.input!r}"
            raise DeclarationError(msg)
        if self.subscriber.bus.is_default:
            check_published_on(self.subscriber.bus, self.events, self.detail)
            check_no_loop(self.events, self.detail, self.target.kind)
        for path in () if self.input is None else self.input.paths:
            _check_path(path, self.events)

    @property
    def retry_policy(self) -> RetryPolicy:
        """How long it is tried again: as was said for it, or for its kind of target."""
        return retry_policy(self.retry or self.subscriber.retries.get(self.target.kind))

    @cached_property
    def rule_name(self) -> str:
        """The name of the rule."""
        return kept_name(self.adopt) or self.subscriber.naming.rule_name(self.subscriber.service, self.name)

    @cached_property
    def rule_arn(self) -> str:
        """The ARN of the rule."""
        return self.subscriber.bus.rule_arn(self.rule_name)

    @property
    def rule_id(self) -> str:
        """The logical id of the rule."""
        return kept_id(self.adopt, self.declared_id)

    @property
    def declared_id(self) -> str:
        """The logical id that follows from what is declared, on which those of all that belongs to the rule build."""
        return delivery_id(self.subscriber.service, self.name)

    @cached_property
    def role_name(self) -> str:
        """The name of the role, where the target needs one."""
        subscriber = self.subscriber
        return delivery_role_name(subscriber.naming, subscriber.service, self.name, region=subscriber.bus.region)


def delivery_id(service: str, name: str) -> str:
    """Return the logical id of the rule of a delivery, which statements for it are called by too."""
    return logical_id(service, "Delivers", name)


def delivery_role_name(naming: NamingConvention, service: str, name: str, *, region: str) -> str:
    """Return what the role of a delivery is called: whoever owns the target derives the same name."""
    return naming.role_name(service, f"to-{name}", region=region)


def _check_path(path: str, events: Sequence[EventContract]) -> None:
    """Refuse a path that leads to nothing in any of *events*: EventBridge would put nothing there, and say nothing."""
    reasons = [undeclared(path, contract) for contract in events]
    if reasons and all(reasons):
        msg = f"input must read what {titles(events)} has, got {path!r}: {reasons[0]}"
        raise DeclarationError(msg)


def plan_delivery(delivery: DeliveryPlan) -> Plan:
    """Return the rule of *delivery* and what lets it reach its target.

    The policies of queues and topics belong to whoever made those, so they are not in the plan.
    """
    plan = Plan()
    kind = delivery.target.kind
    depends_on = []
    if delivery.target.by_role:
        depends_on = [_add_role(plan, delivery)]
    elif kind is TargetKind.FUNCTION:
        _add_invoke_permission(plan, delivery)
    elif kind is TargetKind.LOG_GROUP:
        depends_on = [_add_log_policy(plan, delivery)]
    add_rule(plan, delivery, depends_on=depends_on)
    return plan


def add_rule(plan: Plan, delivery: DeliveryPlan, *, depends_on: Sequence[str] = ()) -> None:
    """Add the rule of *delivery*."""
    subscriber = delivery.subscriber
    off = {} if delivery.dead_letters_off is None else {"dead_letter_queue": delivery.dead_letters_off}
    plan.add(
        delivery.rule_id,
        "AWS::Events::Rule",
        {
            "Name": delivery.rule_name,
            "Description": f"{subscriber.service} delivers {titles(delivery.events)} to a {delivery.target.kind.label}",
            "EventBusName": subscriber.bus.name,
            "EventPattern": event_pattern(
                delivery.events,
                subscriber.naming,
                delivery.detail,
                on=subscriber.bus,
                replays=takes_replays(delivery.replays, delivery.target.kind),
            ),
            "State": "ENABLED",
            "Targets": [_target(delivery)],
        },
        depends_on=depends_on,
        stamp=Stamp(
            service=subscriber.service,
            owner=subscriber.owner,
            consumes=[contract.name for contract in delivery.events],
            aws_events=aws_event_stamps(delivery.events, subscriber.naming),
            disabled=off,
            replays=delivery.replays,
        ),
        exemption=exemption_of(delivery.adopt, subscriber.naming, ResourceKind.RULE, subscriber.service),
    )


def _target(delivery: DeliveryPlan) -> dict[str, Any]:
    subscriber, target = delivery.subscriber, delivery.target
    properties: dict[str, Any] = {
        "Id": kept_target_id(delivery.adopt, subscriber.naming.target_id(subscriber.service, target.kind.word)),
        "Arn": target.arn,
        "RetryPolicy": delivery.retry_policy.to_property(),
    }
    if target.by_role:
        bus = subscriber.bus
        properties["RoleArn"] = role_arn(delivery.role_name, region=bus.region, account=bus.account)
    if target.message_group_id is not None:
        properties["SqsParameters"] = {"MessageGroupId": target.message_group_id}
    if delivery.dead_letter_arn is not None:
        properties["DeadLetterConfig"] = {"Arn": delivery.dead_letter_arn}
    if delivery.input is not None:
        properties |= delivery.input.to_properties()
    return properties


def _add_role(plan: Plan, delivery: DeliveryPlan) -> str:
    role_id = logical_id(delivery.declared_id, "Role")
    add_role(
        plan,
        role_id,
        name=delivery.role_name,
        description=f"Delivers events of bus {delivery.subscriber.bus.name} to a {delivery.target.kind.label}",
        rules=delivery.rule_arn,
        rules_account=delivery.subscriber.bus.account,
        actions=delivery.target.kind.actions,
        resource=delivery.target.policy_arn or delivery.target.arn,
        key=delivery.target.key,
    )
    return role_id


def _add_invoke_permission(plan: Plan, delivery: DeliveryPlan) -> None:
    plan.add(
        logical_id(delivery.declared_id, "Permission"),
        "AWS::Lambda::Permission",
        {
            "Action": "lambda:InvokeFunction",
            "FunctionName": delivery.target.arn,
            "Principal": EVENTBRIDGE,
            "SourceArn": delivery.rule_arn,
        },
    )


def _add_log_policy(plan: Plan, delivery: DeliveryPlan) -> str:
    """Let the rule write to the log group; an account has room for ten such policies in a Region.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
    """
    subscriber = delivery.subscriber
    return plan.add(
        logical_id(delivery.declared_id, "LogPolicy"),
        "AWS::Logs::ResourcePolicy",
        {
            "PolicyName": subscriber.naming.log_policy_name(subscriber.service, delivery.name),
            "PolicyDocument": json.dumps(policy_document(*log_statements(delivery.target.arn, delivery.rule_arn))),
        },
    )


def log_statements(log_group_arn: str, rule_arn: str) -> tuple[Statement, Statement]:
    """Let a rule open streams of a log group and write to them, as AWS's own policy has it.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
    """
    services = {"Service": [EVENTBRIDGE, LOG_DELIVERY]}
    streams = f"{log_group_arn}:*"
    open_stream: Statement = {
        "Effect": "Allow",
        "Principal": services,
        "Action": "logs:CreateLogStream",
        "Resource": streams,
    }
    write: Statement = {
        "Effect": "Allow",
        "Principal": services,
        "Action": "logs:PutLogEvents",
        "Resource": streams,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule_arn}},
    }
    return open_stream, write
