"""Answers for people, in the terminal: who may, by which statements, held to what."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from cdk_eventbridge_patterns.access.asked_event import AskedEvent
from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.access.grant import Grant, Way
from cdk_eventbridge_patterns.cli.writable import writable
from cdk_eventbridge_patterns.reports.answer_words import doings, listed, named
from cdk_eventbridge_patterns.topology.policy_statement import Effect
from cdk_eventbridge_patterns.undecided import in_a_word

_STYLES = {"yes": "green", "no": "bold red", "undecided": "yellow"}


class AnswerPrinter:
    """Prints an answer, line by line."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stdout, highlight=False, soft_wrap=True)

    def title(self, bus_arn: str, event: AskedEvent) -> None:
        """Print what is asked about."""
        asked = {"source": event.source, "detail-type": event.detail_type}
        about = ", ".join(f"{key} {value}" for key, value in asked.items() if value is not None)
        self._line(f"{bus_arn}{f': {about}' if about else ''}", style="bold underline")

    def section(self, title: str) -> None:
        """Print the title of a section."""
        self._line("")
        self._line(title, style="bold")

    def entry(self, decision: Decision, who: str) -> None:
        """Print whether somebody may, and why where it is not a plain yes."""
        said = in_a_word(decision.answer)
        self._console.print(Text.assemble("  ", (f"{said:9}", _STYLES[said]), f" {writable(who, sys.stdout)}"))
        if decision.answer is not True:
            self._line(f"            {decision.reason}")

    def detail(self, text: str) -> None:
        """Print more about the entry before."""
        self._line(f"            {text}", style="dim")

    def grants(self, grants: Sequence[Grant]) -> None:
        """Print who may, with their statements and what those hold them to; then, once, what is denied again."""
        for grant in grants:
            own = "" if grant.ways or grant.decision.answer is not True else f": {grant.decision.reason}"
            self.entry(grant.decision, f"{grant.grantee.name}{own}")
            if grant.provided is not None:
                self._line(f"            {grant.provided}")
            if not grant.decision.refuses:
                self._ways(grant.ways)
        denials = {id(denial.statement): denial for grant in grants for denial in grant.denials}
        if denials:
            self.section("Denied")
        for denial in denials.values():
            self._denial(denial)

    def nobody(self, whom: str) -> None:
        """Print that there is none."""
        self._line(f"  {whom}")

    def notes(self, notes: Sequence[str]) -> None:
        """Print what makes the answer unsure."""
        if notes:
            self.section("Not known")
            for note in notes:
                self._line(f"  {note}")

    def _ways(self, ways: Sequence[Way]) -> None:
        """Print the statements; what all of them hold to, just once."""
        shared = [said for said in ways[0].held_to if all(said in way.held_to for way in ways)] if ways[1:] else []
        for said in shared:
            self._line(f"            {said}")
        for way in ways:
            self._line(f"            {listed(doings(way))} by {named(way.statement)}", style="dim")
            for said in way.held_to:
                if said not in shared:
                    self._line(f"              {said}")

    def _denial(self, denial: Way) -> None:
        perhaps = "" if denial.statement.effect is Effect.DENY else "perhaps "
        self._line(f"  {perhaps}to {', '.join(denial.names)} by {named(denial.statement)}")
        for said in denial.held_to or ("all of it",):
            self._line(f"            {said}")

    def _line(self, text: str, *, style: str = "") -> None:
        self._console.print(Text(writable(text, sys.stdout), style=style))
