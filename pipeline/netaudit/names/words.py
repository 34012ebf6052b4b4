"""Words in names and addresses that stand for no person, or for no particular one."""

# ruff: noqa: SIM905  (a table of words is read more easily as text than as a list)

from __future__ import annotations

ROLES = frozenset(
    """
    abuse accounting accounts admin administracion administration administrator admissions ads
    advertising ap ar bestellung bewerbung billing board booking bookings buchhaltung bureau
    career careers catering ceo cfo clientes comercial commande commercial community compliance
    compras compta comptabilite contabilidad contact contacto contacts contactus contato
    contatto customercare customers customerservice datenschutz desk dev devs direction dpo
    editor editorial einkauf enquiries enquiry event events facturacion facturation faq feedback
    finance financeiro finanzas frontdesk ftp fundraising gdpr genel geral hallo hello help
    helpdesk hola hostmaster hr iletisim info informacion information informatique infos
    inquiries inquiry invoice invoices invoicing it itsupport jobs kariyer karriere kontakt
    kundendienst kundenservice leasing legal management marketing media membership moderator
    newsdesk office oficina operations ops order orders partners partnership payments payroll
    pedidos personal personnel post postmaster poststelle prensa press presse privacy
    procurement production purchase purchasing receivables recepcion reception rechnung
    rechnungen recruiting recruitment redaktion reservas reservation reservations returns rh
    root rrhh sales secretaria secretariat security sekretariat service servicedesk services
    shipping shop soporte staff stampa subscriptions suporte support sysadmin talent team tech
    techsupport tickets training trainings treasurer usenet vendas ventas verkauf vertrieb
    verwaltung volunteer warehouse web webadmin webmaster welcome workshop
    """.split()
)
"""Local parts of role addresses, in several languages, folded; also words of their names."""

NO_REPLY = (
    "noreply", "donotreply", "dontreply", "nepasrepondre", "noresponder", "naoresponda",
    "nichtantworten", "keineantwort", "nonrispondere", "nietbeantwoorden", "noresponse", "noanswer",
    "neodpovidat", "nieodpowiadac", "svarinte", "svarikke", "alavastaa", "cevaplamayin",
    "mailerdaemon", "autoresponder", "autoreply", "autoanswer", "unattended", "unmonitored",
)  # fmt: skip
"""Pieces of a local part, separators taken out, that ask not to be answered."""

MACHINES = frozenset(
    """
    alert alerts announce announcement announcements automailer automated bot bounce bounces
    bugzilla buildbot builds calendar campaign cron daemon deploy devnull digest digests
    donotreply ebill emailer estatement github gitlab googlegroups invitations jira listserv
    mailer mailman majordomo marketing mbx monitor monitoring nagios news newsletter newsletters
    nobody noreply notice notices notification notifications notifier notify offers owner
    postmaster promo promotions puppet reminder reminders reply reports robot root smtp
    statement statements status survey surveys system systems update updates verification verify
    """.split()
)
"""Words of addresses that machines send from."""

MACHINE_ENDS = (
    "notices", "notification", "notifications", "newsletter", "newsletters", "mailings", "mailer",
    "listadmin", "listmaster", "system", "bulletin", "enews", "alerts", "digest", "quote", "quotes",
)  # fmt: skip
"""Ends of the last word of addresses that machines send from."""

MACHINE_HOSTS = frozenset(
    """
    alerts bounce bounces bulk campaign campaigns emailer enews mailer mailing mailings mailman
    marketing news newsletter newsletters noreply notification notifications notify promo
    """.split()
)
"""Labels of domains, before the organisation's own, that machines send from."""

GROUPS = frozenset(
    """
    abteilung all alle committee council crew department dept distribution dl employee employees
    everybody everyone global group list lista liste mailinglist members mitarbeiter recipients
    staff subscribers team todos tous tutti undisclosed worldwide
    """.split()
)
"""Words of addresses and names that stand for several people."""

