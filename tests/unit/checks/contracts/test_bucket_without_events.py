"""CON014: a rule for a bucket that sends no events."""

from __future__ import annotations

from typing import Any

import pytest

from cdk_eventbridge_patterns.checks.contracts.bucket_without_events import BucketWithoutEvents
from cdk_eventbridge_patterns.testing.builders import a_bucket, a_rule, a_target, a_topology, bus_arn, queue_arn
from cdk_eventbridge_patterns.topology.bucket import Bucket
from cdk_eventbridge_patterns.topology.text import generated, unknown
from cdk_eventbridge_patterns.undecided import Undecided

CHECK = BucketWithoutEvents()


def findings(bucket: Bucket, names: list[Any], source: str = "aws.s3") -> list[tuple[str, bool]]:
    pattern = {"source": [source], "detail-type": ["Object Created"], "detail": {"bucket": {"name": names}}}
    rule = a_rule(a_target(queue_arn()), name="uploads", on=bus_arn("default"), event_pattern=pattern)
    return [(each.message, each.undecided) for each in CHECK.findings(a_topology(bucket, rule))]


def test_a_rule_for_a_bucket_that_sends_no_events_is_found() -> None:
    (found,) = findings(a_bucket(sends_events=False), ["acme-prod-uploads"])

    assert found == (
        "rule 'uploads' is for events of bucket 'acme-prod-uploads', which sends none to EventBridge",
        False,
    )


def test_a_bucket_without_a_name_of_its_own_is_told_by_the_reference_to_it() -> None:
    name = generated("Media/Uploads")

    assert len(findings(a_bucket(name, sends_events=False), [name])) == 1
    assert findings(a_bucket(name, sends_events=False), [generated("Media/Others")]) == []


@pytest.mark.parametrize(
    ("bucket", "names", "source"),
    [
        pytest.param(a_bucket(), ["acme-prod-uploads"], "aws.s3", id="it sends them"),
        pytest.param(a_bucket(sends_events=False), ["acme-prod-others"], "aws.s3", id="another bucket"),
        pytest.param(a_bucket(sends_events=False), [{"prefix": "acme-"}], "aws.s3", id="any of many"),
        pytest.param(a_bucket(sends_events=False), ["acme-prod-uploads"], "com.acme.orders", id="events of a team"),
    ],
)
def test_nothing_is_found_where_events_may_come(bucket: Bucket, names: list[Any], source: str) -> None:
    assert findings(bucket, names, source) == []


@pytest.mark.parametrize(
    ("bucket", "names"),
    [
        pytest.param(a_bucket(sends_events=Undecided("it is a parameter")), ["acme-prod-uploads"], id="the bucket"),
        pytest.param(a_bucket(sends_events=False), [unknown("parameter 'Bucket'")], id="the name"),
    ],
)
def test_what_is_known_at_deployment_only_is_undecided(bucket: Bucket, names: list[Any]) -> None:
    ((message, undecided),) = findings(bucket, names)

    assert undecided
    assert message.startswith("whether rule 'uploads' waits for bucket 'acme-prod-uploads'")
