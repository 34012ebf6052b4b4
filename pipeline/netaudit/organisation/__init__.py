"""An archive of many people's exports: whose each is, and the organisation they make up.

mailboxes.py     which exports are whose
departments.py   the organisation's file: who belongs where
everybody.py     who everybody is, and their messages, each once
ties.py          who wrote to whom
between.py       departments: exchange, reciprocity, silence
structure.py     circles, bridges, who holds the network together
view.py          all of it, as tables and figures
graphs.py        the same as graphs

Pure functions of frames. Groups are the subject; people stand in tables of their own.
"""

from netaudit.organisation.everybody import Everybody, gather
from netaudit.organisation.mailboxes import Mailbox, Mailboxes
from netaudit.organisation.view import Organisation, build

__all__ = ["Everybody", "Mailbox", "Mailboxes", "Organisation", "build", "gather"]
