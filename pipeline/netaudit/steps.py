"""The kinds of small next steps: what there is to do for a relationship."""

ANSWER = "answer"
PROMISE = "promise"
RECONNECT = "reconnect"
THANK = "thank"
GIVE_BACK = "give_back"
WRITE = "write"
REST = "rest"

WORDS: dict[str, str] = {
    ANSWER: "Answer",
    PROMISE: "Keep your promise to",
    RECONNECT: "Reconnect with",
    THANK: "Thank",
    GIVE_BACK: "Give something back to",
    WRITE: "Write a personal line to",
    REST: "Let it rest with",
}
"""Each step as the beginning of a sentence that a name ends."""

WEIGHT: dict[str, float] = {
    ANSWER: 1.0,
    PROMISE: 1.0,
    RECONNECT: 0.8,
    THANK: 0.7,
    GIVE_BACK: 0.6,
    WRITE: 0.4,
    REST: 0.3,
}
"""How much a step is worth beside the others, all else equal: what others wait for comes first, a
step that costs nothing but leaving things be comes last. A judgement, not a measurement."""
DEFAULT = REST
"""The step of a pattern that names none."""
