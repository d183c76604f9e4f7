"""An estate file: the sources of several teams, to be judged together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from cdk_eventbridge_patterns.assembly.source import Source
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.naming.arn import check_account, check_organization, check_region


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class SourceEntry(_Model):
    """One source as the file has it; its path is relative to the file."""

    path: str
    account: str | None = None
    region: str | None = None
    stack: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)
    ssm: dict[str, str] = Field(default_factory=dict)

    @field_validator("account")
    @classmethod
    def _is_account(cls, value: str | None) -> str | None:
        return None if value is None else check_account(value)

    @field_validator("region")
    @classmethod
    def _is_region(cls, value: str | None) -> str | None:
        return None if value is None else check_region(value)


class Estate(_Model):
    """The templates of an organisation.

        organization: o-exampleorg1
        sources:
          - path: orders/cdk.out
          - path: billing/template.yaml
            account: "222222222222"
            region: eu-west-1
            stack: billing-prod
            parameters: {Stage: prod}
            ssm: {/acme/orders/bus: "arn:aws:events:eu-west-1:111111111111:event-bus/acme-prod-orders"}

    Attributes:
        sources: The assemblies and templates.

        organization: The AWS organisation all accounts are of. Default: not known.

        ssm: Values of SSM parameters for all sources. Default: none.
    """

    sources: list[SourceEntry] = Field(min_length=1)
    organization: str | None = None
    ssm: dict[str, str] = Field(default_factory=dict)

    @field_validator("organization")
    @classmethod
    def _is_organization(cls, value: str | None) -> str | None:
        return None if value is None else check_organization(value, "organization")


def is_estate(document: dict[str, Any]) -> bool:
    """Return whether a document is an estate file, rather than a template."""
    return "sources" in document and "Resources" not in document


def read_estate(document: dict[str, Any], file: Path) -> tuple[list[Source], str | None]:
    """Return the sources of an estate file, and the organisation.

    Raises:
        AssemblyError: If it is not of its form.
    """
    try:
        estate = Estate.model_validate(document)
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise AssemblyError(f"'{file}' must be an estate file: {faults}") from None
    sources = [
        Source(
            path=file.parent / entry.path,
            account=entry.account,
            region=entry.region,
            stack=entry.stack,
            parameters=entry.parameters,
            ssm={**estate.ssm, **entry.ssm},
        )
        for entry in estate.sources
    ]
    return sources, estate.organization
