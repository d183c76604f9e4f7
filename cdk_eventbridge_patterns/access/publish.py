"""Statements that let an account publish."""

from __future__ import annotations

from collections.abc import Sequence

from cdk_eventbridge_patterns.access.statement import Statement, one_or_many
from cdk_eventbridge_patterns.contracts.event_contract import EventType
from cdk_eventbridge_patterns.naming.arn import account_root
from cdk_eventbridge_patterns.naming.bus_reference import BusAddress
from cdk_eventbridge_patterns.naming.convention import NamingConvention


def publish_statement(
    bus: BusAddress,
    naming: NamingConvention,
    accounts: Sequence[str],
    event_types: Sequence[EventType],
    *,
    publisher: str | None = None,
) -> Statement:
    """Let *accounts* publish just these events; *publisher* tells one of several services of a bus apart.

    For `PutEvents` both keys hold the literal values of the entry, and plain `StringEquals` is what AWS's own
    cross-account examples use.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
    """
    return {
        "Sid": naming.statement_id(bus.name, *filter(None, [publisher]), "publish"),
        "Effect": "Allow",
        "Principal": {"AWS": one_or_many([account_root(account, region=bus.region) for account in accounts])},
        "Action": "events:PutEvents",
        "Resource": bus.arn,
        "Condition": {"StringEquals": event_condition(event_types)},
    }


def receive_statement(bus: BusAddress, naming: NamingConvention, service: str) -> Statement:
    """Let only the roles of the service's own subscriptions deliver to its bus.

    A role of the bus's own account needs no such statement; it is there because AWS's security standards ask for a
    policy on every custom bus (Security Hub EventBridge.3), and it says what is meant.
    """
    roles = naming.role_name_prefix(service, "from") + "*"
    root = account_root(bus.account, region=bus.region)
    return {
        "Sid": naming.statement_id(bus.name, "receive"),
        "Effect": "Allow",
        "Principal": {"AWS": root},
        "Action": "events:PutEvents",
        "Resource": bus.arn,
        "Condition": {"ArnLike": {"aws:PrincipalArn": root.removesuffix("root") + f"role/{roles}"}},
    }


def event_condition(event_types: Sequence[EventType]) -> dict[str, str | list[str]]:
    """Return what holds a `PutEvents` to these events."""
    sources = sorted({event_type.source for event_type in event_types})
    detail_types = sorted({event_type.detail_type for event_type in event_types})
    return {"events:source": one_or_many(sources), "events:detail-type": one_or_many(detail_types)}
