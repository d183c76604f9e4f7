"""One decision on the way of an event."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cdk_eventbridge_patterns.access.evaluation import Decision
from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.undecided import Answer, Undecided


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """A statement that is missing, ready to paste.

    Args:
        of: Where it belongs: `the policy of arn:…`.

        statement: The statement, as JSON has it.
    """

    of: str
    statement: Mapping[str, Any]

    def __str__(self) -> str:
        """Return it in one line."""
        return f"in {self.of}: {json.dumps(self.statement, ensure_ascii=False)}"


@dataclass(frozen=True, kw_only=True)
class Step:
    """What must be so for an event to go on, and whether it is.

    Args:
        says: What must be so, in a sentence.

        answer: Whether it is.

        reason: Why.

        code: The error that EventBridge gives where it is not so, as the dead-letter queue tells it. Default: AWS
            documents none, or nothing is sent.

        at_deployment: Whether AWS refuses the rule or the target itself where it is not so, so that there is nothing to
            deliver by. Default: it is noticed when an event comes.

        location: Where it is written. Default: nowhere in particular.

        remedies: What would let the event on where it is not so. Default: no statement would.

        dead_letters: Whether the dead-letter queue gets the event where it is not so. Default: if there is one.
    """

    says: str
    answer: Answer
    reason: str
    code: str | None = None
    at_deployment: bool = False
    location: Location | None = None
    remedies: Sequence[Remedy] = ()
    dead_letters: Answer = True

    @classmethod
    def of(
        cls,
        decision: Decision,
        says: str,
        *,
        code: str | None = None,
        at_deployment: bool = False,
        location: Location | None = None,
        remedies: Sequence[Remedy] = (),
    ) -> Step:
        """Return the step that a decision of policies is: what is denied no statement lets on."""
        return cls(
            says=says,
            answer=decision.answer,
            reason=decision.reason,
            code=code,
            at_deployment=at_deployment,
            location=location,
            remedies=() if decision.answer is True or decision.is_denial else remedies,
        )

    @classmethod
    def unknown(cls, says: str, reason: str | Undecided, *, location: Location | None = None) -> Step:
        """Return a step that nobody can decide beforehand."""
        undecided = Undecided(reason) if isinstance(reason, str) else reason
        return cls(says=says, answer=undecided, reason=undecided.reason, location=location)

    @property
    def refuses(self) -> bool:
        """Whether the event surely stops here."""
        return self.answer is False
