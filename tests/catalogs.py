"""What must hold of the files of a catalogue, whatever is in them."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

Files = Mapping[str, str]

_LINK = re.compile(r"(?<!\\)\]\(([^)]*)\)")
_POINTERS = {"sends": "events", "receives": "events", "services": "services"}
_CHANNELS = ("to", "from")


def broken_links(files: Files) -> list[str]:
    """Return the links in Markdown that lead to no file."""
    return [
        f"{name}: {link}"
        for name, text in files.items()
        if name.endswith(".md")
        for link in _LINK.findall(text)
        if posixpath.normpath(posixpath.join(posixpath.dirname(name), link)) not in files
    ]


def front_matter(text: str) -> dict[str, Any]:
    """Return the fields at the head of a page."""
    head, dashes, _ = text.removeprefix("---\n").partition("\n---")  # as gray-matter divides them
    assert text.startswith("---\n")
    assert dashes
    fields = yaml.safe_load(head)
    assert isinstance(fields, dict)
    return fields


def broken_pointers(files: Files) -> list[str]:
    """Return what pages of EventCatalog point to, in their fields and their text, and is no page."""
    pages = {name: front_matter(text) for name, text in files.items() if name.endswith(".mdx")}
    known = {(name.split("/")[0], fields["id"], fields.get("version")) for name, fields in pages.items()}
    teams = {fields["id"] for name, fields in pages.items() if name.startswith("teams/")}
    wanted = [(name, pointer) for name, fields in pages.items() for pointer in _pointed(fields)]
    wanted += [(name, pointer) for name, text in files.items() if name in pages for pointer in _referred(text)]
    owners = [f"{name}: {owner}" for name, fields in pages.items() for owner in fields.get("owners", ())]
    return [
        *(f"{name}: {pointer}" for name, pointer in wanted if pointer not in known),
        *(each for each in owners if each.split(": ")[1] not in teams),
        *(f"{name}: {file}" for name, fields in pages.items() for file in _schemas(name, fields) if file not in files),
    ]


def broken_references(document: Any) -> list[str]:
    """Return the references in a JSON document that lead to nothing in it."""
    return [each for each in _references(document) if not _is_there(document, each)]


def documents(files: Files) -> dict[str, Any]:
    """Return the files of JSON, read."""
    return {name: json.loads(text) for name, text in files.items() if name.endswith(".json")}


def _pointed(fields: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for field, collection in _POINTERS.items():
        for pointer in fields.get(field, ()):
            yield collection, pointer["id"], pointer["version"]
            for way in _CHANNELS:
                yield from (("channels", channel["id"], channel["version"]) for channel in pointer.get(way, ()))


def _referred(text: str) -> Iterator[tuple[str, str, str]]:
    for kind, id, version in re.findall(r"(?<!\\)\[\[(\w+)\|([^\[\]]+)@([\d.]+)\]\]", text):
        yield f"{kind}s", id, version


def _schemas(name: str, fields: Mapping[str, Any]) -> Iterator[str]:
    files = [
        *([fields["schemaPath"]] if "schemaPath" in fields else []),
        *(each["file"] for each in fields.get("schemas", ())),
    ]
    return (f"{posixpath.dirname(name)}/{file}" for file in files)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for below in value.values():
            yield from _references(below)
    elif isinstance(value, list):
        for below in value:
            yield from _references(below)


def _is_there(document: Any, reference: str) -> bool:
    found = document
    for step in reference.removeprefix("#").split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, list) and name.isdecimal() and int(name) < len(found):
            found = found[int(name)]
        elif isinstance(found, dict) and name in found:
            found = found[name]
        else:
            return False
    return True
