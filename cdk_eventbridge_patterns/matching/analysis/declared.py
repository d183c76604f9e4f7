"""Whether a contract declares the field that a JSON path of an input transformer reads."""

from __future__ import annotations

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.event_schema import ENVELOPE, EventSchema
from cdk_eventbridge_patterns.matching.analysis import keywords
from cdk_eventbridge_patterns.matching.analysis.contract_document import Conjunction, ContractDocument, Schema
from cdk_eventbridge_patterns.matching.json_path import plain_steps
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import nearest


def undeclared(
    path: str, contract: EventContract | EventSchema, *, naming: NamingConvention | None = None
) -> str | None:
    """Return why no event has what *path* points to, as far as its contract declares; nothing where one may.

    Args:
        path: A JSON path of plain steps, such as `$.detail.lines[0].sku`; others are not judged.

        contract: The contract, or the schema of a whole event.

        naming: The convention of the contract's source and detail-type. Default: they may be any text.
    """
    steps = plain_steps(path)
    if steps is None:
        return None
    schema = contract if isinstance(contract, EventSchema) else contract.event_schema(naming)
    document = ContractDocument(schema)
    ways = document.ways([schema.schema, ENVELOPE])
    seen = "$"
    for step in steps:
        # A property whose own name has a dot is no step of a plain path, and none is guessed.
        found = [way for each in ways for way in _below(document, each, step)]
        if not found:
            return f"{seen} {_lacks(ways, step)}"
        ways, seen = found, seen + (f".{step}" if isinstance(step, str) else f"[{step}]")
    return None


def _below(document: ContractDocument, way: Conjunction, step: str | int) -> list[Conjunction]:
    """Return the ways in which a step may lead to something."""
    types = keywords.types_of(way)
    if isinstance(step, int):
        items = [keywords.item_schema(part, step) for part in way]
        return document.ways(items) if "array" in types else []
    schemas = [schema for part in way for schema in keywords.property_schemas(part, step)]
    if "object" not in types or False in schemas or _is_undeclared(way, schemas):
        return []
    return document.ways([schema for schema in schemas if schema is not keywords.OPEN])


def _is_undeclared(way: Conjunction, schemas: list[Schema]) -> bool:
    return all(each is keywords.OPEN for each in schemas) and any(map(keywords.declares_properties, way))


def _lacks(ways: list[Conjunction], step: str | int) -> str:
    if isinstance(step, int):
        return "is no array"
    declared = [each for way in ways for part in way for each in part.get("properties", {})]
    return f"has no field {step!r}" + (f"; the nearest is '{nearest(step, declared)}'" if declared else "")
