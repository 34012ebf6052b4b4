"""job_complaint: the owner's own posts and comments that complain about their job."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import pandas as pd
from scipy.special import bdtrc

from netaudit import findings, phrases
from netaudit.model import FINDINGS, JOIN
from netaudit.settings import setting
from netaudit.text import complaints

if TYPE_CHECKING:
    from netaudit.history import History

PRECISION = 0.75
"""Of one complaint found, measured on other people's posts (docs/methods.md)."""


@dataclass(frozen=True)
class JobComplaint:
    """Posts in the first person or naming the employer, with a complaint and a negative tone."""

    NAME: ClassVar[str] = "job_complaint"
    POSITIVE: ClassVar[bool] = False
    ORDER: ClassVar[int] = 80
    STEPS: ClassVar[Mapping[str, str]] = {}
    TITLE: ClassVar[str] = "Complaints about the job"
    MEANING: ClassVar[str] = "What you wrote in public about your work sounds like a complaint."
    MAY_BE_WRONG: ClassVar[str] = (
        "Irony and quotations are easily misread; criticism of an industry is no complaint. "
        "Every post is quoted in full: judge for yourself."
    )

    min_posts: int = setting(3, "posts and comments that complain, at least; or else")
    min_share: float = setting(0.2, "this share of the posts and comments, at least,")
    min_written: int = setting(10, "of at least so many")
    max_tone: float = setting(0.0, "tone of a complaint, in [-1, 1], below")

    def __call__(self, history: History, as_of: pd.Timestamp) -> pd.DataFrame:
        """One finding on the owner, or none, as of a time."""
        posts = written(history, as_of)
        employer = _employer(history)
        judged = [complaints.about_job(text, employer) for text in posts["text"]]
        tones = pd.Series([each.tone if each else 1.0 for each in judged], index=posts.index)
        found = posts[tones < self.max_tone].sort_values(["posted_at", "key"])
        many = len(posts) >= self.min_written and len(found) >= self.min_share * len(posts)
        if found.empty or not (len(found) >= self.min_posts or many):
            return FINDINGS.empty()
        real = int(min(self.min_posts, len(found)) - 1)
        row = pd.DataFrame(
            {
                "person_id": [None],
                "score": [len(found) / (len(found) + 3)],
                "confidence": [float(bdtrc(real - 1, len(found), PRECISION))],
                "since": [found["posted_at"].min()],
                "summary": [_summary(found, len(posts))],
                "evidence": [JOIN.join(found["key"])],
                "suggestion": [
                    "Say it to somebody who can change it; in public, say what would help."
                ],
            }
        )
        return findings.frame(self.NAME, row, history.people)


def written(history: History, as_of: pd.Timestamp) -> pd.DataFrame:
    """The owner's own posts and comments up to a time, undated ones too: model.POSTS."""
    posts = history.posts
    own = posts[posts["kind"].isin(["share", "comment"]) & posts["text"].notna()]
    return own[own["posted_at"].isna() | (own["posted_at"] <= as_of)]


def _employer(history: History) -> re.Pattern[str] | None:
    """The name of the owner's employer, as it may stand in a post."""
    own = history.people.loc[history.people["is_owner"], "organisation"].dropna()
    name = "" if own.empty else str(own.iloc[0]).strip()
    return re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE) if len(name) > 2 else None


def _summary(found: pd.DataFrame, written: int) -> str:
    told = phrases.count(len(found), "post or comment", "posts and comments")
    quoted = [
        f"“{text}”" + ("" if pd.isna(at) else f" ({at:%Y-%m-%d})")
        for text, at in zip(found["text"], found["posted_at"], strict=True)
    ]
    return f"{told} of {written} complain about your job: {'; '.join(quoted)}"
