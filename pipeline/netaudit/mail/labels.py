"""Labels and folders, and what they say of a message: the `box`.

Gmail translates its own labels, clients translate their folders; the names below are those of
Gmail, Outlook, Thunderbird and Apple Mail in the languages they come in. Whoever the owner is
never rests on them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from netaudit.mail import limits
from netaudit.mail.decode import raw_text, safe, words

PRECEDENCE = ("trash", "spam", "draft", "chat", "sent", "inbox")
"""Of several boxes a message is in, the first counts: what is left out of the audit comes first."""

_NAMES = {
    "inbox": (
        "Inbox, Posteingang, Boîte de réception, Réception, Bandeja de entrada, Recibidos, "
        "Entrada, Caixa de entrada, Recebidos, Posta in arrivo, Inkomend, Postvak IN, Inkorg, "
        "Inkorgen, Indbakke, Innboks, Saapuneet, Odebrane, Skrzynka odbiorcza, Doručená pošta, "
        "Doručené, Doručeno, Beérkező levelek, Beérkezett üzenetek, Mesaje primite, Primite, "
        "Входящие, Вхідні, Входяща поща, Εισερχόμενα, Gelen Kutusu, 受信トレイ, 收件箱, 收件匣, "
        "받은편지함, Hộp thư đến, กล่องจดหมาย, Kotak Masuk, Peti Masuk, דואר נכנס, "
        "البريد الوارد, صندوق الوارد, इनबॉक्स, Bústia d'entrada, Safata d'entrada, Prejeto, "
        "Primljeno, Примљено, Ulazna pošta, Gautieji, Iesūtne, Postkast, Sisendkaust"
    ),
    "sent": (
        "Sent, Sent Mail, Sent Items, Sent Messages, Sent-Mail, _sent_mail, Gesendet, "
        "Gesendete Elemente, Gesendete Objekte, Messages envoyés, Éléments envoyés, Envoyés, "
        "Enviados, Elementos enviados, Mensajes enviados, Enviado, E-mails enviados, "
        "Correo enviado, Itens enviados, Posta inviata, Inviata, Inviati, Verzonden, "
        "Verzonden items, Verzonden berichten, Skickat, Skickade objekt, Skickade, Sendt, "
        "Sendt post, Sendte elementer, Sendte, Lähetetyt, Lähetetyt viestit, Wysłane, "
        "Elementy wysłane, Odesláno, Odeslané, Odeslaná pošta, Odoslané, Odoslaná pošta, "
        "Elküldött, Elküldött levelek, Elküldött elemek, Elküldött üzenetek, Trimise, "
        "Mesaje trimise, Elemente trimise, Отправленные, Отправлено, Надіслані, Надіслане, "
        "Изпратени, Изпратена поща, Απεσταλμένα, Gönderilmiş Postalar, Gönderilmiş, "
        "Gönderilenler, Gönderilmiş Öğeler, 送信済み, 送信済みメール, 送信済みアイテム, "
        "已发送, 已发邮件, 已发送邮件, 寄件備份, 已傳送, 보낸편지함, 보낸 편지함, Đã gửi, "
        "Thư đã gửi, จดหมายที่ส่งแล้ว, ส่งแล้ว, Terkirim, Dihantar, Surat Terkirim, "
        "דואר יוצא, נשלח, דואר שנשלח, البريد المرسل, الرسائل المرسلة, المرسلة, भेजे गए मेल, "
        "भेजा गया, Enviats, Poslano, Poslana pošta, Послато, Послате, Išsiųsta, "
        "Išsiųsti laiškai, Nosūtītās, Nosūtītie, Nosūtīts, Saadetud, Saadetud kirjad, "
        "Ipinadala, Imetumwa"
    ),
    "draft": (
        "Draft, Drafts, Entwurf, Entwürfe, Brouillon, Brouillons, Borrador, Borradores, "
        "Rascunho, Rascunhos, Bozza, Bozze, Concepten, Utkast, Kladde, Kladder, "
        "Luonnokset, Luonnos, Wersje robocze, Szkice, Kopie robocze, Koncepty, "
        "Rozepsané, Piszkozat, Piszkozatok, Mesaje nefinalizate, Schițe, Ciorne, Черновики, "
        "Черновик, Чернетки, Чернови, Πρόχειρα, Taslak, Taslaklar, 下書き, 草稿, 草稿箱, "
        "임시보관함, 임시 보관함, Thư nháp, Bản nháp, ร่างจดหมาย, จดหมายร่าง, Draf, Konsep, טיוטות, "
        "טיוטה, المسودات, مسودات, مسودة, ड्राफ़्ट, Esborranys, Osnutki, Skice, Нацрти, "
        "Juodraščiai, Melnraksti, Mustandid, Unsent Messages, Mga Draft, Rasimu"
    ),
    "spam": (
        "Spam, Junk, Junk Mail, Junk Email, Junk E-mail, Bulk Mail, Junk-E-Mail, "
        "Unerwünscht, Spamverdacht, Courrier indésirable, Indésirables, Pourriel, "
        "Correo no deseado, Correo basura, Lixo eletrônico, Lixo eletrónico, Lixo electrónico, "
        "Posta indesiderata, Indesiderata, Ongewenst, Ongewenste e-mail, Ongewenste reclame, "
        "Skräppost, Uønsket post, Uønsket mail, Søppelpost, Søppel-e-post, Roskaposti, "
        "Wiadomości-śmieci, Niechciane, Nevyžádaná pošta, Nevyžiadaná pošta, Levélszemét, "
        "Mesaje nedorite, Спам, Нежелательная почта, Небажана пошта, Нежелана поща, "
        "Ανεπιθύμητα, Ανεπιθύμητη αλληλογραφία, Önemsiz, Gereksiz, İstenmeyen, 迷惑メール, "
        "垃圾邮件, 垃圾郵件, 스팸함, 정크 메일, Thư rác, จดหมายขยะ, สแปม, Sampah Spam, דואר זבל, "
        "ספאם, بريد عشوائي, الرسائل غير المرغوب فيها, غير مرغوب فيه, स्पैम, Correu brossa, "
        "Neželena pošta, Непожељне, Brukalas, Šlamštas, Mēstules, Rämpspost"
    ),
    "trash": (
        "Trash, Deleted, Deleted Items, Deleted Messages, Bin, Papierkorb, Gelöscht, "
        "Gelöschte Elemente, Gelöschte Objekte, Corbeille, Éléments supprimés, "
        "Messages supprimés, Papelera, Elementos eliminados, Eliminados, Lixeira, Lixo, "
        "Itens excluídos, Itens eliminados, Reciclagem, Cestino, Posta eliminata, Prullenbak, "
        "Prullenmand, Verwijderde items, Papperskorg, Papperskorgen, Borttagna objekt, "
        "Borttaget, Papirkurv, Papirkurven, Slettet post, Slettede elementer, Slettet, "
        "Roskakori, Roskat, Poistetut, Kosz, Elementy usunięte, Usunięte, Koš, "
        "Odstraněná pošta, Odstraněné, Kôš, Odstránené, Odstránená pošta, Kuka, Lomtár, "
        "Törölt elemek, Törölt, Coș de gunoi, Gunoi, Elemente șterse, Корзина, Удаленные, "
        "Удалённые, Кошик, Видалені, Кошче, Κάδος απορριμμάτων, Διαγραμμένα, Çöp, Çöp Kutusu, "
        "Silinmiş Öğeler, Silinmiş, ゴミ箱, 削除済みアイテム, 已删除邮件, 已删除, 垃圾箱, 废件箱, "
        "垃圾桶, 刪除的郵件, 휴지통, 지운 편지함, Thùng rác, ถังขยะ, Sampah, Tong Sampah, אשפה, "
        "פריטים שנמחקו, المهملات, سلة المهملات, المحذوفات, ट्रैश, कूड़ेदान, Paperera, Koši, Smeti, "
        "Otpad, Smeće, Отпад, Šiukšliadėžė, Šiukšlinė, Miskaste, Atkritne, Prügikast, "
        "Basurahan, Tupio"
    ),
    "chat": (
        "Chat, Chats, Chat-Protokolle, Tchat, Bate-papo, Bate-papos, Chattar, "
        "Chatter, Czat, Czaty, Чат, Чаты, Чати, Συνομιλίες, Sohbet, Sohbetler, チャット, 聊天, "
        "即時通訊, 채팅, 채팅기록, Trò chuyện, แชท, צ'אט, צ'אטים, דردشة, محادثات, الدردشات, चैट, "
        "Xats, Xat, Klepet, Hangouts"
    ),
}

_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")
_COMMA = re.compile(r'((?:"[^"]*"|[^,])+)')
_PREFIX = re.compile(r"(?:(?:\[(?:gmail|google mail|imap)\]|inbox)[/.\\])+")
_SPACES = re.compile(r"[\s_]+")


def _fold(name: str) -> str:
    """A name without case, accents composed, every space the same."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", name)).strip().casefold()


