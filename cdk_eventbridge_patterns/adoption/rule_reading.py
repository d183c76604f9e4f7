"""A rule that exists, as a delivery or a subscription of ours would say it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.adoption.event_types import event_types
from cdk_eventbridge_patterns.adoption.spelling import called, spelled
from cdk_eventbridge_patterns.differences.rule_patterns import unknown_of
from cdk_eventbridge_patterns.plan.replays import NO_REPLAYS
from cdk_eventbridge_patterns.plan.target import TargetKind
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import account_of, is_literal, region_of, same
from cdk_eventbridge_patterns.undecided import Undecided

_SERVICES = {
    "sqs": TargetKind.QUEUE,
    "sns": TargetKind.TOPIC,
    "lambda": TargetKind.FUNCTION,
    "logs": TargetKind.LOG_GROUP,
    "states": TargetKind.STATE_MACHINE,
    "kinesis": TargetKind.STREAM,
    "events": TargetKind.API_DESTINATION,
}
_FIELDS = {"source", "detail-type", "detail"}


def kind_of(target: Target) -> TargetKind | None:
    """Return what a delivery takes *target* for, nothing where it takes none such."""
    return _SERVICES.get(target.service)


def is_subscription(rule: Rule) -> bool:
    """Return whether *rule* takes events of another account's bus over to one of its own."""
    (target,) = rule.known_targets
    return target.is_bus and rule.on_foreign_bus is True and same(account_of(target.arn), rule.account) is True


def leaves_out_replays(rule: Rule) -> bool:
    """Return whether *rule* asks that no replay brings an event, as ours do."""
    pattern = rule.event_pattern
    return isinstance(pattern, Mapping) and NO_REPLAYS.items() <= pattern.items()


def obstacles(rule: Rule) -> Iterator[str]:
    """Return why neither a delivery nor a subscription says what *rule* does."""
    if rule.schedule is not None:
        yield "it runs on a schedule, which is for EventBridge Scheduler"
    if rule.bus_name == "default":
        yield "it is on the default bus: deliver() of a DefaultBus says it, for which no code is proposed here"
    yield from _of_pattern(rule)
    if not isinstance(rule.targets, Undecided):
        if len(rule.targets) != 1:
            yield f"it has {len(rule.targets) or 'no'} targets, and a rule of ours has one: split it, a rule for each"
        else:
            yield from _of_target(rule, rule.targets[0])


def undecided(rule: Rule) -> Iterator[str]:
    """Return what about *rule* is known at deployment only, so that nobody can say whether it can be taken over."""
    for value in (unknown_of(rule), rule.targets, rule.enabled, rule.conditional):
        if isinstance(value, Undecided):
            yield value.reason
    for text, what in ((rule.bus_arn, "its bus"), *((target.arn, "its target") for target in rule.known_targets)):
        if not is_literal(text) and "«name of " not in text:
            yield f"{what} is known at deployment only: {text}"


def _of_pattern(rule: Rule) -> Iterator[str]:
    pattern = rule.event_pattern
    if isinstance(pattern, Mapping):
        more = sorted(pattern.keys() - _FIELDS)
        if more and not (leaves_out_replays(rule) and more == [*NO_REPLAYS]):
            yield f"its event pattern asks for {', '.join(more)}, and ours for source, detail-type and detail alone"
        if not event_types(rule):
            yield "its event pattern does not name source and detail-type, so no contract can stand for what it takes"
    elif pattern is None and rule.schedule is None:
        yield "it has no event pattern"


def _of_target(rule: Rule, target: Target) -> Iterator[str]:
    if target.is_bus:
        if target.transforms:
            yield "it transforms what it carries to a bus; the consumer transforms on its own bus"
        if not is_subscription(rule):
            yield (
                "it carries events to another bus: route() of the sender's bus says it, or subscribe() of the "
                "consumer's, and neither takes a rule over"
            )
        return
    if kind_of(target) is None or (target.service == "events" and "api-destination/" not in target.arn):
        yield f"nothing delivers to {target.arn}"
    if same(region_of(target.arn), rule.bus_region) is False:
        yield f"its target {target.arn} is in another Region than its bus, where EventBridge does not deliver"
    elif same(account_of(target.arn), rule.bus_account) is False:
        yield (
            f"its target {target.arn} is in another account than its bus: "
            "deliver(…, to=TargetReference.from_arn(…)) says it, for which no code is proposed here"
        )
    if not _is_object(target.input.get("Input", "{}")):
        yield "it sends a text that is no JSON object, and a delivery sends objects"
    others = sorted(target.parameters.keys() - {"SqsParameters"})
    if others:
        yield f"its target has {', '.join(others)}, which a delivery does not say"


def _is_object(text: Any) -> bool:  # noqa: ANN401 - whatever a template holds
    try:
        return isinstance(json.loads(text), dict)
    except (TypeError, ValueError):
        return False


def target_input(target: Target) -> str | None:
    """Return the Python for what the target receives, nothing where that is the whole event."""
    if "InputPath" in target.input:
        return f"TargetInput.from_path({spelled(target.input['InputPath'])})"
    if "InputTransformer" in target.input:
        transformer: Mapping[str, Any] = target.input["InputTransformer"]
        paths = transformer.get("InputPathsMap")
        given = [spelled(transformer["InputTemplate"]), *([f"paths={spelled(paths)}"] if paths else [])]
        return called("TargetInput.from_template", given)
    if "Input" in target.input:
        return called("TargetInput.from_value", [spelled(json.loads(target.input["Input"]))])
    return None
