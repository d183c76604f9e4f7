"""Small contracts, events that they allow, and event patterns that are about the same fields."""

from __future__ import annotations

from typing import Any, NamedTuple

from hypothesis import strategies as st

from cdk_eventbridge_patterns.contracts import EventSchema
from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern

KEYS = ("a", "b", "c")
TEXTS = ("", "x", "xy", "X", "ab-1", "10.0.0.1")
NUMBERS = (0, 1, 2, 2.5, -1, 10)
SCALARS = st.sampled_from([*TEXTS, *NUMBERS, True, False, None])


class Shape(NamedTuple):
    """A JSON Schema, and values that nearly always fit it."""

    schema: dict[str, Any]
    values: st.SearchStrategy[Any]


@st.composite
def _texts(draw: st.DrawFn) -> Shape:
    kind = draw(st.sampled_from(["any", "enum", "pattern", "length"]))
    if kind == "enum":
        values = draw(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3, unique=True))
        return Shape({"enum": values}, st.sampled_from(values))
    if kind == "pattern":
        pattern = draw(st.sampled_from(["^x", "y$", "^[a-z]{2}-[0-9]$", "^(x|xy)$", "^x+$|^ab", "[0-9]"]))
        return Shape({"type": "string", "pattern": pattern}, st.from_regex(pattern) | st.sampled_from(TEXTS))
    if kind == "length":
        low = draw(st.integers(0, 2))
        high = low + draw(st.integers(0, 2))
        schema = {"type": "string", "minLength": low, "maxLength": high}
        return Shape(schema, st.text("xyX", min_size=low, max_size=high) | st.sampled_from(TEXTS))
    return Shape({"type": "string"}, st.sampled_from(TEXTS) | st.text(max_size=3))


@st.composite
def _numbers(draw: st.DrawFn) -> Shape:
    schema: dict[str, Any] = {"type": draw(st.sampled_from(["integer", "number"]))}
    for keyword in draw(st.sets(st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "multipleOf"]))):
        schema[keyword] = draw(st.sampled_from([1, 2, 0.5] if keyword == "multipleOf" else NUMBERS))
    values = st.integers(-3, 12) if schema["type"] == "integer" else st.sampled_from([*NUMBERS, 0.5, 1.5, 3])
    return Shape(schema, values)


_SIMPLE: st.SearchStrategy[Shape] = (
    _texts()
    | _numbers()
    | st.just(Shape({"type": "boolean"}, st.booleans()))
    | st.just(Shape({"type": ["null", "string"]}, st.none() | st.sampled_from(TEXTS)))
    | SCALARS.map(lambda value: Shape({"const": value}, st.just(value)))
    | st.just(Shape({}, SCALARS | st.dictionaries(st.sampled_from(KEYS), SCALARS, max_size=2) | st.lists(SCALARS)))
)


@st.composite
def _objects(draw: st.DrawFn, below: st.SearchStrategy[Shape]) -> Shape:
    properties = draw(st.dictionaries(st.sampled_from(KEYS), below, max_size=3))
    required = draw(st.sets(st.sampled_from(sorted(properties)))) if properties else set[str]()
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: shape.schema for name, shape in properties.items()},
        "required": sorted(required),
    }
    extra: st.SearchStrategy[dict[str, Any]] = st.just({})
    if draw(st.booleans()):
        schema["additionalProperties"] = draw(st.sampled_from([False, True, {"type": "integer"}]))
    if schema.get("additionalProperties", True) is not False:
        others = [key for key in KEYS if key not in properties]
        extra = st.dictionaries(st.sampled_from(others), SCALARS, max_size=2) if others else extra
    declared = st.fixed_dictionaries(
        {name: properties[name].values for name in required},
        optional={name: shape.values for name, shape in properties.items() if name not in required},
    )
    return Shape(schema, st.builds(lambda one, other: {**other, **one}, declared, extra))


