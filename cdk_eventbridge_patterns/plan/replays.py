"""Whether a rule takes what a replay brings again."""

from __future__ import annotations

from typing import Any

from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.plan.target import TargetKind

# What EventBridge itself asks for in the rule of an archive: events that no replay brings.
# https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
NO_REPLAYS: dict[str, list[Any]] = {"replay-name": [{"exists": False}]}

# What they send on can't be called back, and they know no idempotency key: mail, text messages, an API of others.
_ACTS_OUTSIDE = frozenset({TargetKind.TOPIC, TargetKind.API_DESTINATION})


def check_replays(given: object) -> bool | None:
    """Return whether replays are taken, as far as that was said."""
    if given is not None and not isinstance(given, bool):
        msg = f"replays must be True or False, got {given!r}; leave it out for what suits the target"
        raise DeclarationError(msg)
    return given


def takes_replays(given: bool | None, kind: TargetKind | None = None) -> bool:  # noqa: FBT001 - what was given
    """Return whether replays are taken: as was said, else by everything that does not act on the outside world."""
    return kind not in _ACTS_OUTSIDE if given is None else given
