"""Whatever receives events in an emulator: queues, topics, streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cdk_eventbridge_patterns.local import Deployment

PROBE = "probe"

Received = tuple[str, str]
"""An account, and the service of what received, with the name of a queue."""


class Receivers:
    """All of a deployment, watched from now on."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._iterators: dict[str, list[str]] = {}
        self._subscriptions: list[tuple[str, str]] = []
        for account in deployment.accounts:
            for topic in self._client("sns", account).list_topics()["Topics"]:
                self._listen(account, topic["TopicArn"])
            self._iterators[account] = list(self._ends_of_streams(account))

    def received(self, expected: int) -> set[Received]:
        """Return what receives something, once *expected* or more do, or after ten seconds."""
        streams = sum(map(len, self._iterators.values()))
        messages = self._deployment.queues().received(expected - streams, settle=1)
        found = [(each.account, "sns" if each.queue.startswith(PROBE) else f"sqs:{each.queue}") for each in messages]
        found += [(account, "kinesis") for account in self._iterators if self._has_records(account)]
        assert len(found) == len(set(found)), f"something received twice: {sorted(found)}"
        return set(found)

    def close(self) -> None:
        """Take away what was put there to watch."""
        for account, subscription in self._subscriptions:
            self._client("sns", account).unsubscribe(SubscriptionArn=subscription)
            sqs = self._client("sqs", account)
            for url in sqs.list_queues(QueueNamePrefix=PROBE).get("QueueUrls", ()):
                sqs.delete_queue(QueueUrl=url)

    def _listen(self, account: str, topic: str) -> None:
        sqs = self._client("sqs", account)
        name = f"{PROBE}-{topic.rpartition(':')[2]}"[:80]
        url = sqs.create_queue(QueueName=name)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        subscribed = self._client("sns", account).subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
        self._subscriptions.append((account, subscribed["SubscriptionArn"]))

    def _ends_of_streams(self, account: str) -> Iterator[str]:
        kinesis = self._client("kinesis", account)
        for stream in kinesis.list_streams()["StreamNames"]:
            for shard in kinesis.list_shards(StreamName=stream)["Shards"]:
                start = kinesis.get_shard_iterator(
                    StreamName=stream, ShardId=shard["ShardId"], ShardIteratorType="LATEST"
                )
                yield start["ShardIterator"]

    def _has_records(self, account: str) -> bool:
        kinesis = self._client("kinesis", account)
        answers = [kinesis.get_records(ShardIterator=each) for each in self._iterators[account]]
        self._iterators[account] = [each["NextShardIterator"] for each in answers]
        return any(each["Records"] for each in answers)

    def _client(self, service: str, account: str) -> Any:
        return self._deployment.session(account).client(service)


def called(arn: str) -> Received:
    """Return what a target is called here, whose ARN was read from templates."""
    _, _, service, _, account, resource = arn.split(":", 5)
    return account, service if "«" in resource else f"{service}:{resource}"
