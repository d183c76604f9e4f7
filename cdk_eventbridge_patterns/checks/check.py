"""What every check has: an id, how much its findings matter, and the cure."""

from __future__ import annotations

from typing import ClassVar

from cdk_eventbridge_patterns.checks.finding import Severity


class Check:
    """Judges what templates say.

    A check is one file: its class, named for the bad thing, has its documentation in the docstring. What a check is
    asked about is its family's to say.
    """

    id: ClassVar[str]
    severity: ClassVar[Severity]
    fix: ClassVar[str]
