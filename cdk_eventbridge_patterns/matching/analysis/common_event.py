"""An event that several event patterns match together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from cdk_eventbridge_patterns.contracts.event_schema import EventSchema
from cdk_eventbridge_patterns.matching.analysis.contract_document import ContractDocument
from cdk_eventbridge_patterns.matching.analysis.satisfiable import look_for
from cdk_eventbridge_patterns.matching.analysis.verdict import Dead, Live
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.undecided import Undecided


def common_event(patterns: Sequence[EventPattern], schema: EventSchema) -> Live | Dead | Undecided:
    """Return an event that *schema* allows and that all of *patterns* match, as if it had to pass one after the other.

    Sound as `satisfiable` is: what is dead is proved to be.

    Args:
        patterns: The event patterns; none of them asks for any event of the schema.

        schema: What the event may be.
    """
    strands = product(*(pattern.alternatives for pattern in patterns))
    return look_for(ContractDocument(schema), strands, patterns, declared_only=False)