_BOXES = {_fold(name): box for box, names in _NAMES.items() for name in names.split(", ")}


@lru_cache(maxsize=2048)
def box_of(name: str) -> str:
    """The box that a label or folder names, or ""."""
    return _BOXES.get(_PREFIX.sub("", _fold(name)), "")


def box(labels: tuple[str, ...]) -> str:
    """The box of a message with these labels, by `PRECEDENCE`; "" when none tells."""
    boxes = {box_of(label) for label in labels}
    return next((name for name in PRECEDENCE if name in boxes), "")


@lru_cache(maxsize=4096)
def gmail_labels(raw: bytes) -> tuple[str, ...]:
    """The labels of an X-Gmail-Labels header.

    It is folded and encoded as a whole, commas included: it is decoded first, and then split
    outside quotes.
    """
    text = safe(words(raw_text(raw[: limits.VALUE_BYTES // 8])))
    found = (part.strip().strip('"').strip() for part in _COMMA.findall(text))
    return tuple(label for label in found if label)[: limits.LABELS]


@lru_cache(maxsize=1024)
def keywords(raw: bytes) -> tuple[str, ...]:
    """The tags that mail programs write into mboxes: words, joined by spaces or commas."""
    text = safe(words(raw_text(raw[:4096])))
    return tuple(word for word in re.split(r"[\s,]+", text) if word)[: limits.LABELS]


def flagged(mozilla: bytes, pine: bytes) -> str:
    """The box that status flags tell: `trash` for deleted, `draft` for drafts, else "".

    Args:
        mozilla: X-Mozilla-Status, hexadecimal; 8 means deleted, the message lies in the file until
            the folder is compacted.
        pine: X-Status; D means deleted, T draft.
    """
    try:
        if int(mozilla.strip()[:8] or b"0", 16) & 8:
            return "trash"
    except ValueError:
        pass
    if b"D" in pine[:20]:
        return "trash"
    return "draft" if b"T" in pine[:20] else ""


def decode_folder(name: str) -> str:
    """An IMAP folder's name, which Maildirs keep in modified UTF-7 (RFC 3501, 5.1.3)."""

    def plain(match: re.Match[str]) -> str:
        if not match[1]:
            return "&"
        try:
            return f"+{match[1].replace(',', '/')}-".encode("ascii").decode("utf-7")
        except UnicodeError:
            return match[0]

    return safe(_SHIFTED.sub(plain, name))
