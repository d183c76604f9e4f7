"""What nobody can say before deployment: the third answer beside yes and no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn


@dataclass(frozen=True)
class Undecided:
    """A value, or the answer to a question, that is known at deployment only, and why.

    It is neither true nor false, and says so where it is taken for one of them: ask `is True` or `isinstance`.
    """

    reason: str

    def __bool__(self) -> NoReturn:
        """Refuse to be taken for an answer.

        Raises:
            TypeError: Always.
        """
        msg = f"undecided is neither true nor false: {self.reason}"
        raise TypeError(msg)


Answer = bool | Undecided


def all_of(answers: Iterable[Answer]) -> Answer:
    """Return whether all of *answers* are yes: one no decides, else the first that is undecided."""
    undecided: Undecided | None = None
    for answer in answers:
        if answer is False:
            return False
        if isinstance(answer, Undecided) and undecided is None:
            undecided = answer
    return True if undecided is None else undecided


def any_of(answers: Iterable[Answer]) -> Answer:
    """Return whether one of *answers* is yes: one yes decides, else the first that is undecided."""
    undecided: Undecided | None = None
    for answer in answers:
        if answer is True:
            return True
        if isinstance(answer, Undecided) and undecided is None:
            undecided = answer
    return False if undecided is None else undecided


def not_(answer: Answer) -> Answer:
    """Return the opposite of *answer*; what is undecided stays so."""
    return answer if isinstance(answer, Undecided) else not answer


def in_a_word(answer: Answer) -> str:
    """Return *answer* as reports say it: `yes`, `no` or `undecided`."""
    return "undecided" if isinstance(answer, Undecided) else "yes" if answer else "no"
