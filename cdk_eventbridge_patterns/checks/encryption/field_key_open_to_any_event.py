"""ENC015."""

from __future__ import annotations

from collections.abc import Iterator

from cdk_eventbridge_patterns.access.actions import allows_action
from cdk_eventbridge_patterns.access.openness import holds_to
from cdk_eventbridge_patterns.checks.check import TopologyCheck
from cdk_eventbridge_patterns.checks.finding import Finding, Severity
from cdk_eventbridge_patterns.topology.topology import Topology

_EVENT = "kms:EncryptionContext:event"


class FieldKeyOpenToAnyEvent(TopologyCheck):
    """A key for sensitive fields that lets somebody decrypt those of any event.

    ## Why this matters
    One key serves all events of a service, and each field is bound to its event by the encryption context. Who may
    decrypt without that condition reads the sensitive fields of every event, not just of those they are named for.
    https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context

    ## Avoid
        "Principal": {"AWS": "222222222222"}, "Action": "kms:Decrypt"

    ## Prefer
        FieldEncryptionKey(self, "FieldKey", …, decrypted_by=[Consumer("billing", "222222222222", events=[…])])

    ## What it misses
    Keys that do not say what they are for: only those of `FieldEncryptionKey` do. Grants, which no template makes.

    ## When to acknowledge it
    Whoever it is may read all sensitive fields of the service.
    """

    id = "ENC015"
    severity = Severity.ERROR
    fix = "hold kms:Decrypt to the events, by StringEquals on kms:EncryptionContext:event"

    def findings(self, topology: Topology) -> Iterator[Finding]:
        """Return the statements of keys for fields that let somebody decrypt whatever the event."""
        for key in topology.keys:
            if key.stamp is None or not key.stamp.encrypts:
                continue
            for statement in key.statements:
                if statement.allows and allows_action(statement, "kms:Decrypt") and not holds_to(statement, _EVENT):
                    message = f"key {key.arn} for sensitive fields of '{key.stamp.service}' decrypts those of any event"
                    yield self.finding(statement.location, message)
