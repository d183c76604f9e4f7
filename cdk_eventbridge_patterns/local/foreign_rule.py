"""What the policy of a bus says to the calls by which another account manages its rule there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.access.evaluation import Decision, decide
from cdk_eventbridge_patterns.access.request import ContextValue, Principal, Request
from cdk_eventbridge_patterns.access.subscribing import event_pattern_keys
from cdk_eventbridge_patterns.assembly.elements.arns import rule_arn
from cdk_eventbridge_patterns.assembly.elements.statements import statements
from cdk_eventbridge_patterns.topology.location import Location


@dataclass(frozen=True, kw_only=True)
class ForeignRule:
    """A rule on a bus of another account.

    Args:
        bus_arn: The bus.

        policy: The policy that the bus has; nothing where it has none.

        name: The name of the rule.

        caller: The account that calls.

        creator: The account that created the rule, the caller where it is not there yet.
    """

    bus_arn: str
    policy: Mapping[str, Any] | None
    name: str
    caller: str
    creator: str

    @property
    def arn(self) -> str:
        """The ARN of the rule, which is in the account of the bus."""
        return rule_arn(self.bus_arn, self.name)

    def decision(self, action: str, *, event_pattern: str | None = None, targets: tuple[str, ...] = ()) -> Decision:
        """Return what the policy says to a call.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html

        Args:
            action: What is called, such as `PutRule`.

            event_pattern: The event pattern of the rule, as JSON; known to `PutRule` only.

            targets: The ARNs of targets; known to `PutTargets` only.
        """
        given: dict[str, ContextValue] = {"events:creatorAccount": self.creator}
        if event_pattern is not None:
            given |= event_pattern_keys(json.loads(event_pattern))
        if targets:
            given["events:TargetArn"] = targets
        principal = Principal.of_account(self.caller)
        request = Request(principal=principal, action=f"events:{action}", resource=self.arn, given=given)
        return decide(request, statements(self.policy, Location(stack=self.bus_arn, logical_id="Policy")))
