"""CON014."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bucket_events import named_buckets
from cdk_eventbridge_patterns.topology.event_patterns import event_pattern_place
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import all_of, not_


class BucketWithoutEvents(TopologyCheck):
    """A rule for the events of a bucket that sends none.

    ## Why this matters
    S3 sends events to EventBridge for those buckets only that are told to. The rule is there, objects are written, and
    nothing ever arrives. https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-event-notifications-eventbridge.html

    ## Avoid
        bucket = s3.Bucket(self, "Uploads")
        default_bus.deliver(S3_OBJECT_CREATED, to=queue, detail={"bucket": {"name": [bucket.bucket_name]}})

    ## Prefer
        bucket = s3.Bucket(self, "Uploads", event_bridge_enabled=True)

    ## What it misses
    Rules that don't list buckets by their names, and buckets that no template declares.

    ## When to acknowledge it
    Something outside of the templates turns the events on.
    """

    id = "CON014"
    severity = Severity.ERROR
    fix = "let the bucket send events: event_bridge_enabled=True, or EventBridgeConfiguration in its template"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the rules that wait for events of buckets that send none."""
        for rule in topology.rules:
            for bucket, named in named_buckets(topology, rule):
                yield from self.judged(
                    all_of([named, not_(bucket.sends_events)]),
                    event_pattern_place(rule),
                    f"rule {rule.name!r} is for events of bucket {bucket.name!r}, which sends none to EventBridge",
                    question=f"whether rule {rule.name!r} waits for bucket {bucket.name!r}, which may send no events,",
                )
