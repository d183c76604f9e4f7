from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import Change, EventContract, changes, schema_changes
from cdk_eventbridge_patterns.errors import ContractError
from cdk_eventbridge_patterns.undecided import Undecided

Schema = dict[str, Any]

TEXT = {"type": "string"}
NUMBER = {"type": "number"}
WHOLE = {"type": "integer"}


def an_object(*required: str, **properties: Any) -> Schema:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


def told(*found: Change) -> list[str]:
    return [str(change) for change in found]


def of_field(old: Any, new: Any) -> list[str]:
    return told(*schema_changes(an_object(it=old), an_object(it=new)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(an_object(), an_object(note=TEXT), "detail.note: field added (not breaking)", id="added"),
        pytest.param(an_object(note=TEXT), an_object(), "detail.note: field removed (breaking)", id="removed"),
        pytest.param(
            an_object(note=TEXT), an_object(note=False), "detail.note: field removed (breaking)", id="never there again"
        ),
        pytest.param(
            an_object("note", note=TEXT), an_object(note=TEXT), "detail.note: made optional (breaking)", id="optional"
        ),
        pytest.param(
            an_object(note=TEXT),
            an_object("note", note=TEXT),
            "detail.note: made required (not breaking)",
            id="required",
        ),
        pytest.param(
            an_object() | {"additionalProperties": False},
            an_object(note=TEXT) | {"additionalProperties": False},
            "detail.note: field added (breaking)",
            id="added where there were to be no others",
        ),
        pytest.param(
            an_object() | {"additionalProperties": TEXT},
            an_object(note=WHOLE) | {"additionalProperties": TEXT},
            "detail.note: field added (breaking)",
            id="added of another type than was said of all others",
        ),
        pytest.param(
            an_object() | {"patternProperties": {"^n": TEXT}, "additionalProperties": False},
            an_object(note=TEXT) | {"patternProperties": {"^n": TEXT}, "additionalProperties": False},
            "detail.note: field added (not breaking)",
            id="added where a pattern told of it before",
        ),
        pytest.param(
            an_object() | {"additionalProperties": False},
            an_object(),
            "detail: constraint loosened: no other fields (breaking)",
            id="opened",
        ),
        pytest.param(
            an_object(),
            an_object() | {"additionalProperties": False},
            "detail: constraint tightened: no other fields (not breaking)",
            id="closed",
        ),
        pytest.param(
            an_object() | {"additionalProperties": WHOLE},
            an_object() | {"additionalProperties": NUMBER},
            "detail.*: type changed from integer to number (breaking)",
            id="the values of a map",
        ),
        pytest.param(
            an_object() | {"patternProperties": {"^x-": TEXT}},
            an_object(),
            "detail.*: constraint loosened: patternProperties ^x- (breaking)",
            id="fields of a pattern",
        ),
    ],
)
def test_a_change_of_fields_is_told_at_the_field(old: Schema, new: Schema, expected: str) -> None:
    found = schema_changes(old, new)

    assert told(*found) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(TEXT, WHOLE, "type changed from string to integer (breaking)", id="another type"),
        pytest.param(NUMBER, WHOLE, "type changed from number to integer (not breaking)", id="a narrower type"),
        pytest.param(
            TEXT,
            {"anyOf": [TEXT, {"type": "null"}]},
            "type changed from string to null or string (breaking)",
            id="pydantic's optional",
        ),
        pytest.param(
            {"type": ["string", "null"]},
            TEXT,
            "type changed from null or string to string (not breaking)",
            id="no null",
        ),
        pytest.param({"enum": ["a"]}, {"enum": ["a", "b"]}, 'value added: "b" (breaking)', id="a value more"),
        pytest.param({"enum": ["a", "b"]}, {"const": "a"}, 'value removed: "b" (not breaking)', id="a value less"),
        pytest.param({"enum": ["a"]}, TEXT, 'constraint loosened: one of "a" (breaking)', id="any value"),
        pytest.param(TEXT, {"enum": ["a"]}, 'constraint tightened: one of "a" (not breaking)', id="listed values"),
        pytest.param(
            TEXT | {"maxLength": 1}, {"enum": ["a", "long"]}, 'value added: "long" (breaking)', id="a value too long"
        ),
        pytest.param(
            NUMBER | {"minimum": 0},
            NUMBER | {"exclusiveMinimum": 0},
            "constraint tightened from minimum 0 to exclusiveMinimum 0 (not breaking)",
            id="a bound that is none of the values",
        ),
        pytest.param(
            NUMBER | {"maximum": 1},
            NUMBER | {"maximum": 2},
            "constraint loosened from maximum 1 to maximum 2 (breaking)",
            id="a greater bound",
        ),
        pytest.param(
            WHOLE | {"multipleOf": 2},
            WHOLE | {"multipleOf": 6},
            "constraint tightened from multipleOf 2 to multipleOf 6 (not breaking)",
            id="fewer multiples",
        ),
        pytest.param(
            NUMBER | {"multipleOf": 0.1},
            NUMBER | {"multipleOf": 0.25},
            "constraint loosened from multipleOf 0.1 to multipleOf 0.25 (breaking)",
            id="other multiples",
        ),
        pytest.param(
            TEXT | {"minLength": 1}, TEXT, "constraint loosened: minLength 1 (breaking)", id="a length that may be 0"
        ),
        pytest.param(
            TEXT | {"format": "date"},
            TEXT | {"format": "date-time"},
            'constraint changed from format "date" to format "date-time" (breaking)',
            id="another format",
        ),
        pytest.param(
            {"type": "array", "uniqueItems": True},
            {"type": "array"},
            "constraint loosened: uniqueItems (breaking)",
            id="elements twice",
        ),
        pytest.param(
            {"type": "array", "items": TEXT},
            {"type": "array", "items": WHOLE},
            "type changed from string to integer (breaking)",
            id="the elements of an array",
        ),
        pytest.param(
            {"type": "array", "prefixItems": [TEXT], "items": WHOLE},
            {"type": "array", "prefixItems": [TEXT, TEXT], "items": WHOLE},
            "type changed from integer to string (breaking)",
            id="one more element with a place",
        ),
        pytest.param(
            TEXT,
            TEXT | {"x-sensitive": True},
            "sensitivity changed from plain to sensitive (breaking)",
            id="encrypted from now on",
        ),
        pytest.param(
            TEXT, TEXT | {"description": "A note."}, "description changed (not breaking)", id="just other words"
        ),
        pytest.param(
            {"allOf": [TEXT, {"minLength": 2}]},
            {"allOf": [TEXT, {"minLength": 1}]},
            "constraint loosened from minLength 2 to minLength 1 (breaking)",
            id="parts that are one",
        ),
        pytest.param(
            {"allOf": [NUMBER | {"minimum": 1}, {"minimum": 3}]},
            NUMBER | {"minimum": 2},
            "constraint loosened from minimum 3 to minimum 2 (breaking)",
            id="parts that bound the same",
        ),
        pytest.param(
            {"allOf": [an_object(a=NUMBER), an_object(a=WHOLE)]},
            an_object(a=NUMBER),
            "a: type changed from integer to number (breaking)",
            id="parts that speak of the same field",
        ),
    ],
)
def test_a_change_of_a_value_is_told_with_what_it_was_and_is(old: Schema, new: Schema, expected: str) -> None:
    found = of_field(old, new)

    assert found == [f"detail.it{'.' if expected.startswith('a:') else ': '}{expected}"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param(TEXT | {"pattern": "^a"}, TEXT | {"pattern": "^b"}, "regular expression", id="expressions"),
        pytest.param({"not": TEXT}, {"not": WHOLE}, "not is compared only for being the same", id="not"),
        pytest.param({"if": TEXT, "then": {"minLength": 1}}, {}, "if is compared only", id="conditions"),
        pytest.param({"contains": TEXT}, {"contains": WHOLE}, "contains is compared only", id="contains"),
        pytest.param(
            {"contains": TEXT}, {"contains": TEXT, "minContains": 0}, "contains is compared only", id="how many contain"
        ),
        pytest.param(
            {"oneOf": [TEXT, {"minLength": 2}]}, {"oneOf": [TEXT]}, "oneOf whose alternatives may overlap", id="oneOf"
        ),
        pytest.param(
            an_object() | {"unevaluatedProperties": False},
            an_object(a=TEXT) | {"unevaluatedProperties": False},
            "unevaluated",
            id="unevaluated",
        ),
        pytest.param(
            {"allOf": [{"properties": {"a": TEXT}}, {"properties": {"b": TEXT}, "additionalProperties": False}]},
            {"properties": {"b": TEXT}, "additionalProperties": False},
            "allOf with a part that speaks of all other fields",
            id="parts that close what others open",
        ),
        pytest.param(
            {"allOf": [{"contains": TEXT}, {"contains": TEXT, "minContains": 0}]},
            {"contains": TEXT, "minContains": 0},
            "allOf with more than one contains",
            id="parts that contain",
        ),
        pytest.param({"$ref": "https://acme.example/money"}, TEXT, "not in the document", id="elsewhere"),
        pytest.param({"$ref": "#/$defs/Nothing"}, TEXT, "not in the document", id="nowhere"),
        pytest.param({"$dynamicRef": "#Money"}, TEXT, "$dynamicRef", id="dynamic references"),
        pytest.param(
            {"$id": "https://acme.example/a", "type": "string"}, WHOLE, "$id of its own", id="documents inside"
        ),
    ],
)
def test_what_is_not_worked_out_is_undecided_and_says_why(old: Schema, new: Schema, reason: str) -> None:
    found = schema_changes(an_object(it=old), an_object(it=new))

    undecided = [change for change in found if isinstance(change.breaking, Undecided)]
    assert [change.path for change in undecided] == ["detail.it"]
    assert reason in str(undecided[0])


