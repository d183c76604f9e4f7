"""`cdk-eventbridge explain` and `cdk-eventbridge checks`."""

from __future__ import annotations

from difflib import get_close_matches

from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table

from cdk_eventbridge_patterns.checks.explanation import explanation_of
from cdk_eventbridge_patterns.checks.registry import all_checks, find
from cdk_eventbridge_patterns.errors import DeclarationError


def explain_check(id: str) -> None:
    """Print the page of a check.

    Raises:
        DeclarationError: If there is none of this id.
    """
    check = find(id)
    if check is None:
        near = get_close_matches(id.upper(), [each.id for each in all_checks()], 3, 0.5)
        hint = f", such as {' or '.join(near)}" if near else "; `cdk-eventbridge checks` lists them"
        raise DeclarationError(f"ID must be that of a check{hint}, got {id!r}")
    Console().print(Markdown(explanation_of(check).markdown))


def list_checks() -> None:
    """Print all checks."""
    table = Table("id", "family", "severity", "finds", box=None)
    for check in all_checks():
        explanation = explanation_of(check)
        table.add_row(explanation.id, explanation.family, explanation.severity, explanation.title)
    Console().print(table)
