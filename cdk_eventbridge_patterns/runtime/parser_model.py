"""A pydantic model of a whole event, for parsers such as that of Powertools for AWS Lambda."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.errors import ContractError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.runtime.checked_detail import check_detail
from cdk_eventbridge_patterns.runtime.filled import places_of


def parser_model(contract: EventContract, *, naming: NamingConvention | None = None) -> type[Any]:
    """Return the pydantic model of an event of a contract, with EventBridge's fields around `detail`.

    `detail` is held to the contract's schema. It is the contract's model, if it was made from one; with an envelope
    whose data stand in a field of their own, that field is.

    Args:
        contract: What the event is promised to be.

        naming: The convention that its source and detail-type follow. Default: they may be any text.

    Raises:
        ContractError: If it has sensitive fields, which a parser can't decrypt; `EventReader` can.
    """
    from pydantic import BeforeValidator, ConfigDict, Field, create_model  # noqa: PLC0415 - slow to import

    if contract.sensitive_fields:
        msg = f"contract of a parser must have no sensitive fields, use EventReader for {contract.name}"
        raise ContractError(msg)

    def checked(detail: Any) -> Any:  # noqa: ANN401 - JSON
        check_detail(contract, detail)
        return detail

    source: Any = str
    detail_type: Any = str
    if naming is not None:
        source, detail_type = (Literal[text] for text in contract.event_type(naming))
    detail: Any = Annotated[_detail_type(contract), BeforeValidator(checked)]
    made: type[Any] = create_model(
        f"{contract.event}V{contract.version}Event",
        __config__=ConfigDict(populate_by_name=True),
        version=(str, ...),
        id=(str, ...),
        source=(source, ...),
        account=(str, ...),
        time=(datetime, ...),
        region=(str, ...),
        resources=(list[str], ...),
        detail_type=(detail_type, Field(alias="detail-type")),
        detail=(detail, ...),
        replay_name=(str | None, Field(default=None, alias="replay-name")),
    )
    return made


def _detail_type(contract: EventContract) -> Any:  # noqa: ANN401 - a model, or a dict
    places = places_of(contract)
    data: Any = contract.model or dict[str, Any]
    if places is None:
        return data
    if "." in places.data:
        return dict[str, Any]
    from pydantic import ConfigDict, create_model  # noqa: PLC0415 - as above

    fields: dict[str, Any] = {places.data: (data, ...)}
    return create_model(f"{contract.event}V{contract.version}Detail", __config__=ConfigDict(extra="allow"), **fields)
