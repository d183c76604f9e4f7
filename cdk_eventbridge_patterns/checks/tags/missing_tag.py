"""TAG001."""

from __future__ import annotations

from collections.abc import Iterable

from cdk_eventbridge_patterns.checks.check import Check
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.tag_convention import TagConvention, TagFault
from cdk_eventbridge_patterns.topology.tagged_resource import TaggedResource
from cdk_eventbridge_patterns.undecided import Undecided


class MissingTag(Check):
    """A resource without a tag that the convention asks for, or with a value that it does not allow.

    ## Why this matters
    Tags say who is called at night, who pays, and how the data may be handled. Budgets, access by attribute and
    clean-ups go by them, and pass over what has none without a word.

    ## Avoid
        events.EventBus(stack, "Bus", event_bus_name="acme-prod-orders")

    ## Prefer
        apply_tags(stack, acme_tags.with_values({"owner": "team-orders", "service": "orders"}))

    ## What it misses
    Archives, bus policies, connections, API destinations, endpoints, schedules and permissions, which can't carry tags:
    nothing is asked of them. Queues and roles that our constructs did not make. Tags that are given at deployment, by
    `cdk deploy --tags`, are not seen: they count as missing.

    ## When to acknowledge it
    Another tool tags the resource after it was deployed.
    """

    id = "TAG001"
    severity = Severity.ERROR
    fix = "give it once for all resources of a stack by apply_tags(stack, …)"

    def findings(self, resources: Iterable[TaggedResource], convention: TagConvention) -> list[Finding]:
        """Return one finding for each tag that is missing or off the convention; undecided ones are an info."""
        return [
            Finding(
                check_id=self.id,
                severity=Severity.INFO if isinstance(fault.actual, Undecided) else self.severity,
                message=_message(fault),
                fix=self.fix,
                location=resource.location,
            )
            for resource in resources
            for fault in convention.faults(resource.tags)
        ]


def judge_tags(resources: Iterable[TaggedResource], convention: TagConvention) -> list[Finding]:
    """Return what *convention* finds wrong with the tags of *resources*."""
    return MissingTag().findings(resources, convention)


def _message(fault: TagFault) -> str:
    if isinstance(fault.actual, Undecided):
        return f"tag {fault.key!r} is undecided, expected {fault.expected}: {fault.actual.reason}"
    if fault.actual is None:
        return f"tag {fault.key!r} is missing, expected {fault.expected}"
    return f"tag {fault.key!r} is {fault.actual!r}, expected {fault.expected}"