@pytest.mark.parametrize(
    "schema",
    [
        {"not": TEXT},
        {"oneOf": [TEXT, {"minLength": 2}]},
        {"allOf": [{"if": {"minLength": 1}}, {"then": False}]},
        {"type": "object", "unevaluatedProperties": False},
        {"$ref": "#/$defs/Line"},
    ],
    ids=str,
)
def test_what_can_not_be_compared_has_not_changed_if_it_is_the_same(schema: Schema) -> None:
    line = {"Line": {"type": "object", "properties": {"next": {"$ref": "#/$defs/Line"}}, "not": {"minProperties": 9}}}
    old = an_object(it=schema, other=TEXT) | {"$defs": line}
    new = an_object(it=schema, other=WHOLE) | {"$defs": line}

    found = schema_changes(old, new)

    assert [change.path for change in found] == ["detail.other"]


def test_a_keyword_alone_in_one_part_says_nothing_of_its_neighbour() -> None:
    apart = {"allOf": [{"if": {"minLength": 1}}, {"then": False}]}
    together = {"if": {"minLength": 1}, "then": False}

    found = schema_changes(an_object(it=together), an_object(it=apart))

    assert [isinstance(change.breaking, Undecided) for change in found] == [True]


def test_parts_with_items_of_their_own_are_not_taken_for_one_list() -> None:
    old = {"allOf": [{"prefixItems": [TEXT]}, {"prefixItems": [WHOLE]}]}
    new = {"allOf": [{"prefixItems": [TEXT, WHOLE]}, {"prefixItems": [WHOLE, TEXT]}]}

    (found,) = schema_changes(an_object(it=old), an_object(it=new))

    assert isinstance(found.breaking, Undecided)


