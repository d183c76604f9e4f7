from typing import Any

import pytest
from pydantic import BaseModel

from cdk_eventbridge_patterns.contracts import CloudEvent, EventContract, StandardEnvelope
from cdk_eventbridge_patterns.errors import ContractError


class Line(BaseModel):
    sku: str
    parts: list["Line"] = []


class OrderPlaced(BaseModel):
    lines: list[Line]


METADATA = {
    "id": "e-1",
    "version": 2,
    "time": "2026-01-01T12:00:00Z",
    "correlationId": "c-1",
    "idempotencyKey": "order-1",
}
DATA: dict[str, Any] = {"lines": [{"sku": "a", "parts": [{"sku": "b"}]}]}
ATTRIBUTES = {"specversion": "1.0", "id": "e-1", "source": "/orders", "type": "com.acme.order.placed"}


def a_contract(envelope: Any, example: dict[str, Any], detail: Any = OrderPlaced) -> EventContract:
    return EventContract(
        service="orders", event="OrderPlaced", version=2, detail=detail, envelope=envelope, examples=[example]
    )


@pytest.mark.parametrize(
    "metadata",
    [METADATA, METADATA | {"causationId": "e-0"}, METADATA | {"tenant": "acme"}],
    ids=["the least", "a cause", "more of an organisation's own"],
)
def test_the_standard_envelope_has_the_data_beside_the_metadata(metadata: dict[str, Any]) -> None:
    contract = a_contract(StandardEnvelope(), {"metadata": metadata, "data": DATA})

    assert contract.idempotency_key == "detail.metadata.idempotencyKey"


@pytest.mark.parametrize(
    "detail",
    [
        pytest.param({"data": DATA}, id="no metadata"),
        pytest.param({"metadata": METADATA}, id="no data"),
        pytest.param({"metadata": METADATA | {"version": 1}, "data": DATA}, id="another version"),
        pytest.param({"metadata": METADATA | {"idempotencyKey": ""}, "data": DATA}, id="no key"),
        pytest.param(
            {"metadata": METADATA, "data": {"lines": [{"sku": "a", "parts": [{}]}]}}, id="data that do not fit"
        ),
        *(
            pytest.param({"metadata": {k: v for k, v in METADATA.items() if k != name}, "data": DATA}, id=f"no {name}")
            for name in METADATA
        ),
    ],
)
def test_what_lacks_a_part_of_the_standard_envelope_does_not_fit(detail: dict[str, Any]) -> None:
    with pytest.raises(ContractError, match=r"^example 1 of OrderPlaced\.v2 must fit its schema"):
        a_contract(StandardEnvelope(), detail)


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param({"properties": {"next": {"$ref": "#"}}}, id="the whole"),
        pytest.param({"properties": {"a": {"type": "string"}, "next": {"$ref": "#/properties/a"}}}, id="a field"),
        pytest.param(
            {"properties": {"next": {"$ref": "#/definitions/A"}}, "definitions": {"A": {"type": "string"}}}, id="old"
        ),
        pytest.param({"$id": "https://acme.example/o", "properties": {"next": {"$ref": "#/properties"}}}, id="an id"),
        pytest.param({"properties": {"$ref": {"type": "string"}, "enum": {"enum": [{"$ref": "#"}]}}}, id="names"),
    ],
)
def test_references_of_the_data_lead_where_they_led(schema: dict[str, Any]) -> None:
    data = {"next": {"next": {}} if schema["properties"].get("next") == {"$ref": "#"} else "text"}
    plain = {"type": "object", **schema}

    contract = a_contract(StandardEnvelope(), {"metadata": METADATA, "data": data}, detail=plain)

    inner = contract.schema["properties"]["data"]
    assert inner["properties"].get("enum") == plain["properties"].get("enum")
    assert inner["properties"].keys() == plain["properties"].keys()


def test_the_definitions_of_the_data_stand_at_the_top() -> None:
    contract = a_contract(StandardEnvelope(), {"metadata": METADATA, "data": DATA})

    assert "Line" in contract.schema["$defs"]
    assert "$defs" not in contract.schema["properties"]["data"]


@pytest.mark.parametrize(
    "attributes",
    [
        ATTRIBUTES,
        ATTRIBUTES | {"subject": "order-1", "time": "2026-01-01T12:00:00Z", "datacontenttype": "application/json"},
        ATTRIBUTES | {"dataschema": None, "traceparent": "00-1", "sampled": True},
    ],
    ids=["the least", "optional ones", "extensions"],
)
def test_a_cloud_event_has_its_attributes_beside_the_data(attributes: dict[str, Any]) -> None:
    envelope = CloudEvent(source="/orders", type="com.acme.order.placed")

    contract = a_contract(envelope, attributes | {"data": DATA})

    assert contract.idempotency_key == "detail.id"


@pytest.mark.parametrize(
    "detail",
    [
        pytest.param(ATTRIBUTES, id="no data"),
        pytest.param(ATTRIBUTES | {"specversion": "0.3", "data": DATA}, id="an older one"),
        pytest.param(ATTRIBUTES | {"id": "", "data": DATA}, id="no id"),
        pytest.param(ATTRIBUTES | {"source": "/billing", "data": DATA}, id="another source"),
        pytest.param(ATTRIBUTES | {"type": "com.acme.order.lost", "data": DATA}, id="another type"),
        pytest.param(ATTRIBUTES | {"data_base64": "e30=", "data": DATA}, id="data twice"),
        pytest.param(ATTRIBUTES | {"extension": {}, "data": DATA}, id="an extension that is an object"),
    ],
)
def test_what_is_no_such_cloud_event_does_not_fit(detail: dict[str, Any]) -> None:
    with pytest.raises(ContractError, match=r"^example 1 of"):
        a_contract(CloudEvent(source="/orders", type="com.acme.order.placed"), detail)


def test_the_id_of_a_cloud_event_is_unique_only_for_its_source() -> None:
    contract = a_contract(CloudEvent(), ATTRIBUTES | {"source": "/orders/7", "data": DATA})

    assert contract.idempotency_key is None


def test_without_an_envelope_nobody_knows_the_key() -> None:
    assert a_contract(None, DATA).idempotency_key is None


@pytest.mark.parametrize("envelope", ["standard", StandardEnvelope], ids=["text", "the class"])
def test_what_is_no_envelope_is_refused(envelope: Any) -> None:
    with pytest.raises(ContractError, match=r"^envelope must be an envelope, such as StandardEnvelope\(\), got "):
        a_contract(envelope, DATA)


def test_an_empty_attribute_is_refused() -> None:
    with pytest.raises(ContractError, match=r"^type must be text, such as 'com.acme.orders', got ''$"):
        CloudEvent(type="")
