"""Our one document takes and refuses what the published eight do."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema_specifications import REGISTRY

from cdk_eventbridge_patterns.contracts.meta_schema import schema_validator

PUBLISHED = Draft202012Validator(Draft202012Validator.META_SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)

DRAFT = "https://json-schema.org/draft/2020-12/"
KEYWORDS = sorted(
    {key for uri in REGISTRY if uri.startswith(DRAFT) for key in REGISTRY[uri].contents.get("properties", {})}
)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from(["object", "a", "(", "#/$defs/a", ""])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda below: st.one_of(
        st.lists(below, max_size=2),
        st.dictionaries(st.sampled_from(KEYWORDS), below, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b"]), below, max_size=2),
    ),
    max_leaves=8,
)


@given(ANYTHING)
def test_a_value_is_a_schema_by_it_if_it_is_one_by_the_published_documents(value: Any) -> None:
    assert schema_validator().is_valid(value) == PUBLISHED.is_valid(value)


@pytest.mark.parametrize("keyword", KEYWORDS)
@pytest.mark.parametrize(
    "value", [7, "a", "(", ["a"], [7], {"a": {"type": "no-type"}}, {"a": ["b"]}, [{"type": 7}]], ids=repr
)
def test_each_keyword_is_judged_as_published_also_far_below(keyword: str, value: Any) -> None:
    schema = {"type": "object", "properties": {"a": {"items": {keyword: value}}}}

    assert schema_validator().is_valid(schema) == PUBLISHED.is_valid(schema)
