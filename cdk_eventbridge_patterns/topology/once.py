"""Questions that several checks ask of one topology, answered once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from cdk_eventbridge_patterns.topology.topology import Topology

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")
_Question = Callable[Concatenate[Topology, _Asked], _Answer]


def once(question: _Question[_Asked, _Answer]) -> _Question[_Asked, _Answer]:
    """Let *question* be answered once for each topology and what it is asked about, elements of it and texts.

    Elements are told apart by their identity: to compare them would take longer than most questions.
    """

    @wraps(question)
    def answered(topology: Topology, /, *about: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        asked = (*about, *named.values())
        key = (question, *(each if isinstance(each, str) else id(each) for each in asked))
        if key not in topology.answers:
            # What is asked about is kept, so that nothing else gets its identity.
            topology.answers[key] = (asked, question(topology, *about, **named))
        answer: _Answer = topology.answers[key][1]
        return answer

    return answered
