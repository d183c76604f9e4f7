"""The model of a whole event, in Powertools' own parser."""

from __future__ import annotations

from typing import Any

import pytest
from aws_lambda_powertools.utilities.parser import parse
from pydantic import ValidationError

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import ContractError
from cdk_eventbridge_patterns.runtime import EventPublisher, parser_model
from tests.runtime_world import (
    ACME,
    BUS,
    ORDER_NOTED,
    ORDER_PLACED,
    ORDER_SHIPPED,
    PARCEL_LOST,
    OrderShipped,
    counted,
    delivered,
)


def an_event(contract: EventContract, **data: Any) -> dict[str, Any]:
    return delivered(
        EventPublisher(BUS, contracts=[contract], naming=ACME, new_id=counted()).event(contract, data).entry
    )


def parsed(contract: EventContract, event: dict[str, Any]) -> Any:
    return parse(event=event, model=parser_model(contract, naming=ACME))


def test_an_event_with_an_envelope_has_data_of_the_contracts_model() -> None:
    event = parsed(ORDER_SHIPPED, an_event(ORDER_SHIPPED, order_id="o-1"))

    assert event.detail.data == OrderShipped(order_id="o-1")
    assert event.detail.metadata["idempotencyKey"] == "id-1"
    assert event.detail_type == "OrderShipped.v2"


def test_an_event_of_a_json_schema_is_held_to_it() -> None:
    assert parsed(PARCEL_LOST, an_event(PARCEL_LOST, parcel="p-1")).detail.data == {"parcel": "p-1"}
    assert parsed(ORDER_NOTED, an_event(ORDER_NOTED, order_id="o-1")).detail == {"order_id": "o-1"}

    with pytest.raises(ValidationError, match=r"detail\.order_id does not fit 'type'"):
        parsed(ORDER_NOTED, an_event(ORDER_NOTED, order_id="o-1") | {"detail": {"order_id": 1}})


def test_an_event_of_another_version_is_refused() -> None:
    event = an_event(ORDER_NOTED, order_id="o-1") | {"detail-type": "OrderNoted.v2"}

    with pytest.raises(ValidationError, match=r"Input should be 'OrderNoted\.v1'"):
        parsed(ORDER_NOTED, event)
    assert parse(event=event, model=parser_model(ORDER_NOTED)).detail == {"order_id": "o-1"}


def test_a_parser_can_not_decrypt() -> None:
    with pytest.raises(ContractError, match=r"use EventReader for orders/OrderPlaced\.v1"):
        parser_model(ORDER_PLACED)
