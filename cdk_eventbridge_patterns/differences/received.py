"""What of an event the target of a rule gets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.topology.event_patterns import unknown_in
from cdk_eventbridge_patterns.topology.rule import Target
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Undecided

# The variable that stands for the event with its detail.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
_WHOLE_EVENT = "<aws.events.event.json>"


@dataclass(frozen=True, kw_only=True)
class Received:
    """What a target gets.

    Args:
        whole: Whether it gets the event as it is.

        paths: The JSON paths of what it gets in place of that, or its parameters are filled by. Default: none.

        unknown: Why nobody can say what else it gets. Default: that is all.
    """

    whole: bool
    paths: tuple[str, ...] = ()
    unknown: Undecided | None = None

    @classmethod
    def by(cls, target: Target) -> Received:
        """Return what *target* gets."""
        filled_by = tuple(_dynamic(target.parameters))
        if not target.input:
            return cls(whole=True, paths=filled_by)
        if "Transformer" in target.input:
            return cls(whole=False, unknown=Undecided("what a subscriber's transformer reads is not followed here"))
        transformer = target.input.get("InputTransformer", {})
        template = transformer.get("InputTemplate") if isinstance(transformer, Mapping) else None
        values = list(_paths(target.input.get("InputPath"), transformer))
        return cls(
            whole=isinstance(template, str) and _WHOLE_EVENT in template,
            paths=(*(each for each in values if isinstance(each, str) and is_literal(each)), *filled_by),
            unknown=next((why for each in [*values, template] if (why := unknown_in(each)) is not None), None),
        )


def _paths(input_path: Any, transformer: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever a template holds
    if input_path is not None:
        yield input_path
    paths = transformer.get("InputPathsMap", {}) if isinstance(transformer, Mapping) else transformer
    yield from paths.values() if isinstance(paths, Mapping) else [paths]


def _dynamic(parameters: Any) -> Iterator[str]:  # noqa: ANN401
    """Return the JSON paths by which parameters of a target, such as a partition key, are filled from the event.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html#dynamic-path-parameters
    """
    if isinstance(parameters, str) and parameters.startswith("$."):
        yield parameters
    below = parameters.values() if isinstance(parameters, Mapping) else parameters
    for each in below if isinstance(parameters, Mapping | list) else ():
        yield from _dynamic(each)
