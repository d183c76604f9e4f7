"""Event patterns, details and transformers of all kinds, few names and values so that they meet.

Left out is what `KNOWN_WRONG` has cases of, such as field names with dots in them.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.agreement.resources import transformed

_NAMES = st.sampled_from(["status", "total", "lines"])
_TEXTS = st.sampled_from(["", "paid", "Paid", "PAID", "unpaid", "o-1", "o-12", "10.0.0.7", "10.0.1.7", "straße"])
_NUMBERS = st.sampled_from([-1, 0, 1, 1.0, 2.5, 100, 300_000])
_SCALARS = st.none() | st.booleans() | _TEXTS | _NUMBERS

DETAILS = st.dictionaries(
    _NAMES,
    st.recursive(
        _SCALARS,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(_NAMES, below, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=3,
)


def _operator(name: str, operands: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return operands.map(lambda operand: {name: operand})


_ENDS = st.sampled_from(["p", "pa", "P", "id", "ID", "o-", "2"])
_WORDS = _TEXTS.filter(lambda text: text not in ("", "10.0.0.7", "10.0.1.7"))
_WILDCARDS = st.sampled_from(["*", "p*", "*id", "o-*", "*a*d", "un*", "10.0.*.7"])
_OPERATORS = st.one_of(
    _operator("prefix", _ENDS | _operator("equals-ignore-case", _ENDS)),
    _operator("suffix", _ENDS | _operator("equals-ignore-case", _ENDS)),
    _operator("equals-ignore-case", _WORDS),
    _operator("wildcard", _WILDCARDS),
    _operator("numeric", st.sampled_from([["=", 1], ["<", 1], [">=", 0, "<", 2.5], [">", 1.5], ["<=", 100]])),
    _operator("cidr", st.sampled_from(["10.0.0.0/24", "10.0.0.0/8", "10.0.1.7/32"])),
    _operator("exists", st.booleans()),
    _operator("anything-but", _WORDS | _NUMBERS | st.lists(_WORDS, min_size=1, max_size=2)),
    _operator("anything-but", st.lists(_NUMBERS, min_size=1, max_size=2)),
    _operator(
        "anything-but",
        st.one_of(
            *(_operator(name, _ENDS | st.lists(_ENDS, min_size=1, max_size=2)) for name in ("prefix", "suffix")),
            _operator("equals-ignore-case", _WORDS | st.lists(_WORDS, min_size=1, max_size=2)),
            _operator("wildcard", _WILDCARDS | st.lists(_WILDCARDS, min_size=1, max_size=2)),
        ),
    ),
)
_WRONG = st.one_of(
    _operator("prefix", _NUMBERS),
    _operator("numeric", st.sampled_from([[], [">"], [">", "1"], ["~", 1], [">", 1, ">", 2], [">", 3, "<", 2]])),
    _operator("cidr", st.sampled_from(["10.0.0.0", "10.0.0.0/33", "paid"])),
    _operator("exists", st.sampled_from(["true", 1])),
    _operator("wildcard", st.sampled_from(["**", "p**", 1])),
    _operator("anything-but", st.sampled_from([[], {}, {"numeric": [">", 1]}, [["paid"]]])),
    _operator("contains", _TEXTS),
)
_FIELDS = st.lists(_SCALARS | _OPERATORS, min_size=1, max_size=2)
_FIELDS_OR_WRONG = _FIELDS | st.lists(_SCALARS | _WRONG, max_size=2) | _TEXTS

PATTERNS = st.recursive(
    st.dictionaries(_NAMES, _FIELDS, min_size=1, max_size=2),
    lambda below: (
        st.dictionaries(_NAMES, _FIELDS | below, min_size=1, max_size=2)
        | st.builds(lambda fields, those: {**fields, "$or": those}, below, st.lists(below, min_size=2, max_size=3))
    ),
    max_leaves=4,
).map(lambda detail: {"source": ["com.acme.orders"], "detail": detail})

PATTERNS_WITH_MISTAKES = st.dictionaries(_NAMES, _FIELDS_OR_WRONG, min_size=1, max_size=2).map(
    lambda detail: {"detail": detail}
)

_PATHS = {
    "status": "$.detail.status",
    "total": "$.detail.total",
    "name": "$.detail.customer.name",
    "type": "$.detail-type",
    "lines": "$.detail.lines",
    "customer": "$.detail.customer",
}
_WRITTEN_AS_TEXT = ["status", "total", "name", "type", "aws.events.rule-name", "aws.events.rule-arn"]
_IN_TEXT = st.sampled_from(_WRITTEN_AS_TEXT).map(lambda name: f"<{name}>")
_BY_ITSELF = _IN_TEXT | st.sampled_from(["<lines>", "<customer>"])
_CONSTANTS = st.sampled_from(['"paid"', "3", "true", '{"at":"door"}', "[1,2]"])
_QUOTED = st.lists(_IN_TEXT | st.sampled_from(["order ", " is ", "{", '\\"', ","]), max_size=4).map(
    lambda parts: f'"{"".join(parts)}"'
)


def _array(items: list[str]) -> str:
    return f"[{','.join(items)}]"


def _object(fields: dict[str, str]) -> str:
    return "{" + ",".join(f'"{name}":{value}' for name, value in fields.items()) + "}"


_VALUES = st.recursive(
    _BY_ITSELF | _CONSTANTS | _QUOTED,
    lambda below: st.lists(below, max_size=3).map(_array) | st.dictionaries(_NAMES, below, max_size=2).map(_object),
    max_leaves=4,
)
_OBJECTS = st.dictionaries(_NAMES, _VALUES, min_size=1, max_size=3).map(_object)
_LINES = st.lists(_QUOTED, min_size=1, max_size=3).map("\n".join)

INPUTS = st.one_of(
    (_OBJECTS | _LINES).map(lambda template: transformed(template, **_PATHS)),
    st.sampled_from(["$", "$.detail", *_PATHS.values()]).map(lambda path: {"InputPath": path}),
    _CONSTANTS.map(lambda text: {"Input": text}),
)

_WORDS_OF_TEXT = st.sampled_from(["", "paid", "o-1", "straße", "a, b: c", "{}"])
ORDERS = st.fixed_dictionaries(
    {},
    optional={
        "status": _WORDS_OF_TEXT | st.booleans(),
        "total": _NUMBERS,
        "lines": st.lists(_SCALARS | st.dictionaries(_NAMES, _SCALARS, max_size=2), max_size=3),
        "customer": st.dictionaries(st.sampled_from(["name", "level"]), _WORDS_OF_TEXT, max_size=2),
    },
)
