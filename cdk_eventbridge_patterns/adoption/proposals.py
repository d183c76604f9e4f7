"""How an estate that exists would come over: resource by resource, and in Python for each stack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cdk_eventbridge_patterns.adoption.bus_proposals import BusProposals
from cdk_eventbridge_patterns.adoption.proposal import Proposal, Proposals, Verdict
from cdk_eventbridge_patterns.adoption.reading import Reading
from cdk_eventbridge_patterns.adoption.rule_proposals import rule_proposal
from cdk_eventbridge_patterns.adoption.spelling import last_of, slug
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.topology.topology import Topology

_RANKS = list(Verdict)


def proposals(topology: Topology, naming: NamingConvention, services: Mapping[str, str] | None = None) -> Proposals:
    """Return what our constructs for all that has to do with EventBridge in *topology* would be.

    Args:
        topology: All that was read.

        naming: The convention.

        services: The services that own buses, by the names of the buses. Default: the names of the buses tell.
    """
    reading = Reading(topology=topology, naming=naming, services=services or {})
    found = [
        *(each for bus in topology.buses for each in BusProposals(reading, bus).all()),
        *(rule_proposal(reading, rule) for rule in topology.rules),
        *_dead_letter_queues(topology),
    ]
    return Proposals(
        proposals=tuple(sorted(found, key=lambda each: _RANKS.index(each.verdict))),
        snippets={" ".join(key): snippet.text() for key, snippet in reading.snippets.items()},
        notes=tuple(f"{each.location} was not read: {each.reason.reason}." for each in topology.unread),
    )


def _dead_letter_queues(topology: Topology) -> Iterator[Proposal]:
    for arn in topology.dead_letter_queues():
        queue = topology.receiver(arn)
        if queue is not None:
            yield Proposal(
                verdict=Verdict.TAKEN_OVER,
                kind="dead-letter queue",
                name=last_of(queue.arn),
                location=queue.location,
                call=f"dead_letter_queue={slug(last_of(queue.arn))}",
                changes=("it stays yours; each rule is let in by a statement of its own",),
            )
