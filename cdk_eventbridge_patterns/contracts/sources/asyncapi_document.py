"""Where an AsyncAPI document has the messages that its application sends.

https://www.asyncapi.com/docs/reference/specification/v2.6.0 and …/v3.1.0 .
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.contracts.sources.files import LocalFiles, Place
from cdk_eventbridge_patterns.errors import ContractError


class AsyncApiDocument:
    """A document of version 2 or 3, with the files that it refers to.

    Raises:
        ContractError: If it is of another version, or can't be read.
    """

    def __init__(self, path: str | Path) -> None:
        self.files = LocalFiles(path)
        self._file = self.files.main
        self.root = self.files.document(self._file)
        self.major = str(self.root.get("asyncapi", "")).partition(".")[0]
        if self.major not in ("2", "3"):
            version = self.root.get("asyncapi")
            msg = f"asyncapi in {self._file.name} must be version 2 or 3, such as '3.0.0', got {version!r}"
            raise ContractError(msg)

    def places(self) -> Iterator[tuple[Place, str]]:
        """Return where the messages stand, each with the name it is found under."""
        found = list(self._sent_in_2() if self.major == "2" else self._sent_in_3())
        is_silent = not found and not self._says_who_sends()
        yield from (self.followed(place) for place in (self._all() if is_silent else found))

    def _says_who_sends(self) -> bool:
        if self.major == "3":
            return bool(self.root.get("operations"))
        return any("subscribe" in self.at(place) or "publish" in self.at(place) for place in self._below("/channels"))

    def _all(self) -> Iterator[Place]:
        yield from self._below("/components/messages")
        if self.major == "3":
            for channel in self._below("/channels"):
                yield from self._below_place(self.followed(channel)[0], "/messages")

    def _sent_in_2(self) -> Iterator[Place]:
        # What clients may subscribe to is what the application sends.
        for channel in self._below("/channels"):
            found = self.followed(channel)[0]
            message = self.step(found, "/subscribe/message")
            if self._has(message):
                yield from self._below_place(message, "/oneOf") if "oneOf" in self.at(message) else [message]

    def _sent_in_3(self) -> Iterator[Place]:
        for each in self._below("/operations"):
            operation = self.followed(each)[0]
            if self.at(operation).get("action") != "send":
                continue
            if "messages" in self.at(operation):
                yield from self._below_place(operation, "/messages")
            else:
                channel = self.followed(self.step(operation, "/channel"))[0]
                yield from self._below_place(channel, "/messages")

    def with_traits(self, place: Place) -> dict[str, Any]:
        """Return the message at a place as its traits complete it."""
        message = dict(self.at(place))
        traits: dict[str, Any] = {}
        for number in range(len(message.get("traits", ()))):
            traits = _patched(traits, self.at(self.followed(self.step(place, f"/traits/{number}"))[0]))
        # Since version 3 a trait does not override what the message says itself; before, it is merged into it.
        merged: dict[str, Any] = _patched(traits, message) if self.major == "3" else _patched(message, traits)
        return merged

    def at(self, place: Place) -> Mapping[str, Any]:
        """Return the object at a place.

        Raises:
            ContractError: If there is none.
        """
        found = self.files.at(place)
        if not isinstance(found, Mapping):
            msg = f"{place} must be an object, got {found!r}"
            raise ContractError(msg)
        return found

    def _has(self, place: Place) -> bool:
        above: Any = self.files.document(place.file)
        for step in place.pointer.split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            if not isinstance(above, Mapping) or name not in above:
                return False
            above = above[name]
        return True

    def followed(self, place: Place) -> tuple[Place, str]:
        """Return where references lead from a place, and the name it has there; empty if it has none."""
        seen: set[Place] = set()
        while "$ref" in self.at(place):
            if place in seen:
                msg = f"$ref must lead to something, got {str(place)!r}, which leads to itself"
                raise ContractError(msg)
            seen.add(place)
            place = self.files.place(self.at(place)["$ref"], place.file)
        return place, _name_at(place)

    def _below(self, pointer: str) -> Iterator[Place]:
        yield from self._below_place(Place(self._file, ""), pointer)

    def _below_place(self, place: Place, pointer: str) -> Iterator[Place]:
        above = self.step(place, pointer)
        if not self._has(above):
            return
        found = self.files.at(above)
        names = map(str, range(len(found))) if isinstance(found, list) else found
        for name in names:
            yield self.step(above, "/" + name.replace("~", "~0").replace("/", "~1"))

    @staticmethod
    def step(place: Place, pointer: str) -> Place:
        """Return the place that a pointer leads to from another."""
        return Place(place.file, place.pointer + pointer)


def _name_at(place: Place) -> str:
    steps = place.pointer.split("/")
    if len(steps) == 1:
        return place.file.name.partition(".")[0]
    # A place in a list, and the one message of an operation, have no names of their own.
    has_none = steps[-1].isdecimal() or steps[-2] in ("subscribe", "publish")
    return "" if has_none else steps[-1].replace("~1", "/").replace("~0", "~")


def _patched(target: Any, patch: Any) -> Any:  # noqa: ANN401 - JSON
    """Merge as RFC 7386 does."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _patched(merged.get(name), value)
    return merged
