"""An audit trail: one rule on a bus that notes in a log group which events there were, without what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cdk_eventbridge_patterns.contracts.envelope import StandardEnvelope
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.plan.consumes import check_events
from cdk_eventbridge_patterns.plan.delivery import DeliveryPlan, add_rule, log_statements
from cdk_eventbridge_patterns.plan.log_group import add_log_group, check_retention, log_group_arn
from cdk_eventbridge_patterns.plan.plan import Plan, logical_id
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.target import Target, TargetKind
from cdk_eventbridge_patterns.plan.target_input import TargetInput
from cdk_eventbridge_patterns.topology.stamp import Stamp

# Where the console looks for log groups that rules may write to.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
_PATH = "/aws/events/"

_ENVELOPE = {"id": "$.id", "source": "$.source", "account": "$.account", "region": "$.region", "type": "$.detail-type"}
_CORRELATION = "$.detail.metadata.correlationId"


@dataclass(frozen=True, kw_only=True)
class AuditPlan:
    """An audit trail worked out; `ServiceBus.audit` documents the fields."""

    subscriber: Subscriber
    events: Sequence[EventContract]
    name: str
    retention_days: int
    dead_letter_arn: str

    def __post_init__(self) -> None:
        """Refuse no events, and a retention that CloudWatch Logs does not know."""
        check_events(self.events)
        check_retention(self.retention_days)

    @property
    def log_group_name(self) -> str:
        """The name of the log group."""
        return _PATH + self.subscriber.naming.log_group_name(self.subscriber.service, self.name)

    @property
    def log_group_id(self) -> str:
        """Its logical id."""
        return logical_id(self.delivery.declared_id, "LogGroup")

    @cached_property
    def delivery(self) -> DeliveryPlan:
        """The rule."""
        return DeliveryPlan(
            subscriber=self.subscriber,
            events=self.events,
            name=self.name,
            target=Target(kind=TargetKind.LOG_GROUP, arn=log_group_arn(self.log_group_name, self.subscriber.bus)),
            input=self._line(),
            dead_letter_arn=self.dead_letter_arn,
            replays=False,
        )

    def _line(self) -> TargetInput:
        """Return what is noted of an event: what EventBridge and the envelope say of it, and no data.

        A log group takes a time and a text, and no object; in a template that is an object no text has quotation
        marks. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html
        """
        paths = {**_ENVELOPE, **self._own_ids()}
        text = " ".join(f"{name}=<{name}>" for name in paths)
        template = f'{{"timestamp":<time>,"message":"{text}"}}'
        return TargetInput.from_template(template, paths={"time": "$.time", **paths})

    def _own_ids(self) -> dict[str, str]:
        """Return where all events have their idempotency key and the id of their story, if they have one place."""
        ids: dict[str, str] = {}
        keys = {event.idempotency_key for event in self.events}
        if len(keys) == 1 and (key := keys.pop()) is not None:
            ids["key"] = f"$.{key}"
        if all(isinstance(event.envelope, StandardEnvelope) for event in self.events):
            ids["correlation"] = _CORRELATION
        return ids


def plan_audit(audit: AuditPlan) -> Plan:
    """Return the log group and the rule that writes to it."""
    plan, subscriber = Plan(), audit.subscriber
    group_id = add_log_group(
        plan,
        audit.log_group_id,
        name=audit.log_group_name,
        retention_days=audit.retention_days,
        statements=log_statements(audit.delivery.target.arn, audit.delivery.rule_arn),
        stamp=Stamp(service=subscriber.service, owner=subscriber.owner),
    )
    add_rule(plan, audit.delivery, depends_on=[group_id])
    return plan
