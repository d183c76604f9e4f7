"""What a resource refers to: others of its template by logical id, queues of any template by literal ARN."""

from __future__ import annotations

import re
from typing import Any

from cdk_eventbridge_patterns.assembly.intrinsics import text_of
from cdk_eventbridge_patterns.assembly.template import Template

_VARIABLE = re.compile(r"\$\{([^!.}]+)[^}]*\}")
_INTRINSICS = {"Fn::Join", "Fn::Sub"}


class References:
    """What is referred to, of all that is looked through.

    Args:
        template: The template in which it is written.
    """

    def __init__(self, template: Template) -> None:
        self.logical_ids: set[str] = set()
        self.queue_arns: set[str] = set()
        self._template = template

    def look_through(self, value: Any) -> None:  # noqa: ANN401 - whatever a template holds
        """Note what *value* refers to, anywhere in it."""
        if isinstance(value, str):
            if value.startswith("arn:") and ":sqs:" in value:
                self.queue_arns.add(value)
        elif isinstance(value, list):
            for each in value:
                self.look_through(each)
        elif isinstance(value, dict):
            for key, argument in value.items():
                self._look_through_entry(key, argument)
            if len(value) == 1 and not _INTRINSICS.isdisjoint(value):
                self.look_through(text_of(value, self._template))

    def _look_through_entry(self, key: str, argument: Any) -> None:  # noqa: ANN401
        if key == "Ref" and isinstance(argument, str):
            self.logical_ids.add(argument)
        elif key == "Fn::GetAtt":
            self.logical_ids.add(_first(argument).partition(".")[0])
        else:
            if key == "Fn::Sub":
                self.logical_ids.update(_VARIABLE.findall(_first(argument)))
            self.look_through(argument)


def logical_ids_in(value: Any, template: Template) -> set[str]:  # noqa: ANN401
    """Return the logical ids that *value* refers to, and names of parameters, anywhere in it."""
    references = References(template)
    references.look_through(value)
    return references.logical_ids


def _first(argument: Any) -> str:  # noqa: ANN401
    return str(argument[0] if isinstance(argument, list) and argument else argument)
