"""The newer bus, AWS::EventsV2, so far as it is traced."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.simulation import Outcome
from cdk_eventbridge_patterns.testing.builders import (
    BILLING,
    ORDERS,
    a_bus,
    a_queue,
    a_role,
    a_rule,
    a_target,
    a_topology,
    bus_arn,
    queue_arn,
    role_arn,
)
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.undecided import Undecided
from tests.unit.simulation.world import MAY_PUBLISH, ORDER_PATTERN, allow, at, placed, step

NEWER = f"arn:aws:events:eu-west-1:{ORDERS}:event-busv2/acme-prod-orders/abcdefghijklmnopqrstuvwxy"
SHIPPING, LOST = queue_arn("shipping", account=ORDERS), queue_arn("lost", account=ORDERS)
CLASSIC = bus_arn("acme-prod-shipping")
ROLE = role_arn("subscriber", account=ORDERS)
SENDER = a_role("subscriber", allow("sqs:SendMessage"), account=ORDERS)


def the_bus() -> Any:
    return type(a_bus())(**{**vars(a_bus()), "kind": BusKind.V2, "arn": NEWER})


def a_subscriber(*, to: str = SHIPPING, pattern: Any = None, account: str = ORDERS, **target: Any) -> Rule:
    given = {"role_arn": ROLE, **target}
    return a_rule(
        a_target(to, **given), name="shipping", on=NEWER, account=account, kind=BusKind.V2, event_pattern=pattern
    )


def found(subscriber: Rule, *elements: Any) -> Any:
    shipping = a_queue("shipping", account=ORDERS)
    return placed(a_topology(the_bus(), subscriber, shipping, *(elements or (SENDER,))), bus=NEWER)


def test_a_subscriber_without_a_filter_takes_everything() -> None:
    assert found(a_subscriber()).reaches(SHIPPING) is True


def test_a_subscriber_takes_what_its_filter_matches() -> None:
    assert found(a_subscriber(pattern=ORDER_PATTERN)).reaches(SHIPPING) is True
    assert found(a_subscriber(pattern={"source": ["com.acme.billing"]})).reaches(SHIPPING) is False


def test_a_subscriber_delivers_by_its_role_only() -> None:
    assert found(a_subscriber(role_arn=None)).reaches(SHIPPING) is False
    assert found(a_subscriber(), a_role("subscriber", account=ORDERS)).reaches(SHIPPING) is False


def test_its_role_sends_to_the_on_failure_queue_too() -> None:
    missing = queue_arn("gone", account=ORDERS)
    lost = a_queue("lost", account=ORDERS)

    def outcome(role: Any) -> Outcome:
        return at(found(a_subscriber(to=missing, dead_letter_arn=LOST), role, lost), missing).outcome

    assert outcome(SENDER) is Outcome.DEAD_LETTERED
    assert outcome(a_role("subscriber", allow("sqs:SendMessage", missing), account=ORDERS)) is Outcome.LOST


def test_what_a_shared_bus_allows_another_account_is_not_followed() -> None:
    role = a_role("subscriber", allow("sqs:SendMessage"))

    answer = step(found(a_subscriber(account=BILLING, role_arn=role_arn("subscriber")), role), "may subscribe").answer

    assert answer == Undecided("what the owner of a newer bus shares is not followed")


def test_a_subscriber_may_send_to_a_classic_bus() -> None:
    role = a_role("subscriber", MAY_PUBLISH, account=ORDERS)

    assert found(a_subscriber(to=CLASSIC), role, a_bus("acme-prod-shipping")).reaches(CLASSIC) is True


def test_whether_a_move_from_a_newer_bus_counts_is_undecided() -> None:
    audit = bus_arn("acme-prod-audit")
    role = a_role("subscriber", MAY_PUBLISH, account=ORDERS)
    second = a_rule(a_target(audit, role_arn=ROLE), on=CLASSIC)
    buses = [a_bus("acme-prod-shipping"), a_bus("acme-prod-audit")]

    assert isinstance(found(a_subscriber(to=CLASSIC), role, second, *buses).reaches(audit), Undecided)


def test_what_it_takes_to_move_an_event_to_a_newer_bus_is_undecided() -> None:
    role = a_role("subscriber", allow("events:*"), account=ORDERS)
    classic_rule = a_rule(a_target(NEWER, role_arn=ROLE), on=CLASSIC)

    answer = placed(a_topology(the_bus(), a_bus("acme-prod-shipping"), classic_rule, role), bus=CLASSIC).reaches(NEWER)

    assert isinstance(answer, Undecided)
