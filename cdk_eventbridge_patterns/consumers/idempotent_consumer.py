"""A function that handles each event once, from a queue of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from constructs import Construct

from cdk_eventbridge_patterns.buses.declared_bus import DeclaredBus
from cdk_eventbridge_patterns.buses.service_bus import ServiceBus
from cdk_eventbridge_patterns.consumers.consumer_function import ConsumerFunction
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.encryption.encryption_key import EncryptionKey, check_encryption
from cdk_eventbridge_patterns.encryption.grants import acknowledge_keys
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_part
from cdk_eventbridge_patterns.plan.consumes import check_events, first_of
from cdk_eventbridge_patterns.plan.disabled import Disabled
from cdk_eventbridge_patterns.plan.idempotent_consumer import IdempotentConsumerPlan, plan_idempotent_consumer
from cdk_eventbridge_patterns.plan.queue import QueueAddress, plan_dead_letter_queue
from cdk_eventbridge_patterns.plan.retry_policy import RetryPolicy
from cdk_eventbridge_patterns.plan.subscriber import Subscriber
from cdk_eventbridge_patterns.plan.way_back import WayBack, queue_key
from cdk_eventbridge_patterns.routing.alarm_topics import AlarmTopics
from cdk_eventbridge_patterns.routing.dead_letter_queue import DeadLetterQueue, queue_view
from cdk_eventbridge_patterns.routing.dead_letters import check_dead_letters
from cdk_eventbridge_patterns.routing.rule_metrics import RuleMetrics
from cdk_eventbridge_patterns.tree.described import described
from cdk_eventbridge_patterns.tree.place import Place

if TYPE_CHECKING:
    from aws_cdk import aws_cloudwatch as cloudwatch
    from aws_cdk import aws_dynamodb as dynamodb
    from aws_cdk import aws_events as events_
    from aws_cdk import aws_iam as iam
    from aws_cdk import aws_lambda
    from aws_cdk import aws_sqs as sqs


class IdempotentConsumer(Construct, RuleMetrics):
    """A queue that fills with events, a function that handles them in batches, and a table of what it has handled.

    EventBridge, SQS and Lambda each may hand on an event twice. The table, and a few lines in the function with
    Powertools for AWS Lambda, see to it that it is handled once; `docs/idempotent_consumer.md` has the lines.

    The function is told in its environment: `IDEMPOTENCY_TABLE_NAME`, `IDEMPOTENCY_KEY_PATH` (a JMESPath expression,
    for the whole event), `IDEMPOTENCY_EXPIRES_AFTER_SECONDS`, and `POWERTOOLS_SERVICE_NAME` if it has none.

    Args:
        bus: The bus of the service on which the events arrive.

        events: The events, of this service or taken over by a subscription.

        function: The function that handles them, made in the same stack, of any runtime. It must answer with the
            messages that failed: partial batch responses are on.

        name: Names rule, queue and table; needed where something else of the service takes the same event. Default:
            the event, of several the first in the alphabet.

        detail: Lets only those events through whose `detail` matches. Default: all of them.

        idempotency_key: The field that is the same for the same fact, such as `detail.order_id`; each event must have
            it. For events of AWS services it may be `id`. Default: the one that the contracts' envelopes have for it.

        remembered_for_days: How long an event is known again. Default: 30, longer than EventBridge and both queues can
            keep an event waiting, and as long as archives keep it for replay.

        batch_size: How many messages the function gets at most at a time, 1 to 10,000. Default: 10.

        batching_window_seconds: How long messages are gathered for a batch, 0 to 300; at least 1 for batches of more
            than 10. Default: not at all.

        maximum_concurrency: How many batches are handled at a time, 2 to 1,000. Default: as many as Lambda will.

        maximum_receives: How often a message is tried before it goes to the dead-letter queue, 1 to 1,000; a throttled
            function counts as a try. Default: 5, the fewest that AWS recommends.

        handled_within_seconds: How long an event may wait in the queue before an alarm goes off; `Disabled(reason)`
            makes no alarm. Default: an hour.

        function_timeout_seconds: The function's timeout, where that is known at deployment only. Default: it is read
            from the function.

        retry: How long EventBridge tries to reach the queue. Default: as `use_retry_policies` says for queues, or its
            own policy, a day.

        dead_letter_queue: For what can't be delivered to the queue, or handled. Default: one is made for just this
            consumer, with an alarm.

        encryption: The key that encrypts queues and table. Default: that of the bus; if it has none, those that SQS
            and DynamoDB own.

        convention: The naming convention. Default: the one that holds in the tree.

    Raises:
        DeclarationError: If events can't be known again, or the bus, the function or a number is not as said.
        PlacementError: If the stack has no literal account and Region, or has this consumer already.
        NamingError: If a name is not of the right form.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        bus: ServiceBus,
        events: Sequence[EventContract],
        function: aws_lambda.Function,
        name: str | None = None,
        detail: Mapping[str, Any] | None = None,
        idempotency_key: str | None = None,
        remembered_for_days: int = 30,
        batch_size: int = 10,
        batching_window_seconds: int = 0,
        maximum_concurrency: int | None = None,
        maximum_receives: int = 5,
        handled_within_seconds: int | Disabled = 3600,
        function_timeout_seconds: int | None = None,
        retry: RetryPolicy | None = None,
        dead_letter_queue: DeadLetterQueue | None = None,
        encryption: EncryptionKey | None = None,
        convention: NamingConvention | None = None,
    ) -> None:
        place = Place.of(scope, convention)
        _check_bus(bus, place)
        check_events(events)
        _check_queue(dead_letter_queue, place)
        encryption = encryption or bus.encryption
        key = check_encryption(encryption, place)
        handler = ConsumerFunction.of(function, place, function_timeout_seconds)
        subscriber = Subscriber(
            service=bus.service, bus=bus.address, naming=place.naming, owner=bus.owner, retries=place.retries
        )
        called = subscriber.name_for(first_of(events)) if name is None else check_part(name)
        queue_name = f"{called}-dead-letters"
        plan = IdempotentConsumerPlan(
            subscriber=subscriber,
            events=tuple(events),
            name=called,
            function_arn=handler.function.function_arn,
            role_name=handler.role_name,
            function_timeout_seconds=handler.timeout_seconds,
            dead_letters=(
                _queue_at(place, subscriber.service, queue_name)
                if dead_letter_queue is None
                else dead_letter_queue.address
            ),
            detail=detail,
            idempotency_key=idempotency_key,
            remembered_for_days=remembered_for_days,
            batch_size=batch_size,
            batching_window_seconds=batching_window_seconds,
            maximum_concurrency=maximum_concurrency,
            maximum_receives=maximum_receives,
            handled_within_seconds=handled_within_seconds,
            retry=retry,
            key=key,
        )
        resources = plan_idempotent_consumer(plan)
        missing = [plan_dead_letter_queue(plan.dead_letters, subscriber.service)] if dead_letter_queue is None else []
        place.check(resources, *missing)
        super().__init__(scope, id)

        self.events = plan.events
        self.rule_name = plan.delivery.rule_name
        self.rule_arn = plan.delivery.rule_arn
        self.queue_arn = plan.queue.arn
        self.queue_name = plan.queue.name
        self.table_arn = plan.table_arn
        self.table_name = plan.table_name
        self.dead_letter_queue = dead_letter_queue or DeadLetterQueue(
            self,
            "DeadLetterQueue",
            service=subscriber.service,
            name=queue_name,
            encryption=encryption,
            convention=place.naming,
        )
        self._rule_bus = bus.address
        self._plan = plan
        self._resources = place.put(self, resources)
        self._encryption = encryption
        self._wait_for(bus)
        handler.tell(plan.environment)
        if bus.alarm_topics and plan.has_alarm:
            self.notify(*bus.alarm_topics)
        if bus.alarm_topics and dead_letter_queue is None:
            self.dead_letter_queue.notify(*bus.alarm_topics)

    @cached_property
    def queue(self) -> sqs.IQueue:
        """The queue as the CDK's L2 sees it, for grants, metrics and alarms."""
        return queue_view(self, "Queue", self.queue_arn, self._encryption)

    @property
    def cfn_queue(self) -> sqs.CfnQueue:
        """The queue as a typed L1."""
        return cast("sqs.CfnQueue", self._resources.get_resource(self._plan.queue.queue_id))

    @property
    def cfn_rule(self) -> events_.CfnRule:
        """The rule that fills it, as a typed L1."""
        return cast("events_.CfnRule", self._resources.get_resource(self._plan.delivery.rule_id))

    @property
    def cfn_event_source_mapping(self) -> aws_lambda.CfnEventSourceMapping:
        """What hands the messages to the function, as a typed L1."""
        found = self._resources.get_resource(self._plan.event_source_id)
        return cast("aws_lambda.CfnEventSourceMapping", found)

    @property
    def cfn_table(self) -> dynamodb.CfnTable:
        """The table of what was handled, as a typed L1."""
        return cast("dynamodb.CfnTable", self._resources.get_resource(self._plan.table_id))

    @property
    def cfn_policy(self) -> iam.CfnPolicy:
        """What the function's role may do, as a typed L1."""
        return cast("iam.CfnPolicy", self._resources.get_resource(self._plan.policy_id))

    @property
    def cfn_alarm(self) -> cloudwatch.CfnAlarm | None:
        """The alarm on events that wait too long, as a typed L1; nothing where it is switched off."""
        if not self._plan.has_alarm:
            return None
        return cast("cloudwatch.CfnAlarm", self._resources.get_resource(self._plan.queue.alarm_id))

    def notify(self, *topic_arns: str) -> None:
        """Have the alarm on events that wait too long, and its end, told to these SNS topics besides those of the bus.

        Their policies must let CloudWatch publish. The dead-letter queue has a `notify` of its own.

        Raises:
            DeclarationError: If the alarm is switched off, one is no topic, or they are more than five by now.
        """
        self._topics.add(topic_arns)

    @cached_property
    def _topics(self) -> AlarmTopics:
        return AlarmTopics(self.queue_name, [] if self.cfn_alarm is None else [self.cfn_alarm])

    def _wait_for(self, bus: ServiceBus) -> None:
        """Have the rule wait for its bus and for where it may fail to, and the queue for its dead-letter queue."""
        self.dead_letter_queue.allow_rules(self.rule_arn)
        key = queue_key(self._plan.key)
        self.dead_letter_queue.know(
            WayBack.of_delivery(self._plan.delivery, key), WayBack.of_queue(self.queue_arn, key)
        )
        self.cfn_queue.node.add_dependency(self.dead_letter_queue.cfn_queue)
        self.cfn_rule.node.add_dependency(self.dead_letter_queue.cfn_queue_policy)
        if isinstance(bus, DeclaredBus):
            self.cfn_rule.node.add_dependency(bus.cfn_event_bus)
        if self._encryption is not None and self._plan.key is not None:
            self._encryption.allow_queues()
            self._encryption.before(self.cfn_queue, self.cfn_table)
            acknowledge_keys(self, self._plan.key.keys_beside)


def _queue_at(place: Place, service: str, name: str) -> QueueAddress:
    return QueueAddress.of(place.naming, service, name, account=place.account, region=place.region)


def _check_bus(bus: Any, place: Place) -> None:  # noqa: ANN401 - whatever was handed in
    if not isinstance(bus, ServiceBus):
        msg = f"bus must be a bus of the service's own, such as a ConsumerBus, got {described(bus)}"
        raise DeclarationError(msg)
    if (bus.address.account, bus.address.region) != (place.account, place.region):
        msg = (
            f"bus must be in the account and Region of the stack, {place.account} and {place.region}, got "
            f"'{bus.node.path}' in {bus.address.account} and {bus.address.region}; subscribe with a bus there first"
        )
        raise DeclarationError(msg)


def _check_queue(queue: Any, place: Place) -> None:  # noqa: ANN401 - whatever was handed in
    if queue is not None and not isinstance(queue, DeadLetterQueue):
        msg = f"dead_letter_queue must be a DeadLetterQueue, got {described(queue)}; leave it out to have one made"
        raise DeclarationError(msg)
    check_dead_letters(queue, place)
