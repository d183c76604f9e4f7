"""Whether the `detail` of an event fits its contract; the schema is compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import EventError
from cdk_eventbridge_patterns.runtime.encrypted_value import tolerant_validator

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

_MOST_FAULTS = 5


def check_detail(contract: EventContract, detail: Mapping[str, Any], *, is_encrypted: bool = False) -> None:
    """Refuse a `detail` that does not fit its contract; an encrypted value fits anywhere.

    Raises:
        EventError: If it does not fit. It tells where and by which rule, and not the value, which may be a secret.
    """
    validator = _validator(contract, is_encrypted)
    faults = [
        f"{fault.json_path.replace('$', 'detail', 1)} does not fit {fault.validator!r}: {fault.validator_value!r:.200}"
        for fault in islice(validator.iter_errors(detail), _MOST_FAULTS)
    ]
    if faults:
        msg = f"detail of {contract.name} must fit its contract: {'; '.join(faults)}"
        raise EventError(msg)


@lru_cache(maxsize=1024)
def _validator(contract: EventContract, is_encrypted: bool) -> Validator:  # noqa: FBT001 - part of the cache's key
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - takes longer to import than all else here
    from referencing import Registry  # noqa: PLC0415 - as above

    # An empty registry: a reference to another document must not make a function ask the network.
    registry: Registry[Any] = Registry()
    kind = tolerant_validator() if is_encrypted else Draft202012Validator
    return kind(contract.schema, registry=registry)
