"""CON012."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.matching.json_text import shown
from cdk_eventbridge_patterns.topology.topology import Topology


class ExampleDoesNotFit(TopologyCheck):
    """A registered schema with an example that does not fit it.

    ## Why this matters
    Examples are what consumers copy into their tests. One that the producer can't send makes them build for an event
    that never comes.

    ## Avoid
        {"type": "string", "enum": ["placed", "paid"], "examples": ["payd"]}

    ## Prefer
        EventContract(..., examples=[...])  # checked where the contract is made

    ## What it misses
    Examples elsewhere than in registered schemas: those of our contracts were checked when they were made.

    ## When to acknowledge it
    Never: mend the example.
    """

    id = "CON012"
    severity = Severity.WARNING
    fix = "mend the example, or the schema"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the schemas with a wrong example, each with the first."""
        for each in topology.schemas:
            fault = None if not isinstance(each.schema, EventSchema) else next(_faults(each.schema), None)
            if fault is not None:
                yield self.finding(each.location.at("Content"), f"in schema {each.name!r} {fault}")


def _faults(schema: EventSchema) -> Iterator[str]:
    from referencing.exceptions import Unresolvable  # noqa: PLC0415 - takes longer to import than all checks of contracts

    for path, part in _parts(schema.schema, ""):
        for example in _examples(part):
            try:
                faults = [fault.message for fault in schema.validator.evolve(schema=part).iter_errors(example)]
            except Unresolvable:
                continue
            if faults:
                yield f"the example {shown(example)} at {path or 'the top'} does not fit: {faults[0]}"


def _examples(part: Mapping[str, Any]) -> list[Any]:
    several = part["examples"] if isinstance(part.get("examples"), list) else []
    return [*several, part["example"]] if "example" in part else several


def _parts(schema: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:  # noqa: ANN401 - JSON
    """Return all objects in a schema that may be schemas; one that is none has no examples of its own."""
    if isinstance(schema, list):
        for number, each in enumerate(schema):
            yield from _parts(each, f"{path}/{number}")
    elif isinstance(schema, Mapping):
        if not path.endswith("/properties"):
            yield path, schema
        for key, each in schema.items():
            if key not in ("enum", "const", "default", "examples", "example"):
                yield from _parts(each, f"{path}/{key}")