@st.composite
def _arrays(draw: st.DrawFn, below: st.SearchStrategy[Shape]) -> Shape:
    item = draw(below)
    schema: dict[str, Any] = {"type": "array", "items": item.schema}
    if draw(st.booleans()):
        schema["minItems"] = draw(st.integers(0, 2))
    if draw(st.booleans()):
        schema["maxItems"] = draw(st.integers(0, 3))
    if draw(st.booleans()):
        first = draw(below)
        schema["prefixItems"] = [first.schema]
        return Shape(schema, st.lists(item.values | first.values, max_size=3))
    return Shape(schema, st.lists(item.values, max_size=3))


@st.composite
def _combined(draw: st.DrawFn, below: st.SearchStrategy[Shape]) -> Shape:
    one, other = draw(below), draw(below)
    keyword = draw(st.sampled_from(["anyOf", "oneOf", "allOf", "if", "not"]))
    if keyword == "if":
        return Shape({"if": one.schema, "then": other.schema}, one.values | other.values)
    if keyword == "not":
        return Shape({**one.schema, "not": other.schema}, one.values | other.values)
    return Shape({keyword: [one.schema, other.schema]}, one.values | other.values)


_SHAPES = st.recursive(
    _SIMPLE, lambda below: _objects(below) | _arrays(below) | _combined(below) | _objects(below), max_leaves=6
)


@st.composite
def contracts(draw: st.DrawFn) -> tuple[EventSchema, st.SearchStrategy[dict[str, Any]]]:
    """Return the schema of an event, and events that nearly always fit it."""
    detail = draw(_objects(_SHAPES))
    schema = detail.schema
    if draw(st.booleans()):
        schema = {"$ref": "#/$defs/Detail", "$defs": {"Detail": detail.schema}}
    event_schema = EventSchema.of_detail(schema, title="Tried.v1", source="com.acme", detail_type="Tried.v1")
    envelope = {
        "version": "0", "id": "1", "source": "com.acme", "detail-type": "Tried.v1", "account": "111111111111",
        "time": "2026-01-01T00:00:00Z", "region": "eu-west-1", "resources": [],
    }  # fmt: skip
    return event_schema, detail.values.map(lambda value: {**envelope, "detail": value})


def _operator(name: str, operands: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return operands.map(lambda operand: {name: operand})


_SHORT = st.sampled_from([text for text in TEXTS if text])
_OPERATORS = st.one_of(
    _operator("prefix", _SHORT | _operator("equals-ignore-case", _SHORT)),
    _operator("suffix", _SHORT),
    _operator("equals-ignore-case", _SHORT),
    _operator("wildcard", st.sampled_from(["x*", "*y", "*-*", "a*1"])),
    _operator("numeric", st.sampled_from([["=", 1], ["<", 1], [">=", 0, "<", 2], [">", 2.5], ["<", -5]])),
    _operator("cidr", st.just("10.0.0.0/24")),
    _operator("exists", st.booleans()),
    _operator("anything-but", st.sampled_from(["x", ["x", "xy"], 1, [0, 1, 2]])),
    _operator("anything-but", _operator("prefix", _SHORT) | _operator("wildcard", st.just("*x*"))),
)
_FIELDS = st.lists(SCALARS | _OPERATORS, min_size=1, max_size=2)
_DETAILS = st.recursive(
    st.dictionaries(st.sampled_from(KEYS), _FIELDS, min_size=1, max_size=2),
    lambda below: (
        st.dictionaries(st.sampled_from(KEYS), _FIELDS | below, min_size=1, max_size=2)
        | st.lists(below, min_size=2, max_size=2).map(lambda those: {"$or": those})
    ),
    max_leaves=3,
)


def _parsed(detail: dict[str, Any]) -> EventPattern | None:
    try:
        return EventPattern.parse({"detail": detail})
    except EventPatternError:  # an operator's name beside a field, say
        return None


EVENT_PATTERNS: st.SearchStrategy[Any] = _DETAILS.map(_parsed).filter(lambda pattern: pattern is not None)
