"""The list of one treaty in the UN Treaty Collection: the XML of "Multilateral Treaties".

The description follows real files of January 2018. `Treaty` contains:

- `Header` with the number of the treaty (`Chapter/Header`, `SubChapter/Header`, `Numsect`,
  `Subnumsect`), its title (`Titlesect`, or `Subtitlesect` for a protocol or an amendment), `EIF`,
  and `Status` with the totals `Signatories` and `Parties`, each of which may be absent;
- `Participants/Table/TGroup` with the headings in `Thead/Row/Entry` and the rows in
  `Tbody/Rows/Row/Entry`;
- `Declarations`, `Objections`, `Notifications`, `TerritorialApplications` and `EndNotes`, whose
  texts are stored as statements. Their text contains escaped tags; a tag such as
  `<superscript>1, 2</superscript>` has numbers of footnotes and is removed with them.

A heading names the acts of its column, each with the mark that follows its day: `Approval(AA),
Acceptance(A), Accession(a), Ratification`. The acts and their order differ between treaties, and
`OTHER_WORDS` has further names of acts. If a column has only one act, its cells may lack the mark.

A cell has at most one day, such as `2 Jan 2030 a`. A day in square brackets is superseded
(`[22 Nov 1966 d]`, after a withdrawal) and is not counted. Columns of `NOT_AN_ACT`, such as
provisional application, are not read, except for the number of their days. Rows without any day
are omitted.

Any other content is rejected: `SpecialTables`, other headings, two acts in a cell. While the
depositary's site is down it answers with a page that says "urgent maintenance".
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from lxml import etree

from adoption.core.acts import CONSENTS, SIGNATURES
from adoption.core.decode import (
    CONTROL_CHARACTERS,
    MAX_LETTERS_OF_CELL,
    UnreadableError,
    decode,
    named_day,
    nearest_to,
    participant,
    plain,
    quoted,
    refuse_page,
)
from adoption.core.text import counted, listed

MAX_KEPT = 1024  # number of parsed lists in the cache
ENCODING = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"'>]{1,40})[\"']")
XML_DECLARATION = re.compile(r"\A<\?xml\b[^>]{0,200}\?>")
DEFINITION = re.compile(r"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)\b", re.I)

DAY = re.compile(
    r"(?P<open>\[)? ?(?P<day>[0-9]{1,2}) (?P<month>[A-Za-z]{3,9}) (?P<year>[0-9]{4})"
    r"(?: ?(?P<mark>[A-Za-z]{1,2}))? ?(?P<close>\])? ?"
)
FORCE_DAY = re.compile(r"\b([0-9]{1,2}) ([A-Za-z]{3,9}) ([0-9]{4})\b")
DEFINITIVE = re.compile(rf"definitively on {FORCE_DAY.pattern}", re.I)
PROVISIONAL = re.compile(rf"provisionally on {FORCE_DAY.pattern}", re.I)
NOT_IN_FORCE = "not yet in force"
# Start of an article's text.
ARTICLE_TEXT = re.compile(r'which reads?\b|["“]')
PARTICIPANT, CONSENT_TO_BE_BOUND = "participant", "consent to be bound"
# Meaning of a mark in a column of consents, even if the heading does not name its act. The
# depositary adds an act to the heading only when the first state does it.
CONSENT_MARKS = {
    "A": "acceptance",
    "AA": "approval",
    "a": "accession",
    "c": "formal confirmation",
    "d": "succession",
    "s": "definitive signature",
    "P": CONSENT_TO_BE_BOUND,
}
PART = re.compile(r"(.+?) ?(?:\( ?([A-Za-z]{1,2}) ?\))?")
ACT_SEPARATOR = re.compile(", ?(?=[A-Z])")  # each act begins with a capital letter
# Other names that the depositary uses: the full part of a heading, and the act that it means.
OTHER_WORDS = {
    # Treaty amended by a protocol: either act binds to the treaty as amended.
    r"(.+) (of|to) the (protocol|convention|agreement)\b.*": r"\1",
    "definitive signature or .*": CONSENT_TO_BE_BOUND,  # the list does not say which act it was
    # Consent by an act on a protocol or an earlier treaty.
    "participation( .*)?": CONSENT_TO_BE_BOUND,
    "simplified procedure": CONSENT_TO_BE_BOUND,  # consent of a signatory that did not object
    "application": CONSENT_TO_BE_BOUND,  # extension to one more organisation, by a notification
    "acceptance ipso facto .*": "acceptance",  # consent by virtue of an act on another treaty
    "definitive acceptance": "acceptance",  # a preceding provisional acceptance does not bind
    # Signature to be confirmed, or a form used by some states.
    "signature ad referendum|signature by .*": "signature",
    "confirmation of signature ad referendum": "confirmation of signature",
    "notification in respect": "succession",  # the mark of the act says succession
}
# Columns without a signature or consent: territorial application, or consequences of a consent.
NOT_AN_ACT = re.compile(
    "extension|notification under article.*|provisional acceptance.*|.*provisional application.*",
    re.I,
)
STATEMENT_KINDS = {
    "declarations": "declaration",
    "declarationsunderarticle": "declaration",
    "objections": "objection",
    "notifications": "notification",
    "territorialapplications": "territorial application",
    "endnotes": "end note",
}
OTHER = "other text"
NO_STATEMENT = ("template", "header", "participants", "footer")
# Elements of a section of statements that are no statements.
NO_TEXT = ("participant", "index", "header", "totalcols")


@dataclass(frozen=True)
class ListedAct:
    """An act as the publisher prints it.

    Attributes
    ----------
    participant : str
        The name as printed, without footnote marks and double spaces.
    act : str
        One of `adoption.core.acts.ACTS`.
    day : date
    superseded : bool
        Whether the day is printed in square brackets, so that the act no longer counts.
    """

    participant: str
    act: str
    day: date
    superseded: bool = False


@dataclass(frozen=True)
class Statement:
    """A text that belongs to the list, with its checksum.

    Attributes
    ----------
    kind : str
        `declaration`, `objection`, `notification`, `territorial application`, `end note`, or
        `other text` for a text from an unknown section.
    participant : str
        The author; empty if none is printed.
    text : str
        The paragraphs as printed, one per line, with single spaces and without footnote marks and
        other markup. An `other text` begins with the name of its section.
    sha256 : str
        The checksum of `text` in UTF-8, with line feeds between lines and none at the end.
    """

    kind: str
    participant: str
    text: str
    sha256: str


@dataclass(frozen=True)
class ListedTreaty:
    """The list of one treaty.

    Attributes
    ----------
    title : str
        As printed.
    acts : tuple of ListedAct
        In the order of the list.
    signatories, parties : int or None
        The printed totals; None if the publisher prints none.
    statements : tuple of Statement
        Declarations, objections, notifications and notes, in the order of the file.
    in_force_on : date or None
        The printed day of definitive entry into force. Provisional application does not count.
    not_in_force : bool
        Whether the publisher prints that the treaty is not yet in force.
    number : str
        The number of the treaty in its publisher's own series, such as `XVIII-16`; empty if it is
        not printed.
    without_day : tuple of str
        Participants whose rows have no day and therefore no act.
    provisionally_on : date or None
        The printed first day of provisional application.
    not_read : tuple of (str, int)
        The headings of columns that are not read, each with its number of days.
    """

    title: str
    acts: tuple[ListedAct, ...]
    signatories: int | None
    parties: int | None
    statements: tuple[Statement, ...]
    in_force_on: date | None = None
    not_in_force: bool = False
    number: str = ""
    without_day: tuple[str, ...] = ()
    provisionally_on: date | None = None
    not_read: tuple[tuple[str, int], ...] = ()

    @property
    def left_out(self) -> str:
        """Return a line on omitted rows and columns; empty if everything was read."""
        rows = counted(len(self.without_day), "row")
        named = listed(self.without_day)
        columns = [f"{heading} ({counted(days, 'day')})" for heading, days in self.not_read]
        columns_text = f"{counted(len(columns), 'column')} not read: {listed(columns)}"
        parts = (
            f"{rows} without a day left out: {named}" if named else "",
            columns_text if columns else "",
        )
        return "; ".join(filter(None, parts))

    def totals(self) -> dict[str, tuple[int | None, int]]:
        """Return each total as printed and as counted from the acts, including organisations."""
        standing = [act for act in self.acts if not act.superseded]
        signed = {act.participant for act in standing if act.act in SIGNATURES}
        bound = {act.participant for act in standing if act.act in CONSENTS}
        return {
            "signatories": (self.signatories, len(signed)),
            "parties": (self.parties, len(bound)),
        }


def statement(kind: str, participant: str, text: str) -> Statement:
    """Return a statement with the checksum of its text.

    Examples
    --------
    >>> statement("declaration", "Qatar", "Subject to article 3.").sha256[:8]
    '2c7a1365'
    """
    return Statement(kind, participant, text, hashlib.sha256(text.encode()).hexdigest())


@dataclass(frozen=True)
class Heading:
    """The text of a column's heading, and the act of each mark.

    The empty mark means a day without a mark. A column without acts has no marks.
    """

    text: str
    marks: dict[str, str]


# A refresh builds the tables once per new list, and each build needs every list ever fetched.
@lru_cache(MAX_KEPT)
def read_untc(content: bytes, name: str) -> ListedTreaty:
    """Return the treaty in an XML file; each process parses the same file only once."""
    root = _parse(content, name)
    tables = root.findall(".//participants")
    if not tables:
        special = ", but SpecialTables" if root.findall(".//specialtables") else ""
        raise UnreadableError(
            f"{name}: no element Participants{special}: not the list of a treaty with a table of "
            "participants"
        )
    rows = [row for table in tables for row in _rows(table, name)]
    acts = tuple(act for _, of_row, _ in rows for act in of_row or ())
    without_day = tuple(printed for printed, of_row, _ in rows if of_row is None)
    not_read = Counter(heading for *_, headings in rows for heading in headings)
    if not acts:
        raise UnreadableError(f"{name}: the table of participants has no rows")
    _refuse_twice(acts, name)
    title = _header(root, "titlesect") or _header(root, "subtitlesect")
    if not title:
        raise UnreadableError(f"{name}: no title (ExternalData/Titlesect or Subtitlesect)")
    in_force_on, provisionally_on, not_in_force = _in_force(_header(root, "eif"), name)
    totals = (_total(root, "Signatories", name), _total(root, "Parties", name))
    number, statements = _number(root), tuple(_statements(root))
    return ListedTreaty(
        title,
        acts,
        *totals,
        statements,
        in_force_on,
        not_in_force,
        number,
        without_day,
        provisionally_on,
        tuple(not_read.items()),
    )


def _parse(content: bytes, name: str) -> Any:
    """Return the root of an XML file, with all element names in lower case.

    The parser fetches nothing, expands no entity and limits the size.
    """
    declared = ENCODING.search(content[:1024])
    text = decode(content, name, declared[1].decode("latin-1") if declared else None)
    refuse_page(text, name, "the XML")
    if not text.lstrip().startswith("<"):
        raise UnreadableError(f"{name}: begins with {quoted(text.lstrip()[:20])}, which is not XML")
    if doctype := DEFINITION.search(text):
        line = text.count("\n", 0, doctype.start()) + 1
        raise UnreadableError(
            f"{name}: line {line}: <!{doctype[1]}: document types and entities are not read"
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        recover=False,
    )
    try:
        root = etree.fromstring(XML_DECLARATION.sub("", text.lstrip(), count=1).encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        problem = error.msg if isinstance(error, SyntaxError) else error
        raise UnreadableError(f"{name}: not well-formed XML: {problem}") from None
    for element in root.iter("*"):
        element.tag = etree.QName(element).localname.casefold()
    return root


def _words(element: Any, between: str = "") -> str:
    return between.join(element.itertext())


def _header(root: Any, path: str) -> str:
    """Return the text of an element of the header; empty if the element is absent."""
    element = root.find(f".//header//{path}")
    return "" if element is None else plain(_words(element, " "))


def _number(root: Any) -> str:
    """Return the number of the treaty, such as XXVII-8-c; empty if it is incomplete."""
    chapter = _header(root, "chapter/header").removeprefix("CHAPTER").strip()
    number = _header(root, "numsect")
    parts = (chapter, _header(root, "subchapter/header"), number, _header(root, "subnumsect"))
    return "-".join(filter(None, parts)) if chapter and number else ""


def _total(root: Any, element: str, name: str) -> int | None:
    text = _header(root, f"status/{element.casefold()}")
    if not re.fullmatch("[0-9]{0,6}", text):
        raise UnreadableError(f"{name}: Status/{element}: no number in {quoted(text)}")
    return int(text) if text else None


def _in_force(text: str, name: str) -> tuple[date | None, date | None, bool]:
    """Return the printed days of definitive and provisional entry into force.

    The third value says whether the header prints `not yet in force`. Either statement may be
    followed by the text of an article, which contains days and these words too, and is ignored.
    """
    text = ARTICLE_TEXT.split(text)[0]
    first = FORCE_DAY.search(text)
    before = text[: first.start() if first else None].casefold()
    if NOT_IN_FORCE in before:
        return None, None, True
    printed = DEFINITIVE.search(text) or first
    if printed is first and "provisionally" in before:
        printed = None
    days = []
    for match in (printed, PROVISIONAL.search(text)):
        days.append(named_day(*match.groups()) if match else None)
        if match and days[-1] is None:
            raise UnreadableError(f"{name}: EIF: {quoted(text)} is not a day of the calendar")
    return days[0], days[1], False


def _rows(table: Any, name: str) -> Iterator[tuple[str, list[ListedAct] | None, list[str]]]:
    """Yield each row's participant, acts and headings of unread columns that contain a day.

    The acts are None if the row has no day at all.
    """
    done = 0
    for number, group in enumerate(table.iter("tgroup"), 1):
        location = f"{name}: table {number}"
        heads = group.findall("thead//row")
        if len(heads) != 1:
            raise UnreadableError(
                f"{location}: {len(heads)} rows of headings where one is expected"
            )
        headings = [read_heading(_words(entry), location) for entry in heads[0].findall("entry")]
        kinds = [heading.text.casefold() for heading in headings]
        if kinds.count(PARTICIPANT) != 1 or not any(heading.marks for heading in headings):
            listed = ", ".join(quoted(heading.text) for heading in headings[:6])
            raise UnreadableError(
                f"{location}: the headings are {listed or 'none'}; one Participant and a column of "
                "acts are expected"
            )
        rows = group.findall("tbody//row")
        for line, row in enumerate(rows, 1):
            yield _row(row, headings, f"{location}, row {line}")
        done += 1 + len(rows)
    if (in_all := len(table.findall(".//row"))) != done:
        raise UnreadableError(
            f"{name}: {in_all} rows, but {done} in TGroup/Thead and TGroup/Tbody: another form"
        )


def read_heading(text: str, location: str) -> Heading:
    """Return the heading of a column with the act of each mark.

    Examples
    --------
    >>> read_heading("Signature, Succession to signature(d)", "x.xml").marks["d"]
    'succession to signature'
    """
    text = participant(text)
    if text.casefold() == PARTICIPANT or NOT_AN_ACT.fullmatch(text):
        return Heading(text, {})
    named = [_part(part, text, location) for part in ACT_SEPARATOR.split(text)]
    marked = {mark: act for mark, act in named if mark}
    unmarked = [act for mark, act in named if not mark]
    if any(mark and marked[mark] != act for mark, act in named):
        raise UnreadableError(f"{location}: heading {quoted(text)}: a mark stands for two acts")
    # If several acts have no mark, the list does not say which act it was.
    if unmarked:
        marked[""] = unmarked[0] if len(unmarked) == 1 else CONSENT_TO_BE_BOUND
    # The heading explains a mark that a cell may lack.
    elif len(set(marked.values())) == 1:
        marked[""] = next(iter(marked.values()))
    signatures_only = all(act in SIGNATURES for _, act in named)
    return Heading(text, marked if signatures_only else CONSENT_MARKS | marked)


def _part(part: str, heading: str, location: str) -> tuple[str, str]:
    """Return the mark and the act of one part of a heading."""
    match = PART.fullmatch(part.strip()) if len(part) <= MAX_LETTERS_OF_CELL else None
    act = match[1].casefold() if match else ""
    for words, meaning in OTHER_WORDS.items():
        if other := re.fullmatch(words, act):
            act = other.expand(meaning)
    allowed = (*SIGNATURES, *CONSENTS)
    if not match or act not in allowed:
        title = part.split("(")[0].strip()
        hint = nearest_to(title, (*allowed, PARTICIPANT))
        raise UnreadableError(
            f"{location}: unknown heading {quoted(heading)}: {quoted(part.strip())} is no act; "
            f"{hint} (allowed: {', '.join(allowed)})"
        )
    return match[2] or "", act


def _row(
    row: Any, headings: list[Heading], location: str
) -> tuple[str, list[ListedAct] | None, list[str]]:
    cells = [_words(entry) for entry in row.findall("entry")]
    if len(cells) != len(headings):
        raise UnreadableError(
            f"{location}: {len(cells)} cells where the headings are {len(headings)}"
        )
    for cell in cells:
        if len(cell) > MAX_LETTERS_OF_CELL:
            raise UnreadableError(f"{location}: a cell of {len(cell):,} letters: {quoted(cell)}")
        if CONTROL_CHARACTERS.search(cell):
            raise UnreadableError(f"{location}: {quoted(cell)} has a character that no text has")
    columns = list(zip(headings, cells, strict=True))
    names = [cell for head, cell in columns if head.text.casefold() == PARTICIPANT]
    name = participant(names[0])
    if not name:
        raise UnreadableError(f"{location}: no participant")
    days = [(head, plain(cell)) for head, cell in columns if head.text.casefold() != PARTICIPANT]
    if not any(text for _, text in days):
        return name, None, []
    acts = []
    for heading, text in days:
        if heading.marks and text:
            column = f"{location} ({name}), column {heading.text}"
            acts.append(_act(text, heading, name, column))
    not_read = [heading.text for heading, text in days if text and not heading.marks]
    return name, acts, not_read


def _act(text: str, heading: Heading, name: str, location: str) -> ListedAct:
    """Return the act of a cell; raise an error unless the text is exactly one day."""
    match = DAY.fullmatch(text)
    if not match or (match["open"] is None) != (match["close"] is None):
        raise UnreadableError(
            f"{location}: {quoted(text)} is not a day with its mark, as '2 Jan 2030 a' or in "
            "square brackets"
        )
    day = named_day(match["day"], match["month"], match["year"])
    if day is None:
        raise UnreadableError(f"{location}: {quoted(text)} is not a day of the calendar")
    mark = match["mark"] or ""
    if mark not in heading.marks:
        allowed = ", ".join(mark_text or "none" for mark_text in heading.marks)
        what = f"unknown mark {mark!r}" if mark else "no mark"
        raise UnreadableError(f"{location}: {what} in {quoted(text)}; marks are {allowed}")
    return ListedAct(name, heading.marks[mark], day, superseded=bool(match["open"]))


def _refuse_twice(acts: tuple[ListedAct, ...], name: str) -> None:
    """Raise an error if a participant has an act of one name twice, or two consents."""
    seen: dict[tuple[str, str], str] = {}
    for act in acts:
        key = (act.participant, "consent" if act.act in CONSENTS else act.act)
        if key in seen:
            twice = f"{act.act} of {act.participant} is duplicated"
            both = f"{act.participant} has two consents, {seen[key]} and {act.act}"
            raise UnreadableError(f"{name}: {twice if seen[key] == act.act else both}")
        seen[key] = act.act


def _statements(root: Any) -> Iterator[Statement]:
    """Yield the texts outside the table of participants.

    A text of an unknown section begins with the section's name.
    """
    for section in (child for treaty in root.iter("treaty") for child in treaty):
        if section.tag in NO_STATEMENT:
            continue
        if section.tag not in STATEMENT_KINDS:
            if lines := _lines(section):
                yield statement(OTHER, "", f"{section.tag}\n{lines}")
            continue
        whose = ""
        for entry in section:
            named = participant(entry.findtext("participant") or "")
            # An application without a name belongs to the state named above it.
            whose = named or (whose if entry.tag == "application" else "")
            if lines := _lines(entry):
                yield statement(STATEMENT_KINDS[section.tag], whose, lines)


def _lines(element: Any) -> str:
    """Return the paragraphs of an element, one per line."""
    if element.tag in NO_TEXT:
        return ""
    pieces = [plain(element.text or "")]
    for child in element:
        pieces += _lines(child), plain(child.tail or "")
    return "\n".join(filter(None, pieces))
