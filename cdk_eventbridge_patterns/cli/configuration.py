"""The configuration file of `cdk-eventbridge check`."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cdk_eventbridge_patterns.assembly.documents import read_document
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Severity
from cdk_eventbridge_patterns.checks.settings import ConfiguredAcknowledgement, Settings
from cdk_eventbridge_patterns.errors import AssemblyError, EventBridgePatternsError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.topology.acknowledgement import Acknowledgement
from cdk_eventbridge_patterns.topology.tag_convention import TagConvention

_EXAMPLE = "'acme_checks:NoFriday'"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AcknowledgementEntry(_Model):
    """An acknowledgement.

    Attributes:
        id: The check.

        where: What it covers: a construct's path, `Stack/LogicalId` or a template's name; `*` is any characters.

        reason: Why.

        owner: Who answers for it. Default: nobody is named.

        expires: The last day it holds. Default: it holds for good.
    """

    id: str
    where: str
    reason: str
    owner: str | None = None
    expires: date | None = None

    def configured(self) -> ConfiguredAcknowledgement:
        """Return it as the checks take it."""
        return ConfiguredAcknowledgement(
            acknowledgement=Acknowledgement(
                check_id=self.id, reason=self.reason, owner=self.owner, expires=self.expires
            ),
            where=self.where,
        )


class Configuration(_Model):
    """What the configuration file may say; all of it may be left out.

    Attributes:
        convention: What `NamingConvention` takes: `organization`, `stage` and so on. Default: names are not checked.

        tags: The tags that resources must have: the values each may have, or a regular expression for the whole value.
            Default: none are asked for.

        levels: How much findings matter, by check or family: `error`, `warning`, `info` or `off`. Default: as each
            check says.

        acknowledgements: What is acknowledged besides what templates say. Default: nothing.

        checks: Checks of your own, each as `package.module:Class`. Default: none.

        baseline: The baseline file, relative to this one. Default: none.

        domains: The services of each domain, for a catalogue. Default: services stand by themselves.
    """

    convention: dict[str, Any] | None = None
    tags: dict[str, list[str] | str] | None = None
    levels: dict[str, Literal["error", "warning", "info", "off"]] = Field(default_factory=dict)
    acknowledgements: list[AcknowledgementEntry] = Field(default_factory=list)
    checks: list[str] = Field(default_factory=list)
    baseline: str | None = None
    domains: dict[str, list[str]] = Field(default_factory=dict)

    def naming(self) -> NamingConvention | None:
        """Return the convention, nothing where the file has none.

        Raises:
            EventBridgePatternsError: If it is not of its form.
        """
        return None if self.convention is None else _convention(self.convention)

    def settings(self) -> Settings:
        """Return the settings.

        Raises:
            EventBridgePatternsError: If one of them is not of its form.
        """
        return Settings(
            convention=self.naming(),
            tags=None if self.tags is None else TagConvention(required=_allowed(self.tags)),
            levels={key: None if level == "off" else Severity(level) for key, level in self.levels.items()},
            acknowledgements=[entry.configured() for entry in self.acknowledgements],
            checks=[_own_check(path) for path in self.checks],
        )


def read_configuration(file: Path) -> Configuration:
    """Return the configuration in a file of YAML or JSON.

    Raises:
        AssemblyError: If it is not of its form; the message names the file and the field.
    """
    document = read_document(file)
    try:
        configuration = Configuration.model_validate(document)
        configuration.settings()
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise AssemblyError(f"'{file}' must be a configuration file: {faults}") from None
    except EventBridgePatternsError as error:
        raise AssemblyError(f"'{file}': {error}") from None
    return configuration


def _convention(given: dict[str, Any]) -> NamingConvention:
    try:
        return NamingConvention(**given)
    except TypeError as error:
        raise AssemblyError(
            f"convention must have what NamingConvention takes, such as organization: {error}"
        ) from None


def _allowed(tags: dict[str, list[str] | str]) -> dict[str, list[str] | re.Pattern[str]]:
    try:
        return {key: re.compile(value) if isinstance(value, str) else value for key, value in tags.items()}
    except re.error as error:
        raise AssemblyError(f"tags must be lists of values or regular expressions: {error}") from None


def _own_check(path: str) -> TopologyCheck:
    module, colon, name = path.partition(":")
    try:
        check = getattr(import_module(module), name) if colon else None
    except (ImportError, AttributeError) as error:
        raise AssemblyError(
            f"checks must be importable, such as 'acme_checks:NoFriday', got {path!r}: {error}"
        ) from None
    if not (isinstance(check, type) and issubclass(check, TopologyCheck)):
        raise AssemblyError(
            f"checks must be classes made from TopologyCheck, such as 'acme_checks:NoFriday', got {path!r}"
        )
    return check()
