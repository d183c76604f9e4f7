"""Whether a bus lets another account put its rule on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cdk_eventbridge_patterns.access.evaluation import Decision, decide
from cdk_eventbridge_patterns.access.reach import if_read
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.topology.once import once
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

BESIDES = ("events:DescribeRule", "events:RemoveTargets", "events:DeleteRule")
"""What CloudFormation calls besides, to make, change and remove a rule without tags; AWS's samples allow these."""


@once
def may_be_put(topology: Topology, rule: Rule) -> Mapping[str, Decision]:
    """Return for each action it takes to put *rule* on a bus of another account whether the bus's policy allows it.

    How the condition keys are filled from the pattern is documented for plain values only.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
    """
    statements = topology.statements_on(rule.bus_arn)
    creator: dict[str, ContextValue] = {"events:creatorAccount": rule.account, **topology.organization_of(rule.account)}
    pattern = rule.event_pattern
    in_pattern = event_pattern_keys(pattern) if isinstance(pattern, Mapping) else _unknown_keys(pattern)
    targets = tuple(target.arn for target in rule.known_targets)
    asked: dict[str, Mapping[str, ContextValue]] = {
        "events:PutRule": {**creator, **in_pattern},
        "events:PutTargets": {**creator, **({"events:TargetArn": targets} if targets else {})},
        **dict.fromkeys(BESIDES, creator),
    }
    principal = Principal.of_account(rule.account)
    requests = {
        action: Request(principal=principal, action=action, resource=rule.arn, given=given)
        for action, given in asked.items()
    }
    return {action: if_read(topology, rule.bus_arn, decide(each, statements)) for action, each in requests.items()}


def event_pattern_keys(pattern: Mapping[str, Any]) -> Mapping[str, ContextValue]:
    """Return the condition keys that `PutRule` has of a rule's event pattern."""
    found: dict[str, ContextValue] = {}
    for field in ("source", "detail-type"):
        if field in pattern:
            found[f"events:{field}"] = _values_of(field, pattern[field])
    if "$or" in pattern:
        return {key: Undecided("the event pattern has $or") for key in ("events:source", "events:detail-type")}
    return found


def _values_of(field: str, values: Any) -> ContextValue:  # noqa: ANN401 - whatever an event pattern holds
    if isinstance(values, list) and all(isinstance(each, str) for each in values):
        return tuple(values)
    return Undecided(f"what {field} counts as, in an event pattern with operators, is not documented")


def _unknown_keys(pattern: str | Undecided | None) -> dict[str, ContextValue]:
    if pattern is None:
        return {}
    reason = pattern if isinstance(pattern, Undecided) else Undecided("the event pattern is no JSON object")
    return {"events:source": reason, "events:detail-type": reason}
