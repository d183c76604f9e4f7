"""What a target receives in place of the whole event."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.topology.input_limits import LONGEST_INPUT, LONGEST_PATH, LONGEST_TEMPLATE, MOST_PATHS

_KEY = re.compile(r"(?!AWS\.)[A-Za-z0-9_\-]{1,256}")
_PLACEHOLDER = re.compile(r"<([^<>\s\"]+)>")


class TargetInput:
    """What a target receives: make one with `from_path`, `from_template` or `from_value`.

    Only for deliveries: EventBridge refuses all three where the target is a bus in another account, so what a consumer
    subscribes to is transformed by its own rule, on its own bus.
    """

    def __init__(self, properties: Mapping[str, Any]) -> None:
        self._properties = dict(properties)

    @classmethod
    def from_path(cls, path: str) -> TargetInput:
        """Send the part of the event that *path* points to, such as `$.detail`.

        Raises:
            DeclarationError: If it is not a JSON path of at most 256 characters.
        """
        return cls({"InputPath": _check_path(path, "path")})

    @classmethod
    def from_template(cls, template: str, *, paths: Mapping[str, str] | None = None) -> TargetInput:
        """Send *template* with each `<name>` replaced by what the path of that name points to.

        Args:
            template: JSON text or a string, 1 to 8,192 characters. `<aws.events.…>` names are EventBridge's own.

            paths: JSON path by name, at most 100. Default: none.

        Raises:
            DeclarationError: If a placeholder has no path, or a limit is passed.
        """
        paths = dict(paths or {})
        if len(paths) > MOST_PATHS:
            msg = f"paths must be at most {MOST_PATHS}, got {len(paths)}"
            raise DeclarationError(msg)
        for name, path in paths.items():
            if not _KEY.fullmatch(name):
                msg = (
                    "names in paths must be letters, digits, hyphens and underscores and not begin with 'AWS.', "
                    f"got {name!r}"
                )
                raise DeclarationError(msg)
            _check_path(path, f"paths[{name!r}]")
        _check_template(template, paths)
        transformer: dict[str, Any] = {"InputTemplate": template}
        if paths:
            transformer["InputPathsMap"] = paths
        return cls({"InputTransformer": transformer})

    @classmethod
    def from_value(cls, value: Mapping[str, Any]) -> TargetInput:
        """Send always the same JSON object.

        Raises:
            DeclarationError: If it is no JSON object, or over 8,192 characters.
        """
        text = _json_object(value)
        if len(text) > LONGEST_INPUT:
            msg = f"value must be at most {LONGEST_INPUT} characters of JSON, got {len(text)}"
            raise DeclarationError(msg)
        return cls({"Input": text})

    @property
    def paths(self) -> tuple[str, ...]:
        """The JSON paths by which it reads the event."""
        transformer = self._properties.get("InputTransformer", {})
        return (*filter(None, [self._properties.get("InputPath")]), *transformer.get("InputPathsMap", {}).values())

    def to_properties(self) -> dict[str, Any]:
        """Return what it adds to a target."""
        return dict(self._properties)


def _json_object(value: Mapping[str, Any]) -> str:
    try:
        return json.dumps({**value})
    except TypeError as error:
        msg = f"value must be a JSON object, such as {{'kind': 'tick'}}, got {value!r}: {error}"
        raise DeclarationError(msg) from None


def _check_path(path: str, argument: str) -> str:
    if not isinstance(path, str) or not path.startswith("$") or len(path) > LONGEST_PATH:
        msg = f"{argument} must be a JSON path of at most {LONGEST_PATH} characters, such as '$.detail', got {path!r}"
        raise DeclarationError(msg)
    return path


def _check_template(template: str, paths: Mapping[str, str]) -> None:
    if not isinstance(template, str) or not 1 <= len(template) <= LONGEST_TEMPLATE:
        given = len(template) if isinstance(template, str) else repr(template)
        msg = f"template must be text of 1 to {LONGEST_TEMPLATE} characters, got {given}"
        raise DeclarationError(msg)
    used = {name for name in _PLACEHOLDER.findall(template) if not name.startswith("aws.events.")}
    if unknown := sorted(used - paths.keys()):
        msg = f"template uses <{unknown[0]}>, which paths must name, got {sorted(paths)}"
        raise DeclarationError(msg)
