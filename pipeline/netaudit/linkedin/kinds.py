"""Which file of an export a header belongs to.

Headers are compared without case, spaces, underscores and accents: names of columns changed in
those over the years, and spreadsheets change them again.
"""

from __future__ import annotations

from dataclasses import dataclass

from netaudit import aliases


@dataclass(frozen=True)
class Kind:
    r"""A file of the export.

    Attributes:
        name: the file's usual name.
        needs: columns that its header has in every era.
        date: the column that holds the row's time, or empty.
        is_certain: no other program writes such a header; one is enough to know an export.
        is_whole: the header has no other columns.
        pieces: the column whose text may be written as one quoted piece a line.
        escapes: quotes inside a text are written `\"`.
    """

    name: str
    needs: tuple[str, ...]
    date: str = ""
    is_certain: bool = False
    is_whole: bool = False
    escapes: bool = False
    pieces: str = ""


CONNECTIONS = Kind("Connections", ("firstname", "lastname", "connectedon"), "connectedon", True)
MESSAGES = Kind("messages", ("conversationid", "from", "date", "content"), "date", True)
INVITATIONS = Kind("Invitations", ("from", "to", "sentat", "direction"), "sentat", True)
SHARES = Kind(
    "Shares",
    ("date", "sharelink", "sharecommentary"),
    "date",
    is_certain=True,
    pieces="sharecommentary",
)
COMMENTS = Kind("Comments", ("date", "link", "message"), "date", escapes=True)
REACTIONS = Kind("Reactions", ("date", "type", "link"), "date")
VOTES = Kind("Votes", ("date", "link", "optiontext"), "date")
REPOSTS = Kind("InstantReposts", ("date", "link"), "date", is_whole=True)
ENDORSED_BY = Kind(
    "Endorsement_Received_Info",
    ("endorsementdate", "skillname", "endorserfirstname", "endorserlastname"),
    "endorsementdate",
    True,
)
ENDORSED = Kind(
    "Endorsement_Given_Info",
    ("endorsementdate", "skillname", "endorseefirstname", "endorseelastname"),
    "endorsementdate",
    True,
)
RECOMMENDATIONS = Kind(
    "Recommendations", ("firstname", "lastname", "text", "creationdate", "status"), "creationdate"
)
EVENTS = Kind("Events", ("eventname", "eventtime", "status"))
PROFILE = Kind("Profile", ("firstname", "lastname", "headline"))
ADDRESSES = Kind("Email Addresses", ("emailaddress", "confirmed", "primary"), "updatedon")
POSITIONS = Kind("Positions", ("companyname", "title", "startedon"))
CONTACTS = Kind("Contacts", ("source", "firstname", "lastname", "emails"), "createdat")

KINDS = (
    CONNECTIONS, MESSAGES, INVITATIONS, SHARES, COMMENTS, REACTIONS, VOTES, REPOSTS, ENDORSED_BY,
    ENDORSED, RECOMMENDATIONS, EVENTS, PROFILE, ADDRESSES, POSITIONS, CONTACTS,
)  # fmt: skip

EXPECTED = (CONNECTIONS, MESSAGES, INVITATIONS)
"""What an audit misses most when an export was asked for without it."""

_OTHER_WORDS = {
    "givenname": "firstname", "surname": "lastname", "familyname": "lastname",
    "email": "emailaddress", "company name": "company", "profileurl": "url",
    "dateconnected": "connectedon", "connectiondate": "connectedon",
    # German, French, Spanish, Italian, Portuguese, Dutch
    "vorname": "firstname", "nachname": "lastname", "emailadresse": "emailaddress",
    "unternehmen": "company", "firma": "company", "verbundenam": "connectedon",
    "vernetztam": "connectedon", "kontaktseit": "connectedon",
    "prenom": "firstname", "nom": "lastname", "nomdefamille": "lastname",
    "adresseemail": "emailaddress", "entreprise": "company", "societe": "company",
    "poste": "position", "connectele": "connectedon", "datedeconnexion": "connectedon",
    "nombre": "firstname", "apellidos": "lastname", "empresa": "company", "cargo": "position",
    "direcciondecorreoelectronico": "emailaddress", "conectadoel": "connectedon",
    "nome": "firstname", "cognome": "lastname", "azienda": "company", "collegatoil": "connectedon",
    "sobrenome": "lastname", "conectadoem": "connectedon", "enderecodeemail": "emailaddress",
    "voornaam": "firstname", "achternaam": "lastname", "bedrijf": "company", "functie": "position",
    "verbondenop": "connectedon",
}  # fmt: skip


def column(title: str) -> str:
    """The canonical name of a column: letters and digits only, English."""
    plain = aliases.fold(title).replace(" ", "")
    return _OTHER_WORDS.get(plain, plain)


def of_header(cells: list[str]) -> Kind | None:
    """The kind whose columns a header has, the one with most of them; None for another table."""
    have = [column(cell) for cell in cells]
    given = {name for name in have if name}
    fitting = [
        kind
        for kind in KINDS
        if given.issuperset(kind.needs) and (not kind.is_whole or given == set(kind.needs))
    ]
    return max(fitting, key=lambda kind: len(kind.needs), default=None)
