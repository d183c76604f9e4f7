"""A rule can be put on a bus of another account, by its ARN, if the policy of the bus lets that account.

As shipped no bus is found. On AWS the rule is in the account of the bus, remembers who created it, and each call about
it is held to the policy of the bus. What the policy says is what `access` reads in it, which is what we say of AWS
anywhere else; where nobody can say, the call is refused. What the caller's own account allows is not asked.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeRule.html
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any

from localemu.aws.api import CommonServiceException
from localemu.services.events.provider import EventsProvider

from cdk_eventbridge_patterns.local.foreign_rule import ForeignRule

# The calls, and which of their arguments names the rule.
_CALLS = {
    "delete_rule": "name",
    "describe_rule": "name",
    "disable_rule": "name",
    "enable_rule": "name",
    "list_targets_by_rule": "rule",
    "put_rule": "name",
    "put_targets": "rule",
    "remove_targets": "rule",
}


def _held_to_policy(call: str, named_by: str) -> Callable[..., Any]:
    shipped = getattr(EventsProvider, call)
    action = "".join(word.capitalize() for word in call.split("_"))

    @wraps(shipped)
    def handle(provider: Any, context: Any, **arguments: Any) -> Any:
        bus_arn = arguments.get("event_bus_name") or ""
        owner = bus_arn.split(":")[4] if bus_arn.startswith("arn:") else context.account_id
        if owner == context.account_id:
            return shipped(provider, context, **arguments)
        name, caller = arguments[named_by], context.account_id
        bus = provider.get_event_bus(bus_arn.rpartition("/")[2], provider.get_store(context.region, owner))
        there = bus.rules.get(name)
        creator = there.created_by if there else caller
        asked = ForeignRule(bus_arn=bus_arn, policy=bus.policy, name=name, caller=caller, creator=creator)
        _refuse_unless_allowed(asked, action, arguments)
        answer = shipped(provider, _as_owner(context, owner), **arguments)
        if call == "put_rule":
            bus.rules[name].created_by = creator
        return answer

    return handle


def _refuse_unless_allowed(asked: ForeignRule, action: str, arguments: dict[str, Any]) -> None:
    targets = tuple(each["Arn"] for each in arguments.get("targets") or ())
    decision = asked.decision(action, event_pattern=arguments.get("event_pattern"), targets=targets)
    if decision.answer is not True:
        raise CommonServiceException(
            "AccessDeniedException",
            f"Account {asked.caller} is not authorized to perform: events:{action} on resource: {asked.arn} "
            f"because no resource-based policy allows it: {decision.reason}",
            status_code=400,
        )


def _as_owner(context: Any, owner: str) -> Any:
    as_owner = copy.copy(context)
    as_owner.account_id = owner
    return as_owner


def apply() -> None:
    """Have every call about a rule use it."""
    for call, named_by in _CALLS.items():
        setattr(EventsProvider, call, _held_to_policy(call, named_by))
