"""The contracts in a folder of JSON Schema files and AsyncAPI documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.contracts.sources.files import LocalFiles
from cdk_eventbridge_patterns.errors import ContractError, EventBridgePatternsError

_DOCUMENTS = (".json", ".yaml", ".yml")
_PROSE = (".md", ".txt")
_FILE_NAME = re.compile(r"(.+)\.v([1-9][0-9]*)")
_EXAMPLE = "'orders/OrderPlaced.v1.json'"


def contracts_in(folder: str | Path) -> tuple[EventContract, ...]:
    """Return the contracts in *folder* and in the folders below it, in the order of their names.

    A JSON Schema says which event it is by `x-service`, `x-event` and `x-version`; what it does not say, the name of
    its folder and its own do: `orders/OrderPlaced.v1.json`. An AsyncAPI document is of `x-service`, else of its
    folder. All other files must be parts that contracts refer to; hidden files and prose (`.md`, `.txt`) need not.

    Raises:
        ContractError: If a file can't be read as a contract, if two are of one event, or if there is none.
    """
    root = Path(folder)
    contracts: dict[EventName, EventContract] = {}
    parts: list[Path] = []
    needed: set[Path] = set()
    for file in sorted(root.rglob("*")):
        if not file.is_file() or _is_aside(file.relative_to(root)):
            continue
        read = _read(file, root)
        if not read:
            parts.append(file)
            continue
        needed |= _referred(file)
        for contract in read:
            if contract.name in contracts:
                msg = f"'{file}' must be of another event than other files, got {contract.name}"
                raise ContractError(msg)
            contracts[contract.name] = contract
    _check(parts, needed)
    if not contracts:
        msg = f"'{root}' must be an assembly, which has manifest.json, or hold contracts, such as {_EXAMPLE}"
        raise ContractError(msg)
    return tuple(contracts[name] for name in sorted(contracts))


def _is_aside(path: Path) -> bool:
    return path.suffix in _PROSE or any(part.startswith(".") for part in path.parts)


def _read(file: Path, root: Path) -> tuple[EventContract, ...]:
    """Return the contracts in *file*, none where it says no event.

    Raises:
        ContractError: If it can't be read; the message names the file.
    """
    if file.suffix not in _DOCUMENTS:
        msg = f"'{file}' must be a contract, JSON Schema or AsyncAPI in JSON or YAML, such as {_EXAMPLE}"
        raise ContractError(msg)
    try:
        document = _document(file)
        if "asyncapi" in document:
            return EventContract.from_asyncapi(file, service=_service(document, file, root))
        return _of_schema(document, file, root)
    except EventBridgePatternsError as error:
        msg = f"'{file}': {error}"
        raise ContractError(msg) from None


def _document(file: Path) -> Mapping[str, Any]:
    files = LocalFiles(file)
    document: Mapping[str, Any] = files.document(files.main)
    return document


def _of_schema(schema: Mapping[str, Any], file: Path, root: Path) -> tuple[EventContract, ...]:
    name = _FILE_NAME.fullmatch(file.stem)
    if name is None and "x-event" not in schema:
        return ()
    event, version = (name[1], int(name[2])) if name else (schema["x-event"], 1)
    contract = EventContract.from_json_schema(
        file,
        service=_service(schema, file, root),
        event=schema.get("x-event", event),
        version=schema.get("x-version", version),
        source=schema.get("x-source"),
        detail_type=schema.get("x-detail-type"),
    )
    return (contract,)


def _service(document: Mapping[str, Any], file: Path, root: Path) -> str:
    if "x-service" in document:
        return str(document["x-service"])
    if file.parent == root:
        msg = f"x-service must say which service it is of, or its folder must, such as {_EXAMPLE}"
        raise ContractError(msg)
    return file.parent.name


def _check(parts: Iterable[Path], needed: set[Path]) -> None:
    """Refuse what neither says an event nor is part of one that does."""
    for file in parts:
        if file.resolve() not in needed:
            msg = (
                f"'{file}' must say which event it is, by its name, such as {_EXAMPLE}, or by x-service, x-event and "
                "x-version; no contract refers to it"
            )
            raise ContractError(msg)


def _referred(file: Path) -> set[Path]:
    """Return the files that *file* is made of, itself included."""
    files = LocalFiles(file)
    found: set[Path] = set()
    waiting = {files.main}
    while waiting:
        each = waiting.pop()
        found.add(each)
        waiting |= {files.place(reference, each).file for reference in _references(files.document(each))} - found
    return found


def _references(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(value, Mapping):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for below in value.values():
            yield from _references(below)
    elif isinstance(value, list):
        for below in value:
            yield from _references(below)
