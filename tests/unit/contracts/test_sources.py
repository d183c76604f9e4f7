import json
from pathlib import Path
from typing import Any

import pytest

from cdk_eventbridge_patterns.contracts import DataClass, EventContract, StandardEnvelope
from cdk_eventbridge_patterns.errors import ContractError

Files = dict[str, Any]

MONEY = {"type": "object", "properties": {"amount": {"type": "number"}}, "required": ["amount"]}


def written(folder: Path, files: Files) -> Path:
    """Write files, JSON unless they are text, and return the first."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return folder / next(iter(files))


def an_order(folder: Path, files: Files, **more: Any) -> EventContract:
    return EventContract.from_json_schema(written(folder, files), service="orders", event="OrderPlaced", **more)


def test_a_file_is_a_contract_with_what_it_says_of_itself(tmp_path: Path) -> None:
    order = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://acme.example/order.json",
        "description": "An order was placed.",
        "type": "object",
        "properties": {"id": {"type": "string"}},
        "examples": [{"id": "o-1"}],
    }

    contract = an_order(tmp_path, {"order.json": order}, version=2, owner="team-orders")

    assert (contract.title, contract.owner) == ("OrderPlaced.v2", "team-orders")
    assert contract.description == "An order was placed."
    assert contract.examples == ({"id": "o-1"},)
    assert contract.schema == {key: value for key, value in order.items() if not key.startswith("$")}


def test_other_files_of_the_folder_become_part_of_the_contract(tmp_path: Path) -> None:
    files = {
        "order.yaml": """
            type: object
            properties:
              total: {$ref: common/money.json}
              tax: {$ref: 'common/money.json#/$defs/Tax'}
              next: {$ref: '#'}
              placed: {const: 2026-01-01}
        """,
        "common/money.json": MONEY
        | {"$defs": {"Tax": {"$ref": "#"}}, "properties": {"whole": {"$ref": "../order.yaml"}}},
    }

    contract = an_order(tmp_path, files)

    assert contract.schema == {
        "type": "object",
        "properties": {
            "total": {"$ref": "#/$defs/money"},
            "tax": {"$ref": "#/$defs/Tax"},
            "next": {"$ref": "#"},
            "placed": {"const": "2026-01-01"},
        },
        "$defs": {
            "money": {"type": "object", "required": ["amount"], "properties": {"whole": {"$ref": "#"}}},
            "Tax": {"$ref": "#/$defs/money"},
        },
    }


def test_two_definitions_of_the_same_name_are_kept_apart(tmp_path: Path) -> None:
    files = {
        "order.json": {
            "type": "object",
            "properties": {"a": {"$ref": "#/$defs/Money"}, "b": {"$ref": "old.json#/$defs/Money"}},
            "$defs": {"Money": MONEY},
        },
        "old.json": {"$defs": {"Money": {"type": "integer"}}},
    }

    contract = an_order(tmp_path, files, examples=[{"a": {"amount": 1.5}, "b": 1}])

    assert contract.schema["$defs"] == {"Money": MONEY, "Money_2": {"type": "integer"}}


def test_a_property_may_have_the_name_of_a_keyword(tmp_path: Path) -> None:
    order = {"type": "object", "properties": {"$ref": {"type": "string"}, "definitions": {"$ref": "#/$defs/Money"}}}

    contract = an_order(tmp_path, {"order.json": order | {"$defs": {"Money": MONEY}}})

    assert contract.schema["properties"] == {"$ref": {"type": "string"}, "definitions": {"$ref": "#/$defs/Money"}}


@pytest.mark.parametrize(
    ("draft", "older", "newer"),
    [
        pytest.param("draft-04", {"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}, id="flags"),
        pytest.param("draft-04", {"minimum": 1, "exclusiveMinimum": False}, {"minimum": 1}, id="flags that are down"),
        pytest.param(
            "draft-07",
            {"items": [{"type": "string"}], "additionalItems": False},
            {"prefixItems": [{"type": "string"}], "items": False},
            id="lists of items",
        ),
        pytest.param("draft-07", {"items": {}, "additionalItems": False}, {"items": {}}, id="items that are all alike"),
        pytest.param(
            "draft-07",
            {"dependencies": {"a": ["b"], "c": {"minProperties": 3}}},
            {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"minProperties": 3}}},
            id="dependencies",
        ),
        pytest.param(
            "draft-07", {"$ref": "#/definitions/It", "minimum": 5}, {"$ref": "#/$defs/It"}, id="beside a reference"
        ),
        pytest.param(
            "2019-09", {"$ref": "#/$defs/It", "minimum": 5}, {"$ref": "#/$defs/It", "minimum": 5}, id="since 2019-09"
        ),
    ],
)
def test_older_drafts_are_told_in_the_words_of_2020_12(
    tmp_path: Path, draft: str, older: dict[str, Any], newer: dict[str, Any]
) -> None:
    order = {
        "$schema": f"http://json-schema.org/{draft}/schema#",
        "type": "object",
        "properties": {"it": older},
        "$defs" if draft == "2019-09" else "definitions": {"It": {"type": "integer"}},
    }

    contract = an_order(tmp_path, {"order.json": order})

    assert contract.schema["properties"] == {"it": newer}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {"o.json": {"$ref": "https://acme.example/order.json"}}, "got 'https://acme.example", id="network"
        ),
        pytest.param({"o.json": {"$ref": "//acme.example/order.json"}}, "same folder, such as", id="another host"),
        pytest.param({"o.json": {"$ref": "../secret.json"}}, "must stay in the folder of o.json", id="above"),
        pytest.param({"o.json": {"$ref": "/etc/passwd"}}, "must stay in the folder", id="absolute"),
        pytest.param({"o.json": {"$ref": "a/..%2F..%2Fsecret.json"}}, "must stay in the folder", id="above, escaped"),
        pytest.param({"o.json": {"$ref": "#Money"}}, "must be a JSON pointer", id="an anchor"),
        pytest.param({"o.json": {"$ref": "#/$defs/Money"}}, "must lead to something, got 'o.json#/", id="nowhere"),
        pytest.param(
            {"o.json": {"$ref": "money.json"}}, "must be a file that can be read, got 'money.json'", id="no file"
        ),
        pytest.param({"o.json": {"$ref": 1}}, "must be a JSON pointer", id="no reference"),
        pytest.param({"o.json": "{"}, "o.json must be JSON or YAML: ", id="no JSON"),
        pytest.param({"o.yaml": "a: [b"}, "o.yaml must be JSON or YAML: ", id="no YAML"),
        pytest.param({"o.yaml": "a: &a [*a]"}, "o.yaml must be JSON or YAML: ", id="a circle"),
        pytest.param({"o.yaml": "a: !!python/name:os.system ''"}, "o.yaml must be JSON or YAML: ", id="a Python name"),
        pytest.param({"o.yaml": "const: .nan"}, "o.yaml must be JSON or YAML: ", id="not a number"),
        pytest.param({"o.json": "[]"}, "must hold an object, got list", id="a list"),
        pytest.param({"o.json": {"$schema": "urn:mine"}}, r"\$schema must be a draft of JSON Schema", id="no draft"),
        pytest.param(
            {"o.json": {"properties": {"a": {"$id": "x:a"}}}}, r"no \$id inside, got 'x:a'", id="an id inside"
        ),
        pytest.param({"o.json": {"$dynamicRef": "#a"}}, r"by \$ref, got \$dynamicRef", id="a dynamic reference"),
        pytest.param({"o.json": {"type": "array"}}, "of type 'object', got type 'array'", id="a schema of no object"),
    ],
)
def test_a_file_that_can_not_be_a_contract_is_refused(tmp_path: Path, files: Files, message: str) -> None:
    (tmp_path / "secret.json").write_text("{}", encoding="utf-8")

    with pytest.raises(ContractError, match=message):
        an_order(tmp_path / "contracts", files)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}", encoding="utf-8")
    path = written(tmp_path / "contracts", {"o.json": {"type": "object", "not": {"$ref": "link.json"}}})
    (path.parent / "link.json").symlink_to(tmp_path / "secret.json")

    with pytest.raises(ContractError, match="must stay in the folder"):
        EventContract.from_json_schema(path, service="orders", event="OrderPlaced")


ORDER_PLACED_3 = """
asyncapi: 3.0.0
info: {title: Orders, version: 4.1.0, contact: {name: team-orders}}
operations:
  place: {action: send, channel: {$ref: '#/channels/orders'}}
  pay:
    action: send
    channel: {$ref: '#/channels/orders'}
    messages: [{$ref: '#/channels/orders/messages/paid'}]
  cancel: {action: receive, channel: {$ref: '#/channels/cancellations'}}
