"""A YAML file read as JSON, with the line of everything in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from cdk_eventbridge_patterns.declarations.faults import Faults, Where

if TYPE_CHECKING:
    from yaml import SafeLoader as _Base
else:
    _Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # many times faster, where PyYAML was built with it

_TAG = "tag:yaml.org,2002:"


class Section(dict[str, Any]):
    """A mapping of the file, with the line it begins on and that of each key."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Items(list[Any]):
    """A list of the file, with the line of each item."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_document(file: Path, faults: Faults) -> Section | None:
    """Return what *file* holds; nothing where that is no mapping, which is a fault."""
    where = Where(file)
    try:
        loader = _Loader(file.read_text(encoding="utf-8"))
        try:
            document = loader.get_single_data()
        finally:
            loader.dispose()
    except OSError as error:
        faults.add(where, f"the file can't be read: {error.strerror}")
        return None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        faults.add(Where(file, None if mark is None else mark.line + 1), f"the file must be YAML: {reason}")
        return None
    for line, key in loader.twice:
        faults.add(Where(file, line), f"key {key!r} is written twice")
    if not isinstance(document, Section):
        faults.add(where, "the file must hold a mapping, such as 'services: {…}'")
        return None
    return document


class _Loader(_Base):
    """A safe loader of the values that JSON has, as YAML 1.2 spells them.

    PyYAML reads YAML 1.1: there `NO`, Norway, is false, `on` is true, `22:30` a number, and an account that begins with
    a zero is octal. https://yaml.org/spec/1.2.2/#103-core-schema
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.twice: list[tuple[int, str]] = []

    def section(self, node: yaml.MappingNode) -> Section:
        """Return a mapping; what it merges in by `<<` stands behind its own keys."""
        own = [str(key.value) for key, _ in node.value]
        self.twice += [
            (key.start_mark.line + 1, str(key.value))
            for number, (key, _) in enumerate(node.value)
            if key.value in own[:number]
        ]
        self.flatten_mapping(node)
        section = Section(node.start_mark.line + 1)
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be text", key.start_mark)
            section[str(key.value)] = self.construct_object(value, deep=True)
            section.lines[str(key.value)] = key.start_mark.line + 1
        return section

    def items(self, node: yaml.SequenceNode) -> Items:
        """Return a list."""
        items = Items(node.start_mark.line + 1)
        for each in node.value:
            items.append(self.construct_object(each, deep=True))
            items.lines.append(each.start_mark.line + 1)
        return items


_Loader.yaml_implicit_resolvers = {}
for _name, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("merge", r"<<", ["<"]),
):
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(f"({_pattern})$"), _first)

_Loader.add_constructor(_TAG + "map", _Loader.section)
_Loader.add_constructor(_TAG + "seq", _Loader.items)
_Loader.add_constructor(_TAG + "int", lambda _loader, node: int(node.value))
_Loader.add_constructor(_TAG + "float", lambda _loader, node: float(node.value))
