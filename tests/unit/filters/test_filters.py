"""Filters written with a contract's own fields."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.errors import ContractError, DeclarationError
from cdk_eventbridge_patterns.filters import (
    above,
    absent,
    any_of,
    anything_but,
    at_least,
    at_most,
    below,
    between,
    each,
    equals,
    equals_ignore_case,
    exists,
    fields_of,
    in_network,
    prefix,
    suffix,
    where,
    wildcard,
)
from cdk_eventbridge_patterns.matching import EventPattern


class Line(BaseModel):
    sku: str
    quantity: int = Field(ge=1)


class Customer(BaseModel):
    tier: Literal["gold", "plain"] = Field(alias="customerTier")
    address: str | None = None


class Order(BaseModel):
    order_id: str
    status: Literal["placed", "paid"]
    total: float
    customer: Customer
    lines: list[Line]


ORDER = fields_of(Order)
ORDER_PLACED = EventContract(service="orders", event="OrderPlaced", detail=Order)


@pytest.mark.parametrize(
    ("condition", "detail"),
    [
        (equals(ORDER.status, "paid", "placed"), {"status": ["paid", "placed"]}),
        (equals(ORDER.customer.tier, "gold"), {"customer": {"customerTier": ["gold"]}}),
        (equals(ORDER.customer.address, None), {"customer": {"address": [None]}}),
        (equals(each(ORDER.lines).sku, "A-1"), {"lines": {"sku": ["A-1"]}}),
        (prefix(ORDER.order_id, "o-", "x-"), {"order_id": [{"prefix": "o-"}, {"prefix": "x-"}]}),
        (suffix(ORDER.order_id, "-1"), {"order_id": [{"suffix": "-1"}]}),
        (wildcard(ORDER.order_id, "o-*-1"), {"order_id": [{"wildcard": "o-*-1"}]}),
        (equals_ignore_case(ORDER.order_id, "A"), {"order_id": [{"equals-ignore-case": "A"}]}),
        (in_network(ORDER.customer.address, "10.0.0.0/8"), {"customer": {"address": [{"cidr": "10.0.0.0/8"}]}}),
        (anything_but(ORDER.order_id, "a", "b"), {"order_id": [{"anything-but": ["a", "b"]}]}),
        (above(ORDER.total, 1), {"total": [{"numeric": [">", 1]}]}),
        (at_least(ORDER.total, 1), {"total": [{"numeric": [">=", 1]}]}),
        (below(ORDER.total, 1), {"total": [{"numeric": ["<", 1]}]}),
        (at_most(ORDER.total, 1), {"total": [{"numeric": ["<=", 1]}]}),
        (between(ORDER.total, 1, 2), {"total": [{"numeric": [">=", 1, "<=", 2]}]}),
        (exists(ORDER.customer.address), {"customer": {"address": [{"exists": True}]}}),
        (absent(ORDER.customer.address), {"customer": {"address": [{"exists": False}]}}),
        (
            where(equals(each(ORDER.lines).sku, "A-1"), above(each(ORDER.lines).quantity, 5)),
            {"lines": {"sku": ["A-1"], "quantity": [{"numeric": [">", 5]}]}},
        ),
        (
            where(equals(ORDER.status, "paid"), any_of(above(ORDER.total, 9), equals(ORDER.customer.tier, "gold"))),
            {
                "status": ["paid"],
                "$or": [{"total": [{"numeric": [">", 9]}]}, {"customer": {"customerTier": ["gold"]}}],
            },
        ),
    ],
    ids=str,
)
def test_a_condition_is_an_event_pattern_of_the_detail(condition: Any, detail: Any) -> None:
    assert condition == detail
    EventPattern.parse({"detail": condition})


def test_the_fields_of_a_contract_are_the_same_without_a_model() -> None:
    assert equals(fields_of(ORDER_PLACED).customer.customerTier, "gold") == {"customer": {"customerTier": ["gold"]}}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("statuss", "$.detail has no field 'statuss'; the nearest is 'status'"),
        ("custmer", "$.detail has no field 'custmer'; the nearest is 'customer'"),
    ],
)
def test_a_field_that_is_not_declared_is_refused_with_the_nearest(name: str, reason: str) -> None:
    with pytest.raises(ContractError) as refused:
        getattr(ORDER, name)

    assert str(refused.value) == f"field must be one that Order declares: {reason}"


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (lambda: equals(ORDER.status, "payd"), "it is one of ['placed', 'paid'], which can't satisfy ['payd']"),
        (lambda: below(each(ORDER.lines).quantity, 1), "type integer with 'minimum': 1"),
        (lambda: prefix(ORDER.total, "1"), "it is a value of type number"),  # type: ignore[arg-type]
        (lambda: equals(ORDER.total), "must be a list of at least one value"),
        (lambda: exists(ORDER.customer), "an event pattern can ask for fields only"),
        (lambda: absent(ORDER.status), "which can't satisfy [{'exists': False}]"),
        (lambda: wildcard(ORDER.order_id, "a**"), "must not have two * side by side"),
    ],
)
def test_what_the_contract_never_allows_is_refused(condition: Any, reason: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        condition()

    assert reason in str(refused.value)


def test_what_is_no_field_is_refused() -> None:
    with pytest.raises(ContractError, match=r"field must be one of fields_of\(…\)"):
        equals("status", "paid")


def test_what_is_no_contract_is_refused() -> None:
    with pytest.raises(ContractError, match="contract must be a pydantic model or an EventContract"):
        fields_of(dict)  # type: ignore[type-var]


def test_two_conditions_on_one_field_are_refused() -> None:
    with pytest.raises(DeclarationError, match=r"conditions must be on different fields, got two on detail\.total"):
        where(above(ORDER.total, 1), below(ORDER.total, 9))


@pytest.mark.parametrize("condition", [where, lambda: any_of(equals(ORDER.status, "paid"))])
def test_too_few_conditions_are_refused(condition: Any) -> None:
    with pytest.raises(DeclarationError, match="conditions must be at least"):
        condition()
