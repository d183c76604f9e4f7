"""Which buckets of S3 a rule takes events of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cdk_eventbridge_patterns.topology.bucket import Bucket
from cdk_eventbridge_patterns.topology.event_patterns import listed
from cdk_eventbridge_patterns.topology.rule import Rule
from cdk_eventbridge_patterns.topology.text import same
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, any_of

S3 = "aws.s3"


def named_buckets(topology: Topology, rule: Rule) -> Iterator[tuple[Bucket, Answer]]:
    """Return the buckets that *rule* names, and those that it may: by `detail.bucket.name`, as S3's own events have it.

    A name of a bucket is that of no other, in no account.
    """
    names = _names(rule)
    for bucket in topology.buckets if names else ():
        named = any_of(same(name, bucket.name) for name in names)
        if named is not False:
            yield bucket, named


def filters_by_key(rule: Rule) -> bool:
    """Return whether *rule* asks for certain keys of objects."""
    return bool(_in_detail(rule, "object", "key"))


def _names(rule: Rule) -> list[str]:
    written = _in_detail(rule, "bucket", "name") if listed(rule, "source") == [S3] else None
    return [each for each in written if isinstance(each, str)] if isinstance(written, list) else []


def _in_detail(rule: Rule, *path: str) -> Any:  # noqa: ANN401 - whatever an event pattern holds
    found: Any = rule.event_pattern
    for key in ("detail", *path):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found
