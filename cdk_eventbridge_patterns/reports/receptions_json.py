"""Who receives an event as JSON: one form, which stays as it is within a version."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cdk_eventbridge_patterns.reports.json_report import location_entry
from cdk_eventbridge_patterns.simulation.reception import Reception
from cdk_eventbridge_patterns.topology.stamp import EventStamp
from cdk_eventbridge_patterns.undecided import in_a_word

VERSION = 1


def receptions_json(event: EventStamp, by_bus: Mapping[str, Iterable[Reception]]) -> str:
    """Return the answer as a JSON object: `version`, `question`, `source`, `detailType`, and by bus who receives it."""
    document = {
        "version": VERSION,
        "question": "receives",
        "source": event.source,
        "detailType": event.detail_type,
        "buses": [{"bus": arn, "receives": [_entry(each) for each in received]} for arn, received in by_bus.items()],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _entry(reception: Reception) -> dict[str, Any]:
    return {
        "target": reception.way.target.arn,
        "answer": in_a_word(reception.arrives),
        "reason": reception.reason,
        "declared": reception.declared,
        "rules": [rule.arn for rule in reception.way.rules],
        "feeds": list(reception.fed_from),
        "location": location_entry(reception.way.target.location),
    }
