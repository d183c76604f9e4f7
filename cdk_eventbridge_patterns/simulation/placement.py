"""Whether a rule that matches is there and on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from cdk_eventbridge_patterns.access.reach import first_refusal
from cdk_eventbridge_patterns.access.statement import one_or_many
from cdk_eventbridge_patterns.access.subscribing import may_be_put
from cdk_eventbridge_patterns.naming.arn import account_root
from cdk_eventbridge_patterns.simulation.step import Remedy, Step
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

_CREATOR = {"StringEqualsIfExists": {"events:creatorAccount": "${aws:PrincipalAccount}"}}


def placement(topology: Topology, rule: Rule) -> Iterator[Step]:
    """Return what must be so for *rule* to be on its bus and look at events."""
    if rule.conditional is not None:
        yield Step.unknown(f"rule {rule.name} is made", rule.conditional, location=rule.location)
    if rule.enabled is not True:
        says = f"rule {rule.name} is on"
        reason = rule.enabled.reason if isinstance(rule.enabled, Undecided) else "it is disabled"
        yield Step(says=says, answer=rule.enabled, reason=reason, location=rule.location.at("State"))
    if rule.on_foreign_bus is False:
        return
    if rule.kind is BusKind.CLASSIC:
        yield _may_be_put(topology, rule)
    else:
        says = f"account {rule.account} may subscribe to {rule.bus_arn}"
        yield Step.unknown(says, "what the owner of a newer bus shares is not followed", location=rule.location)


def _may_be_put(topology: Topology, rule: Rule) -> Step:
    """Return whether the bus lets the account of the rule's stack put it there."""
    says = f"account {rule.account} may put rule {rule.name} on {rule.bus_arn}"
    if isinstance(rule.on_foreign_bus, Undecided):
        return Step.unknown(says, rule.on_foreign_bus, location=rule.location)
    if not topology.knows(rule.bus_arn):
        return Step.unknown(says, f"no template of account {rule.bus_account} was read", location=rule.location)
    decisions = may_be_put(topology, rule)
    refused = [action for action, each in decisions.items() if each.refuses]
    return Step.of(
        first_refusal(decisions.values()),
        f"{says}: {refused[0]}" if refused else says,
        at_deployment=True,
        location=rule.location,
        remedies=[Remedy(of=f"the policy of bus {rule.bus_arn}", statement=each) for each in _allow(rule, refused)],
    )


def _allow(rule: Rule, actions: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Return the statements that would let *rule* be put, no wider than it is.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
    """
    targets = [target.arn for target in rule.known_targets]
    own: dict[str, Mapping[str, Any]] = {"events:PutRule": _sources_of(rule)}
    if targets:
        own["events:PutTargets"] = {"ArnLike": {"events:TargetArn": targets}}
    for condition, alike in groupby(actions, lambda action: own.get(action, {})):
        yield {
            "Effect": "Allow",
            "Principal": {"AWS": account_root(rule.account, region=rule.bus_region)},
            "Action": one_or_many(list(alike)),
            "Resource": rule.arn,
            "Condition": {**_CREATOR, **condition},
        }


def _sources_of(rule: Rule) -> Mapping[str, Any]:
    sources = rule.event_pattern.get("source") if isinstance(rule.event_pattern, Mapping) else None
    if not isinstance(sources, list) or not all(isinstance(each, str) for each in sources):
        return {}
    if len(sources) == 1:
        return {"StringEquals": {"events:source": sources[0]}}
    # Plain StringEquals refuses a rule for two sources, and ForAllValues alone one for all of them.
    return {"ForAllValues:StringEquals": {"events:source": sources}, "Null": {"events:source": "false"}}
