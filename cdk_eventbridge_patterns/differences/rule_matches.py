"""How what a rule matches has changed from one event pattern to another."""

from __future__ import annotations

from enum import Enum

from cdk_eventbridge_patterns.differences.rule_patterns import pattern_of, unknown_of
from cdk_eventbridge_patterns.matching import covers
from cdk_eventbridge_patterns.topology.bus import BusKind
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.undecided import Answer, Undecided


class Matches(Enum):
    """What the new event pattern matches, held against the old one."""

    SAME = "the event pattern is written otherwise, and matches the same"
    WIDER = "the event pattern matches more"
    NARROWER = "the event pattern matches less"
    OTHER = "the event pattern matches others"


def matches_change(old: Rule, new: Rule) -> Matches | Undecided:
    """Return what *new* matches, held against what *old* did."""
    kept = still_matches(old, new)
    if isinstance(kept, Undecided):
        return kept
    held = still_matches(new, old)
    if isinstance(held, Undecided):
        return held
    if kept:
        return Matches.SAME if held else Matches.WIDER
    return Matches.NARROWER if held else Matches.OTHER


def still_matches(old: Rule, new: Rule) -> Answer:
    """Return whether *new* matches all that *old* does."""
    if old.schedule is not None and new.schedule is None:
        return False
    if old.event_pattern == new.event_pattern or _matches_everything(new):
        return True
    for rule in (old, new):
        unknown = unknown_of(rule)
        if unknown is not None:
            return unknown
    one, other = pattern_of(old), pattern_of(new)
    if one is None or other is None:
        return one is None and not _matches_everything(old)
    return covers(other, one)


def _matches_everything(rule: Rule) -> bool:
    """Return whether *rule* is a subscriber of the newer bus without a filter."""
    return rule.kind is BusKind.V2 and rule.event_pattern is None
