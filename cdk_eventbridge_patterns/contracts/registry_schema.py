"""A contract's schema in the dialects that the EventBridge schema registry takes."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.contracts.draft_4 import draft_4
from cdk_eventbridge_patterns.contracts.event_contract import EventContract, EventType
from cdk_eventbridge_patterns.contracts.open_api_3 import open_api_3
from cdk_eventbridge_patterns.contracts.schema_dialect import SchemaDialect
from cdk_eventbridge_patterns.errors import ContractError

# https://docs.aws.amazon.com/eventbridge/latest/schema-reference/ : CreateSchema, Content and Description.
LONGEST_CONTENT = 100_000
LONGEST_DESCRIPTION = 256

_DIALECTS = {SchemaDialect.JSON_SCHEMA_DRAFT_4: draft_4, SchemaDialect.OPEN_API_3: open_api_3}


def registry_schema(
    contract: EventContract, event_type: EventType, dialect: SchemaDialect = SchemaDialect.JSON_SCHEMA_DRAFT_4
) -> dict[str, Any]:
    """Return the whole event, envelope and detail, in one of the registry's dialects.

    What the dialect can't express is left out, so the registered schema may accept more than the contract, never less;
    the contract itself stays the authority.
    """
    return _DIALECTS[dialect](contract, event_type)


def check_content(content: str, title: str) -> str:
    """Return *content* if the registry takes that much."""
    if len(content) > LONGEST_CONTENT:
        msg = (
            f"schema of {title} must be at most {LONGEST_CONTENT} characters for the schema registry, "
            f"got {len(content)}; split the event or pass schema_registry=Disabled(reason)"
        )
        raise ContractError(msg)
    return content


def check_description(description: str | None, title: str) -> str | None:
    """Return *description* if the registry takes that much."""
    if description is not None and len(description) > LONGEST_DESCRIPTION:
        msg = (
            f"description of {title} must be at most {LONGEST_DESCRIPTION} characters for the schema registry, "
            f"got {len(description)}; say it in one sentence or pass schema_registry=Disabled(reason)"
        )
        raise ContractError(msg)
    return description
