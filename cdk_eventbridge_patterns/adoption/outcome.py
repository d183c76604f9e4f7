"""What becomes of a resource that exists when a new template is deployed over it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cdk_eventbridge_patterns.topology.location import Location
from cdk_eventbridge_patterns.undecided import Answer


class Fate(str, Enum):
    """What CloudFormation does with a resource, in words; the worst first."""

    MOVED = "in the way"
    REPLACED = "replaced"
    GONE = "gone"
    CHANGED = "changed in place"
    NEW = "new"
    KEPT = "kept"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One resource.

    Args:
        fate: What is done with it.

        resource_type: Its CloudFormation type.

        name: Its physical name; where it has none, its logical id.

        location: Where it is written: as it exists, or as it is new.

        fails: Whether something is lost by it, or the deployment fails.

        properties: The properties that differ: the create-only ones of what is replaced. Default: none.

        told: What that means. Default: there is no more to say.
    """

    fate: Fate
    resource_type: str
    name: str
    location: Location
    fails: Answer = False
    properties: tuple[str, ...] = ()
    told: str | None = None


@dataclass(frozen=True, kw_only=True)
class Interruption:
    """Something that works today and will not, as far as templates say.

    Args:
        who: Whom it concerns: `rule 'ship' on bus legacy-orders`.

        reason: What no longer works.

        answer: Whether it is interrupted: yes, or undecided.
    """

    who: str
    reason: str
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Takeover:
    """All that becomes of what exists.

    Args:
        outcomes: The resources that have to do with EventBridge, the worst first.

        interruptions: What works today and will not.

        notes: What was not seen or compared.
    """

    outcomes: tuple[Outcome, ...]
    interruptions: tuple[Interruption, ...]
    notes: tuple[str, ...] = ()
