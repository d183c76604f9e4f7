"""The variables of an input template: what each stands for in an event, and how it is written where it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.simulation.payload.json_path import NOTHING, found_at
from cdk_eventbridge_patterns.simulation.payload.json_text import escaped, json_text, unproved_spelling
from cdk_eventbridge_patterns.simulation.payload.outcome import NotSent
from cdk_eventbridge_patterns.simulation.payload.template import Form, Variable
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided

_EVENT, _EVENT_JSON = "aws.events.event", "aws.events.event.json"
_RULE_ARN, _RULE_NAME = "aws.events.rule-arn", "aws.events.rule-name"
_INGESTION_TIME = "aws.events.event.ingestion-time"

RESERVED = frozenset({_EVENT, _EVENT_JSON, _RULE_ARN, _RULE_NAME, _INGESTION_TIME})


@dataclass(frozen=True)
class Variables:
    """The variables of a template, for one event.

    Args:
        rule: The rule of the target.

        event: The event.

        paths: JSON path by name.
    """

    rule: Rule
    event: Mapping[str, Any]
    paths: Mapping[str, str]

    def text(self, variable: Variable, form: Form) -> str | NotSent | Undecided:
        """Return what stands for *variable* in a template of *form*."""
        if variable.name in (_EVENT, _EVENT_JSON):
            return self._whole_event(variable, form)
        value = self._value(variable.name)
        if isinstance(value, Undecided):
            return value
        if value is None:
            return _undocumented(variable, "whose value is null")
        return _quoted(variable, value, form) if variable.quoted else _bare(variable, value)

    def unproved(self, name: str) -> tuple[str, ...]:
        """Return what of the spelling of a variable is recorded nowhere."""
        if name in RESERVED:
            return unproved_spelling(self.event) if name == _EVENT_JSON else ()
        value = self._value(name)
        return () if value is NOTHING else unproved_spelling(value)

    def _value(self, name: str) -> Any:  # noqa: ANN401 - any JSON value
        given = {
            _RULE_ARN: self.rule.arn,
            _RULE_NAME: self.rule.name,
            _INGESTION_TIME: unknown("time EventBridge received the event"),
        }
        return given[name] if name in given else found_at(self.paths[name], self.event)

    def _whole_event(self, variable: Variable, form: Form) -> str | NotSent | Undecided:
        """Return the event, which is the value of a field only: its quotes are not escaped.

        Recorded answers have another time and another name for the detail-type in what is without the detail, and the
        user guide neither, so that one is left as an unknown part.
        """
        if variable.quoted:
            return _breaks_json(variable) if form is Form.JSON else _undocumented(variable, "inside a text")
        return json_text(self.event) if variable.name == _EVENT_JSON else unknown("the event without its detail")


def _bare(variable: Variable, value: object) -> str | Undecided:
    if value is NOTHING:
        return '""' if variable.is_field else _undocumented(variable, "which finds nothing, in an array")
    if isinstance(value, str) and escaped(value) != value:
        return _unescaped(variable)
    return json_text(value)


def _quoted(variable: Variable, value: object, form: Form) -> str | NotSent | Undecided:
    if value is NOTHING:
        return ""
    if isinstance(value, str):
        return value if escaped(value) == value else _unescaped(variable)
    text = json_text(value)
    if not isinstance(value, dict | list):
        return text
    if form is Form.JSON:
        return _breaks_json(variable) if '"' in text else _undocumented(variable, "which has no string, inside quotes")
    return _unescaped(variable) if "\\" in text else text.replace('"', "")


def _breaks_json(variable: Variable) -> NotSent:
    # The user guide has its quotes removed, which recorded answers show of templates of text only.
    return NotSent(f"<{variable.name}> is an object or array inside quotes, which makes no JSON")


def _undocumented(variable: Variable, where: str) -> Undecided:
    return Undecided(f"what EventBridge puts for <{variable.name}>, {where}, is documented nowhere")


def _unescaped(variable: Variable) -> Undecided:
    return Undecided(
        f"the value of <{variable.name}> has characters that JSON escapes, and EventBridge escapes none in a text; "
        "what it sends then is documented nowhere"
    )
