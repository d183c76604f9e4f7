"""What producers and consumers run inside their functions: no CDK, and boto3 only when something is sent.

`pip install cdk-eventbridge-patterns[runtime]` has what it needs, and the CDK too; how a function gets it without is
told in `docs/runtime.md`.
"""

from cdk_eventbridge_patterns.runtime.claim_check import ClaimBucket, ClaimCheck
from cdk_eventbridge_patterns.runtime.dead_letters import DeadLetterDecrypter
from cdk_eventbridge_patterns.runtime.field_decrypter import FieldDecrypter
from cdk_eventbridge_patterns.runtime.field_encrypter import FieldEncrypter
from cdk_eventbridge_patterns.runtime.filled import EventMetadata
from cdk_eventbridge_patterns.runtime.outgoing_event import OutgoingEvent
from cdk_eventbridge_patterns.runtime.parser_model import parser_model
from cdk_eventbridge_patterns.runtime.publish_report import EventsNotSentError, PublishReport, SentEvent, UnsentEvent
from cdk_eventbridge_patterns.runtime.publisher import EventPublisher
from cdk_eventbridge_patterns.runtime.reader import EventReader
from cdk_eventbridge_patterns.runtime.received_event import ReceivedEvent
from cdk_eventbridge_patterns.runtime.sender import Retries

__all__ = [
    "ClaimBucket",
    "ClaimCheck",
    "DeadLetterDecrypter",
    "EventMetadata",
    "EventPublisher",
    "EventReader",
    "EventsNotSentError",
    "FieldDecrypter",
    "FieldEncrypter",
    "OutgoingEvent",
    "PublishReport",
    "ReceivedEvent",
    "Retries",
    "SentEvent",
    "UnsentEvent",
    "parser_model",
]
