"""What deliveries and subscriptions of ours for rules that exist would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.adoption.proposal import Proposal, Verdict
from cdk_eventbridge_patterns.adoption.reading import Reading, adopting, construct_id, short, stays
from cdk_eventbridge_patterns.adoption.rule_reading import (
    is_subscription,
    kind_of,
    leaves_out_replays,
    obstacles,
    target_input,
    undecided,
)
from cdk_eventbridge_patterns.adoption.snippet import Snippet
from cdk_eventbridge_patterns.adoption.spelling import called, last_of, service_named, slug, spelled
from cdk_eventbridge_patterns.naming.resource_kind import ResourceKind
from cdk_eventbridge_patterns.plan.replays import takes_replays
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule, Target


def rule_proposal(reading: Reading, rule: Rule) -> Proposal:
    """Return what takes *rule* over, or why nothing does."""
    if rule.kind is BusKind.V2:
        why = "it is a subscriber of the newer bus, which our constructs do not make"
        return stays(Verdict.NOT_EXPRESSIBLE, "subscriber", rule.name, rule, why)
    unknown, reasons = tuple(undecided(rule)), tuple(obstacles(rule))
    if reasons or unknown:
        verdict = Verdict.NOT_EXPRESSIBLE if reasons else Verdict.UNDECIDED
        return stays(verdict, "rule", rule.name, rule, *reasons, *unknown)
    (target,) = rule.known_targets
    return _taken_over(reading, rule, target)


def _taken_over(reading: Reading, rule: Rule, target: Target) -> Proposal:
    own_bus = target.arn if is_subscription(rule) else rule.bus_arn
    service, snippet = reading.service(own_bus), reading.snippet(rule)
    name = service_named(short(rule.name))
    expected = reading.naming.rule_name(service, name)
    arguments = [
        snippet.use(reading.contracts.of(rule, reading.service(rule.bus_arn))),
        *_where_to(rule, target, snippet),
        *_filter(rule),
        f"name={spelled(name)}",
        *_retry(target),
        *_replays(rule, target),
        *adopting(rule, rule.name, expected=expected, target_id=target.id),
    ]
    call = f"{_bus(reading, rule, own_bus)}.{'subscribe' if is_subscription(rule) else 'deliver'}"
    snippet.add(call, arguments)
    changes = tuple(_changes(rule, target))
    return reading.named(
        ResourceKind.RULE, rule.name, rule, expected=expected, call=called(call, arguments), changes=changes
    )


def _bus(reading: Reading, rule: Rule, arn: str) -> str:
    """Return the variable of the rule's own bus, which is imported where another stack makes it."""
    service, made = reading.service(arn), reading.topology.bus(arn)
    variable = f"{slug(service)}_bus"
    if made is None or made.location.stack != rule.location.stack:
        arguments = ["stack", construct_id(f"{service}-bus"), spelled(arn), f"service={spelled(service)}"]
        reading.snippet(rule).add("ServiceBus.from_event_bus_arn", arguments, variable=variable)
    return variable


def _where_to(rule: Rule, target: Target, snippet: Snippet) -> Iterator[str]:
    if is_subscription(rule):
        yield "on=" + called("BusReference.from_arn", [spelled(rule.bus_arn)])
        return
    kind = kind_of(target)
    if kind is not None:
        yield f"to={snippet.parameter(target.arn, last_of(target.arn), kind)}"
    received = target_input(target)
    if received is not None:
        yield f"input={received}"
    group = target.parameters.get("SqsParameters", {}).get("MessageGroupId")
    if group is not None:
        yield f"message_group_id={spelled(group)}"
    if target.dead_letter_arn is not None:
        yield f"dead_letter_queue={snippet.parameter(target.dead_letter_arn, last_of(target.dead_letter_arn))}"


def _filter(rule: Rule) -> list[str]:
    detail = rule.event_pattern.get("detail") if isinstance(rule.event_pattern, Mapping) else None
    return [] if detail is None else [f"detail={spelled(detail)}"]


def _retry(target: Target) -> list[str]:
    given = {"maximum_attempts": target.max_attempts, "maximum_age_seconds": target.max_age}
    said = [f"{key}={value}" for key, value in given.items() if value is not None]
    return ["retry=" + called("RetryPolicy", said)] if said else []


def _replays(rule: Rule, target: Target) -> list[str]:
    """Return whether replays are taken, where that is not what suits the target by default."""
    takes, kind = not leaves_out_replays(rule), None if target.is_bus else kind_of(target)
    return [] if takes == takes_replays(None, kind) else [f"replays={takes}"]


def _changes(rule: Rule, target: Target) -> Iterator[str]:
    if target.dead_letter_arn is None:
        yield "what can't be delivered goes to a dead-letter queue, which is added"
    elif is_subscription(rule):
        yield "what can't be delivered goes to a dead-letter queue of ours, and no longer to its own"
    if target.max_attempts is None and target.max_age is None:
        yield "its retry policy is written out, and stays EventBridge's own: 185 attempts in a day"
    if target.role_arn is not None:
        yield "it delivers by a role of ours, which lets it do this and nothing else"
    if rule.enabled is False:
        yield "it is off, and ours are on, unless cfn_rule.state is set to DISABLED"
