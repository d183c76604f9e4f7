"""JSON and YAML files of one folder, and what references between them lead to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from cdk_eventbridge_patterns.contracts.json_pointer import pointed_at
from cdk_eventbridge_patterns.errors import ContractError


class Place(NamedTuple):
    """A place in a file: a JSON pointer as a reference has it, empty for the whole."""

    file: Path
    pointer: str

    def __str__(self) -> str:
        return f"{self.file.name}#{self.pointer}"


class LocalFiles:
    """The folder of one file: what lies elsewhere, or in the network, is not read."""

    def __init__(self, path: str | Path) -> None:
        self.main = Path(path).resolve()
        self._folder = self.main.parent
        self._read: dict[Path, Any] = {}

    def place(self, reference: Any, base: Path) -> Place:  # noqa: ANN401 - JSON
        """Return the place that *reference*, in the file *base*, leads to.

        Raises:
            ContractError: If it is not a JSON pointer in a file of the folder.
        """
        parts = urlsplit(reference) if isinstance(reference, str) else None
        pointer = parts.fragment if parts else ""
        if parts is None or parts.scheme or parts.netloc or (pointer and not pointer.startswith("/")):
            msg = (
                "$ref must be a JSON pointer or a file in the same folder, such as '#/$defs/Money' or "
                f"'money.json', got {reference!r} in {base.name}"
            )
            raise ContractError(msg)
        file = (base.parent / unquote(parts.path)).resolve() if parts.path else base
        if not file.is_relative_to(self._folder):
            msg = f"$ref must stay in the folder of {self.main.name}, got {reference!r} in {base.name}"
            raise ContractError(msg)
        return Place(file, unquote(pointer))

    def at(self, place: Place) -> Any:  # noqa: ANN401 - JSON
        """Return what stands at a place.

        Raises:
            ContractError: If there is nothing.
        """
        document = self.document(place.file)
        found = pointed_at("#" + quote(place.pointer), document) if place.pointer else document
        if found is None:
            msg = f"$ref must lead to something, got {str(place)!r}"
            raise ContractError(msg)
        return found

    def document(self, file: Path) -> Any:  # noqa: ANN401 - JSON
        """Return what a file holds.

        Raises:
            ContractError: If it is not there, or is neither JSON nor YAML.
        """
        if file not in self._read:
            self._read[file] = _parsed(file)
        return self._read[file]


def _parsed(file: Path) -> Any:  # noqa: ANN401 - JSON
    import yaml  # noqa: PLC0415 - needed only by those who read files

    from cdk_eventbridge_patterns.contracts.sources.yaml_loader import JsonLoader  # noqa: PLC0415

    try:
        text = file.read_text(encoding="utf-8")
        # A loader made of the safe one.
        value = json.loads(text) if file.suffix == ".json" else yaml.load(text, JsonLoader)  # noqa: S506
        return _checked(value, file)
    except OSError as error:
        msg = f"path must be a file that can be read, got {file.name!r}: {error.strerror}"
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        msg = f"{file.name} must be JSON or YAML: {error}"
    raise ContractError(msg)


def _checked(value: Any, file: Path) -> Any:  # noqa: ANN401 - JSON
    """Refuse what YAML has and JSON has not."""
    if not isinstance(value, Mapping):
        msg = f"{file.name} must hold an object, got {type(value).__name__}"
        raise ContractError(msg)
    return json.loads(json.dumps(value, allow_nan=False))
