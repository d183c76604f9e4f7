"""The events that an AsyncAPI document says its application sends.

https://www.asyncapi.com/docs/reference/specification/v2.6.0 and …/v3.1.0 .
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.contracts.sources.bundle import Bundle
from cdk_eventbridge_patterns.contracts.sources.files import LocalFiles, Place
from cdk_eventbridge_patterns.errors import ContractError

_SCHEMA_OBJECT = re.compile(r"application/vnd\.aai\.asyncapi(\+json|\+yaml)?;\s*version=[23]\.[0-9.]+")
_JSON_SCHEMA = re.compile(r"application/schema\+(json|yaml);\s*version=(draft-0[467]|draft[-/]2019-09|draft[-/]2020-12)")
_JSON = re.compile(r"application/([\w.-]+\+)?json(;.*)?")

_VERSION = re.compile(r"[._-]?[vV]([1-9][0-9]*)$")
_WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class SentMessage:
    """A message, in the words of a contract: which event it is, and what is said of it.

    Args:
        event: The event, in PascalCase.

        version: Its version.

        detail: The schema of its payload.

        examples: Payloads.

        said: What else it says of itself, by the name of the contract's argument.
    """

    event: str
    version: int
    detail: Mapping[str, Any]
    examples: tuple[Any, ...]
    said: Mapping[str, Any]


def sent_messages(path: str | Path) -> tuple[SentMessage, ...]:
    """Return the messages that the application of a document sends, in the order of the document.

    Raises:
        ContractError: If it is no AsyncAPI document of version 2 or 3, or a message can't be an event.
    """
    document = _Document(path)
    found: dict[Place, SentMessage] = {}
    for place, key in document.places():
        if place not in found:
            found[place] = document.message(place, key)
    if not found:
        msg = f"{document.files.main.name} must have a message that its application sends, got none"
        raise ContractError(msg)
    return tuple(found.values())


class _Document:
    def __init__(self, path: str | Path) -> None:
        self.files = LocalFiles(path)
        self._file = self.files.main
        self._root = self.files.document(self._file)
        self._major = str(self._root.get("asyncapi", "")).partition(".")[0]
        if self._major not in ("2", "3"):
            version = self._root.get("asyncapi")
            msg = f"asyncapi in {self._file.name} must be version 2 or 3, such as '3.0.0', got {version!r}"
            raise ContractError(msg)

    def places(self) -> Iterator[tuple[Place, str]]:
        """Return where the messages stand, each with the name it is found under."""
        found = list(self._sent_in_2() if self._major == "2" else self._sent_in_3())
        is_silent = not found and not self._says_who_sends()
        yield from (self._followed(place) for place in (self._all() if is_silent else found))

    def _says_who_sends(self) -> bool:
        if self._major == "3":
            return bool(self._root.get("operations"))
        return any("subscribe" in self.at(place) or "publish" in self.at(place) for place in self._below("/channels"))

    def _all(self) -> Iterator[Place]:
        yield from self._below("/components/messages")
        if self._major == "3":
            for channel in self._below("/channels"):
                yield from self._below_place(self._followed(channel)[0], "/messages")

    def _sent_in_2(self) -> Iterator[Place]:
        # What clients may subscribe to is what the application sends.
        for channel in self._below("/channels"):
            found = self._followed(channel)[0]
            message = self._step(found, "/subscribe/message")
            if self._has(message):
                yield from self._below_place(message, "/oneOf") if "oneOf" in self.at(message) else [message]

    def _sent_in_3(self) -> Iterator[Place]:
        for each in self._below("/operations"):
            operation = self._followed(each)[0]
            if self.at(operation).get("action") != "send":
                continue
            if "messages" in self.at(operation):
                yield from self._below_place(operation, "/messages")
            else:
                channel = self._followed(self._step(operation, "/channel"))[0]
                yield from self._below_place(channel, "/messages")

    def message(self, place: Place, key: str) -> SentMessage:
        message = self._with_traits(place)
        told = f"message {key!r} of {place.file.name}"
        self._check_content(message, told)
        name = str(message.get("x-event", message.get("name", key)))
        return SentMessage(
            event=_event(name),
            version=self._version(message, (name, str(message.get("title", "")), key), told),
            detail=self._payload(message, place, told),
            examples=tuple(each["payload"] for each in message.get("examples", ()) if "payload" in each),
            said=self._said(message),
        )

    def _said(self, message: Mapping[str, Any]) -> dict[str, Any]:
        contact = self._root.get("info", {}).get("contact", {}).get("name")
        texts = (message.get("description"), message.get("summary"), message.get("title"))
        said = {
            "owner": message.get("x-owner", self._root.get("x-owner", contact)),
            "description": next(filter(None, texts), None),
            "data_class": message.get("x-data-class", self._root.get("x-data-class")),
            "source": message.get("x-source", self._root.get("x-source")),
            "detail_type": message.get("x-detail-type"),
        }
        return {argument: value for argument, value in said.items() if value is not None}

    def _version(self, message: Mapping[str, Any], names: tuple[str, ...], told: str) -> int:
        suffixes = [match[1] for match in map(_VERSION.search, names) if match]
        major = str(self._root.get("info", {}).get("version", "1")).removeprefix("v").partition(".")[0]
        # Before 1.0.0 nothing is promised yet; the first version that is, is 1.
        said = [message.get("x-version"), *suffixes, self._root.get("x-version"), major if major != "0" else "1"]
        version = str(next(each for each in said if each is not None))
        if not version.isdecimal() or int(version) < 1:
            msg = f"version of {told} must be a whole number from 1, such as 'x-version: 2', got {version!r}"
            raise ContractError(msg)
        return int(version)

    def _check_content(self, message: Mapping[str, Any], told: str) -> None:
        content = message.get("contentType", self._root.get("defaultContentType", "application/json"))
        if not _JSON.fullmatch(str(content)):
            msg = f"contentType of {told} must be JSON, as the detail of an event is, got {content!r}"
            raise ContractError(msg)

    def _payload(self, message: Mapping[str, Any], place: Place, told: str) -> dict[str, Any]:
        if not isinstance(message.get("payload"), Mapping):
            msg = f"payload of {told} must be a schema, got {message.get('payload')!r}"
            raise ContractError(msg)
        at = self._step(place, "/payload")
        if self._major == "3":
            at = self._followed(at)[0]
            payload = self.at(at)
            is_multi_format = "schemaFormat" in payload or "schema" in payload
            format_ = payload.get("schemaFormat") if is_multi_format else None
            at = self._step(at, "/schema") if is_multi_format else at
        else:
            format_ = message.get("schemaFormat")
        draft = _draft(format_, told)
        schema = self.at(at)
        return Bundle(self.files, whole=at, draft=draft).schema(schema, at.file)

    def _with_traits(self, place: Place) -> dict[str, Any]:
        message = dict(self.at(place))
        traits: dict[str, Any] = {}
        for number in range(len(message.get("traits", ()))):
            traits = _patched(traits, self.at(self._followed(self._step(place, f"/traits/{number}"))[0]))
        # Since version 3 a trait does not override what the message says itself; before, it is merged into it.
        return _patched(traits, message) if self._major == "3" else _patched(message, traits)

    def at(self, place: Place) -> Mapping[str, Any]:
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

    def _followed(self, place: Place) -> tuple[Place, str]:
        """Return where references lead from a place, and the last name on the way that is one."""
        seen: set[Place] = set()
        while "$ref" in self.at(place):
            if place in seen:
                msg = f"$ref must lead to something, got {str(place)!r}, which leads to itself"
                raise ContractError(msg)
            seen.add(place)
            place = self.files.place(self.at(place)["$ref"], place.file)
        last = place.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        return place, last or place.file.name.partition(".")[0]

    def _below(self, pointer: str) -> Iterator[Place]:
        yield from self._below_place(Place(self._file, ""), pointer)

    def _below_place(self, place: Place, pointer: str) -> Iterator[Place]:
        above = self._step(place, pointer)
        if not self._has(above):
            return
        found = self.files.at(above)
        names = map(str, range(len(found))) if isinstance(found, list) else found
        for name in names:
            yield self._step(above, "/" + name.replace("~", "~0").replace("/", "~1"))

    @staticmethod
    def _step(place: Place, pointer: str) -> Place:
        return Place(place.file, place.pointer + pointer)


def _draft(format_: Any, told: str) -> str:  # noqa: ANN401 - JSON
    if format_ is None or _SCHEMA_OBJECT.fullmatch(str(format_)):
        # The Schema Object is a superset of draft 07; what it adds only describes.
        return "draft-07"
    match = _JSON_SCHEMA.fullmatch(str(format_))
    if match is None:
        msg = (
            f"schemaFormat of {told} must be JSON Schema or left out, such as "
            f"'application/schema+json;version=draft-07', got {format_!r}"
        )
        raise ContractError(msg)
    return match[2].replace("draft-2", "2").replace("draft/2", "2")


def _event(name: str) -> str:
    """Return a name as an event's: `order.placed.v2` → `OrderPlaced`."""
    words = _WORD.findall(_VERSION.sub("", name))
    return "".join(word[0].upper() + word[1:] for word in words)


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
