"""The answer at the head of each notebook, for its reader and for the index of a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from html import escape, unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from adoption.core.text import (
    TAGS,
    capitalised,
    counted,
    is_are,
    listed,
    long_day,
    lower_bound,
    messages,
    numeral,
    slug,
    span,
)

if TYPE_CHECKING:
    from adoption.core.observation import Observation
    from adoption.law.treaties import Treaty

ANSWER_TYPE = "application/vnd.adoption.answer+json"
Counts = Sequence[Sequence[str]]  # pairs: words of a text, and the address of what they count


@dataclass(frozen=True)
class Answer:
    """The answer of a notebook.

    Attributes
    ----------
    title : str
        What the page is called.
    text : str
        The answer in a few sentences.
    key_figure, key_label : str
        One number, and what it counts.
    as_of : str
        The day of the answer, in words.
    reach : str
        How far the data go.
    counts : tuple of (str, str)
        Words of the text in their order, and the address of the rows that they count, or of the
        source that reports them.
    """

    title: str
    text: str
    key_figure: str
    key_label: str
    as_of: str
    reach: str
    counts: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        linked(self.text, self.counts)  # words that are not in the text are an error

    @classmethod
    def of(
        cls,
        convention: Treaty,
        what: str,
        as_of: date,
        text: str,
        key: str,
        label: str,
        counts: tuple[tuple[str, str], ...] = (),
        reach: str = "",
    ) -> Answer:
        """Return what is answered of a convention on a day; the reach is that of its list."""
        title = f"{convention.short_title}: {what}"
        reach = reach or convention.reach
        return cls(title, text, key, label, long_day(as_of), reach, counts)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, object]:
        far = f" Reach of the data: {self.reach}" if self.reach else ""
        reach = f"*As of {self.as_of}.{far}*"
        return {
            "text/plain": self.text,
            "text/markdown": f"**{self.text}**\n\n{reach}",
            ANSWER_TYPE: asdict(self),
        }


def titled(treaty: Treaty) -> str:
    """Return what a title calls a treaty: its label where its name has it.

    Else it is the Convention or the Protocol, whose name stands above: a label such as Hanoi is
    that of a town.

    Examples
    --------
    >>> from adoption.law.conventions import find_convention
    >>> [titled(find_convention(name)) for name in ("hanoi", "untoc", "budapest-2ap")]
    ['the Convention', 'UNTOC', 'the Protocol']
    """
    if treaty.label in treaty.short_title:
        return treaty.label
    return "the Protocol" if "Protocol" in treaty.short_title else "the Convention"


class Html(str):
    """HTML that a cell shows; tools that show none have its words."""

    def _repr_html_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return " ".join(unescape(TAGS.sub(" ", self)).split())


class Markdown(str):
    """Text that a cell shows as Markdown."""

    def _repr_markdown_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return str(self)


def rows_of(about: str, **wanted: Iterable[str]) -> str:
    """Return the address of rows of the page that lists what is done on a treaty, or by a group.

    Parameters
    ----------
    about : str
        "convention:hanoi", or "group:" and its name.
    **wanted : iterable of str
        By a head of its first table, or a mark of its rows: the values that count.

    Examples
    --------
    >>> rows_of("convention:hanoi", act=["signature"], region=["Latin America"])
    'convention:hanoi?act=signature&region=latin-america#table-1'
    """
    parts = (f"{name}={','.join(map(slug, values))}" for name, values in wanted.items())
    return f"{quote(about, safe=':')}?{'&'.join(parts)}#table-1"


def rows_link(html: str, address: str) -> str:
    """Return HTML that leads to an address of the web, or to rows once a report has their page."""
    if address.startswith("https://"):
        return f'<a href="{escape(address)}">{html}</a>'
    return f'<a data-rows="{escape(address)}">{html}</a>'


def linked(text: str, counts: Counts) -> str:
    """Return a text as HTML, in which each of its counts leads to its rows.

    Examples
    --------
    >>> linked("Two signed.", [("Two", "convention:hanoi?act=signature#table-1")])
    '<a data-rows="convention:hanoi?act=signature#table-1">Two</a> signed.'
    """
    html = ""
    for words, address in counts:
        before, match, text = text.partition(words)
        if not match:
            raise ValueError(f"{words!r} is not in the text, or not in this order")
        html += escape(before, quote=False) + rows_link(escape(words, quote=False), address)
    return html + escape(text, quote=False)


def count_sentence(observation: Observation, subject: str = "") -> str:
    """Say how many have acted, as a sentence; of a subject by another name, such as it.

    Examples
    --------
    >>> from adoption.law.status import load_status
    >>> count_sentence(load_status("uncac", "2005-12-31").signatories)
    '139 states and the European Union have signed the Convention against Corruption (UNCAC).'
    >>> count_sentence(load_status("uncac", "2026-11-24").parties, "it")
    'The depositary counted 190 parties to it by 20 April 2024.'
    """
    words = messages()[observation.measure]
    number = observation.reported or observation.possible
    singular = observation.lower == 1 and observation.upper in (1, None)
    if not observation.known:
        text = words["unknown"]
    elif total := observation.published:
        what = words["counted"].replace("{number}", f"{total.number:,}")
        text = f"the depositary counted {what} by {long_day(total.latest)}"
    elif observation.lower:
        text = f"{actors_phrase(observation)} {words['has' if singular else 'have']}"
    elif not number:
        text = f"no {words['none']} is known"
    else:
        state = "reported" if observation.reported else "possible"
        text = f"no {words['none']} is confirmed, {numeral(number)} {is_are(number)} {state}"
    return f"{capitalised(text.format(subject=subject or observation.subject))}."


def count_headline(*observations: Observation, verb: str = "has", when: str = "") -> str:
    """Say what a subject has, as a title.

    Examples
    --------
    >>> from adoption.law.status import load_status
    >>> count_headline(load_status("untoc", "2003-07-15").signatories)
    'The Organized Crime Convention (UNTOC) has 147 signatories'
    """
    amounts = [*map(amount, (observation for observation in observations if observation.known))]
    if not amounts:
        return count_sentence(observations[0]).removesuffix(".")
    subject = capitalised(observations[0].subject)
    return " ".join(filter(None, (subject, verb, listed(amounts), when)))


def actors_phrase(observation: Observation, *, with_bound: bool = True) -> str:
    """Return those that an observation counts: at least 67 states and the European Union."""
    organizations = observation.organizations
    lower, upper = (n - len(organizations) for n in (observation.lower, observation.upper or 0))
    if observation.complete and lower != upper:
        states = span(lower, upper)
    else:
        is_exact = observation.complete or not lower or not with_bound
        states = lower_bound(numeral(lower), is_exact)
    noun = "state" if lower == 1 and upper <= 1 else "states"
    return listed([*([f"{states} {noun}"] if lower or upper > 0 else []), *organizations])


def amount(observation: Observation) -> str:
    """Return a count with its noun, in a title or after a verb.

    Examples
    --------
    >>> from adoption.law.status import load_status
    >>> status = load_status("hanoi", "2026-11-24")
    >>> amount(status.signatories), amount(status.parties)
    ('at least 68 signatories', 'three reported ratifications')
    """
    words, number = messages()[observation.measure], observation.lead
    singular = words["one"]
    many = words["many"]
    reported = observation.reported
    if number:
        upper = number if observation.upper is None else observation.upper
        noun = singular if number == upper == 1 else many
        return f"{span(number, upper, observation.complete)} {noun}"
    if reported:
        return f"{numeral(reported)} reported {singular if reported == 1 else many}"
    if observation.possible:
        return f"up to {counted(observation.possible, singular, many)}"
    return f"no {'' if observation.complete else 'known '}{singular}"
