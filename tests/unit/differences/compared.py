"""What differs between two topologies, in lines that a test can read."""

from __future__ import annotations

from cdk_eventbridge_patterns.contracts import EventContract
from cdk_eventbridge_patterns.differences import Difference, Kind, State, differences
from cdk_eventbridge_patterns.reports.differences import words
from cdk_eventbridge_patterns.topology.topology import Topology


def compared(base: Topology, head: Topology, *kinds: Kind) -> list[Difference]:
    """Return the differences of *kinds*, of all if none is given."""
    found = differences(State(topology=base), State(topology=head))
    return [each for each in found if not kinds or each.kind in kinds]


def lines(base: Topology, head: Topology, *kinds: Kind) -> list[str]:
    """Return the differences in words."""
    return [in_words(each) for each in compared(base, head, *kinds)]


def of_contracts(base: EventContract, head: EventContract, used_by: Topology) -> list[str]:
    """Return the differences of two contract files, held against consumers, in words."""
    states = (State(topology=used_by, contracts=(contract,)) for contract in (base, head))
    return [in_words(each) for each in differences(*states)]


def in_words(difference: Difference) -> str:
    """Return a difference as a line: whether it breaks, what it is, whom it breaks and how."""
    told = f"{words.word_for(difference.breaking)}: {words.title(difference)}"
    users = list(words.lines(difference))
    return f"{told} <- {' & '.join(users)}" if users else told
