"""The registry's schema is never narrower than the contract, and as narrow wherever its dialect has the words.

Left aside is `1.0`, which is an integer since draft 6 and was none in draft 4, nor in OpenAPI 3.0.
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator

from cdk_eventbridge_patterns.contracts import EventContract, EventType, SchemaDialect
from cdk_eventbridge_patterns.contracts.registry_schema import registry_schema

Json = dict[str, Any]
IsValid = Callable[[Json], bool]
Schemas = st.SearchStrategy[Any]

LAW = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ORDER_PLACED = EventType("com.acme.orders", "OrderPlaced.v1")

# Some names are keywords too: in an event they are a team's own words.
NAMES = st.sampled_from(["amount", "currency", "if", "const"])
SOME_NAMES = st.lists(NAMES, max_size=2, unique=True)
SCALARS = st.sampled_from([None, True, False, -1, 0, 1, 2, 1.5, "", "EUR", "A-1"])
VALUES = st.recursive(
    SCALARS, lambda value: st.lists(value, max_size=3) | st.dictionaries(NAMES, value, max_size=2), max_leaves=4
)
BOUNDS = st.integers(-1, 2)
LENGTHS = st.integers(0, 2)
NEVER = st.just(value=False)


def some_of(**keywords: Schemas) -> Schemas:
    """Return schemas that have any of these keywords."""
    return st.fixed_dictionaries({}, optional=keywords)


SCALAR_TYPES = st.sampled_from(["integer", "number", "string", "boolean", "null", ["string", "null"]])
WORDS = st.one_of(
    st.booleans(),
    st.fixed_dictionaries({"type": SCALAR_TYPES}),
    st.fixed_dictionaries({"const": SCALARS}),
    st.fixed_dictionaries({"enum": st.lists(SCALARS, min_size=1, max_size=4)}),
    some_of(type=st.just("integer"), exclusiveMinimum=BOUNDS, maximum=BOUNDS, multipleOf=st.just(2)),
    some_of(type=st.just("number"), minimum=BOUNDS, exclusiveMaximum=BOUNDS),
    some_of(type=st.just("string"), minLength=LENGTHS, maxLength=LENGTHS, pattern=st.just("^[A-Z]")),
    some_of(examples=st.just([1]), deprecated=st.booleans(), default=VALUES),
)
WORDS_WITHOUT_EQUAL = st.one_of(
    some_of(minimum=BOUNDS, exclusiveMinimum=BOUNDS, maximum=BOUNDS, exclusiveMaximum=BOUNDS),
    st.fixed_dictionaries({"const": SCALARS, "enum": st.lists(SCALARS, max_size=2)}),
    st.fixed_dictionaries({"contains": WORDS}, optional={"minContains": LENGTHS, "maxContains": LENGTHS}),
    st.fixed_dictionaries({"propertyNames": st.just({"pattern": "^[ac]"})}),
    st.fixed_dictionaries({"dependentRequired": st.just({"amount": ["currency"]})}),
    st.fixed_dictionaries({"properties": st.just({"amount": True}), "unevaluatedProperties": NEVER}),
)
# Nothing refers to itself but through a property, so that every event is judged in the end.
REFERENCES = st.fixed_dictionaries(
    {"$ref": st.sampled_from(["#/$defs/Money", "#/$defs/Line", "#/$defs/Line/properties/money", "#"])},
    optional={"maximum": BOUNDS, "required": SOME_NAMES, "description": st.just("See there.")},
)


def what_both_can_say(below: Schemas) -> Schemas:
    several = st.lists(below, min_size=1, max_size=3)
    return st.one_of(
        some_of(
            type=st.just("object"),
            properties=st.dictionaries(NAMES, below, max_size=2),
            required=SOME_NAMES,
            additionalProperties=below,
        ),
        some_of(
            type=st.sampled_from(["array", ["array", "null"], ["array", "integer"]]),
            items=below,
            uniqueItems=st.booleans(),
            minItems=LENGTHS,
        ),
        some_of(anyOf=several, allOf=several, description=st.just("Either.")),
        st.fixed_dictionaries({"anyOf": st.tuples(below, st.just({"type": "null"})).map(list)}),
        st.fixed_dictionaries({"oneOf": several}),
        st.fixed_dictionaries({"not": below}),
    )


def what_draft_4_can_say(below: Schemas) -> Schemas:
    return st.one_of(
        what_both_can_say(below),
        some_of(
            type=st.just("object"),
            properties=st.dictionaries(NAMES, below, max_size=2),
            patternProperties=st.dictionaries(st.just("^c"), below, max_size=1),
            additionalProperties=below,
        ),
        some_of(
            type=st.just("array"),
            prefixItems=st.lists(below, min_size=1, max_size=2),
            items=below,
            additionalItems=NEVER,  # an older draft's word, which nobody hears today
            uniqueItems=st.booleans(),
            minItems=LENGTHS,
            maxItems=LENGTHS,
        ),
    )


def what_can_be_said_in_part(below: Schemas) -> Schemas:
    return what_draft_4_can_say(below) | st.fixed_dictionaries({"if": below}, optional={"then": below, "else": below})


def details(words: Schemas, grown: Callable[[Schemas], Schemas]) -> Schemas:
    """Return schemas of `detail`, with definitions that can be referred to from all properties."""
    line = {"money": {"$ref": "#/$defs/Money"}, "next": {"$ref": "#/$defs/Line"}}
    definitions = {
        "Money": st.recursive(words, grown, max_leaves=3),
        "Line": st.fixed_dictionaries({"properties": st.just(line)}, optional={"maxProperties": LENGTHS}),
    }
    referring = st.recursive(st.one_of(words, REFERENCES, REFERENCES, REFERENCES), grown, max_leaves=4)
    properties = st.dictionaries(NAMES, REFERENCES | referring, min_size=1, max_size=3)
    return st.fixed_dictionaries(
        {"type": st.just("object"), "properties": properties, "$defs": st.fixed_dictionaries(definitions)},
        optional={"required": SOME_NAMES, "additionalProperties": st.booleans()},
    )


DETAIL_VALUES = st.lists(st.dictionaries(NAMES, VALUES, max_size=3), min_size=1, max_size=10)


def the_contract(schema: Json) -> Draft202012Validator:
    return Draft202012Validator(schema)


def in_draft_4(contract: EventContract) -> IsValid:
    registered = registry_schema(contract, ORDER_PLACED)
    Draft4Validator.check_schema(registered)
    return Draft4Validator(registered).is_valid


def in_open_api_3(contract: EventContract) -> IsValid:
    document = registry_schema(contract, ORDER_PLACED, SchemaDialect.OPEN_API_3)
    OpenAPIV30SpecValidator(document).validate()
    event = OAS30Validator({"$ref": "#/components/schemas/AWSEvent", "components": document["components"]})
    return lambda value: bool(event.is_valid(value))


DIALECTS = pytest.mark.parametrize("registered", [in_draft_4, in_open_api_3])


def a_contract(schema: Json) -> EventContract:
    return EventContract(service="orders", event="OrderPlaced", detail=schema)


def an_event(detail: Json) -> Json:
    return {
        "id": "7bf73129-1428-4cd3-a780-95db273d1602",
        "version": "0",
        "account": "111111111111",
        "region": "eu-west-1",
        "time": "2026-01-01T12:00:00Z",
        "resources": [],
        "source": "com.acme.orders",
        "detail-type": "OrderPlaced.v1",
        "detail": detail,
    }


@DIALECTS
@LAW
@given(schema=details(WORDS | WORDS_WITHOUT_EQUAL, what_can_be_said_in_part), values=DETAIL_VALUES)
def test_what_the_contract_accepts_the_registry_accepts(
    registered: Callable[[EventContract], IsValid], schema: Json, values: list[Json]
) -> None:
    contract, in_the_registry = the_contract(schema), registered(a_contract(schema))

    for detail in filter(contract.is_valid, values):
        assert in_the_registry(an_event(detail)), detail


@LAW
@given(schema=details(WORDS, what_draft_4_can_say), values=DETAIL_VALUES)
def test_what_draft_4_can_say_means_the_same_there(schema: Json, values: list[Json]) -> None:
    contract, in_the_registry = the_contract(schema), in_draft_4(a_contract(schema))

    for detail in values:
        assert in_the_registry(an_event(detail)) == contract.is_valid(detail), detail


@LAW
@given(schema=details(WORDS, what_both_can_say), values=DETAIL_VALUES)
def test_what_open_api_3_can_say_means_the_same_there(schema: Json, values: list[Json]) -> None:
    contract, in_the_registry = the_contract(schema), in_open_api_3(a_contract(schema))

    for detail in values:
        assert in_the_registry(an_event(detail)) == contract.is_valid(detail), detail
