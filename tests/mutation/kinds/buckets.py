"""Buckets whose events never come, or come round again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk_eventbridge_patterns.topology.bucket import Bucket
from tests.mutation.kind import kind
from tests.mutation.kinds.flows import a_function
from tests.mutation.world import Mutant, World
from tests.mutation.worlds.pieces import allow, arn, queue, rule, target


@kind("bucket: it sends no events, and a rule waits for them", "contracts")
def silent(world: World) -> Iterator[Mutant]:
    for spot in world.resources("AWS::S3::Bucket"):
        if spot.has("NotificationConfiguration", "EventBridgeConfiguration"):
            yield spot.at("NotificationConfiguration").removed()


@kind("bucket: a function gets what is written there, and may write there", "flow")
def loop(world: World) -> Iterator[Mutant]:
    for bucket in world.topology.buckets:
        yield world.spot(bucket.location).beside(_a_loop(bucket))


def _a_loop(bucket: Bucket) -> dict[str, Any]:
    """Return a rule for the objects of a bucket, and the function that gets them and may write more of them."""
    account, region = bucket.account, bucket.region
    function, lost = (
        arn(service, account, path, region=region)
        for service, path in (("lambda", "function:copy"), ("sqs", "copy--dead-letters"))
    )
    rule_arn = arn("events", account, "rule/copy", region=region)
    created = {
        "account": [account],
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "detail": {"bucket": {"name": [bucket.name]}},
    }
    return {
        **rule("Copy", "default", "copy", created, target(function, lost), stamp={"service": "media"}),
        **queue("CopyLost", account, "copy--dead-letters", rule_arn, region=region),
        **a_function("Copy", account, "copy", rule_arn, allow(None, "s3:PutObject", f"{bucket.arn}/*"), region=region),
    }
