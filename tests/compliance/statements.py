"""Every statement of every policy in a template, whatever resource holds it, in plain text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PARTS = ("Action", "Resource", "Principal", "NotAction", "NotResource", "NotPrincipal")


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """A statement that allows something.

    Args:
        resource_type: The type of the resource that holds it.

        logical_id: That resource.

        parts: What stands in it, by part, each value in plain text: references as `<LogicalId>`.
    """

    resource_type: str
    logical_id: str
    parts: Mapping[str, tuple[str, ...]]


def allowed_in(template: Mapping[str, Any]) -> Iterator[Allowed]:
    """Return each statement of *template* that allows something, permissions of functions as well."""
    for logical_id, resource in template.get("Resources", {}).items():
        properties = resource.get("Properties", {})
        statements = _statements(properties)
        if resource["Type"] == "AWS::Lambda::Permission":
            statements = iter([{**properties, "Effect": "Allow", "Resource": properties["FunctionName"]}])
        for statement in statements:
            if statement["Effect"] == "Allow":
                parts = {part: tuple(_values(statement[part])) for part in PARTS if part in statement}
                yield Allowed(resource_type=resource["Type"], logical_id=logical_id, parts=parts)


def _statements(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, Mapping):
        if "Effect" in node:
            yield dict(node)
            return
        for value in node.values():
            yield from _statements(value)
    elif isinstance(node, list):
        for value in node:
            yield from _statements(value)
    elif isinstance(node, str) and node.lstrip().startswith("{") and '"Effect"' in node:
        yield from _statements(json.loads(node))  # a policy of CloudWatch Logs is text


def _values(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for value in node:
            yield from _values(value)
    elif isinstance(node, Mapping) and node.keys() <= {"AWS", "Service", "Federated", "CanonicalUser"}:
        for value in node.values():
            yield from _values(value)
    else:
        yield _text(node)


def _text(node: object) -> str:
    if isinstance(node, str):
        return node
    if not isinstance(node, Mapping) or len(node) != 1:
        return json.dumps(node)
    ((function, argument),) = node.items()
    if function == "Ref":
        return f"<{argument}>"
    if function == "Fn::GetAtt":
        return f"<{argument if isinstance(argument, str) else '.'.join(argument)}>"
    if function == "Fn::Join":
        return str(argument[0]).join(map(_text, argument[1]))
    return json.dumps(node)
