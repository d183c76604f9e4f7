"""Receivers in other accounts that no longer get what a rule brought them.

What a rule brings to its own account is for the owner of the rule to change: whoever removes a subscription of theirs
breaks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from cdk_eventbridge_patterns.differences.difference import Use
from cdk_eventbridge_patterns.differences.rule_matches import still_matches
from cdk_eventbridge_patterns.differences.rule_patterns import is_made
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.text import account_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, all_of, any_of, not_


def lost_deliveries(rule: Rule, head: Topology, *, of: Iterable[Target] | None = None) -> list[Use]:
    """Return the targets in other accounts that no rule of *head* brings all that *rule* brought them.

    Args:
        rule: The rule as it was.

        head: All that was read of the state after.

        of: The targets that are asked about. Default: all of the rule.
    """
    uses = []
    for target in rule.known_targets if of is None else of:
        lost = all_of([_is_foreign(rule, target), _is_there(target, head), not_(is_served(rule, target, head))])
        if lost is not False:
            reason = f"{target.arn} no longer gets what rule {rule.name!r} brought it"
            uses.append(Use(account=account_of(target.arn), reason=reason, breaking=lost, target=target.arn))
    return uses


def _is_foreign(rule: Rule, target: Target) -> Answer:
    return not_(same(account_of(target.arn), rule.account))


def _is_there(target: Target, head: Topology) -> bool:
    """Return whether there is still somebody to get something, as far as was read."""
    declared = head.bus(target.arn) if target.is_bus else head.receiver(target.arn)
    return declared is not None or not head.knows(target.arn)


def is_served(old: Rule, target: Target, head: Topology) -> Answer:
    """Return whether a rule of *head* brings *target* all that *old* did."""
    return any_of(
        all_of([rule.enabled, is_made(rule), still_matches(old, rule)])
        for rule in head.rules_on(old.bus_arn)
        if any(each.arn == target.arn for each in rule.known_targets)
    )
