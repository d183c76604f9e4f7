"""What a target is sent is JSON wherever its template is, whatever the event."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cdk_eventbridge_patterns.plan.target_input import TargetInput
from cdk_eventbridge_patterns.simulation.payload import NotSent, Payload, found_at, payload_of
from cdk_eventbridge_patterns.testing.builders import a_rule, a_target, queue_arn
from cdk_eventbridge_patterns.undecided import Undecided

_NAMES = ["order_id", "total", "lines", "gift"]
_words = st.text("abc é{}[]:,<>", max_size=6)  # what JSON needs no escape for
_scalars = _words | st.integers() | st.booleans()
_values = st.recursive(_scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3))
_any_text = st.text(st.characters(exclude_characters="«»", exclude_categories=["Cs"]), max_size=20)
_templates = st.text('"{}[]:,<>\\ \nax', max_size=12) | _any_text


def _event(detail: dict[str, Any]) -> dict[str, Any]:
    return {"version": "0", "detail-type": "OrderPlaced.v1", "source": "com.acme.orders", "detail": detail}


def _sent(target_input: TargetInput, detail: dict[str, Any]) -> object:
    target = a_target(queue_arn(), input=target_input.to_properties())
    return payload_of(target, a_rule(), _event(detail))


def _text(target_input: TargetInput, detail: dict[str, Any]) -> str:
    payload = _sent(target_input, detail)
    assert isinstance(payload, Payload), payload
    return payload.text


_PATHS = {name: f"$.detail.{name}" for name in _NAMES}


@given(st.dictionaries(st.sampled_from(_NAMES), _values))
def test_a_json_template_with_bare_variables_makes_the_object_it_describes(detail: dict[str, Any]) -> None:
    template = "{" + ", ".join(f'"{name}": <{name}>' for name in _NAMES) + "}"

    text = _text(TargetInput.from_template(template, paths=_PATHS), detail)

    assert json.loads(text) == {name: detail.get(name, "") for name in _NAMES}


@given(st.dictionaries(st.sampled_from(_NAMES), _scalars))
def test_a_json_template_with_quoted_variables_makes_strings(detail: dict[str, Any]) -> None:
    template = "{" + ", ".join(f'"{name}": "it is <{name}>"' for name in _NAMES) + "}"

    made = json.loads(_text(TargetInput.from_template(template, paths=_PATHS), detail))

    assert all(isinstance(value, str) and value.startswith("it is ") for value in made.values())


@given(st.dictionaries(st.sampled_from(_NAMES), _values))
def test_a_template_of_text_makes_a_string(detail: dict[str, Any]) -> None:
    template = '"' + " ".join(f"<{name}>" for name in _NAMES) + '"'

    assert isinstance(json.loads(_text(TargetInput.from_template(template, paths=_PATHS), detail)), str)


@given(st.dictionaries(st.sampled_from(_NAMES), _values))
def test_a_path_sends_what_it_points_to(detail: dict[str, Any]) -> None:
    assert json.loads(_text(TargetInput.from_path("$.detail"), detail)) == detail


@given(st.dictionaries(_words, _values))
def test_a_value_is_sent_whatever_the_event(value: dict[str, Any]) -> None:
    assert json.loads(_text(TargetInput.from_value(value), {})) == value


@given(_templates, _values)
def test_every_template_has_an_answer_and_what_makes_json_is_json(template: str, value: object) -> None:
    given_ = {"InputTransformer": {"InputTemplate": template, "InputPathsMap": {"a": "$.detail.a"}}}

    sent = payload_of(a_target(queue_arn(), input=given_), a_rule(), _event({"a": value}))

    assert isinstance(sent, Payload | NotSent | Undecided)
    if isinstance(sent, Payload):
        assert all(json.loads(line) is not None for line in _lines(sent.text))


def _lines(text: str) -> list[str]:
    return [text] if text.lstrip().startswith(("{", "[")) else [line for line in text.split("\n") if line.strip()]


@given(_any_text)
def test_every_path_has_an_answer_and_the_event_is_left_as_it_is(path: str) -> None:
    event = _event({"a": [1]})

    found_at(path, event)

    assert event == _event({"a": [1]})
