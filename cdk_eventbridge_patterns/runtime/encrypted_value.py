"""An encrypted value: how it is told from others, where it may stand, and whether the rest of its event is right."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import ContractError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_PREFIX = "encrypted:v1:"

# What an encrypted value inside an object leaves undecided, so that it speaks neither for nor against the event.
_UNDECIDED = ("const", "contains", "enum", "if", "not", "unevaluatedItems", "unevaluatedProperties", "uniqueItems")

Change = Callable[[str, Any], Any]
IsMarked = Callable[[tuple[str, ...]], bool]
Keyword = Callable[..., Any]


class EncryptedValue(str):
    """The text that stands where an encrypted value was; its schema can't be asked of it."""

    __slots__ = ()

    @classmethod
    def of(cls, message: bytes) -> EncryptedValue:
        """Return the text of a message of the AWS Encryption SDK."""
        return cls(_PREFIX + base64.b64encode(message).decode())


def is_encrypted(value: object) -> bool:
    """Return whether *value* is the text of something encrypted."""
    return isinstance(value, str) and value.startswith(_PREFIX)


def message_in(value: str) -> bytes | None:
    """Return the message of the AWS Encryption SDK in a text; nothing if it holds none."""
    try:
        return base64.b64decode(value.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        return None


def with_sensitive(contract: EventContract, detail: Mapping[str, Any], change: Change) -> dict[str, Any]:
    """Return *detail* with each sensitive value as *change* returns it, given its place as a JSON pointer.

    Raises:
        ContractError: If `detail` itself is marked, which EventBridge takes as an object only.
    """
    is_marked = cache(contract.is_sensitive_at)
    if is_marked(()):
        msg = f"detail of {contract.name} must be an object, so it can't be encrypted whole; mark its fields"
        raise ContractError(msg)
    changed: dict[str, Any] = _changed(is_marked, detail, (), "", change)
    return changed


def _changed(is_marked: IsMarked, value: Any, steps: tuple[str, ...], pointer: str, change: Change) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        # Arrays leave no trace in the path of a field, and their indices do in its place.
        return [_changed(is_marked, each, steps, f"{pointer}/{index}", change) for index, each in enumerate(value)]
    if not isinstance(value, Mapping):
        return value
    changed = {}
    for name, below in value.items():
        path, place = (*steps, name), f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        changed[name] = change(place, below) if is_marked(path) else _changed(is_marked, below, path, place, change)
    return changed


def tolerant_validator() -> type[Validator]:
    """Return a class of validators that let an encrypted value stand for any, and judge all else.

    Where an object that holds one is to be compared as a whole, or is to fit just one of several schemas, the answer
    is the one in favour of the event.
    """
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - takes longer to import than all else here
    from jsonschema.validators import extend  # noqa: PLC0415 - as above

    known: Mapping[str, Keyword] = Draft202012Validator.VALIDATORS
    keywords = {name: _unless(_is_one, keyword) for name, keyword in known.items()}
    keywords |= {name: _unless(_holds_one, known[name]) for name in _UNDECIDED}
    keywords["oneOf"] = _one_of(known["oneOf"], known["anyOf"])
    extended: type[Validator] = extend(Draft202012Validator, validators=keywords)  # type: ignore[no-untyped-call]
    return extended


def _unless(undecided: Callable[[object], bool], keyword: Keyword) -> Keyword:
    def judged(validator: Validator, value: Any, instance: object, schema: Any) -> Iterator[Any]:  # noqa: ANN401
        return iter(()) if undecided(instance) else iter(keyword(validator, value, instance, schema) or ())

    return judged


def _one_of(one_of: Keyword, any_of: Keyword) -> Keyword:
    def judged(validator: Validator, value: Any, instance: object, schema: Any) -> Iterator[Any]:  # noqa: ANN401
        keyword = any_of if _holds_one(instance) else one_of
        return iter(keyword(validator, value, instance, schema) or ())

    return judged


def _is_one(instance: object) -> bool:
    return isinstance(instance, EncryptedValue)


def _holds_one(instance: object) -> bool:
    if isinstance(instance, Mapping):
        return any(map(_holds_one, instance.values()))
    return any(map(_holds_one, instance)) if isinstance(instance, list) else _is_one(instance)
