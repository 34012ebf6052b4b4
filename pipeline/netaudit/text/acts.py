"""What a sentence does: asks, offers, gives, thanks, apologises, promises, chats, arranges a time.

After speech acts in e-mail (Cohen, Carvalho and Mitchell 2004, "Learning to classify email into
speech acts"), read by cues (lists/acts_<language>.txt); English asks are told by the model of
`netaudit.text.asks` besides. A cue's pattern is only tried on sentences that hold one of its
trigger words, so most sentences cost a few set lookups. Languages without a list are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from netaudit.text import asks
from netaudit.text.lists import sections
from netaudit.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

MIN_ASK = 0.6
"""Probability from which a sentence counts as an ask: precision .80 at recall .71."""
MIN_QUESTION = 0.35
"""The same for a question that begins like one: the model's own doubts about form weigh less."""
ASK_BY_CUE = 0.75
"""Precision of the cues of asks, about."""
_SURE = {"offer": 0.8, "give": 0.75, "thanks": 0.8, "apology": 0.85, "small_talk": 0.85}
_SURE |= {"scheduling": 0.8, "promise": 0.8, "complaint": 0.6}
_KINDS = ("favour", "advice", "information")
_STATES = frozenset(
    (
        *("i", "i'm", "i'll", "i've", "i'd", "we", "we'll", "we're", "we've", "he", "she", "they"),
        *("it", "it's", "this", "that", "these", "those", "there", "the", "a", "an", "my", "our"),
        *("his", "her", "as", "in", "on", "to", "for", "thanks", "thank", "also", "then", "and"),
        *("so", "but"),
    )
)
"""First words of a statement."""
_TO_READER = re.compile(
    r"\?|\b(?:you|your|yours|u|please|pls|plz|kindly|let (?:me|us) know|anyone|anybody|someone"
    r"|everyone|i (?:really |also |still )?need|i want|appreciated?|grateful)\b"
)
_TOGETHER = re.compile(r"\blet'?s\b|\bhow about\b|\bwhy don't (?:we|you)\b|\b(?:shall|should) we\b")
_MIN_WORDS = 4
_FORMULA = re.compile(
    r"(?:,? ?(?:and|so|but) )?(?:please |pls |just |do(?:n't| not) hesitate to |feel free to ){0,3}"
    r"(?:let (?:me|us) know|(?:call|contact|e-?mail|ask|reach|write|ping) (?:me|us|him|her)"
    r"|give (?:me|us) a (?:call|ring|shout|buzz))[^.?!]{0,40}?"
    r"\b(?:if|should|with) (?:you|there|any)[^.?!]{0,80}"
)
_WORD = re.compile(r"[^\W\d_]+")
_IF = re.compile(r"\b(?:if (?:you|it)|in advance|wenn|falls|d['’]avance|de antemano)\b")


class Act(NamedTuple):
    """An act: a row of model.SIGNALS without `key`."""

    act: str
    kind: str | None
    sentence: str
    start: int
    probability: float


@dataclass(frozen=True, eq=False)
class Cue:
    """What shows an act.

    Attributes:
        section: of the list it stands in: the act and its kind.
        pattern: what is looked for.
        needs: one of these stands in whatever counts as a match; a question mark for a pattern that
            ends in one.
    """

    section: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]

    def is_in(self, lower: str) -> bool:
        """Whether a sentence in lower case shows it."""
        for text in self.needs:
            if text in lower:
                break
        else:
            if self.needs:
                return False
        return self.pattern.search(lower) is not None


@cache
def cues(language: str, complaints: bool = True) -> dict[str, tuple[Cue, ...]]:
    """The cues of a language by trigger word; empty for a language that is not read.

    Args:
        language: ISO 639-1 code.
        complaints: those of complaints too.
    """
    try:
        lists = sections(f"acts_{language}")
    except FileNotFoundError:
        return {}
    found: dict[str, list[Cue]] = {}
    for section, entries in lists.items():
        if section == "complaint" and not complaints:
            continue
        for entry in entries:
            triggers, cue = _parsed(section, entry)
            for trigger in triggers:
                for word in (trigger, *([] if language == "en" else _WORD.findall(trigger))):
                    found.setdefault(word, []).append(cue)
    return {word: tuple(dict.fromkeys(each)) for word, each in found.items()}


def _parsed(section: str, entry: str) -> tuple[list[str], Cue]:
    """The trigger words and the cue of an entry `triggers + this / that :: pattern`."""
    head, _, pattern = entry.partition(" :: ")
    triggers, _, needed = head.partition(" + ")
    needs = tuple(needed.split(" / ")) if needed else ()
    if pattern.endswith(r"\?"):
        needs = needs or ("?",)
    return triggers.split(), Cue(section, re.compile(pattern), needs)


