"""One iCalendar stream (RFC 5545, RFC 5546): calendar files and the parts of mails.

read.py        `rows` of a calendar file, `events_of_message` of a mail: the way in
lines.py       content lines and components, tolerant and bounded
times.py       dates, zones by every name programs give them
statements.py  one VEVENT -> rows of model.EVENTS and model.ATTENDEES
answers.py     "Accepted: ..." subjects of programs that send no iTIP reply
recurrence.py  instances of a recurring event, bounded
"""

from netaudit.ical.answers import title_key
from netaudit.ical.read import events_of_message, rows
from netaudit.ical.recurrence import MAX_INSTANCES, instances

__all__ = ["MAX_INSTANCES", "events_of_message", "instances", "rows", "title_key"]
