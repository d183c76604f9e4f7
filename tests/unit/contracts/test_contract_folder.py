"""Contracts in a folder: which event a file is of, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cdk_eventbridge_patterns.contracts.sources.folder import contracts_in
from cdk_eventbridge_patterns.errors import ContractError

ORDER = '{"type": "object", "properties": {"total": {"type": "number"}}}'
ASYNCAPI = """
asyncapi: 3.0.0
info: {title: Orders, version: 1.0.0}
channels:
  orders:
    messages:
      OrderShipped.v2: {payload: {type: object}}
"""


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def titles(folder: Path) -> list[str]:
    return [str(contract.name) for contract in contracts_in(folder)]


@pytest.mark.parametrize(
    "name", ["orders/OrderPlaced.v2.json", "orders/OrderPlaced.v2.yaml", "a/b/orders/OrderPlaced.v2.yml"]
)
def test_a_file_is_of_the_service_of_its_folder_and_of_the_event_of_its_name(tmp_path: Path, name: str) -> None:
    assert titles(written(tmp_path, {name: ORDER})) == ["orders/OrderPlaced.v2"]


def test_what_a_schema_says_itself_comes_first(tmp_path: Path) -> None:
    said = '{"type": "object", "x-service": "orders", "x-event": "OrderPlaced", "x-version": 3}'

    found = titles(written(tmp_path, {"order-placed.json": said, "shop/Other.v1.json": said.replace("3", "4")}))

    assert found == ["orders/OrderPlaced.v3", "orders/OrderPlaced.v4"]


def test_a_schema_may_say_its_source_and_detail_type(tmp_path: Path) -> None:
    said = '{"type": "object", "x-source": "shop", "x-detail-type": "Order Placed"}'

    (contract,) = contracts_in(written(tmp_path, {"orders/OrderPlaced.v1.json": said}))

    assert (contract.given_source, contract.given_detail_type) == ("shop", "Order Placed")


def test_an_asyncapi_document_is_of_the_service_of_its_folder(tmp_path: Path) -> None:
    assert titles(written(tmp_path, {"orders/asyncapi.yaml": ASYNCAPI})) == ["orders/OrderShipped.v2"]


def test_an_asyncapi_document_may_say_its_service(tmp_path: Path) -> None:
    assert titles(written(tmp_path, {"asyncapi.yaml": f"x-service: shop{ASYNCAPI}"})) == ["shop/OrderShipped.v2"]


def test_parts_that_contracts_refer_to_prose_and_hidden_files_are_no_contracts(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        {
            "orders/OrderPlaced.v1.json": '{"type": "object", "properties": {"total": {"$ref": "parts/total.json"}}}',
            "orders/parts/total.json": '{"$ref": "money.json"}',
            "orders/parts/money.json": '{"type": "number"}',
            "README.md": "what is here",
            ".spectral.yaml": "rules: {}",
        },
    )

    assert titles(folder) == ["orders/OrderPlaced.v1"]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "must be an assembly, which has manifest.json, or hold contracts"),
        ({"orders/OrderPlaced.v1.avsc": "{}"}, "OrderPlaced.v1.avsc' must be a contract, JSON Schema or AsyncAPI"),
        ({"orders/order.json": ORDER}, "order.json' must say which event it is, by its name"),
        ({"OrderPlaced.v1.json": ORDER}, "OrderPlaced.v1.json': x-service must say which service it is of"),
        ({"orders/OrderPlaced.v1.json": "{"}, "OrderPlaced.v1.json': OrderPlaced.v1.json must be JSON or YAML"),
        ({"orders/OrderPlaced.v1.json": '{"type": "string"}'}, "OrderPlaced.v1.json': "),
        ({"orders/order placed.v1.json": ORDER}, "order placed.v1.json': event must be"),
        ({"Orders/OrderPlaced.v1.json": ORDER}, "OrderPlaced.v1.json': service must be"),
        (
            {"orders/OrderPlaced.v1.json": ORDER, "orders/OrderPlaced.v1.yaml": ORDER},
            "OrderPlaced.v1.yaml' must be of another event than other files, got orders/OrderPlaced.v1",
        ),
    ],
    ids=[
        "nothing",
        "another form",
        "no event",
        "no service",
        "no JSON",
        "no object",
        "no name",
        "no service name",
        "twice",
    ],
)
def test_what_is_no_contract_is_refused_by_name(tmp_path: Path, files: dict[str, str], said: str) -> None:
    with pytest.raises(ContractError, match=re.escape(said)):
        contracts_in(written(tmp_path, files))
