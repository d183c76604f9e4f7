"""TOP018."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.text import account_of, bus_name_of, region_of, same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided, not_

_PAIR = 2


class EndpointOfUnlikeBuses(TopologyCheck):
    """A global endpoint whose buses can't stand in for each other.

    ## Why this matters
    EventBridge fails over from one Region to a bus of the same name and account in another. Where names or accounts
    differ it refuses the endpoint, or what is published during a failure goes to a bus that nobody listens to.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html

    ## Avoid
        "EventBuses": [{"EventBusArn": "…:eu-west-1:…/acme-prod-orders"}, {"EventBusArn": "…:us-east-1:…/orders-dr"}]

    ## Prefer
        GlobalEndpoint(self, "Endpoint", bus=bus, secondary=bus_in_other_region)

    ## What it misses
    Whether the rules of the one bus are on the other, too.

    ## When to acknowledge it
    Never: it can't fail over.
    """

    id = "TOP018"
    severity = Severity.ERROR
    fix = "give it two buses of one account and one name, in two Regions"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the endpoints whose buses differ in what must be the same, or share their Region."""
        for endpoint in topology.endpoints:
            place = endpoint.location.at("EventBuses")
            question = f"whether the buses of endpoint {endpoint.name!r} can stand in for each other"
            if isinstance(endpoint.bus_arns, Undecided):
                yield self.undecided(place, question, endpoint.bus_arns)
                continue
            for fault, why in _faults(endpoint.bus_arns):
                yield from self.judged(fault, place, f"endpoint {endpoint.name!r} {why}", question=question)


def _faults(buses: Sequence[str]) -> list[tuple[Answer, str]]:
    if len(buses) != _PAIR:
        return [(True, f"leads to {len(buses)} buses, it takes two")]
    one, other = buses
    return [
        (
            not_(same(bus_name_of(one), bus_name_of(other))),
            f"leads to buses of two names, {bus_name_of(one)} and {bus_name_of(other)}",
        ),
        (not_(same(account_of(one), account_of(other))), f"leads to buses of two accounts, {one} and {other}"),
        (same(region_of(one), region_of(other)), f"leads to two buses in one Region, {region_of(one)}"),
    ]
