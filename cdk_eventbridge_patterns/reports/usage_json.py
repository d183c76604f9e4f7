"""What buses use of AWS's quotas as JSON: one form, which stays as it is within a version."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from cdk_eventbridge_patterns.checks.quotas.usage import BusUsage, billed

VERSION = 1


def usage_json(usages: Sequence[BusUsage]) -> str:
    """Return a JSON object: `version`, `buses`, and `billed`, the events billed to each account."""
    document = {
        "version": VERSION,
        "buses": [_entry(usage) for usage in usages],
        "billed": dict(sorted(billed(usages).items())),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _entry(usage: BusUsage) -> dict[str, Any]:
    return {
        "bus": usage.bus.arn,
        "policy": {"characters": usage.policy, "quota": usage.policy_quota},
        "rules": {"count": usage.rules, "quota": usage.rule_quota},
        "events": [
            {"event": str(each.event.name), "publisher": each.publisher, "moves": each.moves} for each in usage.events
        ],
    }
