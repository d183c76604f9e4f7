"""`cdk-eventbridge catalog`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.catalog import Directory
from cdk_eventbridge_patterns.catalog.asyncapi import asyncapi_files
from cdk_eventbridge_patterns.catalog.eventcatalog import eventcatalog_files, eventcatalog_settings
from cdk_eventbridge_patterns.catalog.repository import markdown_catalog
from cdk_eventbridge_patterns.cli.configuration import Configuration, read_configuration
from cdk_eventbridge_patterns.cli.output_folder import OutputFolder
from cdk_eventbridge_patterns.errors import CatalogError
from cdk_eventbridge_patterns.naming.words import nearest
from cdk_eventbridge_patterns.reports.counted import counted


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """One run of the command; the options of the command are its fields."""

    paths: Sequence[Path]
    account: str | None = None
    region: str | None = None
    config: Path | None = None

    def run(self, *, form: str, output: Path) -> None:
        """Write the catalogue.

        Raises:
            EventBridgePatternsError: If something can't be read or written, or is not of its form.
        """
        configuration = Configuration() if self.config is None else read_configuration(self.config)
        directory = Directory.of(read_topology(self.paths, account=self.account, region=self.region))
        files, begun = _files(form, directory, configuration)
        OutputFolder(output).write(files, form=form, begun=begun)
        counts = {"service": directory.services, "event": directory.events, "bus": directory.buses}
        typer.echo(f"'{output}': {', '.join(counted(len(found), what) for what, found in counts.items())}")


def _files(
    form: str, directory: Directory, configuration: Configuration
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the files of a format, and those that are their owner's once they are there."""
    _check_domains(configuration.domains, directory)
    if form == "markdown":
        return markdown_catalog(directory), {}
    if form == "asyncapi":
        return asyncapi_files(directory), {}
    naming = configuration.naming()
    organization = "EventBridge" if naming is None else naming.organization
    return eventcatalog_files(directory, configuration.domains), eventcatalog_settings(organization)


def _check_domains(domains: Mapping[str, Sequence[str]], directory: Directory) -> None:
    known = [str(each.participant) for each in directory.services]
    for domain, services in domains.items():
        for service in services:
            if service not in known:
                hint = f", such as '{nearest(service, known)}'" if known else "; there is none"
                raise CatalogError(f"domains must name services that were read{hint}, got {service!r} in {domain!r}")
