"""TOP002."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.checks.topology.overlap import may_share_events
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class Loop(TopologyCheck):
    """Two buses whose rules send the same events back and forth.

    ## Why this matters
    The second move is dropped, so half of what is declared never arrives; where code publishes anew in between, it
    goes round for ever, and each round is paid for.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html

    ## Avoid
        orders → billing and billing → orders  # each for {"source": [{"prefix": ""}]}

    ## Prefer
        orders → billing for com.acme.orders, billing → orders for com.acme.billing

    ## What it misses
    Loops through functions and other targets that publish: no template says what they publish.

    ## When to acknowledge it
    Never: what comes back is dropped.
    """

    id = "TOP002"
    severity = Severity.ERROR
    fix = "filter on source and detail-type so that what comes back is not sent again"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the pairs of rules that send the same events there and back."""
        for first in topology.moves():
            for back in topology.moves_to(first.rule.bus_arn):
                if back.rule.bus_arn != first.target.arn or first.rule.arn > back.rule.arn:
                    continue
                if first.rule.bus_arn == first.target.arn:
                    continue
                answer = may_share_events(first.rule, back.rule)
                if answer is True:
                    message = (
                        f"rule {back.rule.name!r} sends back to {first.rule.bus_arn} what rule {first.rule.name!r} sent"
                    )
                    yield self.finding(back.target.location, message)
                elif isinstance(answer, Undecided):
                    question = f"whether rule {back.rule.name!r} sends back what it gets"
                    yield self.undecided(back.target.location, question, answer)
