"""The tables of `docs/compliance.md`: `python -m tests.compliance.report` writes them anew."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.compliance.cfn_lint import LEFT
from tests.compliance.checkov import skipped
from tests.compliance.packs import acknowledged
from tests.compliance.wildcards import WILDCARDS
from tests.examples.assemblies import EXAMPLES, synthesize_all, templates

PAGE = Path(__file__).parents[2] / "docs" / "compliance.md"
BEGIN = "<!-- {}: written by `python -m tests.compliance.report` -->"
END = "<!-- end of {} -->"

_Row = tuple[str, str, str]


def with_tables(page: str, folder: Path) -> str:
    """Return *page* with the tables as the assemblies in *folder* have it."""
    for name, table in _tables(folder).items():
        begin, end = BEGIN.format(name), END.format(name)
        before, rest = page.split(begin)
        page = f"{before}{begin}\n\n{table}\n\n{end}{rest.split(end)[1]}"
    return page


def _tables(folder: Path) -> dict[str, str]:
    packs: list[tuple[_Row, str]] = []
    checkov: list[tuple[_Row, str]] = []
    for name in EXAMPLES:
        packs += [
            ((each.check.partition("::")[2], each.resource_type, each.reason), name)
            for each in acknowledged(folder / name)
        ]
        checkov += [
            ((each.check, each.resource_type, each.reason), name)
            for file in templates(folder / name)
            for each in skipped(json.loads(file.read_text()))
        ]
    return {"cfn-lint": _left(), "cdk-nag": _table(packs), "checkov": _table(checkov), "wildcards": _wildcards()}


def _table(found: Iterable[tuple[_Row, str]]) -> str:
    where: defaultdict[_Row, set[str]] = defaultdict(set)
    for row, example in found:
        where[row].add(example)
    lines = ["| check | on | because | in |", "|---|---|---|---|"]
    lines += [
        f"| `{check}` | {on} | {reason} | {_examples(where[check, on, reason])} |"
        for check, on, reason in sorted(where)
    ]
    return "\n".join(lines)


def _examples(names: set[str]) -> str:
    return "all examples" if names == set(EXAMPLES) else ", ".join(sorted(names))


def _left() -> str:
    lines = ["| rule | says | left because |", "|---|---|---|"]
    lines += [f"| `{each.rule}` | `{each.says}` | {each.reason} |" for each in LEFT]
    return "\n".join(lines)


def _wildcards() -> str:
    lines = ["| in | part | looks like | because |", "|---|---|---|---|"]
    for each in WILDCARDS:
        holders = ", ".join(sorted(each.holders))
        reason = each.reason if each.source is None else f"{each.reason} [AWS]({each.source})"
        shape = each.shape.replace("|", "\\|")
        lines.append(f"| {holders} | {each.part} | `{shape}` | {reason} |")
    return "\n".join(lines)


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        synthesize_all(Path(made))
        PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), Path(made)), encoding="utf-8")
