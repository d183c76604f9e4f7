"""What the contracts that templates register say of the event patterns of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.matching import Dead, EventPattern, Live, OnlyUndeclared, satisfiable
from cdk_eventbridge_patterns.topology.event_patterns import ANYTHING, listed, parsed
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Undecided


class Judged(NamedTuple):
    """A rule, and what it comes to under all contracts of the events that it asks for.

    Args:
        rule: The rule.

        title: The contract that the verdict is of.

        verdict: Dead only if it is dead under each; live only with its witness.
    """

    rule: Rule
    title: str
    verdict: Live | OnlyUndeclared | Dead | Undecided


def judged_rules(topology: Topology) -> Iterator[Judged]:
    """Return the rules that ask for something in the detail of events whose contracts are at hand.

    A rule that does not list sources and detail-types, or lists one of which no contract is registered, may wait for
    what nobody here knows, and is left out.
    """
    for rule in topology.rules:
        if not isinstance(rule.event_pattern, Mapping) or "detail" not in str(rule.event_pattern):
            continue
        schemas = schemas_for(topology, rule)
        pattern = parsed(rule.event_pattern, lambda _: ANYTHING) if schemas else None
        if pattern is not None:
            yield _judged(rule, pattern, schemas)


def schemas_for(topology: Topology, rule: Rule) -> list[EventSchema]:
    """Return the contracts of all events that *rule* lists, none where one of its events has none."""
    sources, detail_types = listed(rule, "source"), listed(rule, "detail-type")
    by_event = {(source, type_): topology.schemas_of(source, type_) for source in sources for type_ in detail_types}
    # A list of each makes pairs that nobody meant; but each source and each detail-type is one of some contract.
    known = [event for event, schemas in by_event.items() if schemas]
    if {source for source, _ in known} != set(sources) or {type_ for _, type_ in known} != set(detail_types):
        return []
    found = [each.schema for event in known for each in by_event[event]]
    schemas = [schema for schema in found if not isinstance(schema, Undecided)]
    return schemas if len(schemas) == len(found) else []


def _judged(rule: Rule, pattern: EventPattern, schemas: list[EventSchema]) -> Judged:
    verdicts = [(schema.title, _verdict(pattern, schema)) for schema in schemas]
    for kind in (Live, Undecided, OnlyUndeclared, Dead):
        for title, verdict in verdicts:
            if isinstance(verdict, kind):
                return Judged(rule, title, verdict)
    raise AssertionError(verdicts)


@lru_cache(maxsize=4096)
def _verdict(pattern: EventPattern, schema: EventSchema) -> Live | OnlyUndeclared | Dead | Undecided:
    """Return what *schema* says: two checks ask, and many rules ask for the same."""
    return satisfiable(pattern, schema)
