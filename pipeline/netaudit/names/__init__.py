"""Names of people as they stand in mail: read, compared, found again in addresses.

- `names.reading`: a display name -> `Name`;
- `names.showing`: a display name as it is shown;
- `names.local`: the part of an address before the `@`;
- `names.compare`: whether two names may be one person's, and why;
- `names.frequency`: how common a name is;
- `names.nicknames`, `names.words`: tables.
"""
