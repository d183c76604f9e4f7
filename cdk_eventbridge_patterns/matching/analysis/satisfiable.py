"""Whether an event pattern can ever match what a contract allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.event_schema import ENVELOPE, EventSchema
from cdk_eventbridge_patterns.matching.alternative import Alternative
from cdk_eventbridge_patterns.matching.analysis.contract_document import ContractDocument
from cdk_eventbridge_patterns.matching.analysis.demand import Demand
from cdk_eventbridge_patterns.matching.analysis.outcome import Outcome
from cdk_eventbridge_patterns.matching.analysis.search import Search
from cdk_eventbridge_patterns.matching.analysis.verdict import Dead, Live, OnlyUndeclared, Verdict
from cdk_eventbridge_patterns.matching.event_pattern import EventPattern
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.undecided import Undecided

_UNCONFIRMED = "what was found does not hold: the contract says more than is followed here"


def satisfiable(
    pattern: EventPattern, contract: EventContract | EventSchema, *, naming: NamingConvention | None = None
) -> Verdict:
    """Return whether some event that *contract* allows matches *pattern*.

    Sound: `Dead` is a proof, and the witness of `Live` was confirmed by the contract's validator and by the matcher.
    A property whose own name has a dot is not thought of unless the contract declares it.

    Args:
        pattern: The event pattern of a rule.

        contract: The contract, or the schema of a whole event as a registry holds it.

        naming: The convention that source and detail-type of a contract follow. Default: none, so they may be any text.
    """
    schema = contract if isinstance(contract, EventSchema) else contract.event_schema(naming)
    document = ContractDocument(schema)
    strands = [(alternative,) for alternative in pattern.alternatives]
    declared = look_for(document, strands, [pattern], declared_only=True)
    if not isinstance(declared, Dead):
        return declared
    anyhow = look_for(document, strands, [pattern], declared_only=False)
    if isinstance(anyhow, Live):
        return OnlyUndeclared(anyhow.witness, declared.path, declared.reason)
    return anyhow


def look_for(
    document: ContractDocument,
    strands: Iterable[Sequence[Alternative]],
    patterns: Sequence[EventPattern],
    *,
    declared_only: bool,
) -> Live | Dead | Undecided:
    """Return an event that all *patterns* match, by one of *strands*: alternatives that are asked for together."""
    search = Search(document, declared_only=declared_only)
    outcomes: list[Outcome] = []
    for strand in strands:
        outcome = search.value([document.root, ENVELOPE], [Demand.of(alternative) for alternative in strand])
        for event in outcome.candidates:
            if _is_confirmed(event, document, patterns):
                return Live(event)
        outcomes.append(Outcome(unknown=_UNCONFIRMED) if outcome.candidates else outcome)
    found = Outcome.any_of(outcomes)
    return Undecided(found.unknown or _UNCONFIRMED) if found.dead is None else Dead(*found.dead)


def _is_confirmed(event: Mapping[str, Any], document: ContractDocument, patterns: Sequence[EventPattern]) -> bool:
    return bool(document.allows(document.root, event)) and all(pattern.matches(event) for pattern in patterns)
