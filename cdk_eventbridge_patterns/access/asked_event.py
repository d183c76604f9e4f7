"""An event as a question names it, and whether a rule takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.access.request import ContextValue
from cdk_eventbridge_patterns.errors import EventPatternError
from cdk_eventbridge_patterns.matching import EventPattern
from cdk_eventbridge_patterns.matching.analysis import overlaps
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Answer, Undecided


@dataclass(frozen=True, kw_only=True)
class AskedEvent:
    """An event that a question is about, or all of them.

    Args:
        source: Its source. Default: any.

        detail_type: Its detail-type. Default: any.
    """

    source: str | None = None
    detail_type: str | None = None

    @property
    def is_any(self) -> bool:
        """Whether every event is meant."""
        return self.source is None and self.detail_type is None

    def keys(self) -> dict[str, ContextValue]:
        """Return the condition keys of a request about it."""
        return {
            "events:source": self.source or Undecided("the source of the event is not said"),
            "events:detail-type": self.detail_type or Undecided("the detail-type of the event is not said"),
        }

    def may_be_taken_by(self, rule: Rule) -> Answer:
        """Return whether *rule* takes such an event, as far as its source and detail-type tell."""
        pattern = rule.event_pattern
        if self.is_any or isinstance(pattern, Undecided):
            return pattern if isinstance(pattern, Undecided) else True
        if pattern is None:
            return rule.schedule is None
        return self._overlaps(pattern) if isinstance(pattern, Mapping) else False

    def _overlaps(self, pattern: Mapping[str, Any]) -> Answer:
        asked = {"source": self.source, "detail-type": self.detail_type}
        text = json.dumps(pattern, default=_refused, ensure_ascii=False)
        if not is_literal(text):
            return Undecided("its event pattern is known at deployment only")
        try:
            of_asked = EventPattern.parse({key: [value] for key, value in asked.items() if value is not None})
            return overlaps(EventPattern.parse(text, longest=None), of_asked)
        except EventPatternError:
            return False


def _refused(value: object) -> str:
    """Write what is undecided in an event pattern as what is known at deployment only."""
    return f"«{value}»"
