"""Differences in words, for whatever shows them to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cdk_eventbridge_patterns.differences import Difference, Use
from cdk_eventbridge_patterns.topology.text import is_literal
from cdk_eventbridge_patterns.undecided import Answer, Undecided


def of_answer(differences: Iterable[Difference], answer: str) -> list[Difference]:
    """Return those of *differences* that are `breaking`, `undecided` or `not breaking`."""
    return [each for each in differences if word_for(each.breaking) == answer]


def word_for(answer: Answer) -> str:
    """Return what an answer to whether something breaks is called."""
    if isinstance(answer, Undecided):
        return "undecided"
    return "breaking" if answer else "not breaking"


def summary(differences: Sequence[Difference]) -> str:
    """Return how many there are of which sort: `2 breaking, 1 undecided, 4 not breaking`."""
    if not differences:
        return "no differences"
    counts = {word: len(of_answer(differences, word)) for word in ("breaking", "undecided", "not breaking")}
    return ", ".join(f"{count} {word}" for word, count in counts.items())


def title(difference: Difference) -> str:
    """Return what differs in one line: `event changed: orders/OrderPlaced.v1, detail.note: field added`."""
    told = [] if difference.told is None else [difference.told]
    path = [] if difference.path is None else [difference.path or "the event"]
    return f"{difference.kind.value}: " + ", ".join([difference.name, *([": ".join([*path, *told])] if told else [])])


def by_contract(difference: Difference) -> str | None:
    """Return what the contract says, where actual use says otherwise."""
    answer = difference.by_contract
    if answer is None or word_for(answer) == word_for(difference.breaking):
        return None
    if difference.breaking is True:
        return f"{word_for(answer)} by the contract, and yet it breaks"
    reason = f" ({answer.reason})" if isinstance(answer, Undecided) else ""
    users = "no consumer that was read uses it" if difference.breaking is False else "whom it breaks is undecided"
    return f"{word_for(answer)} by the contract{reason}; {users}"


def where(difference: Difference) -> str:
    """Return the accounts and Regions it is in, as far as they are known: `111111111111 eu-west-1`."""
    places = (" ".join(filter(is_literal, place)) for place in difference.where)
    return ", ".join(dict.fromkeys(filter(None, places)))


def lines(difference: Difference) -> Iterator[str]:
    """Return who has to do with it and how, those that it breaks first; else why nobody can say whom it breaks."""
    for who, found in _by_user(difference.uses).items():
        yield f"{who}: {'; '.join(dict.fromkeys(map(_reason, found)))}"
    if not difference.uses and isinstance(difference.breaking, Undecided):
        yield f"undecided: {difference.breaking.reason}"


def _by_user(uses: Iterable[Use]) -> dict[str, list[Use]]:
    ranks = {"breaking": 0, "undecided": 1, "not breaking": 2}
    found: dict[str, list[Use]] = {}
    for use in sorted(uses, key=lambda use: ranks[word_for(use.breaking)]):
        found.setdefault(use.who, []).append(use)
    return found


def _reason(use: Use) -> str:
    if isinstance(use.breaking, Undecided) and use.breaking.reason not in use.reason:
        return f"{use.reason} (undecided: {use.breaking.reason})"
    return use.reason
