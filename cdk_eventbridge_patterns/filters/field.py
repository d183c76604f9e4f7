"""The fields of a contract, by attribute access."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, overload

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.errors import ContractError
from cdk_eventbridge_patterns.matching.analysis import undeclared

if TYPE_CHECKING:
    from pydantic import BaseModel

_Model = TypeVar("_Model", bound="BaseModel")
_Item = TypeVar("_Item")


class Field:
    """A field of an event: its attributes are the fields below it.

    Args:
        schema: The contract.

        steps: The names that lead to it, below `detail`.

        model: The pydantic model of its value, whose fields may have other names in JSON. Default: none.

        path: The JSON path to it, elements of arrays included.
    """

    __slots__ = ("_model", "_path", "_schema", "_steps")

    def __init__(self, schema: EventSchema, steps: tuple[str, ...] = (), *, model: Any = None, path: str) -> None:  # noqa: ANN401 - a model or nothing
        self._schema, self._steps, self._model, self._path = schema, steps, model, path

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the type is the model's
        if name.startswith("__"):
            raise AttributeError(name)
        known = getattr(self._model, "model_fields", {}).get(name)
        spelled = name if known is None else known.serialization_alias or known.alias or name
        path = f"{self._path}.{spelled}"
        reason = undeclared(path, self._schema)
        if reason is not None:
            msg = f"field must be one that {self._schema.title} declares: {reason}"
            raise ContractError(msg)
        model = None if known is None else next(_models_in(known.annotation), None)
        return Field(self._schema, (*self._steps, spelled), model=model, path=path)

    def __repr__(self) -> str:
        return self._path


@overload
def fields_of(contract: type[_Model]) -> _Model: ...
@overload
def fields_of(contract: EventContract) -> Any: ...  # noqa: ANN401 - a JSON Schema has no Python type
def fields_of(contract: type[_Model] | EventContract) -> Any:
    """Return the fields of an event, to be named by attribute: `fields_of(OrderPlaced).customer.tier`.

    Args:
        contract: The pydantic model of its detail, so that editors and type checkers know the fields; or a contract.

    Raises:
        ContractError: If it is neither; and later, where a field is named that is not declared, with the nearest.
    """
    if isinstance(contract, EventContract):
        return Field(contract.event_schema(), path="$.detail")
    if not isinstance(contract, type) or not hasattr(contract, "model_json_schema"):
        msg = f"contract must be a pydantic model or an EventContract, such as ORDER_PLACED, got {contract!r}"
        raise ContractError(msg)
    schema = EventSchema.of_detail(contract.model_json_schema(mode="serialization"), title=contract.__name__)
    return Field(schema, model=contract, path="$.detail")


def each(items: Sequence[_Item]) -> _Item:
    """Return the elements of a list of objects: `each(order.lines).sku`.

    Conditions on fields of elements hold together for one and the same element, whichever it is.
    """
    field = field_of(items)
    return cast("_Item", Field(field._schema, field._steps, model=field._model, path=f"{field._path}[0]"))  # noqa: SLF001


def field_of(given: object) -> Field:
    """Return *given* as the field that it is.

    Raises:
        ContractError: If it is none.
    """
    if not isinstance(given, Field):
        msg = f"field must be one of fields_of(…), such as fields_of(OrderPlaced).status, got {given!r}"
        raise ContractError(msg)
    return given


def steps_of(field: Field) -> tuple[EventSchema, tuple[str, ...]]:
    """Return the contract of a field, and the names that lead to it."""
    return field._schema, field._steps  # noqa: SLF001 - attributes of a field are fields of the event


def _models_in(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation
    if hasattr(annotation, "model_fields"):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
