"""What the columns of a list mean: headings of Google Contacts, Outlook and our own, in three languages."""

import re

import msgspec

from agent_desktop.data.folding import fold

SKIP = ""
# What a column can be, in the order in which it is offered.
TARGETS = (
    *("name", "prefix", "first_name", "middle_name", "last_name", "suffix", "organisation", "account_number"),
    *("phone", "phone_label", "email", "address", "street", "postal_code", "city", "state", "country"),
    *("language", "time_zone", "alert", "tags"),
)


class Column(msgspec.Struct, frozen=True):
    """One column: its heading, what it means (one of TARGETS, or SKIP), the label of its numbers, and which of several
    addresses its part belongs to."""

    heading: str
    target: str = SKIP
    label: str = ""
    group: str = ""


_PLAIN = {
    "name": "name|full name|display name|customer|customer name|contact|contact name|anzeigename|kunde|kundenname|"
    "vollstandiger name|ansprechpartner|klient|nazwa|nazwa klienta|imie i nazwisko|nazwisko i imie|kontakt",
    "prefix": "name prefix|title|prefix|titel|anrede|tytul|zwrot grzecznosciowy",
    "first_name": "first name|given name|forename|vorname|imie",
    "middle_name": "middle name|additional name|weitere vornamen|zweiter vorname|drugie imie",
    "last_name": "last name|family name|surname|nachname|familienname|nazwisko",
    "suffix": "name suffix|suffix|namenszusatz|przyrostek|sufiks",
    "organisation": "organisation|organization|company|company name|organization name|organisation name|firma|"
    "firmenname|unternehmen|firma/organizacja|nazwa firmy|organizacja|przedsiebiorstwo",
    "account_number": "account number|account|account no|account no.|customer number|customer no|customer no.|"
    "customer id|kundennummer|kunden-nr.|kunden-nr|kundennr|kundennr.|kontonummer|konto|numer klienta|nr klienta|"
    "numer konta|id klienta|organizational id number",
    "phone": "phone|phone number|telephone|telephone number|tel|tel.|number|telefon|telefonnummer|rufnummer|nummer|"
    "numer telefonu|nr telefonu|numer|phone value|primary phone|haupttelefon|telefon podstawowy|glowny telefon|"
    "other phone|weiteres telefon|inny telefon|callback|ruckmeldung|car phone|autotelefon|assistant's phone",
    "phone_label": "phone label|phone type|telefon typ|telefonart|typ telefonu",
    "email": "email|e-mail|mail|email address|e-mail address|e-mail value|email value|e-mail-adresse|emailadresse|"
    "e-mailadresse|e-mail: adresse|adres e-mail|adres email|adres poczty e-mail|poczta",
    "address": "address|full address|address formatted|postal address|adresse|anschrift|postanschrift|adres|"
    "pelny adres",
    "street": "street|street address|address street|address extended address|strasse|strasse hausnummer|ulica|"
    "strasse und hausnummer|address po box",
    "postal_code": "postal code|zip|zip code|postcode|address postal code|postleitzahl|plz|kod pocztowy|kod",
    "city": "city|town|address city|ort|stadt|wohnort|miasto|miejscowosc",
    "state": "state|region|province|address region|bundesland|bundesland/kanton|wojewodztwo|bundesland/region",
    "country": "country|country/region|address country|land|land/region|kraj|kraj/region",
    "language": "language|sprache|jezyk",
    "time_zone": "time zone|timezone|zeitzone|strefa czasowa",
    "alert": "alert|note|notes|comment|comments|hinweis|warnung|notiz|notizen|bemerkung|bemerkungen|anmerkung|"
    "uwaga|uwagi|notatka|notatki|ostrzezenie",
    "tags": "tags|labels|categories|category|group membership|kategorien|schlagworter|gruppen|etykiety|kategorie|tagi",
}
_LABELS = {
    "mobile": "mobile phone|mobile|mobile number|cell|cell phone|cellphone|mobiltelefon|handy|mobil|mobilnummer|"
    "handynummer|telefon komorkowy|komorka|tel. komorkowy|numer komorkowy|telefon komorkowy sluzbowy",
    "work": "business phone|work phone|office phone|telefon geschaftlich|telefon (geschaftlich)|telefon firma|"
    "geschaftlich|dienstlich|telefon sluzbowy|telefon (sluzbowy)|sluzbowy",
    "main": "company main phone|company phone|telefon firma zentrale|hauptrufnummer|telefon glowny firmy|zentrale",
    "home": "home phone|home|private phone|telefon privat|telefon (privat)|privat|telefon domowy|telefon (domowy)",
}
_KNOWN = {text: (target, "") for target, texts in _PLAIN.items() for text in texts.split("|")} | {
    text: ("phone", label) for label, texts in _LABELS.items() for text in texts.split("|")
}
_PARTS = ("address", "street", "postal_code", "city", "state", "country")
_WHOSE = re.compile(
    r"\b(business|work|home|other|geschaftlich|privat|weitere|weiteres|sluzbowy|sluzbowa|sluzbowe|domowy|domowa|inny|inna)\b"
)
_KINDS = {
    **dict.fromkeys(("mobile", "cell", "mobil", "handy", "komorkowy", "komorka", "iphone"), "mobile"),
    **dict.fromkeys(
        ("work", "business", "office", "geschaftlich", "arbeit", "sluzbowy", "praca", "voice work"), "work"
    ),
    **dict.fromkeys(("home", "private", "privat", "domowy", "dom"), "home"),
    **dict.fromkeys(("main", "company", "zentrale", "glowny", "firma"), "main"),
}


def guessed(heading: str) -> Column:
    """What a heading says its column is; SKIP when it says nothing known."""
    plain = fold(heading.replace("ß", "ss")).strip(" *:")
    group = "".join(re.findall(r"\d+", plain))
    bare = re.sub(
        r"\s*-\s*(?=(value|label|type|formatted|street|city|region|country|postal|extended|po box|name)\b)", " ", plain
    )
    bare = " ".join(re.sub(r"(?<![a-z])\d+(?![a-z])", " ", bare).split()).replace(" :", ":")
    if bare in _KNOWN:
        target, label = _KNOWN[bare]
        return Column(heading, target, label, group if target in (*_PARTS, "phone", "phone_label") else "")
    whose = _WHOSE.search(bare)
    rest = " ".join(re.sub(r"[()]", " ", _WHOSE.sub(" ", bare)).split())
    if whose is not None and rest in _KNOWN and _KNOWN[rest][0] in (*_PARTS, "phone", "email"):
        target = _KNOWN[rest][0]
        return Column(heading, target, label_of(whose[1]) if target == "phone" else "", whose[1])
    return Column(heading)


def label_of(text: str) -> str:
    """A number's label in our words (mobile, work, home, main) where it means one of them; else as it is written."""
    return _KINDS.get(fold(text).strip(" *"), text.strip(" *"))
