"""What one value of a field may be asked: a class for each operator."""

# ruff: noqa: D102 - `Matcher` says what the two methods of each class do

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cdk_eventbridge_patterns.matching.addresses import Network, address_of
from cdk_eventbridge_patterns.matching.ignore_case import Forms, ends_of, forms_of, starts_of
from cdk_eventbridge_patterns.matching.number import Number
from cdk_eventbridge_patterns.matching.wildcard import fits, parts_of

# What a field of an event holds in the end. An object is no leaf.
Leaf = str | bool | Number | None


class Matcher(ABC):
    """A question about one value."""

    @abstractmethod
    def matches(self, value: Leaf) -> bool:
        """Whether *value* satisfies the question."""

    @abstractmethod
    def spelled(self) -> Any:  # noqa: ANN401 - JSON
        """Return it in the words of an event pattern, the same for all spellings of it."""


@dataclass(frozen=True)
class Equals(Matcher):
    """A literal: text, number, true, false or null."""

    value: Leaf

    def matches(self, value: Leaf) -> bool:
        return value == self.value

    def spelled(self) -> Any:  # noqa: ANN401 - JSON
        if isinstance(self.value, str) and address_of(self.value):
            return {"exactly": self.value}
        return self.value


@dataclass(frozen=True)
class EqualsAddress(Matcher):
    """A literal that is an IP address: any spelling of the address will do."""

    text: str

    @cached_property
    def _address(self) -> object:
        return address_of(self.text)

    def matches(self, value: Leaf) -> bool:
        return isinstance(value, str) and (value == self.text or address_of(value) == self._address)

    def spelled(self) -> str:
        return str(self._address)


@dataclass(frozen=True)
class Prefix(Matcher):
    """`prefix`: text that begins so."""

    text: str

    def matches(self, value: Leaf) -> bool:
        return isinstance(value, str) and value.startswith(self.text)

    def spelled(self) -> dict[str, str]:
        return {"prefix": self.text}


@dataclass(frozen=True)
class Suffix(Matcher):
    """`suffix`: text that ends so."""

    text: str

    def matches(self, value: Leaf) -> bool:
        return isinstance(value, str) and value.endswith(self.text)

    def spelled(self) -> dict[str, str]:
        return {"suffix": self.text}


@dataclass(frozen=True)
class EqualsIgnoreCase(Matcher):
    """`equals-ignore-case`: text that is this in lower or upper case, character by character."""

    text: str

    @cached_property
    def _forms(self) -> Forms:
        return forms_of(self.text)

    def matches(self, value: Leaf) -> bool:
        return isinstance(value, str) and len(value) in ends_of(self._forms, value)

    def spelled(self) -> dict[str, str]:
        return {"equals-ignore-case": self.text}


@dataclass(frozen=True)
class PrefixIgnoreCase(Matcher):
    """`prefix` with `equals-ignore-case`."""

    text: str

    @cached_property
    def _forms(self) -> Forms:
        return forms_of(self.text)

    def matches(self, value: Leaf) -> bool:
        return isinstance(value, str) and bool(ends_of(self._forms, value))

    def spelled(self) -> dict[str, Any]:
        return {"prefix": {"equals-ignore-case": self.text}}


@dataclass(frozen=True)
class SuffixIgnoreCase(Matcher):
    """`suffix` with `equals-ignore-case`."""

    text: str

    @cached_property
    def _forms(self) -> Forms:
        return forms_of(self.text)

    def matches(self, value: Leaf) -> bool:
        return isinstance(value, str) and bool(starts_of(self._forms, value))

    def spelled(self) -> dict[str, Any]:
        return {"suffix": {"equals-ignore-case": self.text}}


@dataclass(frozen=True)
class Wildcard(Matcher):
    """`wildcard`: text with anything where a `*` stands."""

    operand: str

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The literal text before, between and behind the `*`."""
        return parts_of(self.operand)

    def matches(self, value: Leaf) -> bool:
        return isinstance(value, str) and fits(self.parts, value)

    def spelled(self) -> dict[str, str]:
        return {"wildcard": self.operand}


@dataclass(frozen=True)
class Cidr(Matcher):
    """`cidr`: text that is an address in the network."""

    network: Network

    def matches(self, value: Leaf) -> bool:
        address = address_of(value) if isinstance(value, str) else None
        return address is not None and address.version == self.network.version and address in self.network

    def spelled(self) -> dict[str, str]:
        return {"cidr": str(self.network)}


@dataclass(frozen=True, kw_only=True)
class Numeric(Matcher):
    """`numeric`: a number between two bounds; None means that there is no bound."""

    low: float | None = None
    low_included: bool = False
    high: float | None = None
    high_included: bool = False

    def matches(self, value: Leaf) -> bool:
        number = value.value if isinstance(value, Number) else None
        if number is None:
            return False
        if self.low is not None and not (number >= self.low if self.low_included else number > self.low):
            return False
        return self.high is None or (number <= self.high if self.high_included else number < self.high)

    def spelled(self) -> Any:  # noqa: ANN401 - JSON
        if self.low is not None and self.low == self.high:
            return Number(self.low)
        bounds: list[Any] = []
        if self.low is not None:
            bounds += [">=" if self.low_included else ">", Number(self.low)]
        if self.high is not None:
            bounds += ["<=" if self.high_included else "<", Number(self.high)]
        return {"numeric": bounds}


@dataclass(frozen=True)
class AnythingBut(Matcher):
    """`anything-but` of values: any leaf that is none of them, whatever its type."""

    values: tuple[str | Number, ...]

    def matches(self, value: Leaf) -> bool:
        return value not in self.values

    def spelled(self) -> dict[str, Any]:
        return {"anything-but": one_or_sorted(self.values)}


@dataclass(frozen=True)
class AnythingButMatching(Matcher):
    """`anything-but` of an operator: any leaf that does not satisfy it, whatever its type."""

    operator: str
    matchers: tuple[Prefix | Suffix | EqualsIgnoreCase | Wildcard, ...]

    def matches(self, value: Leaf) -> bool:
        return not any(matcher.matches(value) for matcher in self.matchers)

    def spelled(self) -> dict[str, Any]:
        operands = [matcher.spelled()[self.operator] for matcher in self.matchers]
        return {"anything-but": {self.operator: one_or_sorted(operands)}}


@dataclass(frozen=True)
class Present(Matcher):
    """`exists: true`: any leaf, null too."""

    def matches(self, value: Leaf) -> bool:  # noqa: ARG002 - it is enough that there is one
        return True

    def spelled(self) -> dict[str, bool]:
        return {"exists": True}


@dataclass(frozen=True)
class Absent(Matcher):
    """`exists: false`: no leaf at all. Whether there is none is asked of the event, so no value satisfies it."""

    def matches(self, value: Leaf) -> bool:  # noqa: ARG002 - as above
        return False

    def spelled(self) -> dict[str, bool]:
        return {"exists": False}


def one_or_sorted(values: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a single value bare, several once each and in order."""
    unique = sorted(set(values), key=str)
    return unique[0] if len(unique) == 1 else unique
