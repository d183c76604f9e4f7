"""Whether an event may match two rules, as far as source and detail-type say."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.checks.topology.overlap import may_share_events
from cdk_eventbridge_patterns.testing.builders import a_rule
from cdk_eventbridge_patterns.topology.text import unknown
from cdk_eventbridge_patterns.undecided import Undecided

ORDERS = {"source": ["com.acme.orders"], "detail-type": ["OrderPlaced.v1"]}


@pytest.mark.parametrize(
    ("pattern", "answer"),
    [
        ({"source": [{"prefix": "com.acme."}]}, True),
        ({"source": ["com.acme.billing"]}, False),
        ({"$or": [{"source": ["com.acme.billing"]}, {"detail-type": ["OrderPlaced.v1"]}]}, True),
        ({"$or": [{"source": ["com.acme.billing"]}, {"detail-type": ["OrderPaid.v1"]}]}, False),
        ({"$or": [{"source": ["com.acme.billing"]}, {"detail-type": [{"exists": False}]}]}, False),
        ({"$or": []}, False),
    ],
    ids=str,
)
def test_it_is_decided_with_alternatives_too(pattern: Any, answer: bool) -> None:
    assert may_share_events(a_rule(event_pattern=ORDERS), a_rule(event_pattern=pattern)) is answer


def test_an_alternative_that_is_not_known_leaves_it_undecided() -> None:
    pattern = {"$or": [{"source": [unknown("parameter 'Source' of Stack has no value")]}, {"detail-type": ["Other"]}]}

    answer = may_share_events(a_rule(event_pattern=ORDERS), a_rule(event_pattern=pattern))

    assert isinstance(answer, Undecided)
    assert "parameter 'Source' of Stack has no value" in answer.reason
