"""Which person the user means: an address, an id, a name, or something near a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netaudit.cli._terminal import harmless
from netaudit.errors import UserError
from netaudit.names.folding import fold

if TYPE_CHECKING:
    import pandas as pd

    from netaudit.audit import Audit

SHOWN = 8
"""People named when a text means several."""
LIKE = 75.0
"""Similarity (0 to 100) from which a name is worth asking about."""
SURE = 85.0
"""Similarity from which the nearest name is taken, if no other comes near it."""
AHEAD = 5.0
"""By how much it must be nearer than the next."""


def meant(audit: Audit, text: str) -> str:
    """The id of the person with a relationship whom a text means.

    Args:
        audit: says who there is.
        text: a person_id, address or profile, (part of) a name, or a name with slips.

    Raises:
        UserError: nobody, or several; it names those who come near.
    """
    ties = audit.relationships.set_index("person_id")
    found = audit.people.find(text)
    known = [person for person in found if person in ties.index]
    if len(known) == 1:
        return known[0]
    if known:
        strongest = ties.loc[known].sort_values("strength", ascending=False)
        raise UserError(f"{harmless(text)} may be {_labels(strongest)}: name an address or the id")
    if found:
        raise UserError(_unrelated(audit, found[0]))
    return _nearest(ties, text)


def _unrelated(audit: Audit, person: str) -> str:
    row = audit.people.people.set_index("person_id").loc[person]
    name = harmless(str(row["name"]))
    if row["is_owner"]:
        return f"{name}: that is you; name somebody else"
    return f"{name}: no relationship: ignored, or seen only beside you in others' mail"


def _nearest(ties: pd.DataFrame, text: str) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    names = [fold(name) for name in ties["name"].fillna("")]
    wanted = fold(text) or text.lower()
    near = process.extract(wanted, names, scorer=fuzz.WRatio, score_cutoff=LIKE, limit=SHOWN)
    if not near:
        raise UserError(f"nobody is known as {harmless(text)}; `netaudit people` lists who is")
    (_, best, place), rest = near[0], near[1:]
    if best >= SURE and all(best - other >= AHEAD for _, other, _ in rest):
        return str(ties.index[place])
    raise UserError(
        f"nobody is known as {harmless(text)}; near it: {_labels(ties.iloc[[p for *_, p in near]])}"
    )


def _labels(ties: pd.DataFrame) -> str:
    rows = ties.head(SHOWN).reset_index()
    labels = [
        harmless(f"{name} <{(addresses or profiles or '').split(';')[0]}> [{person}]")
        for person, name, addresses, profiles in zip(
            rows["person_id"], rows["name"], rows["addresses"], rows["profiles"], strict=True
        )
    ]
    more = f" and {len(ties) - SHOWN} more" if len(ties) > SHOWN else ""
    return "; ".join(labels) + more
