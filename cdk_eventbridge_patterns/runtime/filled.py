"""An event's `detail`, made of its data and of what it says of itself, and taken apart again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.contracts.envelope_places import EnvelopePlaces
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import ContractError, EventError

_FACTS = ("id", "time", "version", "correlation_id", "causation_id", "idempotency_key", "claim_check")


@dataclass(frozen=True, kw_only=True)
class EventMetadata:
    """What an event says of itself, whichever envelope it is in.

    Args:
        id: Which event it is; another for each that is published.

        time: When it happened, as text. Default: it does not say.

        version: The version of its contract. Default: it does not say.

        correlation_id: The same for all events of one story. Default: it does not say.

        causation_id: The id of the event that led to it. Default: none did.

        idempotency_key: The same for the same fact, however often it is published. Default: it does not say.

        claim_check: Where data are that are not in it. Default: nowhere.
    """

    id: str
    time: str | None = None
    version: int | None = None
    correlation_id: str | None = None
    causation_id: str | None = None
    idempotency_key: str | None = None
    claim_check: str | None = None


def places_of(contract: EventContract) -> EnvelopePlaces | None:
    """Return where the envelope of a contract holds what; nothing if there is no envelope.

    Raises:
        ContractError: If the envelope does not say.
    """
    if contract.envelope is None:
        return None
    places = getattr(contract.envelope, "places", None)
    if not isinstance(places, EnvelopePlaces):
        msg = (
            f"envelope of {contract.name} must say where its fields are, as StandardEnvelope() does by `places`, "
            f"got {contract.envelope!r}"
        )
        raise ContractError(msg)
    return places


def filled(
    contract: EventContract, data: dict[str, Any], metadata: EventMetadata, attributes: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the `detail` of an event; *attributes* are what else stands beside its id.

    Raises:
        EventError: If an attribute is already set, or there is no envelope to hold it.
    """
    places = places_of(contract)
    if places is None:
        if attributes:
            msg = f"attributes of {contract.name} need an envelope, got {sorted(attributes)} without one"
            raise EventError(msg)
        return data
    detail: dict[str, Any] = {}
    for place, value in places.fixed.items():
        put(detail, place, value)
    for fact in _FACTS:
        place, value = getattr(places, fact), getattr(metadata, fact)
        if place is not None and value is not None:
            put(detail, place, value)
    parent = places.id.rpartition(".")[0]
    for name, value in attributes.items():
        place = f"{parent}.{name}" if parent else name
        if at(detail, place) is not None or place == places.data:
            msg = f"attributes of {contract.name} must be others than the envelope sets itself, got {name!r}"
            raise EventError(msg)
        put(detail, place, value)
    put(detail, places.data, data)
    return detail


def metadata_in(contract: EventContract, detail: Mapping[str, Any]) -> EventMetadata | None:
    """Return what an event says of itself; nothing if it has no envelope, or one that says nothing."""
    places = places_of(contract)
    if places is None or not isinstance(at(detail, places.id), str):
        return None
    found = {fact: at(detail, place) for fact in _FACTS if (place := getattr(places, fact)) is not None}
    return EventMetadata(**found)


def data_in(contract: EventContract, detail: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Return the data of an event, which are `detail` itself where there is no envelope."""
    places = places_of(contract)
    return detail if places is None else at(detail, places.data)


def at(value: Any, place: str) -> Any:  # noqa: ANN401 - JSON
    """Return what stands at a place such as `metadata.id`; nothing if nothing does."""
    for name in place.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def put(detail: dict[str, Any], place: str, value: Any) -> None:  # noqa: ANN401 - JSON
    """Put *value* at a place, with the objects that lead there."""
    *steps, name = place.split(".")
    for step in steps:
        detail = detail.setdefault(step, {})
    detail[name] = value
