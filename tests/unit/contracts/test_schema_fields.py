"""Whether a field must be there, wherever the schema says so."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from cdk_eventbridge_patterns.contracts import EventContract, StandardEnvelope


class Line(BaseModel):
    sku: str
    note: str | None = None


class OrderPlaced(BaseModel):
    order_id: str
    first: Line
    parent: OrderPlaced | None = None


def a_contract(detail: Any, **more: Any) -> EventContract:
    return EventContract(service="orders", event="OrderPlaced", detail=detail, **more)


@pytest.mark.parametrize(
    ("path", "is_required"),
    [
        ("metadata.id", True),
        ("metadata.causationId", False),
        ("data.order_id", True),
        ("data.first.sku", True),
        ("data.first.note", False),
        ("data.parent", False),
        ("data.parent.parent.order_id", True),
        ("data.unknown", False),
    ],
)
def test_a_field_of_a_model_must_be_there_or_not(path: str, *, is_required: bool) -> None:
    contract = a_contract(OrderPlaced, envelope=StandardEnvelope())

    assert contract.requires(path.split(".")) is is_required


@pytest.mark.parametrize(
    "said",
    [
        {"allOf": [{"required": ["lines"]}]},
        {"anyOf": [{"required": ["lines"]}, {"required": ["total"]}]},
        {"if": {"required": ["total"]}, "then": {"required": ["lines"]}},
        {"dependentSchemas": {"total": {"required": ["lines"]}}},
    ],
    ids=["all", "any", "then", "dependent"],
)
def test_a_field_that_must_be_there_at_times_counts_as_one_that_must(said: dict[str, Any]) -> None:
    assert a_contract({"type": "object", **said}).requires(["lines"])


def test_a_contract_keeps_the_model_it_was_made_from() -> None:
    assert a_contract(OrderPlaced).model is OrderPlaced
    assert a_contract({"type": "object"}).model is None
