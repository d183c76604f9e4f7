"""`cdk-eventbridge diagram`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cdk_eventbridge_patterns.assembly.read_topology import read_topology
from cdk_eventbridge_patterns.checks.finding import Finding
from cdk_eventbridge_patterns.checks.judge import judge
from cdk_eventbridge_patterns.cli.configuration import Configuration, read_configuration
from cdk_eventbridge_patterns.cli.written import write
from cdk_eventbridge_patterns.diagrams import FORMATS, Picture, folded, legible, narrowed, picture_of
from cdk_eventbridge_patterns.diagrams.page import page_of
from cdk_eventbridge_patterns.errors import DiagramError
from cdk_eventbridge_patterns.reports.counted import counted
from cdk_eventbridge_patterns.topology.topology import Topology

_DETAILS: Mapping[str | None, Callable[[Picture], Picture]] = {
    None: legible,
    "services": folded,
    "all": lambda whole: whole,
}


@dataclass(frozen=True, kw_only=True)
class Diagram:
    """One run of the command; the options of the command are its fields."""

    paths: Sequence[Path]
    account: str | None = None
    region: str | None = None
    config: Path | None = None
    only: Sequence[str] = ()
    title: str | None = None

    def run(self, *, form: str, detail: str | None, output: Path | None) -> None:
        """Draw the picture.

        Raises:
            EventBridgePatternsError: If something can't be read, drawn or written.
        """
        topology = read_topology(self.paths, account=self.account, region=self.region)
        title = self.title or ", ".join(self.only) or _counted_up(topology)
        found = self._found(topology)
        if form == "html":
            self._write_page(topology, found, title, detail, output)
            return
        drawn = [finding for finding in found if finding.acknowledged is None and not finding.undecided]
        picture = picture_of(topology, drawn, title=title)
        if self.only:
            picture = narrowed(picture, self.only)
        write(FORMATS[form](_DETAILS[detail](picture)), output)

    def _found(self, topology: Topology) -> list[Finding]:
        configuration = Configuration() if self.config is None else read_configuration(self.config)
        return judge(topology, configuration.settings())

    def _write_page(
        self, topology: Topology, found: Sequence[Finding], title: str, detail: str | None, output: Path | None
    ) -> None:
        """Write the page: it shows all findings, and everything else, too."""
        for option, value in (("only", self.only), ("detail", detail)):
            if value:
                raise DiagramError(
                    f"{option} must be left out with --format html, as the page shows all, got {value!r}"
                )
        write(page_of(topology, found, title=title), output)


def _counted_up(topology: Topology) -> str:
    accounts = len({account for account, _ in topology.environments})
    counts = ((accounts, "account"), (len(topology.buses), "bus"), (len(topology.rules), "rule"))
    return ", ".join(counted(count, noun) for count, noun in counts)
