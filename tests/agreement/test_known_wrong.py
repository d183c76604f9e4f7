"""That what is listed is still wrong in the emulator or out of its reach, and that the page says so."""

from __future__ import annotations

import pytest

from tests.agreement.difference import SPELLING
from tests.agreement.emulator import Emulator, Refused
from tests.agreement.known_wrong import KNOWN_WRONG, KnownWrong
from tests.agreement.out_of_reach import OUT_OF_REACH
from tests.agreement.report import PAGE, page


@pytest.mark.parametrize("known", KNOWN_WRONG, ids=lambda known: known.does)
def test_what_is_known_to_be_wrong_still_is(emulator: Emulator, known: KnownWrong) -> None:
    found = {each.kind for each in known.case.differences(emulator)}

    assert (found - SPELLING or found) == {known.kind}, "it is mended: take it off the list, and write the page anew"


@pytest.mark.parametrize("resource_type", [each for out in OUT_OF_REACH for each in out.types])
def test_what_the_emulator_does_not_know_it_still_does_not(emulator: Emulator, resource_type: str) -> None:
    template = {"Resources": {"Unknown": {"Type": resource_type, "Properties": {}}}}

    with pytest.raises(Refused, match="Unrecognized resource types"), emulator.deployed(template):
        pass


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.agreement.report"
