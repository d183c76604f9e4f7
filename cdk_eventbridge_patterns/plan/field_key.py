"""What a key for sensitive fields is made of: who encrypts, who decrypts, and of which events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cdk_eventbridge_patterns.access.consumer import Consumer
from cdk_eventbridge_patterns.access.decrypter import Decrypter
from cdk_eventbridge_patterns.access.field_key_policy import field_administration, field_decryption, field_encryption
from cdk_eventbridge_patterns.access.statement import Statement, policy_document
from cdk_eventbridge_patterns.contracts.event_contract import EventContract
from cdk_eventbridge_patterns.contracts.event_name import EventName
from cdk_eventbridge_patterns.errors import DeclarationError
from cdk_eventbridge_patterns.naming.convention import NamingConvention
from cdk_eventbridge_patterns.naming.words import check_service
from cdk_eventbridge_patterns.plan.checks import check_list
from cdk_eventbridge_patterns.plan.encryption import Encryption, KeyAddress
from cdk_eventbridge_patterns.plan.encryption_key import add_key
from cdk_eventbridge_patterns.plan.plan import Plan, duplicates, logical_id
from cdk_eventbridge_patterns.topology.stamp import Stamp

_EVENTS = "a list of event contracts, such as [ORDER_PLACED]"
_FIELDS = "fields"


def field_key(naming: NamingConvention, service: str, *, account: str, region: str) -> KeyAddress:
    """Return where the key for the sensitive fields of a service's events is."""
    return KeyAddress.of(naming, service, _FIELDS, account=account, region=region)


@dataclass(frozen=True, kw_only=True)
class FieldKeyDeclaration:
    """A key for sensitive fields as the producer declares it; `FieldEncryptionKey` documents the fields."""

    service: str
    key: KeyAddress
    events: Sequence[EventContract]
    decrypted_by: Sequence[Consumer] = ()
    settings: Encryption

    def __post_init__(self) -> None:
        """Refuse events that have nothing to encrypt, and who is named for others."""
        check_service(self.service)
        check_list(self.events, "events", EventContract, _EVENTS)
        if not self.events:
            msg = f"events must be {_EVENTS}, got none"
            raise DeclarationError(msg)
        for event in self.events:
            check_has_fields(event, self.service)
        example = "a list of Consumers, such as [Consumer('billing', '222222222222', events=[ORDER_PLACED])]"
        check_list(self.decrypted_by, "decrypted_by", Consumer, example)
        if twice := duplicates(consumer.service for consumer in self.decrypted_by):
            msg = f"decrypted_by names '{twice[0]}' twice; list all its events in one Consumer"
            raise DeclarationError(msg)
        own = {event.name for event in self.events}
        for consumer in self.decrypted_by:
            for event in consumer.events or ():
                if event.name not in own:
                    msg = (
                        f"decrypted_by must name events of this key, {sorted(map(str, own))}, got {event.name} for "
                        f"'{consumer.service}'"
                    )
                    raise DeclarationError(msg)

    @property
    def names(self) -> list[EventName]:
        """The events, by name."""
        return sorted(event.name for event in self.events)

    def statements(self) -> Iterator[Statement]:
        """Return the statements of the key's policy."""
        account, region = self.key.account, self.key.region
        yield field_administration(account, region)
        yield field_encryption(account, region, self.names)
        for consumer in sorted(self.decrypted_by, key=lambda each: each.service):
            events = self.names if consumer.events is None else [event.name for event in consumer.events]
            roles = consumer.roles if isinstance(consumer, Decrypter) else ()
            sid = logical_id(consumer.service, "Decrypts")
            yield field_decryption(sid, consumer.account, region, events, roles)


def plan_field_key(declaration: FieldKeyDeclaration) -> Plan:
    """Return the key with its alias."""
    plan = Plan()
    add_key(
        plan,
        declaration.key,
        declaration.settings,
        policy_document(*declaration.statements()),
        description=f"Encrypts sensitive fields of {declaration.service}'s events",
        stamp=Stamp(service=declaration.service, encrypts=declaration.names),
    )
    return plan


def check_has_fields(event: EventContract, service: str) -> None:
    """Refuse an event of another service, or without a sensitive field."""
    if event.service != service:
        msg = f"events must be of '{service}', whose key this is, got {event.name}"
        raise DeclarationError(msg)
    if not event.sensitive_fields:
        msg = (
            f"events must have a sensitive field, such as `number: Annotated[str, Sensitive()]`, got {event.name}, "
            "which has none to encrypt"
        )
        raise DeclarationError(msg)
