"""What is in an account."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.local import AccountSession

GONE = "DELETE_COMPLETE"


def left_in(session: AccountSession) -> list[str]:
    """Return all that our stacks make, of whatever kind, which is still there."""
    return sorted(_left(session))


def _left(session: AccountSession) -> Iterator[str]:
    events, sqs, iam = session.client("events"), session.client("sqs"), session.client("iam")
    stacks = session.client("cloudformation").describe_stacks()["Stacks"]
    yield from (f"stack {each['StackName']}" for each in stacks if each["StackStatus"] != GONE)
    for bus in events.list_event_buses()["EventBuses"]:
        if bus["Name"] != "default":
            yield f"bus {bus['Name']}"
        yield from (f"rule {each['Name']}" for each in events.list_rules(EventBusName=bus["Name"])["Rules"])
    yield from (f"archive {each['ArchiveName']}" for each in events.list_archives()["Archives"])
    yield from (f"queue {each}" for each in sqs.list_queues().get("QueueUrls", ()))
    yield from (f"role {each['RoleName']}" for each in iam.list_roles()["Roles"])
    yield from (f"topic {each['TopicArn']}" for each in session.client("sns").list_topics()["Topics"])
    alarms = session.client("cloudwatch").describe_alarms()["MetricAlarms"]
    yield from (f"alarm {each['AlarmName']}" for each in alarms)
