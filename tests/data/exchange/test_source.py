"""Files as other programs write them, and files that are none: what is understood, and what is said about the rest."""

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from agent_desktop.data.exchange.entry import Entry, FileTrouble
from agent_desktop.data.exchange.source import look_at

GOOGLE_NEW = (
    "First Name,Middle Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,"
    "Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,"
    "Address 1 - Street,Address 1 - City\r\n"
    "Łucja,,Żak,Młyn sp. z o.o.,pays late,* myContacts ::: VIP,* Work,l@mlyn.pl ::: z@mlyn.pl,Mobile,601 442 190,"
    'Work,+48 22 500 10 20,Home,"ul. Długa 1\n00-001 Warszawa",ul. Długa 1,Warszawa\r\n'
)
GOOGLE_OLD = (
    "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Organization 1 - Name\nŁucja Żak,Łucja,Żak,VIP,*,l@mlyn.pl,Mobile,601442190,Młyn\n"
)
OUTLOOK_DE = (
    "Anrede;Vorname;Nachname;Firma;Straße geschäftlich;Ort geschäftlich;Postleitzahl geschäftlich;Fax geschäftlich;"
    "Telefon geschäftlich;Telefon privat;Mobiltelefon;E-Mail-Adresse;E-Mail 2: Adresse;Kategorien;Notizen\r\n"
    ";Jörg;Groß;Bäcker & Söhne;Hauptstr. 5;Köln;50667;0221 99;0221 4710;;0171 2345678;j@b.de;;Kunde,VIP;zahlt bar\r\n"
)
OUTLOOK_PL = (
    "Imię;Nazwisko;Firma;Telefon służbowy;Telefon komórkowy;Adres e-mail\nPaweł;Wójcik;Żuraw;225001020;;p@z.pl\n"
)
OUTLOOK_EN = (
    "First Name,Last Name,Company,Business Street,Business City,Business Phone,Mobile Phone,E-mail Address\n"
    + ('Ann,"O\'Hara, Jr.",Acme,1 High St,York,+44 20 7946 0000,,ann@acme.example\n')
)
VCARD_21 = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=BBak;=C5=81ucja;;;\r\n"
    "TEL;CELL;PREF:601442190\r\nTEL;WORK;FAX:221\r\nTEL;WORK:+48 22 500 10 20\r\nORG:Mlyn;Sales\r\n"
    "NOTE;ENCODING=QUOTED-PRINTABLE:first=0D=0A=\r\nsecond\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRg==\r\n\r\n"
    "EMAIL;INTERNET:l@mlyn.pl\r\nEND:VCARD\r\n"
)
VCARD_3 = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Łucja\n  Żak\nitem1.TEL;type=CELL;type=pref:601442190\nORG:Młyn\\, Żuraw\\; Co\n"
    "EMAIL;TYPE=INTERNET:l@mlyn.pl\nADR;TYPE=WORK:;;ul. Długa 1;Warszawa;;00-001;Polska\nCATEGORIES:VIP,a\\,b\n"
    "END:VCARD\n"
)
VCARD_4 = (
    'BEGIN:VCARD\nVERSION:4.0\nFN:Łucja Żak\nTEL;TYPE="work,voice";VALUE=uri;PREF=2:tel:+48-22-500-10-20\n'
    "TEL;TYPE=cell;PREF=1:tel:+48601442190;ext=5\nEMAIL:l@mlyn.pl\nNOTE:a\\nb\nLANG:pl\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:All\nEND:VCARD\n"
)


def entries(path: Path, content: bytes) -> list[Entry]:
    path.write_bytes(content)
    return list(look_at(path).entries())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250"])
def test_google_contacts_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    (found,) = entries(tmp_path / "g.csv", GOOGLE_NEW.encode(encoding))
    assert (found.name, found.organisation, found.alert, found.tags) == (
        "Łucja Żak",
        "Młyn sp. z o.o.",
        "pays late",
        ("VIP",),
    )
    assert found.emails == ("l@mlyn.pl", "z@mlyn.pl")
    assert found.phones == (("601 442 190", "mobile"), ("+48 22 500 10 20", "work"))
    assert (found.address, found.line) == ("ul. Długa 1\n00-001 Warszawa", 2)


