"""How costly wildcards on one field are to follow at once: the score EventBridge holds to a limit.

The score is the number of wildcard prefixes that one value can be at the end of at the same time, at worst. It is
counted byte by byte, over each operand in quotes; `wildcard` objects count apart, the operands of one `anything-but`
share what they begin with. aws/event-ruler, MachineComplexityEvaluator.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from cdk_eventbridge_patterns.matching.wildcard import STAR, tokens_of

# The operands of one wildcard, or of one anything-but.
Operands = tuple[str, ...]

# Where one has read to: the group of operands, and what was read of one of them.
_Position = tuple[int, tuple[int | None, ...]]

_QUOTE = ord('"')
_STAR = STAR


def complexity(groups: Collection[Operands], most: int) -> int:
    """Return the score of the wildcards of one field, or *most* + 1 if it is more than that."""
    return _complexity(frozenset(groups), most)


@lru_cache(maxsize=1_024)
def _complexity(groups: frozenset[Operands], most: int) -> int:
    steps = _steps(groups)
    start = frozenset((group, ()) for group, _ in enumerate(groups))
    waiting, seen, score = [frozenset[_Position](start)], {frozenset[_Position](start)}, 0
    while waiting:
        places = waiting.pop()
        for reached in _reached(places, steps):
            score = max(score, len(reached | _stars_behind(reached, steps)))
            if score > most:
                return most + 1
            if reached not in seen:
                seen.add(reached)
                waiting.append(reached)
    return score


_Steps = dict[_Position, dict[int | None, _Position]]


def _steps(groups: frozenset[Operands]) -> _Steps:
    """Return where each byte leads from each position."""
    steps: _Steps = {}
    for group, operands in enumerate(groups):
        for operand in operands:
            read: tuple[int | None, ...] = ()
            tokens = _bytes_of(operand)
            for number, token in enumerate(tokens):
                # All operands of a group end in the same place.
                after = (*read, token) if number < len(tokens) - 1 else (-1,)
                steps.setdefault((group, read), {})[token] = (group, after)
                read = after
    return steps


def _bytes_of(operand: str) -> list[int | None]:
    inner: list[int | None] = []
    for token in tokens_of(operand, "wildcard"):
        inner.extend([_STAR] if token is _STAR else token.encode("utf-8", "surrogatepass"))
    return [_QUOTE, *inner, _QUOTE]


def _reached(places: frozenset[_Position], steps: _Steps) -> set[frozenset[_Position]]:
    """Return the sets of positions that one more byte can lead to."""
    # A star may stand for nothing, so what follows it can be read from before it.
    here = places | _stars_behind(places, steps)
    loops = frozenset(place for place in here if place[1] and place[1][-1] is _STAR)
    by_byte: dict[int, set[_Position]] = {}
    for place in here:
        for token, after in steps.get(place, {}).items():
            if token is not _STAR:
                by_byte.setdefault(token, set()).add(after)
    reached = {loops | after for after in by_byte.values()}
    return reached | {loops} if loops else reached


def _stars_behind(places: frozenset[_Position], steps: _Steps) -> frozenset[_Position]:
    return frozenset(steps[place][_STAR] for place in places if _STAR in steps.get(place, {}))
