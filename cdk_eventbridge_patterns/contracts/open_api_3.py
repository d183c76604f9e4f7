"""A contract's schema as the OpenAPI 3.0 document that EventBridge itself would write for the event."""

from __future__ import annotations

import re
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.contracts.json_pointer import pointed_at
from cdk_eventbridge_patterns.contracts.registry_keywords import ENVELOPE, REQUIRED, Json
from cdk_eventbridge_patterns.contracts.schema_object import ANNOTATIONS, is_inside, schema_object

# EventBridge reads the event's source and detail-type here, not in its properties.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schemas-infer-from-json.html
_EVENT = "AWSEvent"
_SOURCE, _DETAIL_TYPE = "x-amazon-events-source", "x-amazon-events-detail-type"

_COMPONENTS = "#/components/schemas/"

# https://spec.openapis.org/oas/v3.0.3#components-object
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+")

_STEPS_WITHOUT_NAME = frozenset({"#", "", "$defs", "definitions", "properties"})


def open_api_3(contract: EventContract, event_type: EventType) -> Json:
    """Return the document of the whole event: `AWSEvent` with the envelope, the detail, and what that refers to."""
    components = _Components(contract.schema)
    info = {"title": contract.title, "version": f"{contract.version}.0.0"}
    if contract.description:
        info["description"] = contract.description
    detail = components.reference(_whole(contract.schema), wish=contract.event)
    event = {
        "type": "object",
        "required": REQUIRED,
        _SOURCE: event_type.source,
        _DETAIL_TYPE: event_type.detail_type,
        "properties": {
            **ENVELOPE,
            "source": {"type": "string", "enum": [event_type.source]},
            "detail-type": {"type": "string", "enum": [event_type.detail_type]},
            "detail": detail,
        },
    }
    return {
        "openapi": "3.0.0",
        "info": info,
        "paths": {},
        "components": {"schemas": {_EVENT: event, **components.schemas()}},
    }


class _Components:
    """The schemas that the document holds by name: what the detail refers to, wherever that stands in the contract."""

    def __init__(self, root: Json) -> None:
        self._root = root
        self._names: dict[str, str] = {}

    def reference(self, pointer: str, wish: str | None = None) -> Json:
        """Return a reference to the component that holds what *pointer* points to in the contract."""
        if pointer not in self._names:
            self._names[pointer] = self._free(wish or _name_of(pointer))
        return {"$ref": _COMPONENTS + self._names[pointer]}

    def schemas(self) -> Json:
        """Return the schemas of all components; to convert one may ask for more of them."""
        converted: Json = {}
        while waiting := [pointer for pointer in self._names if self._names[pointer] not in converted]:
            for pointer in waiting:
                converted[self._names[pointer]] = schema_object(
                    pointed_at(pointer, self._root), self._root, self.reference
                )
        return converted

    def _free(self, wish: str) -> str:
        taken = {_EVENT, *self._names.values()}
        name, number = wish, 1
        while name in taken:
            number += 1
            name = f"{wish}_{number}"
        return name


def _whole(root: Json) -> str:
    """Return where the schema of the detail stands: pydantic puts a model that refers to itself behind a reference."""
    reference: Any = root.get("$ref")
    only_that = root.keys() - ANNOTATIONS - {"$defs", "$schema"} == {"$ref"}
    return reference if only_that and is_inside(reference, root) else "#"


def _name_of(pointer: str) -> str:
    """Return a name for what *pointer* points to: `#/$defs/Line/properties/money` → `Line_money`."""
    steps = [step for step in pointer.split("/") if step not in _STEPS_WITHOUT_NAME]
    return _NOT_IN_A_NAME.sub("_", "_".join(steps)) or "Detail"
