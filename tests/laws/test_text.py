"""What is decided about text with unknown parts holds whatever they turn out to be."""

from hypothesis import given
from hypothesis import strategies as st

from cdk_eventbridge_patterns.topology.text import generated, like, same, unknown

_PARTS = [unknown("a"), unknown("b"), generated("c")]
_text = st.lists(st.sampled_from(["a", "b", "-", *_PARTS]), max_size=6).map("".join)
_pattern = st.lists(st.sampled_from(["a", "b", "-", "*", "?", *_PARTS]), max_size=6).map("".join)
_values = st.fixed_dictionaries({part: st.text("ab-", max_size=3) for part in _PARTS[:2]})
_made_up = st.text("xyz", min_size=8, max_size=9)


def _filled(text: str, values: dict[str, str]) -> str:
    for part, value in values.items():
        text = text.replace(part, value)
    return text


@given(_text, _text, _values, _made_up)
def test_what_is_the_same_or_not_stays_so(one: str, other: str, values: dict[str, str], made_up: str) -> None:
    answer = same(one, other)

    filled = values | {_PARTS[2]: made_up}
    if isinstance(answer, bool):
        assert same(_filled(one, filled), _filled(other, filled)) is answer


@given(_pattern, _text, _values, _made_up)
def test_what_fits_a_wildcard_or_not_stays_so(pattern: str, text: str, values: dict[str, str], made_up: str) -> None:
    answer = like(pattern, text)

    filled = values | {_PARTS[2]: made_up}
    if isinstance(answer, bool):
        assert like(_filled(pattern, filled), _filled(text, filled)) is answer
