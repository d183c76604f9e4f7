"""What is drawn, whoever draws it: frames with nodes in them, edges between, and remarks on both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class NodeKind(str, Enum):
    """What a node stands for."""

    PUBLISHER = "publisher"
    ENDPOINT = "endpoint"
    BUS = "bus"
    RULE = "rule"
    QUEUE = "queue"
    TOPIC = "topic"
    FUNCTION = "function"
    STREAM = "stream"
    STATE_MACHINE = "state machine"
    LOG_GROUP = "log group"
    API_DESTINATION = "API destination"
    OTHER = "target"
    SERVICE = "service"


class EdgeKind(str, Enum):
    """What goes along an edge."""

    PUBLISHES = "publishes"
    TAKES = "takes"
    DELIVERS = "delivers"
    DEAD_LETTERS = "dead-letters"
    FEEDS = "feeds"


class Change(str, Enum):
    """What became of something from one state of an estate to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"

    @property
    def in_words(self) -> str:
        """What it means."""
        return "as before" if self is Change.SAME else self.value

    @classmethod
    def of_all(cls, changes: Iterable[Change | None]) -> Change | None:
        """Return what became of something, by what became of all in it; nothing where nothing is compared."""
        kinds = set(changes) - {None}
        return next(iter(kinds), None) if len(kinds) < 2 else cls.CHANGED  # noqa: PLR2004 - they are all alike


EdgeKey = tuple[str, str, EdgeKind]
"""What an edge is known by: where it starts, where it ends, and its kind."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """An account in a Region.

    Args:
        id: `222222222222/eu-west-1`.

        account: The account; a part of it may be known at deployment only.

        region: The Region, likewise.

        services: The services that own something in it.

        read: Whether templates of it were read; of another, only what they point at is drawn.
    """

    id: str
    account: str
    region: str
    services: tuple[str, ...] = ()
    read: bool = True


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What nodes and edges have in common.

    Args:
        service: The service that owns a node, or the one that publishes all that goes along an edge. Default: there are
            several, or none is known.

        sure: Whether it is surely there, and was read. Default: it is.

        remarks: The numbers of the remarks on it, from 1.

        change: What became of it. Default: nothing is compared.
    """

    service: str | None = None
    sure: bool = True
    remarks: tuple[int, ...] = ()
    change: Change | None = None


@dataclass(frozen=True, kw_only=True)
class Node(Drawn):
    """Something in an account.

    Args:
        id: Its ARN; of what has none, its frame and name.

        kind: What it is.

        frame: The id of the frame it is in.

        name: What it is called.

        says: What is to be known of it besides, line by line.
    """

    id: str
    kind: NodeKind
    frame: str
    name: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Edge(Drawn):
    """What goes from one node to another.

    Args:
        start: The id of the node it goes from.

        end: The id of the node it goes to.

        kind: What goes along it.

        events: The events, each as `orders/OrderPlaced.v1`; in words where nobody declares them.
    """

    start: str
    end: str
    kind: EdgeKind
    events: tuple[str, ...] = ()

    @property
    def key(self) -> EdgeKey:
        """What it is known by."""
        return self.start, self.end, self.kind


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A sentence beside the picture, to which a number in it refers.

    Args:
        severity: How much it matters: `error`, `warning` or `info`.

        says: The sentence.

        drawn: Whether its number is in the picture; what is drawn nowhere is said here alone. Default: it is.
    """

    severity: str
    says: str
    drawn: bool = True


@dataclass(frozen=True, kw_only=True)
class Picture:
    """All that is drawn.

    Args:
        title: What it shows, in a line.

        frames: The accounts.

        nodes: What is in them.

        edges: What goes between.

        remarks: What is said of them; the number of each is its place, from 1.
    """

    title: str
    frames: Sequence[Frame] = ()
    nodes: Sequence[Node] = ()
    edges: Sequence[Edge] = ()
    remarks: Sequence[Remark] = ()

    def node(self, id: str) -> Node:
        """Return the node with this id."""
        return self._nodes[id]

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @property
    def drawn(self) -> Iterator[Drawn]:
        """All nodes and edges."""
        yield from self.nodes
        yield from self.edges

    @property
    def services(self) -> tuple[str, ...]:
        """The services whose events are drawn, in an order that does not depend on that of the templates."""
        return tuple(sorted({edge.service for edge in self.edges if edge.service is not None}))
