"""Filters on the detail of an event, written with the fields of its contract and checked where they are written.

    order = fields_of(OrderPlaced)
    bus.subscribe(ORDER_PLACED, …, detail=where(equals(order.status, "paid"), above(order.total, 100)))

What comes out is a plain mapping, as `detail=` takes it.
"""

from cdk_eventbridge_patterns.filters.combined import any_of, where
from cdk_eventbridge_patterns.filters.conditions import (
    above,
    absent,
    anything_but,
    at_least,
    at_most,
    below,
    between,
    equals,
    equals_ignore_case,
    exists,
    in_network,
    prefix,
    suffix,
    wildcard,
)
from cdk_eventbridge_patterns.filters.field import each, fields_of

__all__ = [
    "above",
    "absent",
    "any_of",
    "anything_but",
    "at_least",
    "at_most",
    "below",
    "between",
    "each",
    "equals",
    "equals_ignore_case",
    "exists",
    "fields_of",
    "in_network",
    "prefix",
    "suffix",
    "where",
    "wildcard",
]
