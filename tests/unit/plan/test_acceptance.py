"""What the owner of a target lets in: the one role of a delivery from another account."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import DeclarationError, NamingError
from cdk_eventbridge_patterns.naming import BusReference, NamingConvention
from cdk_eventbridge_patterns.plan.acceptance import Acceptance
from cdk_eventbridge_patterns.plan.target import TargetKind

ACME = NamingConvention(organization="acme", stage="prod")
ORDERS = "111111111111"
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail={"type": "object"})
ORDER_CANCELLED = EventContract(service="orders", event="OrderCancelled", detail={"type": "object"})
PARCEL_SHIPPED = EventContract(service="fulfilment", event="ParcelShipped", detail={"type": "object"})
ON_ORDERS = BusReference.of("orders", account=ORDERS)
ROLE = f"arn:aws:iam::{ORDERS}:role/acme-prod-orders--to-order-placed-v1--eu-west-1"
QUEUE = "arn:aws:sqs:eu-west-1:222222222222:invoices"


def accepted(*events: EventContract, **changed: Any) -> Acceptance:
    declared: dict[str, Any] = {"on": ON_ORDERS, "name": None, "naming": ACME, "region": "eu-west-1"}
    return Acceptance.of(events or (ORDER_PLACED,), **declared | changed)


def test_the_account_of_the_bus_is_let_in_where_it_comes_as_the_role_of_the_delivery() -> None:
    assert accepted().statement(TargetKind.QUEUE, QUEUE) == {
        "Sid": "AllowOrdersDeliversOrderPlacedV1",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ORDERS}:root"},
        "Action": "sqs:SendMessage",
        "Resource": QUEUE,
        "Condition": {"ArnEquals": {"aws:PrincipalArn": ROLE}},
    }


def test_the_key_is_opened_to_the_same_role() -> None:
    statement = accepted().key_statement(TargetKind.STREAM)

    assert (statement["Action"], statement["Resource"]) == ("kms:GenerateDataKey", "*")
    assert statement["Condition"] == {"ArnEquals": {"aws:PrincipalArn": ROLE}}


def test_of_several_events_the_first_in_the_alphabet_names_the_role_in_whatever_order() -> None:
    one, other = accepted(ORDER_PLACED, ORDER_CANCELLED), accepted(ORDER_CANCELLED, ORDER_PLACED)

    assert one.role_arn == other.role_arn
    assert one.role_name == "acme-prod-orders--to-order-cancelled-v1--eu-west-1"


def test_a_name_that_is_given_on_the_other_side_is_given_here_too() -> None:
    assert accepted(name="ledger").role_name == "acme-prod-orders--to-ledger--eu-west-1"


def test_an_event_of_another_service_carries_that_services_name_as_on_the_other_side() -> None:
    assert accepted(PARCEL_SHIPPED).role_name == "acme-prod-orders--to-fulfilment-parcel-shipped-v1--eu-west-1"


@pytest.mark.parametrize(
    ("bus", "events", "owner"),
    [
        # By its name, whoever publishes on it.
        ("acme-prod-orders", (PARCEL_SHIPPED,), "orders"),
        # Its name says nothing, so it is taken for the bus of the one that publishes.
        ("legacy", (ORDER_PLACED, ORDER_CANCELLED), "orders"),
    ],
)
def test_a_bus_known_by_arn_is_of_the_service_in_its_name_or_of_the_publisher(
    bus: str, events: tuple[EventContract, ...], owner: str
) -> None:
    on = BusReference.from_arn(f"arn:aws:events:eu-west-1:{ORDERS}:event-bus/{bus}")

    assert accepted(*events, on=on).role_name.startswith(f"acme-prod-{owner}--to-")


def test_a_bus_whose_owner_nobody_can_say_is_refused() -> None:
    on = BusReference.from_arn(f"arn:aws:events:eu-west-1:{ORDERS}:event-bus/legacy")

    with pytest.raises(NamingError, match=r"on must say which service owns bus .*/legacy, whose name does not"):
        accepted(ORDER_PLACED, PARCEL_SHIPPED, on=on)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"on": "orders"}, "on must be a bus reference, such as"),
        (
            {"on": BusReference.of("orders", account=ORDERS, region="us-east-1")},
            "on must be a bus in the Region of the target, eu-west-1, got one in us-east-1",
        ),
    ],
)
def test_a_bus_that_can_not_deliver_here_is_refused(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(DeclarationError) as refusal:
        accepted(**changed)

    assert says in str(refusal.value)


def test_a_delivery_of_no_event_is_refused() -> None:
    with pytest.raises(DeclarationError, match="at least one event contract is needed"):
        Acceptance.of((), on=ON_ORDERS, name=None, naming=ACME, region="eu-west-1")
