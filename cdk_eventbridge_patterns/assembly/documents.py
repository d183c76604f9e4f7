"""Files of JSON or YAML, read without harm whatever is in them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.errors import AssemblyError

# CloudFormation takes templates of 1 MB; what the CDK writes beside them is larger, and nothing is as large as this.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
_MAX_BYTES = 50_000_000
_MAX_DEPTH = 500
_MAX_VALUES = 1_000_000

# What opens a level of YAML: brackets, indentation, dashes in one line.
_DEEP_LINE = re.compile(rb"^[ \-]{1000,}", re.MULTILINE)


def read_document(file: Path) -> dict[str, Any]:
    """Return the object in a file of JSON, or of YAML with CloudFormation's short forms.

    Raises:
        AssemblyError: If the file can't be read, is larger than 50 MB, or holds something else.
    """
    content = _content(file)
    try:
        value = _parsed(content, file)
    except RecursionError:
        raise AssemblyError(f"'{file}' is nested too deep to be a template") from None
    if not isinstance(value, dict):
        raise AssemblyError(f"'{file}' must be a JSON object, got {type(value).__name__}")
    return value


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size <= _MAX_BYTES:
            return file.read_bytes()
    except (OSError, ValueError) as error:  # a path with a NUL in it is a ValueError
        raise AssemblyError(f"'{file}' can't be read: {getattr(error, 'strerror', None) or error}") from None
    raise AssemblyError(f"'{file}' must be at most {_MAX_BYTES // 1_000_000} MB, got {size} bytes")


def _parsed(content: bytes, file: Path) -> Any:  # noqa: ANN401 - whatever the file holds
    begins = content.lstrip()[:1]
    if begins in (b"{", b"[") or file.suffix == ".json":
        try:
            return json.loads(content)
        except ValueError as error:
            if file.suffix == ".json":
                raise AssemblyError(f"'{file}' must be JSON: {error}") from None
    return _yaml(content, file)


def _yaml(content: bytes, file: Path) -> Any:  # noqa: ANN401
    from cdk_eventbridge_patterns.assembly.yaml_loader import load_yaml  # noqa: PLC0415 - most templates are JSON

    if _DEEP_LINE.search(content) or _bracket_depth(content) > _MAX_DEPTH:
        raise AssemblyError(f"'{file}' is nested too deep to be a template")
    try:
        value = load_yaml(content)
    except ValueError as error:
        raise AssemblyError(f"'{file}' must be JSON or YAML: {' '.join(str(error).split())}") from None
    if b"&" in content and b"*" in content:
        _count(value, {}, file)
    return value


def _bracket_depth(content: bytes) -> int:
    """Return how deep brackets are nested, those in text too: an upper bound."""
    depth = deepest = 0
    for character in re.findall(rb"[\[\]{}]", content):
        depth = max(0, depth + (1 if character in b"[{" else -1))
        deepest = max(deepest, depth)
    return deepest


def _count(value: Any, counted: dict[int, int], file: Path) -> int:  # noqa: ANN401
    """Return how many values there are once aliases are written out; refuse more than any template has."""
    if not isinstance(value, (list, dict)):
        return 1
    if id(value) not in counted:
        items = value.values() if isinstance(value, dict) else value
        counted[id(value)] = 1 + sum(_count(each, counted, file) for each in items)
        if counted[id(value)] > _MAX_VALUES:
            raise AssemblyError(f"'{file}' has aliases that make more than {_MAX_VALUES} values of it")
    return counted[id(value)]
