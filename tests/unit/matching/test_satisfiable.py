"""Event patterns against a contract: live with a witness, live by a field nobody declared, dead, undecided."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from cdk_eventbridge_patterns.contracts import EventContract, EventSchema
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.matching.analysis import Dead, Live, OnlyUndeclared, satisfiable
from cdk_eventbridge_patterns.naming import NamingConvention
from cdk_eventbridge_patterns.undecided import Undecided


class Line(BaseModel):
    sku: str = Field(pattern=r"^[A-Z]{3}-[0-9]{4}$")
    quantity: int = Field(ge=1, le=10)


class Card(BaseModel):
    kind: Literal["card"]
    last4: str = Field(min_length=4, max_length=4)


class Invoice(BaseModel):
    kind: Literal["invoice"]
    days: int


class Order(BaseModel):
    order_id: str
    status: Literal["placed", "paid"]
    total: float = Field(gt=0)
    lines: list[Line] = Field(min_length=2)
    payment: Card | Invoice
    note: str | None = None
    labels: dict[str, str] = {}
    parent: Order | None = None


ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail=Order)
ACME = NamingConvention(organization="acme", stage="prod")


def _of(detail: Any, contract: EventContract | EventSchema = ORDER_PLACED) -> Any:
    return satisfiable(EventPattern.parse({"detail": detail}), contract)


LIVE: list[dict[str, Any]] = [
    {"status": ["paid"]},
    {"status": [{"anything-but": "placed"}]},
    {"total": [{"numeric": ["<", 0.5]}]},
    {"lines": {"sku": [{"prefix": "AB"}], "quantity": [3]}},
    {"lines": {"sku": [{"wildcard": "A*-*9"}]}},
    {"lines": {"sku": [{"suffix": "-0001"}]}},
    {"payment": {"kind": ["invoice"], "days": [{"numeric": [">", 30]}]}},
    {"payment": {"last4": [{"anything-but": {"prefix": "0"}}]}},
    {"note": [{"exists": False}]},
    {"note": [None]},
    {"note": [{"equals-ignore-case": "straße"}]},
    {"order_id": [{"cidr": "10.0.0.0/24"}]},
    {"labels": {"any": ["x"]}},
    {"parent": {"parent": {"status": ["paid"]}}},
    {"status": ["refunded", "paid"]},
    {"$or": [{"status": ["refunded"]}, {"status": ["paid"]}]},
]


@pytest.mark.parametrize("detail", LIVE, ids=str)
def test_what_can_match_has_a_witness_that_does(detail: dict[str, Any]) -> None:
    pattern = EventPattern.parse({"detail": detail})

    verdict = satisfiable(pattern, ORDER_PLACED)

    assert isinstance(verdict, Live), verdict
    assert pattern.matches(verdict.witness)
    Order.model_validate(verdict.witness["detail"])


DEAD = [
    ({"status": ["payd"]}, "detail.status", "it is one of ['placed', 'paid'], which can't satisfy ['payd']"),
    ({"status": [{"anything-but": ["placed", "paid"]}]}, "detail.status", "it is one of"),
    ({"total": [{"numeric": ["<=", 0]}]}, "detail.total", "type number with 'exclusiveMinimum': 0"),
    ({"total": ["12"]}, "detail.total", "type number"),
    ({"lines": {"sku": [{"prefix": "ABCD"}]}}, "detail.lines.sku", "which can't satisfy [{'prefix': 'ABCD'}]"),
    ({"lines": {"sku": [{"wildcard": "*_*"}]}}, "detail.lines.sku", "'pattern': '^[A-Z]{3}-[0-9]{4}$'"),
    ({"lines": {"quantity": [11]}}, "detail.lines.quantity", "'maximum': 10"),
    ({"lines": {"quantity": [{"numeric": [">", 1, "<", 2]}]}}, "detail.lines.quantity", "type integer"),
    ({"lines": {"quantity": [{"anything-but": list(range(1, 11))}]}}, "detail.lines.quantity", "type integer"),
    ({"lines": ["AAA-0001"]}, "detail.lines", "an event pattern can ask for fields only"),
    ({"order_id": [{"exists": False}]}, "detail.order_id", "it is always there"),
    ({"order_id": {"value": ["x"]}}, "detail.order_id", "of type string, which has no fields"),
    ({"payment": [{"exists": True}]}, "detail.payment", "an event pattern can ask for fields only"),
    ({"status": ["paid"], "total": [{"prefix": "1"}]}, "detail.total", "type number"),
    ({"$or": [{"status": ["payd"]}, {"total": [-1]}]}, "detail.status", "it is one of"),
]


@pytest.mark.parametrize(("detail", "path", "reason"), DEAD, ids=str)
def test_what_can_never_match_is_dead_for_a_reason(detail: dict[str, Any], path: str, reason: str) -> None:
    verdict = _of(detail)

    assert isinstance(verdict, Dead), verdict
    assert verdict.path == path
    assert reason in verdict.reason


def test_a_misspelt_field_is_told_with_the_nearest_that_there_is() -> None:
    verdict = _of({"statuss": ["paid"]})

    assert isinstance(verdict, OnlyUndeclared)
    assert verdict.path == "detail.statuss"
    assert verdict.reason == "the contract declares no such field; the nearest is 'status'"
    assert verdict.witness["detail"]["statuss"] == "paid"


def test_a_misspelt_field_that_the_contract_forbids_is_dead() -> None:
    class Closed(BaseModel, extra="forbid"):
        status: str

    verdict = _of({"statuss": ["paid"]}, EventContract(service="orders", event="OrderPlaced", detail=Closed))

    assert verdict == Dead("detail.statuss", "the contract declares no such field; the nearest is 'status'")


def test_fields_of_two_kinds_of_one_union_never_come_together() -> None:
    class Closed(BaseModel, extra="forbid"):
        kind: Literal["card"]

    class Other(BaseModel, extra="forbid"):
        kind: Literal["invoice"]
        days: int

    class Paid(BaseModel):
        payment: Closed | Other

    contract = EventContract(service="orders", event="OrderPaid", detail=Paid)

    assert isinstance(_of({"payment": {"kind": ["card"], "days": [3]}}, contract), Dead)
    assert isinstance(_of({"payment": {"kind": ["invoice"], "days": [3]}}, contract), Live)


def test_two_fields_must_be_of_one_element_of_a_list() -> None:
    schema = {
        "type": "object",
        "properties": {
            "lines": {
                "type": "array",
                "items": {
                    "oneOf": [
                        {"type": "object", "properties": {"a": {"const": 1}}, "additionalProperties": False},
                        {"type": "object", "properties": {"b": {"const": 2}}, "additionalProperties": False},
                    ]
                },
            }
        },
    }
    contract = EventContract(service="orders", event="OrderPlaced", detail=schema)

    assert isinstance(_of({"lines": {"a": [1], "b": [2]}}, contract), Dead)


def test_source_and_detail_type_are_judged_by_the_naming_convention() -> None:
    right = EventPattern.parse({"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]})
    wrong = EventPattern.parse({"source": ["com.acme.order"]})

    assert isinstance(satisfiable(right, ORDER_PLACED, naming=ACME), Live)
    assert isinstance(satisfiable(wrong, ORDER_PLACED), Live)
    assert satisfiable(wrong, ORDER_PLACED, naming=ACME) == Dead(
        "source", "it is one of ['com.acme.orders'], which can't satisfy ['com.acme.order']"
    )


def test_the_envelope_has_no_other_fields() -> None:
    verdict = satisfiable(EventPattern.parse({"sources": ["com.acme.orders"]}), ORDER_PLACED)

    assert verdict == Dead("sources", "the contract declares no such field; the nearest is 'source'")


@pytest.mark.parametrize(
    ("properties", "detail"),
    [
        ({"a": {"type": "string", "pattern": r"^a\b-"}}, {"a": [{"prefix": "ab"}]}),
        ({"a": {"type": "string", "not": {"const": "x"}}}, {"a": ["x"]}),
        ({"a.b": {"type": "string"}, "a": {"type": "integer"}}, {"a.b": ["x"]}),
        ({"a": {"$ref": "https://example.com/other.json"}}, {"a": ["x"]}),
    ],
    ids=str,
)
def test_what_cannot_be_followed_is_undecided(properties: dict[str, Any], detail: dict[str, Any]) -> None:
    schema = {"type": "object", "properties": properties}

    assert isinstance(_of(detail, EventContract(service="orders", event="OrderPlaced", detail=schema)), Undecided)


DRAFT_4 = "http://json-schema.org/draft-04/schema#"


def test_the_older_drafts_of_registries_are_read_as_they_are_meant() -> None:
    detail = {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1, "exclusiveMinimum": True}}}
    schema = EventSchema(title="x", schema={"$schema": DRAFT_4, "type": "object", "properties": {"detail": detail}})

    assert isinstance(_of({"n": [1]}, schema), Dead)
    assert isinstance(_of({"n": [2]}, schema), Live)
