"""If no change between two schemas is breaking or undecided, the old one allows all that the new one allows.

The schemas are small and of one family, and the values are made to fit the new one: what is drawn without such care
is hardly ever compatible, and then proves nothing.
"""

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cdk_eventbridge_patterns.contracts.comparison.comparison import Comparison
from tests.laws.schemas import Dice, two_documents

LAW = settings(max_examples=100, deadline=None)
PAIRS = 40
VALUES = 15


@LAW
@given(seed=st.integers(0, 2**32))
def test_what_is_compatible_allows_nothing_new(seed: int) -> None:
    dice = Dice(seed)
    for _ in range(PAIRS):
        old, new = two_documents(dice)
        if any(change.breaking is not False for change in Comparison(old, new).schemas(old, new, "detail")):
            continue
        before, after = Draft202012Validator(old), Draft202012Validator(new)
        for _ in range(VALUES):
            value = {"at": dice.likely(new["properties"]["at"], new)}
            assert not after.is_valid(value) or before.is_valid(value), (old, new, value)
