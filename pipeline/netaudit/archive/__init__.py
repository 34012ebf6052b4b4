"""The archive: the only reader and writer of `<out>/archive`.

    manifest.json            version, sources, the parts of each
    <table>/<part>.parquet   immutable

A part is what one worker made of one unit of a source. Parts are named by their content, and only
the manifest, which is replaced atomically, says which of them count. Duplicates stay in the parts
and are resolved when tables are read, so the order of ingests changes nothing and a source can be
taken out again.
"""

from netaudit.archive.forgotten import Forgotten, Matcher, matcher
from netaudit.archive.manifest import Entry, Manifest, Part, Piece, Reader
from netaudit.archive.parts import PartWriter
from netaudit.archive.store import Store, Writing

__all__ = [
    "Entry",
    "Forgotten",
    "Manifest",
    "Matcher",
    "Part",
    "PartWriter",
    "Piece",
    "Reader",
    "Store",
    "Writing",
    "matcher",
]
