"""The page on how the trace agrees with an emulator of AWS: `python -m tests.agreement.report` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tests.agreement.cases import EVENT_PATTERNS, INPUTS, RULES
from tests.agreement.difference import Kind
from tests.agreement.known_wrong import KNOWN_WRONG
from tests.agreement.out_of_reach import OUT_OF_REACH

PAGE = Path(__file__).parents[2] / "docs" / "agreement.md"

_HEAD = """<!-- Made from the cases by `python -m tests.agreement.report`; change them, not this. -->

# Agreement with an emulator

Is the trace right?
It is written from AWS's documentation and from recorded answers of AWS, and so are its unit tests.
Here it is held to what others wrote: an emulator of AWS.
The same templates are deployed there, the same events published, and the queues read.
The emulator is no authority: where the two differ, a page or a recorded answer of AWS says which of them is wrong.

The emulator is MiniStack, `ministack` on PyPI, in the version of `constraints-agreement.txt`.
It runs as a process of its own, on the loopback only, from an environment of its own.
Nothing of it is part of this library.

```console
$ make agreement    # installs the emulator into .agreement, and runs tests/agreement
```

`make test` skips these tests where the emulator is not installed.

## What is compared

The template of each case is read by our own reader, and deployed by the emulator's CloudFormation.
The event is traced, and published by `PutEvents`.
Compared is

- whether the template can be deployed, and the event published;
- which queues receive the event;
- the body of each message, to the letter.

A part of a body that is known at delivery only, such as the id, may be anything.
Where `Payload.unproved` says that the spelling is ours, the body is compared as JSON.
What the trace leaves undecided is not compared.
"""

_DRAWN = """
Besides, inputs with events, and event patterns with events, are drawn: hundreds of each, the same every time.
The event patterns go to `TestEventPattern`, some of them with mistakes that both have to refuse.

A template that is an array is not among them.
The emulator takes one without quotation marks to be text, the trace takes it to be JSON.
We know of no recorded answer of AWS.
"""


def page() -> str:
    """Return the page."""
    return "\n".join([_HEAD, "## What agrees", "", *_agreeing(), _DRAWN, *_wrong(), "", *_out_of_reach()]) + "\n"


def _agreeing() -> Iterator[str]:
    for title, cases in (("Event patterns", EVENT_PATTERNS), ("Rules and targets", RULES), ("Inputs", INPUTS)):
        yield f"- {title}: {'; '.join(cases)}."


def _wrong() -> Iterator[str]:
    yield "## Where the emulator is known to be wrong"
    yield ""
    yield "A test holds each of these to be still so. It differs in"
    by_kind = sorted(KNOWN_WRONG, key=lambda known: list(Kind).index(known.kind))
    for kind, known in groupby(by_kind, key=lambda known: known.kind):
        yield f"\n### {kind.value[0].upper()}{kind.value[1:]}\n"
        yield "| The emulator | AWS | Known from |"
        yield "|---|---|---|"
        yield from (f"| {each.does} | {each.reason} | {each.source} |" for each in known)


def _out_of_reach() -> Iterator[str]:
    yield "## What the emulator can't say anything about"
    yield ""
    yield from (f"- {each.what[0].upper()}{each.what[1:]}: {each.because}." for each in OUT_OF_REACH)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