channels:
  orders:
    messages:
      placed: {$ref: '#/components/messages/order.placed'}
      paid: {$ref: 'more.yaml#/OrderPaid'}
  cancellations:
    messages: {cancel: {payload: {type: object}}}
components:
  messages:
    order.placed:
      x-version: 2
      x-data-class: restricted
      summary: An order was placed.
      traits: [{$ref: '#/components/messageTraits/common'}, {examples: [{payload: {total: 1}}], summary: Overruled.}]
      payload: {$ref: '#/components/schemas/Order'}
  messageTraits:
    common: {examples: [{payload: {total: x}}], contentType: application/json}
  schemas:
    Order:
      type: object
      properties: {total: {$ref: '#/components/schemas/Money', minimum: 10}}
      required: [total]
    Money: {type: number}
"""

MORE = """
OrderPaid:
  name: OrderPaid.v3
  payload:
    schemaFormat: application/schema+yaml;version=draft-07
    schema: {allOf: [{$ref: '#/Base'}], properties: {pair: {items: [{type: string}]}}}
Base: {type: object}
"""


def test_version_3_says_what_it_sends_by_its_operations(tmp_path: Path) -> None:
    path = written(tmp_path, {"asyncapi.yaml": ORDER_PLACED_3, "more.yaml": MORE})

    placed, paid = EventContract.from_asyncapi(path, service="orders")

    assert (placed.title, placed.data_class, placed.owner) == ("OrderPlaced.v2", DataClass.RESTRICTED, "team-orders")
    assert placed.description == "An order was placed."
    assert placed.examples == ({"total": 1},)
    assert placed.schema == {
        "type": "object",
        "properties": {"total": {"$ref": "#/$defs/Money"}},
        "required": ["total"],
        "$defs": {"Money": {"type": "number"}},
    }
    assert paid.title == "OrderPaid.v3"
    assert paid.schema["properties"] == {"pair": {"prefixItems": [{"type": "string"}]}}


def version_2(message: Any, **more: Any) -> Files:
    return {
        "asyncapi.json": {
            "asyncapi": "2.6.0",
            "info": {"title": "Orders", "version": "0.9.0"},
            "channels": {"orders": {"subscribe": {"message": message}, "publish": {"message": {"payload": False}}}},
            **more,
        }
    }


def test_version_2_sends_what_clients_may_subscribe_to(tmp_path: Path) -> None:
    message = {
        "oneOf": [
            {"name": "orderPlaced", "payload": {"type": "object"}, "traits": [{"name": "OrderAccepted"}]},
            {"$ref": "#/components/messages/OrderCancelled"},
        ]
    }
    components = {"messages": {"OrderCancelled": {"payload": {"type": "object"}}, "OrderLost": {}}}
    path = written(tmp_path, version_2(message, components=components))

    contracts = EventContract.from_asyncapi(path, service="orders", owner="team-shop", envelope=StandardEnvelope())

    assert [contract.title for contract in contracts] == ["OrderAccepted.v1", "OrderCancelled.v1"]
    assert {contract.owner for contract in contracts} == {"team-shop"}
    assert {contract.idempotency_key for contract in contracts} == {"detail.metadata.idempotencyKey"}


def test_the_one_message_of_an_operation_has_no_name_by_its_place(tmp_path: Path) -> None:
    path = written(tmp_path, version_2({"payload": {"type": "object"}}))

    with pytest.raises(ContractError, match="subscribe/message must have a name"):
        EventContract.from_asyncapi(path, service="orders")


@pytest.mark.parametrize("version", ["2.6.0", "3.1.0"])
def test_a_document_that_only_tells_messages_sends_them_all(tmp_path: Path, version: str) -> None:
    components = {"messages": {"OrderPlaced": {"payload": {"type": "object"}}}}
    path = written(tmp_path, {"asyncapi.json": {"asyncapi": version, "components": components}})

    (contract,) = EventContract.from_asyncapi(path, service="orders")

    assert contract.title == "OrderPlaced.v1"


@pytest.mark.parametrize(
    ("message", "message_of_ours"),
    [
        pytest.param(
            {
                "name": "OrderPlaced",
                "schemaFormat": "application/vnd.apache.avro;version=1.9.0",
                "payload": {"type": "record"},
            },
            "schemaFormat of message 'OrderPlaced' of asyncapi.json must be JSON Schema",
            id="Avro",
        ),
        pytest.param(
            {"messageId": "order-placed", "contentType": "text/plain", "payload": {}},
            "contentType of message 'order-placed' .* must be JSON",
            id="text",
        ),
        pytest.param(
            {"name": "OrderPlaced"},
            "payload of message 'OrderPlaced' of asyncapi.json must be a schema",
            id="no payload",
        ),
        pytest.param({"payload": {}}, "oneOf/0 must have a name, such as 'name: OrderPlaced', got ''", id="no name"),
        pytest.param({"name": "OrderPlaced", "x-version": "two", "payload": {}}, "got 'two'", id="version"),
        pytest.param(
            {"name": "OrderPlaced", "payload": {"type": "object"}, "examples": [{"payload": 1}]},
            "example 1 of OrderPlaced.v1 must fit its schema",
            id="example",
        ),
    ],
)
def test_a_message_that_can_not_be_an_event_is_refused(
    tmp_path: Path, message: dict[str, Any], message_of_ours: str
) -> None:
    path = written(tmp_path, version_2({"oneOf": [message]}))

    with pytest.raises(ContractError, match=message_of_ours):
        EventContract.from_asyncapi(path, service="orders")


@pytest.mark.parametrize(
    ("document", "message"),
    [
        pytest.param({"openapi": "3.0.0"}, "asyncapi in asyncapi.json must be version 2 or 3", id="another kind"),
        pytest.param({"asyncapi": "3.0.0"}, "must have a message that its application sends", id="no message"),
        pytest.param(
            {"asyncapi": "3.0.0", "components": {"messages": {"A": {"$ref": "#/components/messages/A"}}}},
            "which leads to itself",
            id="a circle",
        ),
        pytest.param(
            {
                "asyncapi": "3.0.0",
                "components": {
                    "messages": {
                        "OrderPlaced": {"payload": {"type": "object"}},
                        "order_placed": {"payload": {"type": "object"}},
                    }
                },
            },
            "must be different events, got OrderPlaced.v1 twice",
            id="the same event",
        ),
    ],
)
def test_a_document_without_events_of_its_own_is_refused(tmp_path: Path, document: Files, message: str) -> None:
    path = written(tmp_path, {"asyncapi.json": document})

    with pytest.raises(ContractError, match=message):
        EventContract.from_asyncapi(path, service="orders")