NOBODY = frozenset(
    """
    address anonymous email example foo here invalid localhost localpart mail me myself name
    noaddress nobody noname none null placeholder postausgang recipient self sender somebody
    someone test tester testing undisclosed unknown user username usuario utente utilisateur xxx
    you your yourname
    """.split()
)
"""Words of addresses and names that stand for nobody in particular."""

IMPERSONAL = ROLES | MACHINES | GROUPS | NOBODY
"""A name or local part made of these is no person's."""

NOT_IN_NAMES = frozenset(
    """
    account accounts admin administrator alert alerts anonym anonymous automated billing bot
    bugzilla buildbot careers center centre committee committees concierge confirmation cron
    customer customers daemon daily department dept desk digest distribution donotreply editor
    editors employees everyone facebook feedback github gitlab googlegroups group groups
    helpdesk hr info invoice invoices jira jobs kundenservice linkedin list listserv localhost
    mailer mailing mailman marketing members messages newsletter newsletters noreply
    notification notifications notifier office online orders payments postmaster privacy
    promotions recipients recruiting redaktion reminder reply reservations root sales services
    shop store subscriptions support survey sysadmin system team tickets twitter undisclosed
    unknown updates user users webmaster weekly
    """.split()
)
"""Words that make a display name nobody's."""

MACHINE_USERS = frozenset(
    """
    administrador centos debian default developer docker ec2user fedora guest jenkins localuser
    macbook osboxes postgres ubuntu vagrant virtualbox windows
    """.split()
)
"""What machines, rather than their users, are called where a name should stand."""

PLACEHOLDERS = frozenset(
    """
    your name|first last|firstname lastname|given name|full name|name surname|my name|no name
    vorname nachname|prenom nom|nombre apellido|user name|some one|some body|macbook pro
    macbook air|windows user|local user|default user|test user|the author|joe user
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
"""Folded names that programs suggest and some leave as they are."""

LEGAL_FORMS = frozenset(
    """
    ag airlines association bank bv co company corp corporation ev foundation gbr gmbh group
    holding holdings hotel hotels inc institut institute kft kg limited llc llp ltd ltda nv ou
    oy oyj plc pty sa sarl sas sl spa srl sro universitaet university verein
    """.split()
)
"""Words that make a name an organisation's."""

FREE_MAIL = frozenset(
    """
    126.com 163.com abv.bg alice.it aol.com aol.de arcor.de att.net bellsouth.net bigpond.com
    bluewin.ch btinternet.com centrum.cz charter.net comcast.net cox.net earthlink.net email.com
    fastmail.com fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net
    googlemail.com hanmail.net hey.com home.com hotmail.co.uk hotmail.com hotmail.de hotmail.es
    hotmail.fr hotmail.it hushmail.com icloud.com inbox.com inbox.lv interia.pl juno.com
    laposte.net libero.it live.co.uk live.com live.de live.fr live.nl mac.com mail.com mail.ru
    mailbox.org me.com msn.com naver.com netscape.net netzero.net o2.pl online.de optonline.net
    orange.fr outlook.com outlook.de outlook.es outlook.fr pacbell.net pm.me posteo.de
    posteo.net prodigy.net proton.me protonmail.ch protonmail.com qq.com rambler.ru
    rediffmail.com riseup.net rocketmail.com rogers.com sbcglobal.net seznam.cz sfr.fr shaw.ca
    sina.com sourceforge.net sympatico.ca t-online.de telia.com telus.net tiscali.it tuta.io
    tutanota.com users.noreply.github.com users.noreply.gitlab.com users.sourceforge.net
    verizon.net virgilio.it wanadoo.fr web.de wp.pl xs4all.nl xtra.co.nz yahoo.ca yahoo.co.in
    yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.au yahoo.com.br yahoo.de yahoo.es yahoo.fr
    yahoo.it yandex.com yandex.ru ymail.com ziggo.nl
    """.split()
)
"""Domains where anybody may have an address: they say nothing of an employer."""
