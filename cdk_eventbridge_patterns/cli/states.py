"""The two states that `cdk-eventbridge diff` compares, read from whatever paths are given."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cdk_eventbridge_patterns.assembly.reading import Artifacts, read
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.assembly.topology_of import topology_of
from cdk_eventbridge_patterns.contracts.sources.folder import contracts_in
from cdk_eventbridge_patterns.differences import State
from cdk_eventbridge_patterns.errors import AssemblyError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.topology.topology import Topology


@dataclass(frozen=True, kw_only=True)
class States:
    """What is to be read.

    Args:
        base: The state before: an assembly, a template, an estate file or a folder of contracts.

        head: The state after.

        used_by: Assemblies, templates and estate files of consumers. Default: there are none besides.

        account: The account of what says none itself. Default: unknown.

        region: The Region, likewise.

        naming: The convention that contracts in folders follow. Default: none is known.
    """

    base: Path
    head: Path
    used_by: Sequence[Path] = ()
    account: str | None = None
    region: str | None = None
    naming: NamingConvention | None = None

    def read(self) -> tuple[State, State]:
        """Return the state before and the state after.

        Raises:
            EventBridgePatternsError: If one of them can't be read, or one is a folder of contracts and one is not.
        """
        users = self._artifacts(self.used_by)
        if self._are_contracts():
            base, head = (State(contracts=contracts_in(path), naming=self.naming) for path in (self.base, self.head))
            topology = _topology(users)
            return replace(base, topology=topology), replace(head, topology=topology)
        before, after = (self._artifacts([path], named_alike=True) for path in (self.base, self.head))
        users = _without(users, before, after)
        return State(topology=_topology(before, users)), State(topology=_topology(after, users))

    def _are_contracts(self) -> bool:
        folders = [path for path in (self.base, self.head) if _holds_contracts(path)]
        others = [path for path in (self.base, self.head) if path not in folders]
        if folders and others:
            self._artifacts(others)  # if it is nothing at all, that is the fault to name
            msg = f"BASE and HEAD must both be folders of contracts, or neither, got '{folders[0]}' and '{others[0]}'"
            raise AssemblyError(msg)
        return bool(folders)

    def _artifacts(self, paths: Sequence[Path], *, named_alike: bool = False) -> Artifacts:
        artifacts = read(paths, account=self.account, region=self.region)
        if not named_alike:
            return artifacts
        (path,) = paths
        return replace(artifacts, templates=tuple(_named_alike(artifacts.templates, path)))


def _holds_contracts(path: Path) -> bool:
    return path.is_dir() and not (path / "manifest.json").exists()


def _topology(*artifacts: Artifacts) -> Topology:
    organizations = {each.organization for each in artifacts} - {None}
    if len(organizations) > 1:
        raise AssemblyError(f"estate files must name one organisation, got {sorted(map(str, organizations))}")
    topology = topology_of(template for each in artifacts for template in each.templates)
    return replace(topology, organization=next(iter(organizations), None))


def _named_alike(templates: Iterable[Template], given: Path) -> Iterator[Template]:
    """Name what has no name of its own by its place below *given*, so that it has the same name in both states."""
    folder = given if given.is_dir() else given.parent
    replaced: dict[int, Template] = {}
    for template in templates:
        parent = template.nested_in
        is_given = Path(template.source_name) == given
        alike = replace(
            template,
            source="what is compared" if is_given else os.path.relpath(template.source_name, folder),
            stack="template" if is_given and template.stack == given.name else template.stack,
            nested_in=None if parent is None else (replaced[id(parent[0])], parent[1]),
        )
        replaced[id(template)] = alike
        yield alike


def _without(users: Artifacts, *compared: Artifacts) -> Artifacts:
    """Return what consumers' templates say besides the stacks that are compared: of those, the states tell."""
    templates = [template for each in compared for template in each.templates]
    names = {_stack_of(template) for template in templates}
    arns = {arn for each in compared for arn, _ in _made_by(each.templates)}
    files = {file for arn, file in _made_by(users.templates) if arn in arns}
    taken = [each for each in users.templates if _stack_of(each) in names or str(each.file) in files]
    kept = [each for each in users.templates if not _is_in(each, taken)]
    return replace(users, templates=tuple(kept))


def _stack_of(template: Template) -> tuple[str | None, str | None, str]:
    return template.account, template.region, template.stack_name or template.stack


def _made_by(templates: Iterable[Template]) -> Iterator[tuple[str, str | None]]:
    """Return the ARNs of the buses and rules that templates make, with the file of each."""
    topology = topology_of(templates)
    yield from ((bus.arn, bus.location.template_file) for bus in topology.buses)
    yield from ((rule.arn, rule.location.template_file) for rule in topology.rules)


def _is_in(template: Template, taken: Sequence[Template]) -> bool:
    """Return whether a template is one of those *taken*, or nested in one."""
    above: Template | None = template
    while above is not None:
        if any(above is each for each in taken):
            return True
        above = None if above.nested_in is None else above.nested_in[0]
    return False
