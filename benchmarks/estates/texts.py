"""Names, ARNs, statements and texts of the estate, as whoever writes stacks by hand has them in a helper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

MANAGE = [
    "events:DeleteRule",
    "events:DescribeRule",
    "events:DisableRule",
    "events:EnableRule",
    "events:ListTagsForResource",
    "events:ListTargetsByRule",
    "events:RemoveTargets",
    "events:TagResource",
    "events:UntagResource",
]
RETENTION = 14 * 24 * 3600
DAY = 24 * 3600


@dataclass(frozen=True)
class Names:
    """What things of one service are called."""

    service: str
    account: str
    region: str
    event: str = "order-placed-v1"

    @property
    def bus(self) -> str:
        """The bus."""
        return f"acme-prod-{self.service}"

    @property
    def bus_arn(self) -> str:
        """Its ARN."""
        return f"arn:aws:events:{self.region}:{self.account}:event-bus/{self.bus}"

    @property
    def source(self) -> str:
        """The source of its events."""
        return f"com.acme.{self.service}"

    @property
    def log_group(self) -> str:
        """The log group of the bus."""
        return f"/aws/vendedlogs/events/event-bus/{self.bus}--bus"

    def queue_arn(self, name: str) -> str:
        """Return the ARN of one of its queues."""
        return f"arn:aws:sqs:{self.region}:{self.account}:{name}"

    def rule_arn(self, name: str) -> str:
        """Return the ARN of a rule on its bus."""
        return f"arn:aws:events:{self.region}:{self.account}:rule/{self.bus}/{name}"

    def log_arn(self, kind: str, name: str) -> str:
        """Return the ARN of something of CloudWatch Logs."""
        return f"arn:aws:logs:{self.region}:{self.account}:{kind}:{name}"


def bus_statements(own: Names, consumers: list[Names], organization: str | None) -> list[Json]:
    """Return the statements of a bus's policy."""
    detail_type = "OrderPlaced.v1"
    root = f"arn:aws:iam::{own.account}:root"
    found = [
        {
            "Sid": f"{own.bus}--publish",
            "Effect": "Allow",
            "Principal": {"AWS": root},
            "Action": "events:PutEvents",
            "Resource": own.bus_arn,
            "Condition": {"StringEquals": {"events:source": own.source, "events:detail-type": detail_type}},
        }
    ]
    only = {
        "ForAllValues:StringEquals": {"events:source": [own.source], "events:detail-type": [detail_type]},
        "Null": {"events:source": "false", "events:detail-type": "false"},
    }
    creator = {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}}
    if organization:
        found += _three(
            f"{own.bus}--organization",
            "*",
            rules=own.rule_arn("*"),
            who={"StringEquals": {"aws:PrincipalOrgID": organization}, **creator},
            only=only,
            target="arn:aws:events:*:${aws:PrincipalAccount}:event-bus/*",
        )
        return found
    for each in consumers:
        found += _three(
            f"{own.bus}--{each.service}",
            {"AWS": f"arn:aws:iam::{each.account}:root"},
            rules=own.rule_arn(f"{each.bus}--*"),
            who=creator,
            only=only,
            target=each.bus_arn,
        )
    return found


def _three(sid: str, principal: str | Json, *, rules: str, who: Json, only: Json, target: str) -> list[Json]:
    common = {"Effect": "Allow", "Principal": principal, "Resource": rules}
    return [
        {"Sid": f"{sid}--manage", **common, "Action": MANAGE, "Condition": who},
        {"Sid": f"{sid}--rules", **common, "Action": "events:PutRule", "Condition": {**who, **only}},
        {
            "Sid": f"{sid}--targets",
            **common,
            "Action": "events:PutTargets",
            "Condition": {**who, "ArnLike": {"events:TargetArn": target}},
        },
    ]


def queue_statements(queue_arn: str, rule_arns: list[str]) -> list[Json]:
    """Return the statements of a queue's policy: rules may write to it, and nobody without TLS."""
    return [
        {
            "Sid": "AllowRules",
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": queue_arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": rule_arns[0] if len(rule_arns) == 1 else sorted(rule_arns)}},
        },
        {
            "Sid": "DenyWithoutTls",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sqs:*",
            "Resource": queue_arn,
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        },
    ]


def log_statement(own: Names) -> Json:
    """Return the statement of the log group's policy."""
    return {
        "Sid": "AllowBusLogs",
        "Effect": "Allow",
        "Principal": {"Service": "delivery.logs.amazonaws.com"},
        "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
        "Resource": own.log_arn("log-group", f"{own.log_group}:log-stream:*"),
        "Condition": {
            "StringEquals": {"aws:SourceAccount": own.account},
            "ArnLike": {"aws:SourceArn": own.log_arn("delivery-source", f"{own.bus}--bus-error-logs")},
        },
    }


@dataclass(frozen=True)
class Query:
    """An alarm on all rules of a bus."""

    name: str
    metric: str
    description: str
    function: str = "SUM"
    threshold: int = 0
    datapoints: int = 1

    def expression(self, bus: str) -> str:
        """Return the query of CloudWatch Metrics Insights."""
        return (
            f'SELECT {self.function}({self.metric}) FROM SCHEMA("AWS/Events", EventBusName, RuleName) '  # noqa: S608
            f"WHERE EventBusName = '{bus}'"
        )


QUERIES = (
    Query(
        "dead-lettered",
        "InvocationsSentToDlq",
        "Events of bus {} went to dead-letter queues, the owner's or a consumer's",
    ),
    Query("failed", "FailedInvocations", "Rules of bus {} failed for good to deliver events"),
    Query(
        "lost",
        "InvocationsFailedToBeSentToDlq",
        "Events of bus {} are lost: neither delivered nor in the dead-letter queue of their rule",
    ),
    Query(
        "slow",
        "IngestionToInvocationSuccessLatency",
        "Deliveries of bus {} are late for fifteen minutes, tries that failed included",
        function="MAX",
        threshold=60_000,
        datapoints=3,
    ),
    Query("throttled", "ThrottledRules", "Rules of bus {} are throttled, so events are late"),
)
