"""Whether a contract declares the field that a JSON path of an input transformer reads."""

from __future__ import annotations

import re

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.event_schema import ENVELOPE, EventSchema
from cdk_eventbridge_patterns.matching.analysis import keywords
from cdk_eventbridge_patterns.matching.analysis.contract_document import Conjunction, ContractDocument, Schema
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import nearest

_PATH = re.compile(r"\$((?:\.[^.\[\]*?()@'\" ]+|\[[0-9]+\])*)")
_STEP = re.compile(r"\.([^.\[]+)|\[([0-9]+)\]")


def undeclared(
    path: str, contract: EventContract | EventSchema, *, naming: NamingConvention | None = None
) -> str | None:
    """Return why no event has what *path* points to, as far as its contract declares; nothing where one may.

    Args:
        path: A JSON path of plain steps, such as `$.detail.lines[0].sku`; others are not judged.

        contract: The contract, or the schema of a whole event.

        naming: The convention of the contract's source and detail-type. Default: they may be any text.
    """
    plain = _PATH.fullmatch(path)
    if plain is None:
        return None
    schema = contract if isinstance(contract, EventSchema) else contract.event_schema(naming)
    document = ContractDocument(schema)
    ways = document.ways([schema.schema, ENVELOPE])
    seen = "$"
    for name, index in _STEP.findall(plain[1]):
        # A property whose own name has a dot is no step of a plain path, and none is guessed.
        found = [way for each in ways for way in _below(document, each, name, index)]
        if not found:
            return f"{seen} {_lacks(ways, name, index)}"
        ways, seen = found, seen + (f".{name}" if name else f"[{index}]")
    return None


def _below(document: ContractDocument, way: Conjunction, name: str, index: str) -> list[Conjunction]:
    """Return the ways in which a step may lead to something."""
    types = keywords.types_of(way)
    if index:
        items = [keywords.item_schema(part, int(index)) for part in way]
        return document.ways(items) if "array" in types else []
    schemas = [schema for part in way for schema in keywords.property_schemas(part, name)]
    if "object" not in types or False in schemas or _is_undeclared(way, schemas):
        return []
    return document.ways([schema for schema in schemas if schema is not keywords.OPEN])


def _is_undeclared(way: Conjunction, schemas: list[Schema]) -> bool:
    return all(each is keywords.OPEN for each in schemas) and any(map(keywords.declares_properties, way))


def _lacks(ways: list[Conjunction], name: str, index: str) -> str:
    if index:
        return "is no array"
    declared = [each for way in ways for part in way for each in part.get("properties", {})]
    return f"has no field {name!r}" + (f"; the nearest is '{nearest(name, declared)}'" if declared else "")
