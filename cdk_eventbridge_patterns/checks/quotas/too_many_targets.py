"""QTA001."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided

# Service Quotas, "Targets per rule"; not adjustable.
_LIMIT = 5


class TooManyTargets(TopologyCheck):
    """A rule with more than five targets.

    ## Why this matters
    Five is the limit, and it can't be raised: the rule fails at deployment.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
    AWS advises one target a rule, so that each has a life of its own and none fails halfway.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html

    ## Avoid
        "Targets": [invoices, shipping, audit, search, mail, warehouse]

    ## Prefer
        bus.deliver(ORDER_PLACED, to=invoices, name="invoices")
        bus.deliver(ORDER_PLACED, to=shipping, name="shipping")  # and so on, a rule each

    ## What it misses
    Targets that something other than CloudFormation adds to the rule.

    ## When to acknowledge it
    Never: deployment fails.
    """

    id = "QTA001"
    severity = Severity.ERROR
    fix = "split it into rules with the same event pattern"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules with too many targets."""
        for rule in topology.rules:
            place = rule.location.at("Targets")
            if isinstance(rule.targets, Undecided):
                question = f"whether rule {rule.name!r} has more than {_LIMIT} targets"
                yield self.undecided(place, question, rule.targets)
            elif len(rule.targets) > _LIMIT:
                message = f"rule {rule.name!r} has {len(rule.targets)} targets, over the limit of {_LIMIT}"
                yield self.finding(place, message)
