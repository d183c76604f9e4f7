"""Whether an event is named as a fact in the past tense, and what it might be called instead."""

from __future__ import annotations

import re

from cdk_eventbridge_patterns.naming.words import is_event, kebab_case, words_of

# Verbs whose past participle does not end in `ed`, as events have them.
_IRREGULAR_VERBS = """
    become/become begin/begun bid/bid bind/bound break/broken bring/brought build/built buy/bought cast/cast
    catch/caught choose/chosen come/come cost/cost cut/cut deal/dealt do/done draw/drawn drive/driven eat/eaten
    fall/fallen feed/fed feel/felt find/found fly/flown forbid/forbidden forget/forgotten forgive/forgiven
    freeze/frozen get/got give/given go/gone grow/grown hear/heard hide/hidden hit/hit hold/held hurt/hurt
    keep/kept know/known lay/laid lead/led leave/left lend/lent let/let lose/lost make/made mean/meant meet/met
    pay/paid put/put quit/quit read/read ride/ridden rise/risen run/run say/said see/seen seek/sought sell/sold
    send/sent set/set shake/shaken show/shown shut/shut speak/spoken spend/spent spin/spun split/split
    spread/spread stand/stood steal/stolen stick/stuck strike/struck swear/sworn sweep/swept take/taken
    teach/taught tear/torn tell/told think/thought throw/thrown understand/understood wake/woken wear/worn
    win/won wind/wound write/written
"""
_PREFIXES = ("", "mis", "out", "over", "pre", "re", "un", "under", "up", "with")
_IRREGULAR = {
    prefix + verb: prefix + participle
    for prefix in _PREFIXES
    for verb, participle in (pair.split("/") for pair in _IRREGULAR_VERBS.split())
}
_PARTICIPLES = frozenset(_IRREGULAR.values())

_LAST_WORD = re.compile(r"[A-Z]+$|[A-Z][a-z]*$")
_VERSION = re.compile(r"(V?[0-9]+)+$")
# One short syllable: its last letter is doubled, ship → shipped.
_SHORT_SYLLABLE = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]")


def is_past_tense(event: str) -> bool:
    """Return whether the last word of *event* is a past participle: it ends in `ed`, or is an irregular one."""
    last = kebab_case(event).rpartition("-")[2]
    return last.endswith("ed") or last in _PARTICIPLES


def nearest_event(text: str, *, in_past_tense: bool) -> str:
    """Return *text* in PascalCase and, if wanted, in the past tense as far as that can be guessed."""
    event = text if is_event(text) else "".join(map(str.capitalize, words_of(text)))
    event = _VERSION.sub("", event).lstrip("0123456789")
    event = event[:1].upper() + event[1:]
    if not event:
        return "OrderPlaced"
    if not in_past_tense or is_past_tense(event):
        return event
    verb = _LAST_WORD.search(event)
    if verb is None or (len(verb[0]) > 1 and verb[0].isupper()):
        return f"{event}Changed"
    return event[: verb.start()] + _past_participle(verb[0].lower()).capitalize()


def _past_participle(verb: str) -> str:
    stem = verb.removesuffix("ing")
    for known in (stem, f"{stem}e") if stem != verb else (verb,):
        if known in _IRREGULAR:
            return _IRREGULAR[known]
    if stem.endswith("e"):
        return f"{stem}d"
    if re.search("[^aeiou]y$", stem):
        return f"{stem[:-1]}ied"
    if stem == verb and _SHORT_SYLLABLE.fullmatch(stem):
        return f"{stem}{stem[-1]}ed"
    return f"{stem}ed"
