"""FLW004."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.applies import may_be_about
from cdk_eventbridge_patterns.access.evaluation import decide_access
from cdk_eventbridge_patterns.access.request import Principal, Request
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.bucket import Bucket
from cdk_eventbridge_patterns.topology.bucket_events import filters_by_key, named_buckets
from cdk_eventbridge_patterns.topology.event_patterns import listed
from cdk_eventbridge_patterns.topology.receiver import Receiver
from cdk_eventbridge_patterns.topology.rule import Rule, Target
from cdk_eventbridge_patterns.topology.topology import Topology
from cdk_eventbridge_patterns.undecided import Answer, all_of, any_of

_WRITE = "s3:PutObject"


class LoopThroughBucket(TopologyCheck):
    """A function that gets each object written to a bucket, and may write to the same bucket.

    ## Why this matters
    What it writes is an object created, too: it is called for that, writes again, and goes round for ever, each round
    paid for. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules-best-practices.html

    ## Avoid
        default_bus.deliver(S3_OBJECT_CREATED, to=function, detail={"bucket": {"name": ["acme-uploads"]}})
        uploads.grant_put(function)

    ## Prefer
        default_bus.deliver(
            S3_OBJECT_CREATED,
            to=function,
            detail={"bucket": {"name": ["acme-uploads"]}, "object": {"key": [{"prefix": "in/"}]}},
        )
        uploads.grant_put(function, "out/*")

    ## What it misses
    Rules that filter by the key of an object, which may end the loop or not; rules that don't list buckets by name,
    and those on a bus that a subscription fills. Roles that may write to every bucket, which says nothing of where
    they do.

    ## When to acknowledge it
    The code ends the loop by itself: by the object's name, its tags or its metadata. Say in the reason how.
    """

    id = "FLW004"
    severity = Severity.WARNING
    fix = "filter by detail.object.key and let it write elsewhere, best to another bucket"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the targets by which a loop goes through a bucket, and those by which one may."""
        for rule in topology.rules:
            if "Object Created" not in listed(rule, "detail-type") or filters_by_key(rule):
                continue
            for bucket, named in named_buckets(topology, rule):
                for target, code in _code(topology, rule):
                    yield from self.judged(
                        all_of([named, rule.enabled, _may_write(topology, code, bucket)]),
                        target.location,
                        f"{code.name} gets every object created in bucket {bucket.name!r} and may write there, which "
                        "comes back to it",
                        question=f"whether {code.name} gets objects of bucket {bucket.name!r} and may write there",
                    )


def _code(topology: Topology, rule: Rule) -> Iterator[tuple[Target, Receiver]]:
    return ((target, code) for target in rule.known_targets for code in topology.code_behind(target.arn))


def _may_write(topology: Topology, code: Receiver, bucket: Bucket) -> Answer:
    """Return whether the role of *code* may write to *bucket*, by statements that name it."""
    role = topology.role(code.role_arn or "")
    if role is None:
        return False
    keys = [
        resource
        for statement in role.permissions
        if statement.allows and may_be_about(statement, _WRITE)
        for resource in statement.resources or ()
        if resource.startswith(f"{bucket.arn}/")
    ]
    return any_of(
        decide_access(
            Request(principal=Principal.of_role(role.arn), action=_WRITE, resource=key.replace("*", "x")),
            identity=role.permissions,
            resource=topology.statements_on(bucket.arn),
            resource_account=bucket.account,
        ).answer
        for key in keys
    )