def test_other_programs_lists(tmp_path: Path) -> None:
    (old,) = entries(tmp_path / "old.csv", GOOGLE_OLD.encode())
    assert (old.name, old.organisation, old.phones, old.tags) == (
        *("Łucja Żak", "Młyn"), (("601442190", "mobile"),), ("VIP",),
    )  # fmt: skip
    (german,) = entries(tmp_path / "de.csv", OUTLOOK_DE.encode("cp1252"))
    assert (german.name, german.organisation, german.emails) == ("Jörg Groß", "Bäcker & Söhne", ("j@b.de",))
    assert german.phones == (("0221 4710", "work"), ("0171 2345678", "mobile"))
    assert (german.address, german.alert, german.tags) == ("Hauptstr. 5, 50667 Köln", "zahlt bar", ("Kunde", "VIP"))
    (polish,) = entries(tmp_path / "pl.csv", OUTLOOK_PL.encode("cp1250"))
    assert (polish.name, polish.organisation, polish.phones) == ("Paweł Wójcik", "Żuraw", (("225001020", "work"),))
    (english,) = entries(tmp_path / "en.csv", OUTLOOK_EN.encode())
    assert (english.name, english.address) == ("Ann O'Hara, Jr.", "1 High St, York")
    bare, other = entries(tmp_path / "bare.csv", b"Anna Nowak\t+48 601 442 190\ta@b.pl\nJan Kos\t225001020\tj@k.pl\n")
    assert (bare.name, bare.phones, bare.emails, bare.line) == (
        "Anna Nowak",
        (("+48 601 442 190", ""),),
        ("a@b.pl",),
        1,
    )
    assert (other.name, other.line) == ("Jan Kos", 2)
    (said,) = entries(tmp_path / "sep.csv", b'sep=|\r\nName|Phone\r\nAnna;x|"=""+48601442190"""\r\n')
    assert (said.name, said.phones, said.line) == ("Anna;x", (("+48601442190", ""),), 3)


def test_vcards_of_every_version(tmp_path: Path) -> None:
    (first,) = entries(tmp_path / "2.vcf", VCARD_21.encode())
    assert (first.name, first.organisation, first.alert) == ("Łucja Żak", "Mlyn", "first\nsecond")
    assert first.phones == (("601442190", "mobile"), ("+48 22 500 10 20", "work"))
    assert first.emails == ("l@mlyn.pl",)
    for encoding in ("utf-8", "utf-16", "cp1250"):
        (second,) = entries(tmp_path / "3.vcf", VCARD_3.encode(encoding))
        assert (second.name, second.organisation, second.tags) == ("Łucja Żak", "Młyn, Żuraw; Co", ("VIP", "a,b"))
        assert (second.address, second.phones) == ("ul. Długa 1, 00-001 Warszawa, Polska", (("601442190", "mobile"),))
    third, group = entries(tmp_path / "4.vcf", VCARD_4.encode())
    assert third.phones == (("+48601442190", "mobile"), ("+48-22-500-10-20", "work"))
    assert (third.alert, third.language) == ("a\nb", "pl")
    assert (group.line, group.trouble) == (10, "It is a group of contacts, not a contact.")


HEAD = b"Name,Phone\n"


