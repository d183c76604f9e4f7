"""Reading whatever paths are given: assemblies, templates, estate files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cdk_eventbridge_patterns.assembly.documents import read_document
from cdk_eventbridge_patterns.assembly.estate import is_estate, read_estate
from cdk_eventbridge_patterns.assembly.reader import checked_template, read_assembly
from cdk_eventbridge_patterns.assembly.sam import is_sam, translated
from cdk_eventbridge_patterns.assembly.source import Source
from cdk_eventbridge_patterns.assembly.template import Template
from cdk_eventbridge_patterns.errors import AssemblyError


@dataclass(frozen=True, kw_only=True)
class Artifacts:
    """All that was read.

    Args:
        templates: The templates.

        organization: The AWS organisation all accounts are of. Default: no estate file says it.
    """

    templates: tuple[Template, ...]
    organization: str | None = None


def read(paths: Iterable[Path | str], *, account: str | None = None, region: str | None = None) -> Artifacts:
    """Read assemblies, templates of CloudFormation or SAM, and estate files, each path once.

    Args:
        paths: The folder of an assembly, such as `cdk.out`; a template in JSON or YAML; or an estate file.

        account: The account of what says none itself. Default: unknown.

        region: The Region, likewise.

    Raises:
        AssemblyError: If one of them can't be read.
        NamingError: If *account* or *region* is not of the right form.
    """
    templates: list[Template] = []
    organizations: set[str] = set()
    seen: set[str] = set()
    sources = [Source(path=Path(path), account=account, region=region) for path in paths]
    while sources:
        source = sources.pop(0)
        path = os.path.abspath(source.path)  # noqa: PTH100 - unlike resolve() it takes any text
        if path in seen:
            continue
        seen.add(path)
        if source.path.is_dir():
            templates += _of_assembly(source)
            continue
        document = read_document(source.path)
        if is_estate(document):
            more, organization = read_estate(document, source.path)
            sources += more
            organizations |= set() if organization is None else {organization}
        else:
            templates.append(_template(source, document))
    if len(organizations) > 1:
        raise AssemblyError(
            f"estate files must name one organisation, got {sorted(organizations)}; judge each by itself"
        )
    return Artifacts(templates=tuple(templates), organization=next(iter(organizations), None))


def _of_assembly(source: Source) -> Iterator[Template]:
    if not (source.path / "manifest.json").exists():
        msg = (
            f"'{source.path}' must be an assembly, a folder with manifest.json such as cdk.out; "
            "name templates one by one, or list them in an estate file"
        )
        raise AssemblyError(msg)
    replaced: dict[int, Template] = {}
    for template in read_assembly(source.path):
        parent = template.nested_in
        given = replace(
            template,
            account=template.account or source.account,
            region=template.region or source.region,
            parameters=source.parameters,
            ssm=source.ssm,
            source=str(source.path),
            nested_in=None if parent is None else (replaced[id(parent[0])], parent[1]),
        )
        replaced[id(template)] = given
        yield given


def _template(source: Source, body: dict[str, object]) -> Template:
    file = source.path
    checked_template(body, file)
    if is_sam(body):
        body = translated(body, file, region=source.region, parameters=source.parameters)
    return Template(
        file=file,
        stack=source.stack or file.name,
        body=body,
        account=source.account,
        region=source.region,
        stack_name=source.stack,
        parameters=source.parameters,
        ssm=source.ssm,
    )
