"""Complaints in posts: a cue of complaint, a negative tone; and whether it is about the job.

A complaint states that something falls short of what was expected (Olshtain and Weinbach 1987).
Rules only: the labelled posts they are measured on state no licence.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from netaudit.text import acts
from netaudit.text import words as lexicon
from netaudit.text.languages import language
from netaudit.text.lists import any_of, sections


class Complaint(NamedTuple):
    """A text that complains, and how it sounds in [-1, 1]."""

    tone: float


def complaint(text: str, told: str | None = None) -> Complaint | None:
    """Whether a text complains.

    Args:
        text: a post.
        told: its language, where it is known already.
    """
    told = told or language(text)
    found = [act for act in acts.acts(text, told, complaints=True) if act.act == "complaint"]
    tone = lexicon.tone(lexicon.tokens(text), told)
    if tone is None or not found or _SETTLED.search(text[:_HEAD].lower()):
        return None
    return Complaint(tone - _TONE_OF_CUE) if tone <= 0 else None


_SETTLED = re.compile(
    r"\b(?:thank(?:s| you)|thx)\b.{0,40}\b(?:resolv|fix|sort|help|quick|prompt|rectif)"
    r"|\b(?:can'?t|cannot|hardly) (?:even )?(?:wait|stop)\b|\bproblems (?:are|we solve) "
    r"|\b(?:interesting|real|hard|solve|solved|solving|resolved) (?:\w+ )?(?:problems?|issues?)\b"
)
"""What is no complaint: one that was settled, joyful impatience, problems one likes to solve."""
_HEAD = 1_000


_TONE_OF_CUE = 0.1
"""A cue of complaint in words that no list of feelings holds is a little negative itself."""


def about_job(text: str, employer: re.Pattern[str] | None) -> Complaint | None:
    """A complaint about the writer's own job, or None.

    Args:
        text: a post.
        employer: a pattern of the employer's name, where it is known.
    """
    told = language(text)
    own = _own_job().get(told or "")
    if own is None:
        return None
    if not own.search(text.lower()) and not (employer and employer.search(text)):
        return None
    return complaint(text, told)


@cache
def _own_job() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(any_of(entries)) for name, entries in sections("own_job").items()}