def packed(parts: dict[str, bytes]) -> bytes:
    """A ZIP of these parts."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    """As Excel writes it: texts in a table of their own."""
    held, book = BytesIO(), openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


with zipfile.ZipFile(BytesIO(workbook([["Name"]]))) as _book:
    PARTS = {name: _book.read(name) for name in _book.namelist()}
GARBAGE: tuple[tuple[str, bytes, list[tuple[int, str]]], ...] = (
    ("cells", HEAD + b"Anna,601442190,x,y\nJan,601442191\n", [(2, "It has 4 cells, the heading 2.")]),
    (
        "quote",
        HEAD + b'Jan,601442191\n"Anna,601\nEva,602\n',
        [(3, "A quotation mark is missing: a cell does not end.")],
    ),
    ("control", HEAD + b"An\x01na,601442190\nJan,601442191\n", [(2, "It holds characters that no text has.")]),
    ("shortened", HEAD + b'Anna,"4,86E+10"\n', [(2, "A number was shortened by a spreadsheet")]),
    ("swallowed", HEAD + b'"Anna,601\nJan,602\nEva"",603\nOla",604\n', [(2, "A name or number goes over")]),
    ("endless", HEAD + b'"' + b"x\n" * 70_000 + b"\nJan,602\n", [(2, "A cell does not end before line")]),
    ("open.vcf", b"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", [(1, "The card does not end before the next")]),
    ("cut.vcf", b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\n", [(4, "The card does not end.")]),
    ("outside.vcf", b"BEGIN:VCARD\nFN:A\nEND:VCARD\nhello\nyou\n", [(4, "It stands outside of any card.")]),
    ("bytes.vcf", b"BEGIN:VCARD\nFN:A\x00\x02\nEND:VCARD\n", [(0, "This is not a text file.")]),
    ("empty", b"", [(0, "This file is empty.")]),
    ("blank", b"\n\n \n", [(0, "There is no text in this file.")]),
    ("excel.csv", b"PK\x03\x04\x14\x00", [(0, "This is a packed file, or an Excel workbook that is damaged")]),
    ("old.xlsx", b"\xd0\xcf\x11\xe0" * 9, [(0, "This is an old Excel workbook")]),
    ("cut.xlsx", workbook([["Name"], ["Anna"]])[:-40], [(0, "This is a packed file, or an Excel")]),
    ("other.xlsx", packed({"word/document.xml": b"<x/>"}), [(0, "This is a packed file")]),
    ("nothing.xlsx", workbook([]), [(0, "There is nothing in the first sheet")]),
    (
        "sheet.xlsx",
        packed({**PARTS, "xl/worksheets/sheet1.xml": b"<worksheet><row><c t='s'>"}),
        [(0, "This workbook is")],
    ),
    (
        "bomb.xlsx",
        packed({**PARTS, "xl/worksheets/sheet1.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet/>"}),
        [(0, "This workbook holds what no workbook holds")],
    ),
    ("bad.xlsx", packed({"xl/workbook.xml": b"<workbook/>"}), [(0, "This workbook is damaged")]),
    (
        "short.xlsx",
        workbook([["Name", "Phone"], ["Anna", "1", "2"], ["Jan\nKos", "2"]]),
        [(2, "It has 3 cells, the heading 2."), (3, "A name or number goes over several lines")],
    ),
    ("text.json", b'[{"name": 5},\n{"name": "A"}]', [(1, "“name” is no text.")]),
    ("broken.json", b'[\n{"name": "A"},\n{"name": "B,\n{"name": "C"}\n]', [(3, "It is not written as JSON is")]),
    ("cut.json", b'[{"name": "A"},\n{"name": "B", "pho', [(2, "It is not written as JSON is")]),
    ("number.json", b'[{"name": "A", "phones": [{"label": "x"}]}]', [(1, "A phone has no number.")]),
    (
        "list.json",
        b'[{"name": "A", "tags": "x"},\n{"name": "B", "emails": [{}]}]',
        [(1, "“tags” is no list."), (2, "“emails” holds something else")],
    ),
    ("values.json", b'[{"name": "A"}, 7, "x"]', [(1, "It is no object"), (1, "It is no object")]),
    ("control.json", b'[{"name": "A\\u0001"}]', [(1, "It holds characters that no text has.")]),
    ("deep.json", b"[" + b'{"a":' * 100_000, [(1, "It is not written as JSON is")]),
    ("none.json", b"[]\n", [(0, "There are no customers in this file.")]),
    ("noise", bytes(range(256)) * 20, [(0, "This is not a text file.")]),
    ("pdf.csv", b"%PDF-1.7\n", [(0, "This is a PDF")]),
)


@pytest.mark.parametrize(("name", "content", "told"), GARBAGE, ids=[case[0] for case in GARBAGE])
def test_garbage_is_told(tmp_path: Path, name: str, content: bytes, told: list[tuple[int, str]]) -> None:
    try:
        found = [(entry.line, entry.trouble) for entry in entries(tmp_path / name, content) if entry.trouble]
    except FileTrouble as trouble:
        found = [(0, trouble.text)]
    assert [line for line, _ in found] == [line for line, _ in told]
    assert all(said.startswith(wanted) for (_, said), (_, wanted) in zip(found, told, strict=True)), found


def test_workbooks(tmp_path: Path) -> None:
    rows = [
        ["Kundennummer", "Firma", None, "Telefon geschäftlich", "Notiz"],
        [4711, "Bäcker & Söhne", "x", 48601442190, "=1+1"],
        [],
        [None, " Młyn ", None, "+49 30 1234567", True],
    ]
    first, second = entries(tmp_path / "list.xlsx", workbook(rows))
    assert (first.organisation, first.account_number, first.line) == ("Bäcker & Söhne", "4711", 2)
    assert first.phones == (("48601442190", "work"),)
    assert (second.organisation, second.phones, second.line) == ("Młyn", (("+49 30 1234567", "work"),), 4)
    source = look_at(tmp_path / "list.xlsx").with_targets({"Notiz": ""})
    assert (source.format, source.encoding, len(source.first_rows())) == ("Excel", "", 2)


def test_json_of_other_programs(tmp_path: Path) -> None:
    objects = b'{"name": "Anna", "phones": ["601442190"], "more": {"x": 1}}\r\n{"name": "Jan", "alert": "a\\nb"}\n'
    first, second = entries(tmp_path / "lines.json", objects)
    assert (first.phones, second.alert, second.line) == ((("601442190", ""),), "a\nb", 2)
    (wide,) = entries(tmp_path / "wide.json", '[{"name": "Łucja"}]'.encode("utf-16"))
    assert wide.name == "Łucja"
    many = "[" + ",\n".join(f'{{"name": "N{at}", "address": "{"x" * 900}"}}' for at in range(3_000)) + "]"
    found = entries(tmp_path / "many.json", many.encode())  # more than is held at once
    assert [(entry.name, entry.line) for entry in found] == [(f"N{at}", at + 1) for at in range(3_000)]


def test_columns_can_mean_something_else(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Kennung,Wer,Name\n7,Anna,x\n")
    source = look_at(tmp_path / "x.csv").with_targets({"kennung": "account_number", "Wer": "name", "Name": ""})
    (found,) = source.entries()
    assert (found.account_number, found.name) == ("7", "Anna")
    with pytest.raises(FileTrouble, match="no column"):
        source.with_targets({"Nobody": "name"})
    with pytest.raises(FileTrouble, match="nothing a column can be"):
        source.with_targets({"Wer": "shoe size"})
