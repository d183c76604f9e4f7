"""The events that an AsyncAPI document says its application sends.

https://www.asyncapi.com/docs/reference/specification/v2.6.0 and …/v3.1.0 .
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cdk_eventbridge_patterns.contracts.sources.asyncapi_document import AsyncApiDocument
from cdk_eventbridge_patterns.contracts.sources.bundle import Bundle
from cdk_eventbridge_patterns.contracts.sources.drafts import draft_of
from cdk_eventbridge_patterns.contracts.sources.files import Place
from cdk_eventbridge_patterns.errors import ContractError

_SCHEMA_OBJECT = re.compile(r"application/vnd\.aai\.asyncapi(\+json|\+yaml)?;\s*version=[23]\.[0-9.]+")
_JSON_SCHEMA = re.compile(r"application/schema\+(json|yaml);\s*version=(draft-0[467]|draft[-/]20(19-09|20-12))")
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
    document = AsyncApiDocument(path)
    found: dict[Place, SentMessage] = {}
    for place, key in document.places():
        if place not in found:
            found[place] = _message(document, place, key)
    if not found:
        msg = f"{document.files.main.name} must have a message that its application sends, got none"
        raise ContractError(msg)
    return tuple(found.values())


def _message(document: AsyncApiDocument, place: Place, key: str) -> SentMessage:
    message = document.with_traits(place)
    named = [message.get("x-event"), message.get("name"), message.get("messageId"), key]
    name = str(next(filter(None, named), ""))
    if not _event(name):
        msg = f"message at {place} must have a name, such as 'name: OrderPlaced', got {name!r}"
        raise ContractError(msg)
    told = f"message {name!r} of {place.file.name}"
    _check_content(document, message, told)
    return SentMessage(
        event=_event(name),
        version=_version(document, message, (name, str(message.get("title", "")), key), told),
        detail=_payload(document, message, place, told),
        examples=tuple(each["payload"] for each in message.get("examples", ()) if "payload" in each),
        said=_said(document, message),
    )


def _said(document: AsyncApiDocument, message: Mapping[str, Any]) -> dict[str, Any]:
    contact = document.root.get("info", {}).get("contact", {}).get("name")
    texts = (message.get("description"), message.get("summary"), message.get("title"))
    said = {
        "owner": message.get("x-owner", document.root.get("x-owner", contact)),
        "description": next(filter(None, texts), None),
        "data_class": message.get("x-data-class", document.root.get("x-data-class")),
        "source": message.get("x-source", document.root.get("x-source")),
        "detail_type": message.get("x-detail-type"),
    }
    return {argument: value for argument, value in said.items() if value is not None}


def _version(document: AsyncApiDocument, message: Mapping[str, Any], names: tuple[str, ...], told: str) -> int:
    suffixes = [match[1] for match in map(_VERSION.search, names) if match]
    major = str(document.root.get("info", {}).get("version", "1")).removeprefix("v").partition(".")[0]
    # Before 1.0.0 nothing is promised yet; the first version that is, is 1.
    said = [message.get("x-version"), *suffixes, document.root.get("x-version"), major if major != "0" else "1"]
    version = str(next(each for each in said if each is not None))
    if not version.isdecimal() or int(version) < 1:
        msg = f"version of {told} must be a whole number from 1, such as 'x-version: 2', got {version!r}"
        raise ContractError(msg)
    return int(version)


def _check_content(document: AsyncApiDocument, message: Mapping[str, Any], told: str) -> None:
    content = message.get("contentType", document.root.get("defaultContentType", "application/json"))
    if not _JSON.fullmatch(str(content)):
        msg = f"contentType of {told} must be JSON, as the detail of an event is, got {content!r}"
        raise ContractError(msg)


def _payload(document: AsyncApiDocument, message: Mapping[str, Any], place: Place, told: str) -> dict[str, Any]:
    if not isinstance(message.get("payload"), Mapping):
        msg = f"payload of {told} must be a schema, got {message.get('payload')!r}"
        raise ContractError(msg)
    at = document.step(place, "/payload")
    if document.major == "3":
        at = document.followed(at)[0]
        payload = document.at(at)
        is_multi_format = "schemaFormat" in payload or "schema" in payload
        format_ = payload.get("schemaFormat") if is_multi_format else None
        at = document.step(at, "/schema") if is_multi_format else at
    else:
        format_ = message.get("schemaFormat")
    schema = document.at(at)
    draft = draft_of(schema, _draft(format_, told))
    return Bundle(document.files, whole=at, draft=draft).schema(schema, at.file)


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
