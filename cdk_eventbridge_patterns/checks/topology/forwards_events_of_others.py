"""TOP020."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.naming.bus_reference import DEFAULT_BUS
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.topology.uncertain_pattern import UncertainPattern
from cdk_eventbridge_patterns.undecided import Answer, Undecided, all_of, not_


class ForwardsEventsOfOthers(TopologyCheck):
    """A rule that sends events on from a default bus, whichever account they are of.

    ## Why this matters
    Other accounts can forward events of their AWS services to a default bus. Such a rule takes them for the account's
    own, or sends them back to where they came from; and since an event moves once, the second move fails.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html

    ## Avoid
        {"source": ["aws.s3"], "detail-type": ["Object Created"]}

    ## Prefer
        {"account": ["111111111111"], "source": ["aws.s3"], "detail-type": ["Object Created"]}

    ## What it misses
    Rules whose target is no bus. Rules that ask for accounts at all, whichever these are.

    ## When to acknowledge it
    The policy of the default bus lets nobody else in, and is to stay so.
    """

    id = "TOP020"
    severity = Severity.WARNING
    fix = "name the account in the event pattern, as rules of subscribe(…, on=BusReference.default(…)) do"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the moves off default buses that take events of any account."""
        for move in topology.moves():
            rule = move.rule
            if rule.kind is not BusKind.CLASSIC or rule.event_pattern is None:
                continue
            yield from self.judged(
                all_of([same(rule.bus_name, DEFAULT_BUS), not_(_names_accounts(rule))]),
                event_pattern_place(rule),
                f"rule {rule.name!r} sends events of any account on to {move.target.arn}",
                question=f"whether rule {rule.name!r} sends events of any account on from a default bus",
            )


def _names_accounts(rule: Rule) -> Answer:
    if isinstance(rule.event_pattern, Undecided):
        return rule.event_pattern
    read = UncertainPattern.read(rule.event_pattern) if isinstance(rule.event_pattern, Mapping) else None
    return read is None or all("account" in alternative for alternative in read.possibly.alternatives)
