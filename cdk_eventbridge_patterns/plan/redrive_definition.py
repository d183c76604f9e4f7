"""The state machine that puts dead letters back where they failed, in the Amazon States Language with JSONata.

It takes one message at a time: what Step Functions passes from state to state may have 256 KiB, the pause between two
messages is the rate, and whoever stops it leaves one message in its hands, with those it left before.
https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html

What goes back is text that is there, never read and written anew: JSONata would change numbers of more digits than it
keeps.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cdk_eventbridge_patterns.plan.way_back import Means, WayBack

MOST_MESSAGES = 650
"""How many messages an execution takes at most.

Its history may have 25,000 events. A message makes 37 at most, of which 12 are second and third attempts to receive and
to delete it; what stands around the loop, and showing again what is left, makes less than 600.
"""

MOST_LEFT = 50
"""How many messages an execution leaves before it gives up: the cause is not mended yet."""

MOST_PER_MINUTE = 60
"""How many messages an execution takes in a minute at most: pauses are whole seconds."""

# The longest that SQS hides a message, and so that an execution may take: what it leaves must not come up in it again.
# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
_TWELVE_HOURS = 43_200

# What is allowed for the calls of one message, besides the pause after it, and for those around the loop.
_SECONDS_A_MESSAGE = 5
_SECONDS_AROUND = 60

State = dict[str, Any]

# What is known of a message. One that was taken from a queue by SQS itself says from which; EventBridge says which rule
# failed at which target. The event of a bus with a key of one's own is told by its envelope, before its detail begins.
_MESSAGE = r"""{% (
    $found := $states.result.Messages[0];
    $said := $found.MessageAttributes;
    $taken_from := $found.Attributes.DeadLetterQueueSourceArn;
    $origin := $exists($taken_from) ? $taken_from : $said.RULE_ARN.StringValue;
    $target := $exists($taken_from) ? $taken_from : $said.TARGET_ARN.StringValue;
    $way := $ways[origin = $origin and target = $target][0];
    $encrypted := $contains($found.Body, /^[^\{]*\{[^\{]*"detail-type"\s*:\s*"Encrypted Events"/);
    $merge([
        $exists($way) ? $way : {'why': 'no delivery or subscription that uses the queue is its origin'},
        $encrypted ? {'by': 'nothing', 'why': 'it is encrypted with the key of its bus; decrypt it first'} : {},
        {
            'id': $exists($found) ? $found.MessageId : '',
            'receipt': $exists($found) ? $found.ReceiptHandle : '',
            'origin': $exists($origin) ? $origin : 'unknown',
            'target': $exists($target) ? $target : 'unknown',
            'error': $exists($said.ERROR_CODE) ? $said.ERROR_CODE.StringValue : 'none'
        }
    ])
) %}"""

_BODY = "{% $count($states.result.Messages) = 0 ? '' : $states.result.Messages[0].Body %}"

# The detail as it is written: EventBridge writes it last, and where it is not, what is found is no JSON.
_DETAIL = r"""(
    $detail := $match($body, /"detail"\s*:\s*([\s\S]*)\}\s*$/, 1).groups[0];
    $type($parse($detail)) = 'object' ? $detail : $error('its detail was not found')
)"""

_TEXT = f"($exists($message.text) ? $message.text : $exists($message.only_detail) ? {_DETAIL} : $body)"

# A function gets its payload as JSON and not as text, so it is read here.
_PAYLOAD = rf"""{{% (
    $text := {_TEXT};
    $contains($text, /[\[:,]\s*-?[0-9.]{{16}}/) ? $error('it has a number of too many digits') : $parse($text)
) %}}"""

_ENTRIES = rf"""{{% (
    $event := $parse($replace($body, /"detail"\s*:[\s\S]*$/, '"detail":0}}'));
    [{{
        'EventBusName': $message.target,
        'Source': $event.source,
        'DetailType': $lookup($event, 'detail-type'),
        'Resources': [$event.resources],
        'Time': $event.time,
        'Detail': {_DETAIL}
    }}]
) %}}"""

_QUEUE_MESSAGE = f"""{{% $merge([
    {{'QueueUrl': $queues & $split($message.target, ':')[5], 'MessageBody': {_TEXT}}},
    $exists($message.group) ? {{'MessageGroupId': $message.group}} : {{}}
]) %}}"""

_WHOLE_TEXT = f"{{% {_TEXT} %}}"
_TARGET = "{% $message.target %}"

# The call of each means, and what it is given.
# https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html
_CALLS: Mapping[Means, tuple[str, Any]] = {
    Means.QUEUE: ("aws-sdk:sqs:sendMessage", _QUEUE_MESSAGE),
    Means.TOPIC: ("aws-sdk:sns:publish", {"TopicArn": _TARGET, "Message": _WHOLE_TEXT}),
    # Not by the SDK, for which the form of a payload is documented nowhere.
    Means.FUNCTION: ("lambda:invoke", {"FunctionName": _TARGET, "InvocationType": "Event", "Payload": _PAYLOAD}),
    Means.STATE_MACHINE: ("aws-sdk:sfn:startExecution", {"StateMachineArn": _TARGET, "Input": _WHOLE_TEXT}),
    # Not events:putEvents, which adds the ARN of the execution to the resources of the event.
    Means.BUS: ("aws-sdk:eventbridge:putEvents", {"Entries": _ENTRIES}),
}

_REASON = "$states.errorOutput.Error & ': ' & $substring($states.errorOutput.Cause, 0, 200)"
_TRY_AGAIN = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 2, "BackoffRate": 2}]

_LEFT = """{% $append($left, {
    'id': $message.id,
    'receipt': $message.receipt,
    'origin': $message.origin,
    'target': $message.target,
    'error': $message.error,
    'why': $message.why
}) %}"""

_REPORTED = "{% [$left.{'id': id, 'origin': origin, 'target': target, 'error': error, 'why': why}] %}"


def redrive_definition(
    ways: Sequence[WayBack], *, queue_name: str, partition: str, maximum: int, per_minute: int
) -> dict[str, Any]:
    """Return the definition of a state machine that knows *ways*, and no others.

    Args:
        ways: The ways back.

        queue_name: The dead-letter queue, in the account and Region of the state machine.

        partition: The partition of both.

        maximum: How many messages an execution takes, where its input does not say.

        per_minute: How many in a minute, likewise.
    """
    used = [means for means in Means if any(way.means is means for way in ways)]
    calls = _Calls(partition, queue_name)
    return {
        "Comment": f"Puts the messages of queue {queue_name} back where they failed, one after the other",
        "QueryLanguage": "JSONata",
        "TimeoutSeconds": _TWELVE_HOURS,
        "StartAt": "Prepare",
        "States": {
            **_beginning(ways, maximum, per_minute),
            **_taking(calls, used),
            **{means.state: calls.send(means) for means in used},
            **({"Taken": _taken()} if Means.BUS in used else {}),
            **_going_on(calls),
            **_end(calls),
        },
    }


class _Calls:
    """Calls of AWS, in a partition and about a queue."""

    def __init__(self, partition: str, queue_name: str) -> None:
        self._partition = partition
        self._queue_url = f"{{% $queues & '{queue_name}' %}}"

    def of_queue(self, call: str, arguments: Mapping[str, Any]) -> State:
        """Return a call about the dead-letter queue."""
        return self._call(f"aws-sdk:sqs:{call}", {"QueueUrl": self._queue_url, **arguments})

    def send(self, means: Means) -> State:
        """Return the call by which a target gets an event; one that does not take it leaves the event."""
        call, arguments = _CALLS[means]
        return {
            **self._call(call, arguments),
            "Catch": [_caught(f"{{% $merge([$message, {{'why': {_REASON}}}]) %}}", "Leave")],
            "Next": "Taken" if means is Means.BUS else "Delete",
        }

    def _call(self, call: str, arguments: object) -> State:
        return {"Type": "Task", "Resource": f"arn:{self._partition}:states:::{call}", "Arguments": arguments}


def _caught(message: str, then: str) -> State:
    return {"ErrorEquals": ["States.ALL"], "Assign": {"message": message}, "Next": then}


def _beginning(ways: Sequence[WayBack], maximum: int, per_minute: int) -> dict[str, State]:
    """Return what reads the input, and refuses what would not fit into an execution."""
    pause = "$ceil(60 / $asked.per_minute)"
    hidden = f"{_SECONDS_AROUND} + $asked.maximum * ({pause} + {_SECONDS_A_MESSAGE})"
    return {
        "Prepare": {
            "Type": "Pass",
            "Assign": {
                "queues": {"Fn::Sub": "https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/"},
                "ways": [way.to_row() for way in ways] or "{% [] %}",
                "asked": {"maximum": _asked("maximum", maximum), "per_minute": _asked("per_minute", per_minute)},
                "redriven": 0,
                "left": "{% [] %}",
            },
            "Next": "Check",
        },
        "Check": {
            "Type": "Choice",
            "Choices": [
                {
                    "Condition": (
                        "{% $type($asked.maximum) != 'number' or $type($asked.per_minute) != 'number' "
                        f"or $asked.maximum < 1 or $asked.maximum > {MOST_MESSAGES} "
                        f"or $asked.per_minute <= 0 or $asked.per_minute > {MOST_PER_MINUTE} "
                        f"or {hidden} > {_TWELVE_HOURS} %}}"
                    ),
                    "Next": "Refuse",
                }
            ],
            "Default": "Settle",
        },
        "Refuse": {
            "Type": "Fail",
            "Error": "WrongInput",
            "Cause": (
                f"maximum must be 1 to {MOST_MESSAGES}, per_minute more than 0 and at most {MOST_PER_MINUTE}, and all "
                'done within twelve hours, such as {"maximum": 100, "per_minute": 30}'
            ),
        },
        "Settle": {
            "Type": "Pass",
            "Assign": {
                "settings": {
                    "maximum": "{% $asked.maximum %}",
                    "pause": f"{{% {pause} %}}",
                    "hidden": f"{{% {hidden} %}}",
                }
            },
            "Next": "Receive",
        },
    }


def _asked(name: str, default: int) -> str:
    return f"{{% $exists($states.input.{name}) ? $states.input.{name} : {default} %}}"


def _taking(calls: _Calls, used: Sequence[Means]) -> dict[str, State]:
    """Return what takes a message, and where it goes from there: one that nobody knows is left."""
    return {
        "Receive": {
            **calls.of_queue(
                "receiveMessage",
                {
                    "MaxNumberOfMessages": 1,
                    "WaitTimeSeconds": 1,
                    "VisibilityTimeout": "{% $settings.hidden %}",
                    "MessageAttributeNames": ["RULE_ARN", "TARGET_ARN", "ERROR_CODE"],
                    # The older name of MessageSystemAttributeNames: which API Step Functions knows is not documented.
                    "AttributeNames": ["All"],
                },
            ),
            "Retry": _TRY_AGAIN,
            "Assign": {"message": _MESSAGE, "body": _BODY},
            "Output": "{% {} %}",
            "Next": "Judge",
        },
        "Judge": {
            "Type": "Choice",
            "Choices": [
                _choice("$message.id = ''", "Count", ended="no message was found"),
                *(_choice(f"$message.by = '{means.state}'", means.state) for means in used),
            ],
            "Default": "Leave",
        },
    }


def _taken() -> State:
    """Return what looks whether the bus took the event: `PutEvents` fails in its answer."""
    why = "$states.input.Entries[0].ErrorCode & ': ' & $states.input.Entries[0].ErrorMessage"
    return {
        "Type": "Choice",
        "Choices": [
            {
                "Condition": "{% $states.input.FailedEntryCount > 0 %}",
                "Assign": {"message": f"{{% $merge([$message, {{'why': {why}}}]) %}}"},
                "Next": "Leave",
            }
        ],
        "Default": "Delete",
    }


def _going_on(calls: _Calls) -> dict[str, State]:
    """Return what becomes of a message, and whether another is taken."""
    not_deleted = f"{{% $merge([$message, {{'why': 'it was put back, and is still here: ' & {_REASON}}}]) %}}"
    return {
        "Delete": {
            **calls.of_queue("deleteMessage", {"ReceiptHandle": "{% $message.receipt %}"}),
            "Retry": _TRY_AGAIN,
            "Catch": [_caught(not_deleted, "Leave")],
            "Assign": {"redriven": "{% $redriven + 1 %}"},
            "Output": "{% {} %}",
            "Next": "More",
        },
        "Leave": {"Type": "Pass", "Assign": {"left": _LEFT}, "Output": "{% {} %}", "Next": "More"},
        "More": {
            "Type": "Choice",
            "Choices": [
                _choice(f"$count($left) >= {MOST_LEFT}", "Count", ended=f"{MOST_LEFT} messages were left"),
                _choice("$redriven + $count($left) >= $settings.maximum", "Count", ended="the maximum was reached"),
            ],
            "Default": "Pause",
        },
        "Pause": {"Type": "Wait", "Seconds": "{% $settings.pause %}", "Next": "Receive"},
    }


def _choice(condition: str, then: str, **assigned: str) -> State:
    assign = {"Assign": assigned} if assigned else {}
    return {"Condition": f"{{% {condition} %}}", **assign, "Next": then}


def _end(calls: _Calls) -> dict[str, State]:
    """Return what counts what still waits, shows again what was left, and reports."""
    waiting = "{% $number($states.result.Attributes.ApproximateNumberOfMessages) %}"
    return {
        "Count": {
            **calls.of_queue("getQueueAttributes", {"AttributeNames": ["ApproximateNumberOfMessages"]}),
            "Retry": _TRY_AGAIN,
            "Assign": {"waiting": waiting},
            "Output": "{% {} %}",
            "Next": "Show",
        },
        "Show": {
            "Type": "Map",
            "Items": "{% [$left.receipt] %}",
            "ItemProcessor": {
                "ProcessorConfig": {"Mode": "INLINE"},
                "StartAt": "ShowAgain",
                "States": {
                    "ShowAgain": {
                        **calls.of_queue(
                            "changeMessageVisibility",
                            {"ReceiptHandle": "{% $states.input %}", "VisibilityTimeout": 0},
                        ),
                        # It shows by itself once its time is over.
                        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Hidden"}],
                        "End": True,
                    },
                    "Hidden": {"Type": "Pass", "End": True},
                },
            },
            "Next": "Report",
        },
        "Report": {
            "Type": "Succeed",
            "Output": {
                "redriven": "{% $redriven %}",
                "left": _REPORTED,
                "waiting": "{% $waiting %}",
                "ended": "{% $ended %}",
            },
        },
    }
