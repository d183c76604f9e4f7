"""Intrinsic functions, each resolved as far as the templates decide it.

A function takes the scope it stands in and its argument, and returns its value, or `Undecided` with the reason.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from cdk_eventbridge_patterns.topology.text import is_literal, same, unknown, unknown_parts
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, any_of, not_

if TYPE_CHECKING:
    from cdk_eventbridge_patterns.assembly.scope import Scope

NO_VALUE = object()
"""What `Ref: AWS::NoValue` is: the property, or the item of the list, is left out."""

_VARIABLE = re.compile(r"\$\{(!?)([^}]*)\}")
# What separates the parts of ARNs and URLs: no account, Region or name has them in it.
_SEPARATORS = (":", "/")
_WITHOUT_SEPARATORS = ("account of ", "Region of ", "partition of ", "name of ")

Value = Any
"""Whatever a template may hold."""


def text_of(value: Value) -> str | Undecided:
    """Return a resolved value as text: CloudFormation takes a number or a truth value for text."""
    if isinstance(value, (str, Undecided)):
        return value
    if isinstance(value, (bool, int, float)):
        return str(value).lower()
    return Undecided("a list or an object stands where text is needed")


def _ref(scope: Scope, name: Value) -> Value:
    return scope.reference(name) if isinstance(name, str) else _malformed("Ref")


def _get_att(scope: Scope, argument: Value) -> Value:
    parts = argument.split(".", 1) if isinstance(argument, str) else argument
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[0], str):  # noqa: PLR2004
        return _malformed("Fn::GetAtt")
    attribute = text_of(scope.resolve(parts[1]))
    return attribute if isinstance(attribute, Undecided) else scope.attribute(parts[0], attribute)


def _join(scope: Scope, argument: Value) -> Value:
    if not _is_pair(argument) or not isinstance(argument[0], str):
        return _malformed("Fn::Join")
    parts = scope.resolve(argument[1])
    if not isinstance(parts, list):
        return parts if isinstance(parts, Undecided) else _malformed("Fn::Join")
    return _together(parts, argument[0])


def _sub(scope: Scope, argument: Value) -> Value:
    text, variables = argument if _is_pair(argument) else (argument, {})
    if not isinstance(text, str) or not isinstance(variables, dict):
        return _malformed("Fn::Sub")
    parts: list[Value] = []
    end = 0
    for variable in _VARIABLE.finditer(text):
        parts.append(text[end : variable.start()])
        end = variable.end()
        literal, name = variable.groups()
        parts.append(f"${{{name}}}" if literal else _variable(scope, name.strip(), variables))
    return _together([*parts, text[end:]], "")


def _variable(scope: Scope, name: str, variables: Mapping[str, Value]) -> Value:
    if name in variables:
        return scope.resolve(variables[name])
    resource, dot, attribute = name.partition(".")
    return scope.attribute(resource, attribute) if dot else scope.reference(name)


def _together(parts: list[Value], separator: str) -> str:
    """Return the parts joined; what is undecided stands in its place."""
    texts = (text_of(part) for part in parts if part is not NO_VALUE)
    return separator.join(unknown(each.reason) if isinstance(each, Undecided) else each for each in texts)


def _select(scope: Scope, argument: Value) -> Value:
    if not _is_pair(argument):
        return _malformed("Fn::Select")
    index, items = text_of(scope.resolve(argument[0])), scope.resolve(argument[1])
    undecided = next((each for each in (index, items) if isinstance(each, Undecided)), None)
    if undecided is not None:
        return undecided
    if not isinstance(items, list) or not str(index).isdecimal() or int(str(index)) >= len(items):
        return _malformed("Fn::Select")
    return items[int(str(index))]


def _split(scope: Scope, argument: Value) -> Value:
    if not _is_pair(argument) or not isinstance(argument[0], str) or not argument[0]:
        return _malformed("Fn::Split")
    text = text_of(scope.resolve(argument[1]))
    if isinstance(text, Undecided):
        return text
    if is_literal(text) or (argument[0] in _SEPARATORS and _has_no_separators(text)):
        return text.split(argument[0])
    return Undecided(f"{unknown_parts(text)[0] if unknown_parts(text) else text} is known at deployment only")


def _has_no_separators(text: str) -> bool:
    return all(part.startswith(_WITHOUT_SEPARATORS) for part in re.findall(r"«([^»]*)»", text)) and "/" not in str(
        unknown_parts(text)
    )


def _if(scope: Scope, argument: Value) -> Value:
    if not isinstance(argument, list) or len(argument) != 3 or not isinstance(argument[0], str):  # noqa: PLR2004
        return _malformed("Fn::If")
    answer = scope.condition(argument[0])
    if isinstance(answer, Undecided):
        yes, no = scope.resolve(argument[1]), scope.resolve(argument[2])
        return yes if yes == no else answer
    return scope.resolve(argument[1] if answer else argument[2])


def _find_in_map(scope: Scope, argument: Value) -> Value:
    if not isinstance(argument, list) or len(argument) not in (3, 4):
        return _malformed("Fn::FindInMap")
    keys = [text_of(scope.resolve(each)) for each in argument[:3]]
    undecided = next((each for each in keys if isinstance(each, Undecided)), None)
    if undecided is not None:
        return undecided
    value: Value = scope.template.section("Mappings")
    for key in map(str, keys):
        if not is_literal(key):
            return Undecided(f"{unknown_parts(key)[0]} is known at deployment only")
        value = value.get(key) if isinstance(value, dict) else None
    if value is None and len(argument) == 4 and isinstance(argument[3], dict):  # noqa: PLR2004
        return scope.resolve(argument[3].get("DefaultValue"))
    return Undecided(f"the template has no mapping {' '.join(map(str, keys))}") if value is None else value


def _import_value(scope: Scope, argument: Value) -> Value:
    name = text_of(scope.resolve(argument))
    return name if isinstance(name, Undecided) else scope.imported(name)


def _get_stack_output(scope: Scope, argument: Value) -> Value:
    given = scope.resolve(argument)
    if not isinstance(given, dict) or not {"StackName", "OutputName"} <= given.keys():
        return _malformed("Fn::GetStackOutput")
    stack, output, role = (text_of(given.get(key, "")) for key in ("StackName", "OutputName", "RoleArn"))
    region = text_of(given.get("Region", scope.region))
    account = scope.account if not isinstance(role, str) or role.count(":") < 5 else role.split(":")[4]  # noqa: PLR2004
    return scope.stack_output(str(stack), str(output), account=account, region=str(region))


def _base64(scope: Scope, argument: Value) -> Value:
    text = text_of(scope.resolve(argument))
    if isinstance(text, Undecided) or not is_literal(text):
        return Undecided("Fn::Base64 of what is known at deployment only")
    return base64.b64encode(text.encode()).decode()


def _length(scope: Scope, argument: Value) -> Value:
    items = scope.resolve(argument)
    return len(items) if isinstance(items, list) else Undecided("Fn::Length of what is known at deployment only")


def _to_json(scope: Scope, argument: Value) -> Value:
    value = scope.resolve(argument)
    try:
        return json.dumps(value, separators=(",", ":"))
    except (TypeError, ValueError):
        return Undecided("Fn::ToJsonString of what is known at deployment only")


def _at_deployment(name: str) -> Callable[[Scope, Value], Value]:
    return lambda _scope, _argument: Undecided(f"{name} is resolved at deployment")


FUNCTIONS: Mapping[str, Callable[[Scope, Value], Value]] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Sub": _sub,
    "Fn::Join": _join,
    "Fn::Select": _select,
    "Fn::Split": _split,
    "Fn::If": _if,
    "Fn::FindInMap": _find_in_map,
    "Fn::ImportValue": _import_value,
    "Fn::GetStackOutput": _get_stack_output,
    "Fn::Base64": _base64,
    "Fn::Length": _length,
    "Fn::ToJsonString": _to_json,
    **{name: _at_deployment(name) for name in ("Fn::Transform", "Fn::GetAZs", "Fn::Cidr", "Fn::ForEach")},
}


def decide(scope: Scope, condition: Value) -> Answer:
    """Return whether a condition holds.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
    """
    if not isinstance(condition, dict) or len(condition) != 1:
        return _malformed("a condition")
    ((function, argument),) = condition.items()
    if function == "Condition" and isinstance(argument, str):
        return scope.condition(argument)
    many = argument if isinstance(argument, list) else [argument]
    if function == "Fn::Equals" and _is_pair(argument):
        return _equal(scope.resolve(argument[0]), scope.resolve(argument[1]))
    if function == "Fn::Not" and len(many) == 1:
        return not_(decide(scope, many[0]))
    if function in ("Fn::And", "Fn::Or"):
        answers = [decide(scope, each) for each in many]
        return all_of(answers) if function == "Fn::And" else any_of(answers)
    return _malformed(function)


def _equal(one: Value, other: Value) -> Answer:
    undecided = next((each for each in (one, other) if isinstance(each, Undecided)), None)
    if undecided is not None:
        return undecided
    if isinstance(one, (list, dict)) or isinstance(other, (list, dict)):
        return bool(one == other)
    left, right = text_of(one), text_of(other)
    if isinstance(left, Undecided) or isinstance(right, Undecided):
        return _malformed("Fn::Equals")
    return same(left, right)


def _malformed(function: str) -> Undecided:
    return Undecided(f"{function} is not of its form")


def _is_pair(value: Value) -> bool:
    return isinstance(value, list) and len(value) == 2  # noqa: PLR2004
