"""The schema of a contract's data, and examples of it, checked when the contract is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.contracts.json_pointer import pointed_at
from cdk_eventbridge_patterns.contracts.meta_schema import schema_validator
from cdk_eventbridge_patterns.errors import ContractError

if TYPE_CHECKING:
    from pydantic import BaseModel

_ANY_OBJECT = {"type": "object"}


def schema_of(detail: type[BaseModel] | Mapping[str, Any], title: str) -> dict[str, Any]:
    """Return the JSON Schema of a pydantic model, or a copy of a schema.

    Raises:
        ContractError: If it is not valid, or not that of an object.
    """
    if isinstance(detail, Mapping):
        schema = deepcopy(dict(detail))
    elif isinstance(detail, type) and hasattr(detail, "model_json_schema"):
        schema = detail.model_json_schema()
    else:
        msg = f"detail of {title} must be a pydantic model or a JSON Schema, got {detail!r}"
        raise ContractError(msg)
    _check_schema(schema, title)
    return schema


def _check_schema(schema: dict[str, Any], title: str) -> None:
    if schema == _ANY_OBJECT:
        return  # as most events of AWS have it, for which nobody should wait until jsonschema is imported
    for error in schema_validator().iter_errors(schema):
        msg = f"detail of {title} must be a valid JSON Schema: {error.message} (at {error.json_path})"
        raise ContractError(msg)
    root_type = _type_of(schema, schema)
    if root_type != "object":
        # PutEvents refuses a Detail that is not a JSON object.
        msg = f"detail of {title} must be a JSON Schema of type 'object', got type {root_type!r}"
        raise ContractError(msg)


def _type_of(schema: Any, root: dict[str, Any], following: frozenset[str] = frozenset()) -> object:  # noqa: ANN401 - JSON
    """Return the type of all values that a schema allows, as far as it says so at its top or right behind that."""
    if not isinstance(schema, Mapping) or "type" in schema:
        return schema.get("type") if isinstance(schema, Mapping) else None
    reference = str(schema.get("$ref", ""))
    parts = list(schema.get("allOf", ()))
    if reference.startswith("#") and reference not in following:
        following |= {reference}
        parts.append(pointed_at(reference, root))
    types = [_type_of(part, root, following) for part in parts]
    for keyword in ("anyOf", "oneOf"):
        inside = [_type_of(part, root, following) for part in schema.get(keyword, ())]
        types += inside[:1] if all(type_ == inside[0] for type_ in inside) else []
    return next((type_ for type_ in types if type_ is not None), None)


def checked_examples(
    examples: Sequence[Mapping[str, Any]], schema: dict[str, Any], title: str
) -> tuple[dict[str, Any], ...]:
    """Return copies of *examples*, values of `detail`.

    Raises:
        ContractError: If one does not fit *schema*.
    """
    if not examples:
        return ()
    from jsonschema import Draft202012Validator  # noqa: PLC0415
    from referencing import Registry  # noqa: PLC0415
    from referencing.exceptions import Unresolvable  # noqa: PLC0415

    # An empty registry: a reference to another document must not make a declaration ask the network.
    registry: Registry[Any] = Registry()
    validator = Draft202012Validator(schema, registry=registry)
    for number, example in enumerate(examples, start=1):
        value = dict(example) if isinstance(example, Mapping) else example
        try:
            faults = [f"{fault.message} (at {fault.json_path})" for fault in validator.iter_errors(value)]
        except Unresolvable as error:
            msg = f"detail of {title} must hold all it refers to, got a reference to {error.ref!r}"
            raise ContractError(msg) from None
        if faults:
            msg = f"example {number} of {title} must fit its schema: {'; '.join(faults)}"
            raise ContractError(msg)
    return tuple(deepcopy(dict(example)) for example in examples)
