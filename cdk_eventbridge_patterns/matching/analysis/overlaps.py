"""Whether one event can match two event patterns."""

from __future__ import annotations

from itertools import product

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.event_schema import ENVELOPE, EventSchema
from cdk_eventbridge_patterns.matching.analysis.contract_document import ContractDocument
from cdk_eventbridge_patterns.matching.analysis.satisfiable import look_for
from cdk_eventbridge_patterns.matching.analysis.verdict import Live
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.undecided import Answer, Undecided

ANY_EVENT = EventSchema(title="any event", schema=ENVELOPE)
"""What every event of a classic bus fits."""

_ANY = ContractDocument(ANY_EVENT)


def overlaps(
    one: EventPattern,
    other: EventPattern,
    contract: EventContract | EventSchema | None = None,
    *,
    naming: NamingConvention | None = None,
) -> Answer:
    """Return whether some event matches both event patterns.

    Args:
        one: An event pattern.

        other: Another.

        contract: The only event there is. Default: any event; then a field of `detail` may be an array that holds what
            both ask for, so source and detail-type decide most.

        naming: The convention that source and detail-type of a contract follow. Default: they may be any text.
    """
    if contract is None:
        document = _ANY
    else:
        schema = contract if isinstance(contract, EventSchema) else contract.event_schema(naming)
        document = ContractDocument(schema)
    strands = product(one.alternatives, other.alternatives)
    found = look_for(document, strands, [one, other], declared_only=False)
    return found if isinstance(found, Undecided) else isinstance(found, Live)
