from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from cdk_eventbridge_patterns.contracts import DataClass, EventContract, Sensitive, StandardEnvelope
from cdk_eventbridge_patterns.errors import ContractError

MARKED = {"type": "string", "x-sensitive": True}


class Card(BaseModel):
    number: Annotated[str, Sensitive()]
    brand: str
    issuer: "Card | None" = None


class Person(BaseModel):
    name: str


class Paid(BaseModel):
    cards: list[Card]
    payer: Annotated[Person, Sensitive()]
    note: Annotated[str, Sensitive()] | None = None


def a_contract(detail: Any, **more: Any) -> EventContract:
    return EventContract(service="billing", event="InvoicePaid", detail=detail, **more)


def an_object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def test_the_marks_of_a_model_are_found() -> None:
    contract = a_contract(Paid)

    assert contract.sensitive_fields == ("detail.cards.number", "detail.note", "detail.payer")


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        pytest.param(an_object(a=MARKED), "detail.a", id="a field"),
        pytest.param(an_object(a={"items": an_object(b=MARKED)}), "detail.a.b", id="arrays leave no trace"),
        pytest.param(an_object(a={"prefixItems": [MARKED]}), "detail.a", id="an element"),
        pytest.param(an_object(a={"anyOf": [MARKED, {"type": "null"}]}), "detail.a", id="an alternative"),
        pytest.param(an_object() | {"allOf": [an_object(a=MARKED)]}, "detail.a", id="a part"),
        pytest.param(an_object() | {"if": {}, "then": an_object(a=MARKED)}, "detail.a", id="a condition"),
        pytest.param(an_object() | {"dependentSchemas": {"b": an_object(a=MARKED)}}, "detail.a", id="with another"),
        pytest.param(an_object() | {"additionalProperties": MARKED}, "detail.*", id="a map"),
        pytest.param(an_object() | {"patternProperties": {"^a": MARKED}}, "detail.*", id="fields of a pattern"),
        pytest.param(an_object() | {"x-sensitive": True}, "detail", id="the whole"),
        pytest.param(
            an_object(a={"$ref": "#/$defs/A"}) | {"$defs": {"A": MARKED, "B": MARKED}}, "detail.a", id="a reference"
        ),
    ],
)
def test_a_mark_is_found_wherever_it_stands(schema: dict[str, Any], found: str) -> None:
    contract = a_contract(schema)

    assert contract.sensitive_fields == (found,)
    assert contract.is_sensitive(found.replace("*", "a"))
    assert contract.is_sensitive(found.replace("*", "a") + ".below")


@pytest.mark.parametrize("mark", [False, "true", 1], ids=repr)
def test_only_true_is_a_mark(mark: Any) -> None:
    assert a_contract(an_object(a={"x-sensitive": mark})).sensitive_fields == ()


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("detail.cards.issuer.issuer.issuer.number", True),
        ("detail.cards.issuer.issuer.brand", False),
        ("detail.payer.name", True),
        ("detail.cards", False),
        ("detail.unknown.number", False),
        ("source", False),
    ],
)
def test_whether_a_field_is_sensitive_is_followed_all_the_way(path: str, answer: bool) -> None:
    assert a_contract(Paid).is_sensitive(path) is answer


def test_the_envelope_is_part_of_the_path() -> None:
    contract = a_contract(an_object(a=MARKED), envelope=StandardEnvelope())

    assert contract.sensitive_fields == ("detail.data.a",)


def test_sensitive_data_are_confidential_at_least() -> None:
    assert a_contract(Paid).data_class is DataClass.CONFIDENTIAL
    assert a_contract(Paid, data_class=DataClass.RESTRICTED).data_class is DataClass.RESTRICTED
    assert a_contract(an_object()).data_class is DataClass.INTERNAL


@pytest.mark.parametrize("data_class", [DataClass.PUBLIC, DataClass.INTERNAL])
def test_a_lower_class_is_refused(data_class: DataClass) -> None:
    with pytest.raises(ContractError, match=r"as detail\.cards\.number is sensitive, got '"):
        a_contract(Paid, data_class=data_class)


def entangled(leaf: dict[str, Any]) -> dict[str, Any]:
    kinds = [{"$ref": f"#/$defs/N{number}"} for number in range(12)]
    nodes = {f"N{number}": an_object(leaf=leaf, **{f"f{number}": {"anyOf": kinds}}) for number in range(12)}
    return an_object(it=kinds[0]) | {"$defs": nodes}


def test_types_that_all_refer_to_each_other_cost_nothing_without_a_mark() -> None:
    assert a_contract(entangled({"type": "string"})).sensitive_fields == ()


def test_more_ways_to_a_mark_than_can_be_listed_are_refused() -> None:
    with pytest.raises(ContractError, match=r"^sensitive fields must be reached by fewer than "):
        a_contract(entangled(MARKED))
