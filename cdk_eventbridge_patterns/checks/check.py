"""What every check has: an id, how much its findings matter, and the cure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, Undecided


class Check:
    """Judges what templates say.

    A check is one file: its class, named for the bad thing, has its documentation in the docstring. What a check is
    asked about is its family's to say.
    """

    id: ClassVar[str]
    severity: ClassVar[Severity]
    fix: ClassVar[str]


class TopologyCheck(Check, ABC):
    """Judges a topology: all stacks of all accounts at once.

    A team's own check is a subclass with `id`, `severity`, `fix` and `findings`, handed to `EventBridgeChecks` or named
    in the configuration of `cdk-eventbridge check`.
    """

    @abstractmethod
    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return what is wrong with *topology*, and what nobody can decide beforehand."""

    def finding(
        self, location: Location, message: str, *, fix: str | None = None, severity: Severity | None = None
    ) -> Finding:
        """Return a fault, at the place to change."""
        return Finding(
            check_id=self.id,
            severity=severity or self.severity,
            message=message,
            fix=fix or self.fix,
            location=location,
        )

    def judged(self, fault: Answer, location: Location, message: str, *, question: str) -> Iterator[Finding]:
        """Return the fault, or that *question* is undecided, or nothing, by whether there is a *fault*."""
        if fault is True:
            yield self.finding(location, message)
        elif isinstance(fault, Undecided):
            yield self.undecided(location, question, fault)

    def undecided(self, location: Location, question: str, answer: Undecided) -> Finding:
        """Say that *question*, such as `whether queue 'lost' lets the rule in`, can't be decided, and why."""
        return Finding(
            check_id=self.id,
            severity=Severity.INFO,
            message=f"{question} is undecided: {answer.reason}",
            fix="give it as literal text, or pass the parameter's value in an estate file",
            location=location,
            undecided=True,
        )
