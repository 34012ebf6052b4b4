"""Imported to have what reading texts needs in memory, before processes are forked that share it.

It takes a second, which each of them would take for itself.
"""

from __future__ import annotations

from netaudit.text import MIN_TOGETHER, Message, acts, languages, read_many, signals

languages.model()
for language in languages.READ:
    acts.cues(language, False)
FOX = "The quick brown fox jumps over the lazy dog. " * 3
signals(FOX)
read_many([Message(FOX)] * MIN_TOGETHER)
