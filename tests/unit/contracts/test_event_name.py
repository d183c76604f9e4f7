from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import EventContract, EventName
from cdk_eventbridge_patterns.errors import ContractError


def test_a_contract_is_told_apart_by_service_event_and_version() -> None:
    contract = EventContract(service="order-history", event="OrderMoved", version=12, detail={"type": "object"})

    assert contract.name == ("order-history", "OrderMoved", 12)
    assert str(contract.name) == "order-history/OrderMoved.v12"


def test_a_name_is_read_back_as_it_was_written() -> None:
    name = EventName("order-history", "OrderMoved", 12)

    assert EventName.parse(str(name)) == name


@pytest.mark.parametrize("text", ["OrderMoved.v1", "orders/OrderMoved", "orders/OrderMoved.v0", "", {"event": "x"}])
def test_fails_on_what_is_no_name_of_an_event(text: Any) -> None:
    with pytest.raises(ContractError, match=r"such as 'orders/OrderPlaced\.v1', got"):
        EventName.parse(text)
