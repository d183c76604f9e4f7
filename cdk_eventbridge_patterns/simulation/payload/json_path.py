"""What a JSON path of a rule finds in an event.

EventBridge knows a part of JSONPath: dots, array indices, and names of letters, digits, `-`, `_` and `/`. That takes a
few lines, and a library would answer where AWS does not: what a wildcard sends is documented nowhere, and whether names
may stand in brackets is said one way for `InputPath` and the other for `PutTargets`.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from cdk_eventbridge_patterns.matching.json_path import plain_steps
from cdk_eventbridge_patterns.topology.text import is_literal, unknown_parts
from cdk_eventbridge_patterns.undecided import Undecided

_NAME = re.compile(r"[A-Za-z0-9_\-/]+")


class _Nothing(Enum):
    NOTHING = "nothing"


NOTHING: Final = _Nothing.NOTHING
"""What a path finds that leads nowhere; `None` is the null of JSON, which is something."""


def found_at(path: str, event: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any JSON value
    """Return what *path* finds in *event*, `NOTHING` where it leads nowhere, or why it is undecided."""
    if not is_literal(path):
        return Undecided(f"the JSON path {path!r} depends on {' and '.join(unknown_parts(path))}")
    steps = plain_steps(path)
    if steps is None or not all(isinstance(step, int) or _NAME.fullmatch(step) for step in steps):
        return Undecided(f"what EventBridge finds at {path!r} is documented nowhere")
    value: Any = event
    for step in steps:
        value = _below(value, step)
    return value


def _below(value: object, step: str | int) -> Any:  # noqa: ANN401
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and step < len(value) else NOTHING
    return value.get(step, NOTHING) if isinstance(value, Mapping) else NOTHING
