"""Event patterns as templates hold them: JSON objects, or JSON in text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Undecided

Pattern = Mapping[str, Any] | str | Undecided | None


def event_pattern(value: Any) -> Pattern:  # noqa: ANN401 - whatever a template holds
    """Return an event pattern parsed; one in text that is no JSON stays text, for a check to say so."""
    if value is None or isinstance(value, (Mapping, Undecided)):
        return value
    if not isinstance(value, str):
        return str(value)
    try:
        parsed = json.loads(value)
    except (ValueError, RecursionError):
        return value if is_literal(value) else Undecided(f"the event pattern is {value}")
    return parsed if isinstance(parsed, dict) else value
