"""QTA002."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.quotas.count import are_more_than
from cdk_eventbridge_patterns.checks.quotas.crowded import place_of, rules_by_bus
from cdk_eventbridge_patterns.checks.quotas.limits import NEARLY, rule_quota
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class TooManyRules(TopologyCheck):
    """A bus with more rules than its quota, or nearly, counted over all accounts that put rules on it.

    ## Why this matters
    The first rule too many fails at deployment, in the account of whoever comes last. The quota is 300 by default,
    100 in Cape Town and Milan, and can be raised.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html

    ## Avoid
        CentralBus(…)  # one for the whole organisation, with a rule for each event and consumer

    ## Prefer
        ProducerBus(self, "Bus", service="orders", …)  # one for each service

    ## What it misses
    Rules in templates that were not read, such as those that AWS manages for archives. A quota that was raised.

    ## When to acknowledge it
    The quota was raised.
    """

    id = "QTA002"
    severity = Severity.ERROR
    fix = "have the quota 'Rules per event bus' raised for the bus's account, or give the bus fewer consumers"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the buses that have too many rules, and those that soon will: at 80 %, a warning."""
        for bus_arn, rules in rules_by_bus(topology):
            quota = rule_quota(rules[0].bus_region)
            place, name = place_of(topology, bus_arn, rules), rules[0].bus_name
            answer = are_more_than(quota, rules)
            if isinstance(answer, Undecided):
                yield self.undecided(place, f"whether bus {name!r} has more than {quota} rules", answer)
            elif answer or len(rules) >= quota * NEARLY:
                message = f"bus {name!r} has {len(rules)} rules of all accounts together, and {quota} is the quota"
                yield self.finding(place, message, severity=Severity.ERROR if answer else Severity.WARNING)