def card(**more: Any) -> Schema:
    return an_object("kind", kind={"const": "card"}, number=TEXT, **more)


CASH = an_object("kind", kind={"const": "cash"})


def test_an_alternative_is_compared_with_the_one_it_stems_from() -> None:
    old, new = {"oneOf": [card(), CASH]}, {"oneOf": [CASH, card() | {"required": ["kind", "number"]}]}

    assert of_field(old, new) == ["detail.it.number: made required (not breaking)"]


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_one_more_alternative_breaks_and_one_less_does_not(keyword: str) -> None:
    few, many = {keyword: [CASH]}, {keyword: [CASH, card() | {"title": "Card"}]}

    assert [line.rpartition("(")[2] for line in of_field(few, many)] == ["breaking)"]
    assert of_field(many, few) == ["detail.it: alternative removed: Card (not breaking)"]


def test_a_schema_that_refers_to_itself_is_told_where_it_changes_first() -> None:
    def tree(value: Schema) -> Schema:
        node = an_object(value=value, children={"type": "array", "items": {"$ref": "#/$defs/Node"}})
        return {"$ref": "#/$defs/Node", "$defs": {"Node": node}}

    assert told(*schema_changes(tree(WHOLE), tree(NUMBER))) == [
        "detail.value: type changed from integer to number (breaking)"
    ]


