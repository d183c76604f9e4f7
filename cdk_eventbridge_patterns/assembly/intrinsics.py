"""Intrinsic functions, as far as a template and the account and Region of its stack decide them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.naming.arn import partition_of
from cdk_eventbridge_patterns.topology.undecided import Undecided

_VARIABLE = re.compile(r"\$\{(!?)([^}]*)\}")
_NO_VALUE = {"Ref": "AWS::NoValue"}
_NOT_TEXT = Undecided("it is not text")


def text_of(value: Any, template: Template) -> str | Undecided | None:  # noqa: ANN401 - whatever a template holds
    """Return the text that *value* is once deployed, nothing where there is none, or why it is undecided."""
    if isinstance(value, str) or value is None or value == _NO_VALUE:
        return value if isinstance(value, str) else None
    if isinstance(value, (int, float)):
        return str(value).lower()  # CloudFormation takes a number or a truth value for text
    if not isinstance(value, dict) or len(value) != 1:
        return _NOT_TEXT
    ((function, argument),) = value.items()
    resolve = _RESOLVED.get(function)
    if resolve is None:
        return Undecided(f"{_described(function, argument)} is resolved at deployment")
    return resolve(argument, template)


def _ref(name: Any, template: Template) -> str | Undecided:  # noqa: ANN401
    if name == "AWS::Region":
        return template.region or Undecided("the stack has no literal Region")
    if name == "AWS::AccountId":
        return template.account or Undecided("the stack has no literal account")
    if name == "AWS::Partition":
        return partition_of(template.region) if template.region else Undecided("the stack has no literal Region")
    what = "parameter " if name in _mapping(template.body.get("Parameters")) else ""
    return Undecided(f"{what}{name!r} is resolved at deployment")


def _join(argument: Any, template: Template) -> str | Undecided:  # noqa: ANN401
    separator, parts = argument if _is_pair(argument) else (None, None)
    if not isinstance(separator, str) or not isinstance(parts, list):
        return Undecided("Fn::Join is resolved at deployment")
    return _together([text_of(part, template) for part in parts], separator)


def _sub(argument: Any, template: Template) -> str | Undecided:  # noqa: ANN401
    text, variables = argument if _is_pair(argument) else (argument, {})
    if not isinstance(text, str):
        return Undecided("Fn::Sub is resolved at deployment")
    parts: list[str | Undecided | None] = []
    end = 0
    for variable in _VARIABLE.finditer(text):
        parts.append(text[end : variable.start()])
        end = variable.end()
        literal, name = variable.groups()
        if literal:
            parts.append(f"${{{name}}}")
        elif name in _mapping(variables):
            parts.append(text_of(variables[name], template))
        else:
            parts.append(_ref(name, template))
    return _together([*parts, text[end:]], "")


def _together(texts: list[str | Undecided | None], separator: str) -> str | Undecided:
    undecided = next((text for text in texts if isinstance(text, Undecided)), None)
    return undecided or separator.join(str(text) for text in texts if text is not None)


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2  # noqa: PLR2004


def _described(function: str, argument: Any) -> str:  # noqa: ANN401
    if function == "Fn::GetAtt":
        parts = argument if isinstance(argument, list) else [argument]
        return f"{'.'.join(map(str, parts))!r}"
    return f"{function} of {argument!r}" if isinstance(argument, str) else str(function)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


_RESOLVED: Mapping[str, Callable[[Any, Template], str | Undecided]] = {
    "Ref": _ref,
    "Fn::Join": _join,
    "Fn::Sub": _sub,
}
