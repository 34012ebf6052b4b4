"""One LinkedIn export: the CSV files of every era, as LinkedIn or a spreadsheet saved them.

export.py      the members of a zip, folder or single file, within limits
kinds.py       which file a header belongs to
rows.py        text -> rows, torn and ragged ones told apart
dates.py       the ways in which the files write time
recipients.py  names and links of addressees
tables.py      rows -> records of model.py
messages.py    rows of messages.csv -> model.Message
read.py        all members in order: the way in
"""