def test_schemas_that_refer_to_each_other_without_end_are_given_up_and_not_guessed() -> None:
    kinds = [{"$ref": f"#/$defs/N{number}"} for number in range(8)]

    def grammar(leaf: Schema) -> Schema:
        nodes = {f"N{number}": an_object(leaf=leaf, **{f"f{number}": {"anyOf": kinds}}) for number in range(8)}
        return {"$ref": "#/$defs/N0", "$defs": nodes}

    found = schema_changes(grammar(WHOLE), grammar(NUMBER))

    assert any(change.breaking is True for change in found)


def test_a_type_that_two_fields_share_is_told_at_both() -> None:
    def order(amount: Schema) -> Schema:
        return an_object(net={"$ref": "#/$defs/M"}, tax={"$ref": "#/$defs/M"}) | {"$defs": {"M": an_object(a=amount)}}

    assert [change.path for change in schema_changes(order(WHOLE), order(TEXT))] == ["detail.net.a", "detail.tax.a"]


def test_an_element_without_a_place_of_its_own_is_as_the_rest() -> None:
    old = {"type": "array", "prefixItems": [TEXT, WHOLE], "items": WHOLE}
    new = {"type": "array", "prefixItems": [TEXT], "items": WHOLE}

    assert of_field(old, new) == []


def test_a_reference_and_what_it_leads_to_are_the_same() -> None:
    referring = an_object(it={"$ref": "#/$defs/Text"}) | {"$defs": {"Text": TEXT}}

    assert schema_changes(referring, an_object(it=TEXT)) == ()


def test_whole_events_of_an_older_draft_are_compared_by_the_words_of_theirs() -> None:
    def registered(**amount: Any) -> Schema:
        detail = {"type": "object", "properties": {"amount": {"$ref": "#/definitions/A", "maximum": 9}}}
        definitions = {"A": {"type": "number", "minimum": 0, **amount}}
        draft = "http://json-schema.org/draft-04/schema#"
        return {"$schema": draft, "properties": {"detail": detail}, "definitions": definitions}

    found = schema_changes(registered(exclusiveMinimum=True), registered(), path="")

    assert told(*found) == ["detail.amount: constraint loosened from exclusiveMinimum 0 to minimum 0 (breaking)"]


def test_a_part_of_an_open_api_document_may_be_null() -> None:
    def document(**more: Any) -> Schema:
        note = {"type": "string", **more}
        return {"$ref": "#/components/schemas/Detail", "components": {"schemas": {"Detail": an_object(note=note)}}}

    found = schema_changes(document(), document(nullable=True))

    assert told(*found) == ["detail.note: type changed from string to null or string (breaking)"]


def test_what_is_no_schema_is_refused() -> None:
    with pytest.raises(ContractError, match=r"^new must be a valid JSON Schema: 'text' is not valid"):
        schema_changes({}, {"type": "text"})


def a_contract(event: str = "OrderPlaced", version: int = 1, **more: Any) -> EventContract:
    return EventContract(service="orders", event=event, version=version, detail=more.pop("detail", an_object()), **more)


def test_contracts_are_compared_by_their_detail() -> None:
    found = changes(a_contract(detail=an_object(note=TEXT)), a_contract(version=2))

    assert told(*found) == ["detail.note: field removed (breaking)"]


def test_another_source_or_detail_type_breaks_and_one_that_ceases_to_be_given_is_undecided() -> None:
    old = a_contract(source="com.acme.shop", detail_type="OrderPlaced")

    found = changes(old, a_contract(source="com.acme.orders"))

    assert [(change.path, change.breaking is True) for change in found] == [("source", True), ("detail-type", False)]
    assert isinstance(found[1].breaking, Undecided)


def test_contracts_of_different_events_are_not_compared() -> None:
    with pytest.raises(ContractError, match=r"event orders/OrderPlaced, got orders/OrderCancelled$"):
        changes(a_contract(), a_contract("OrderCancelled"))
