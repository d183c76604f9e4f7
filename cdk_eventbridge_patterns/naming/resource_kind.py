"""AWS's own limits on the names this library gives."""

from __future__ import annotations

import re
from enum import Enum

from cdk_eventbridge_patterns.errors import NamingError
from cdk_eventbridge_patterns.naming.words import nearest


class ResourceKind(Enum):
    """A kind of named resource: what it is called, its longest name and its characters.

    Lengths and characters are those of the service models: `events` (CreateEventBus, PutRule, PutTargets,
    CreateArchive, PutPermission, PutEvents, CreateConnection, CreateApiDestination, CreateEndpoint), `eventsv2` (the
    three kinds of the newer bus), `pipes`, `scheduler`, `schemas` (CreateRegistry, CreateSchema), `sqs` (CreateQueue,
    where a standard queue may not end in `.fifo`), `iam` (CreateRole), `cloudformation` (CreateStack), `cloudwatch`
    (PutMetricAlarm, PutDashboard), `logs` (CreateLogGroup, PutDeliverySource, PutDeliveryDestination), `kms`
    (CreateAlias), `dynamodb` (CreateTable) and `states` (CreateStateMachine). In front of a log group's name and of a
    key's alias there is room for the path, or `alias/`, that AWS wants there.
    """

    BUS = ("event bus name", 256, r"[.\-_A-Za-z0-9]+")
    RULE = ("rule name", 64, r"[.\-_A-Za-z0-9]+")
    TARGET = ("target id", 64, r"[.\-_A-Za-z0-9]+")
    # 48: the service adds a managed rule called "Events-Archive-" + name.
    ARCHIVE = ("archive name", 48, r"[.\-_A-Za-z0-9]+")
    STATEMENT = ("statement id", 64, r"[A-Za-z0-9\-_]+")
    QUEUE = ("queue name", 80, r"[A-Za-z0-9\-_]+")
    ROLE = ("role name", 64, r"[\w+=,.@\-]+")
    REGISTRY = ("schema registry name", 64, r"[.\-_A-Za-z0-9]+")
    SCHEMA = ("schema name", 385, r"[.\-_A-Za-z0-9@]+")
    SOURCE = ("source", 256, r"(?!aws\.).+")
    DETAIL_TYPE = ("detail-type", 128, r".+")
    STACK = ("stack name", 128, r"[A-Za-z][A-Za-z0-9\-]*")
    LOG_POLICY = ("log resource policy name", 255, r"[.\-_A-Za-z0-9]+")
    ALARM = ("alarm name", 255, r"[^\x00-\x1f\x7f]+")
    DASHBOARD = ("dashboard name", 255, r"[A-Za-z0-9\-_]+")
    LOG_GROUP = ("log group name", 480, r"[.\-_A-Za-z0-9]+")
    LOG_DELIVERY = ("log delivery name", 60, r"[A-Za-z0-9\-_]+")
    KEY_ALIAS = ("key alias", 250, r"[A-Za-z0-9\-_]+")
    TABLE = ("table name", 255, r"[.\-_A-Za-z0-9]+")
    STATE_MACHINE = ("state machine name", 80, r"[A-Za-z0-9\-_]+")
    CONNECTION = ("connection name", 64, r"[.\-_A-Za-z0-9]+")
    API_DESTINATION = ("API destination name", 64, r"[.\-_A-Za-z0-9]+")
    ENDPOINT = ("endpoint name", 64, r"[.\-_A-Za-z0-9]+")
    PIPE = ("pipe name", 64, r"[.\-_A-Za-z0-9]+")
    SCHEDULE = ("schedule name", 64, r"[.\-_A-Za-z0-9]+")
    SCHEDULE_GROUP = ("schedule group name", 64, r"[.\-_A-Za-z0-9]+")
    V2_BUS = ("v2 event bus name", 256, r"[A-Za-z0-9][.\-_A-Za-z0-9]*")
    SUBSCRIBER = ("subscriber name", 256, r"[A-Za-z0-9][.\-_A-Za-z0-9]*")
    EVENT_SOURCE = ("event source name", 256, r"(?!aws\.)[A-Za-z0-9][.\-_A-Za-z0-9]*")

    def __init__(self, label: str, longest: int, characters: str) -> None:
        self.label = label
        self.longest = longest
        self.characters = re.compile(characters, re.ASCII)

    @classmethod
    def of(cls, value: ResourceKind | str, argument: str = "kind") -> ResourceKind:
        """Return the kind that *value* is or names, such as `bus` or `log-policy`.

        Raises:
            NamingError: If there is no such kind.
        """
        if isinstance(value, cls):
            return value
        known = {kind.word: kind for kind in cls}
        word = str(value).lower().replace("_", "-")
        if word not in known:
            msg = f"{argument} must be a kind of resource, such as {nearest(word, known)!r}, got {value!r}"
            raise NamingError(msg)
        return known[word]

    @property
    def word(self) -> str:
        """What it is called in JSON: `bus`, `log-policy`."""
        return self.name.lower().replace("_", "-")

    def accepts(self, name: str) -> bool:
        """Return whether AWS accepts *name* for this kind."""
        return len(name) <= self.longest and self.characters.fullmatch(name) is not None

    def allows(self, character: str) -> bool:
        """Return whether AWS accepts *character* inside a name of this kind."""
        return self.accepts(f"a{character}a")

    def check(self, name: str) -> str:
        """Return *name* if AWS accepts it for this kind.

        Raises:
            NamingError: If it is too long or has a character that AWS refuses.
        """
        if not isinstance(name, str):
            msg = f"{self.label} must be text, got {name!r}"
            raise NamingError(msg)
        if len(name) > self.longest:
            msg = (
                f"{self.label} must be at most {self.longest} characters, got {len(name)}: {name!r}; "
                "shorten the service or give a shorter name"
            )
            raise NamingError(msg)
        if not self.characters.fullmatch(name):
            msg = f"{self.label} must match {self.characters.pattern}, got {name!r}"
            raise NamingError(msg)
        return name