def words(lower: str, language: str) -> list[str]:
    """The words of a sentence in lower case, as the cues and the model know them."""
    return asks.words_of(lower) if language == "en" else _WORD.findall(lower)


def acts(text: str, language: str | None, *, complaints: bool = False) -> list[Act]:
    """The acts of a text, sentence by sentence.

    Args:
        text: new text.
        language: its language; another than the ones that are read gives none.
        complaints: look for complaints too (in posts).
    """
    if language is None or not cues(language, complaints):
        return []
    found: list[Act] = []
    for sentence, start in sentences(text):
        for act, kind, probability in of_sentence(sentence, language, complaints):
            found.append(Act(act, kind, sentence, start, probability))
    return found


@lru_cache(maxsize=4096)
def of_sentence(
    sentence: str, language: str, complaints: bool = False
) -> tuple[tuple[str, str | None, float], ...]:
    """The acts of one sentence: act, kind, probability. Forms and formulas come again and again."""
    lower = sentence.lower().replace("’", "'")
    tokens = words(lower, language)
    if len(tokens) < 2:
        return ()
    hits = _hits(lower, tokens, cues(language, complaints))
    found: list[tuple[str, str | None, float]] = []
    is_question = "?" in sentence
    if is_question or "offer" not in hits:
        asked = _asked(lower, tokens, hits, language)
        if asked:
            found.append(asked)
    for section in hits:
        act, _, kind = section.partition("/")
        if act in ("ask", "courtesy") or (act == "give" and is_question):
            continue
        if section == "give/help" and found and found[0][1] == "favour":
            continue  # "if you could put in a good word for me"
        if act == "thanks" and _IF.search(lower):
            continue
        found.append((act, kind or None, _SURE[act]))
    return tuple(found)


def _hits(lower: str, tokens: list[str], known: Mapping[str, tuple[Cue, ...]]) -> dict[str, None]:
    """The sections of the cues that a sentence shows."""
    hits: dict[str, None] = {}
    triggers = filter(known.__contains__, tokens)
    for cue in dict.fromkeys(cue for word in triggers for cue in known[word]):
        if cue.section not in hits and cue.is_in(lower):
            hits[cue.section] = None
    return hits


def _kind_of_ask(tokens: list[str], hits: dict[str, None], lower: str, language: str) -> str:
    """What is asked for; `proposal` where nothing is asked of the reader, or something together."""
    kind = next((kind for kind in _KINDS if f"ask/{kind}" in hits), "task")
    if language != "en" or kind in ("favour", "advice"):
        return kind
    if _TOGETHER.search(lower):
        return "proposal"
    states = tokens[0] in _STATES and not _TO_READER.search(lower)
    return "proposal" if states else kind


def _asked(
    lower: str, tokens: list[str], hits: dict[str, None], language: str
) -> tuple[str, str, float] | None:
    """The ask in a sentence, if there is one; a formula of courtesy in it asks for nothing."""
    if "courtesy" in hits:
        rest = _FORMULA.sub("", lower) if language == "en" else ""
        left = words(rest, language)
        if not 1 < len(left) < len(tokens):
            return None
        lower, tokens, hits = rest, left, _hits(rest, left, cues(language, False))
        if "courtesy" in hits:
            return None
    probability = _ask_probability(tokens, hits, language)
    if not probability:
        return None
    kind = _kind_of_ask(tokens, hits, lower, language)
    if "small_talk" in hits and kind not in ("favour", "advice"):  # `How was the trip?`
        return None
    return "ask", kind, round(probability, 3)


def _ask_probability(tokens: list[str], hits: dict[str, None], language: str) -> float:
    """The probability that a sentence is an ask; 0 where it is none."""
    if language != "en":
        return ASK_BY_CUE if hits.keys() & {"ask", "ask/advice", "ask/information"} else 0
    by_cue = bool(hits) and any(section.startswith("ask") for section in hits)
    if not by_cue and sum(map(str.isalpha, tokens)) < _MIN_WORDS and "please" not in tokens:
        return 0  # `On?`, `Dallas, TX??`
    probability = max(asks.probability(tokens), ASK_BY_CUE if "ask" in hits else 0)
    if "?" in tokens and hits.keys() & {"ask/advice", "ask/information"}:
        probability = max(probability, MIN_ASK) if probability >= MIN_QUESTION else 0
    return probability if probability >= MIN_ASK else 0
