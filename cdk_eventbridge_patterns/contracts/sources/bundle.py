"""A schema from several files as one JSON Schema of draft 2020-12 that holds all it refers to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.contracts.schema_walk import with_schemas
from cdk_eventbridge_patterns.contracts.sources.drafts import REFERENCE_ALONE, draft_of, in_2020_12
from cdk_eventbridge_patterns.contracts.sources.files import LocalFiles, Place
from cdk_eventbridge_patterns.errors import ContractError

# The definitions are copied when something refers to them; the rest says what the bundle is, and it is another now.
_LEFT_OUT = ("$schema", "$id", "id", "$defs", "definitions")


def bundled_file(path: str | Path) -> dict[str, Any]:
    """Return the JSON Schema of a file, JSON or YAML, with what it refers to in other files of its folder.

    Raises:
        ContractError: If a file can't be read or a reference leads out of the folder.
    """
    files = LocalFiles(path)
    return Bundle(files, whole=Place(files.main, "")).schema(files.document(files.main), files.main)


class Bundle:
    """The definitions that one schema needs, as they are found.

    Args:
        files: Where references lead.

        whole: The place that becomes the whole of the bundle. Default: none; the schema is a part of a file.

        draft: The draft of files that do not say theirs. Default: 2020-12.
    """

    def __init__(self, files: LocalFiles, *, whole: Place | None = None, draft: str = "2020-12") -> None:
        self._files = files
        self._draft = draft
        self._names: dict[Place, str] = {}
        self._definitions: dict[str, Any] = {}
        if whole is not None:
            self._names[whole] = ""

    def schema(self, schema: Any, file: Path) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Return *schema*, which stands in *file*, with its definitions.

        Raises:
            ContractError: As the function above.
        """
        whole = self._copied(schema, file, is_top=True)
        if not isinstance(whole, dict):
            msg = f"schema in {file.name} must be an object, got {schema!r}"
            raise ContractError(msg)
        return {**whole, "$defs": self._definitions} if self._definitions else whole

    def _copied(self, schema: Any, file: Path, *, is_top: bool = False) -> Any:  # noqa: ANN401 - JSON
        if not isinstance(schema, Mapping):
            return schema
        _check(schema, file, is_top=is_top)
        draft = draft_of(self._files.document(file), self._draft)
        if "$ref" in schema and draft in REFERENCE_ALONE:
            return {"$ref": self._referred(schema["$ref"], file)}
        kept = {keyword: value for keyword, value in schema.items() if not is_top or keyword not in _LEFT_OUT}
        copied = with_schemas(in_2020_12(kept, draft), lambda below: self._copied(below, file))
        if "$ref" in copied:
            copied["$ref"] = self._referred(copied["$ref"], file)
        return copied

    def _referred(self, reference: Any, file: Path) -> str:  # noqa: ANN401 - JSON
        place = self._files.place(reference, file)
        if place not in self._names:
            name = self._name(place)
            self._names[place] = name
            # The name is taken before the copy is made, which may lead back here.
            self._definitions[name] = None
            self._definitions[name] = self._copied(self._files.at(place), place.file, is_top=True)
        name = self._names[place]
        return f"#/$defs/{name}" if name else "#"

    def _name(self, place: Place) -> str:
        last = place.pointer.rpartition("/")[2] or place.file.name.partition(".")[0]
        name = "".join(character if character.isalnum() or character in "-_." else "_" for character in last)
        number = 1
        free = name
        while free in self._definitions:
            number += 1
            free = f"{name}_{number}"
        return free


def _check(schema: Mapping[str, Any], file: Path, *, is_top: bool) -> None:
    for keyword in ("$dynamicRef", "$recursiveRef"):
        if keyword in schema:
            msg = f"{file.name} must refer to schemas by $ref, got {keyword}"
            raise ContractError(msg)
    if "$id" in schema and not is_top:
        msg = f"{file.name} must have no $id inside, got {schema['$id']!r}; make it a file of its own"
        raise ContractError(msg)
