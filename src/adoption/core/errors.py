"""The project's own error: one clear line for a person, and the nearest names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from difflib import SequenceMatcher
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, get_args, get_type_hints

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Arguments = ParamSpec("Arguments")
Returned = TypeVar("Returned")
NO_MATCH = "no close match"  # of a name that is unknown
MAX_LETTERS = 500  # of an error
FEW_FIELDS = 5  # of a model: so many are all named where one is unknown
LIKE = 0.55  # from 0 to 1: what is less alike is no suggestion


EXIT_BAD_INPUT = 2
EXIT_BROKEN = 70  # what nobody foresaw, such as a full disk for the log
EXIT_INTERRUPTED = 130
EXIT_BUSY = 75  # as of a passing failure, which a later attempt may not meet


class AdoptionError(Exception):
    r"""Something a person can mend; its text is one line: what, where, what is allowed.

    Examples
    --------
    >>> str(AdoptionError("a name\nof two lines"))
    'a name of two lines'
    """

    exit_status = EXIT_BAD_INPUT  # with which a command ends

    def __init__(self, message: str) -> None:
        line = " ".join(message.split())
        line = line if len(line) <= MAX_LETTERS else f"{line[: MAX_LETTERS - 3]}..."
        # A terminal obeys or hides some letters: they are written as Python escapes them.
        letters = (c if c.isprintable() else ascii(c)[1:-1] for c in line)
        super().__init__("".join(letters))

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in a notebook, and papermill after it: the line alone."""
        return [f"{type(self).__name__}: {self}"]


class BusyError(AdoptionError):
    """Another command was still at work after all the time that was waited for it."""

    exit_status = EXIT_BUSY


OF_REPORTS = (
    "IPython",
    "ipykernel",
    "jinja2",
    "latex2mathml",
    "nbconvert",
    "nbformat",
    "papermill",
    "PIL",
    "psutil",
    "resvg_py",
    "traitlets",
    "yaml",
)
MODULES = {  # that an extra of this package brings
    "build": ("feedgen", "httpx", "lxml"),
    "cluster": ("distributed",),
    "geo": ("folium", "geopandas", "mapclassify", "matplotlib", "shapely"),
    "lab": ("anywidget", "ipywidgets", "jupyterlab"),
    "report": OF_REPORTS,
    "statistics": ("joblib", "networkx", "scipy", "sklearn", "statsmodels", "threadpoolctl"),
    "xlsx": ("openpyxl",),
}
EXTRA_OF = {module: extra for extra, modules in MODULES.items() for module in modules}


def extra_needed(error: ModuleNotFoundError) -> AdoptionError | None:
    """Return the line that names the extra of a module that is not there; None for others."""
    module = (error.name or "").partition(".")[0]
    if module not in EXTRA_OF:
        return None
    from importlib.metadata import requires  # slow to import, and seldom needed

    extra = EXTRA_OF[module]
    # The packages themselves: on a public index this package's name may be somebody else's.
    rules = [text.replace('"', "'").split("; ") for text in requires("adoption") or ()]
    packages = [f'"{name}"' for name, *rule in rules if rule == [f"extra == '{extra}'"]]
    return AdoptionError(
        f"needs {module} (extra {extra}): pip install {' '.join(packages) or module}"
    )


def names_extra(function: Callable[Arguments, Returned]) -> Callable[Arguments, Returned]:
    """Make a function that needs an extra say so in one line if it is not installed."""

    @wraps(function)
    def called(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Returned:
        try:
            return function(*args, **kwargs)
        except ModuleNotFoundError as error:
            raise extra_needed(error) or error from error

    return called


UNKNOWN_FIELDS = ("extra_forbidden", "unexpected_keyword_argument")  # as pydantic calls them


def first_fault(error: ValidationError | AdoptionError, model: type, whole: str = "entry") -> str:
    """Return the first field that a model refuses, or what it calls the whole, and why."""
    if isinstance(error, AdoptionError):
        return str(error)
    first = error.errors()[0]
    field = ".".join(map(str, first["loc"]))
    return f"{field or whole}: {fault_in_words(first, model)}"


def fault_in_words(fault: ErrorDetails, model: type) -> str:
    """Return why a model refuses a field; of one that there is not, which one may be meant."""
    if fault["type"] in UNKNOWN_FIELDS:
        *outer, name = map(str, fault["loc"])
        return f"unknown; {_meant_or_allowed(name, _field_names(model, outer))}"
    return "missing" if fault["type"] == "missing" else fault["msg"].removeprefix("Value error, ")


def _meant_or_allowed(name: str, fields: Sequence[str]) -> str:
    if len(fields) <= FEW_FIELDS:
        return f"allowed: {', '.join(fields)}"
    return did_you_mean(name[:MAX_LETTERS], fields, 1)


def _field_names(model: type, path: Iterable[str]) -> list[str]:
    """Return the fields of what stands at a path of fields, keys and indices in a model."""
    for name in path:
        kinds = _models_in(get_type_hints(model).get(name))
        model = kinds[0] if kinds else model  # a key or an index stands in the same model
    if isinstance(fields := getattr(model, "model_fields", None), dict):
        return [str(field.validation_alias or name) for name, field in fields.items()]
    return [field.name for field in dataclass_fields(model)]


def _models_in(annotation: Any) -> list[type]:
    """Return the models and dataclasses that a type names, as `Delay` in `Delay | None`."""
    inner = [kind for part in get_args(annotation) for kind in _models_in(part)]
    is_model = hasattr(annotation, "model_fields") or is_dataclass(annotation)
    return [annotation, *inner] if is_model else inner


def check_format(number: int, newest: int, where: str = "") -> int:
    """Return the format of a file; one that a later version has written is refused."""
    if not 1 <= number <= newest:
        raise AdoptionError(f"{where}format {number}: allowed: 1 to {newest}, or a later adoption")
    return number


def likeness(text: object, names: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Return each name that is like a text, best first: by the words they share, then by letters.

    A longer word counts for more.

    Examples
    --------
    >>> list(likeness("Tea Convention", ["Convention on Tea", "Convention on Coffee"]))
    ['Convention on Tea', 'Convention on Coffee']
    """
    wanted = str(text)[:MAX_LETTERS].casefold()  # comparing millions of letters would take minutes
    words = {name: set(re.findall(r"\w+", name.casefold())) for name in names}
    every = set[str]().union(*words.values())
    asked = re.findall(r"\w+", wanted)
    alike = [{word: _ratio(word, term) for word in every} for term in asked]
    scores: dict[str, tuple[float, float]] = {}
    for name, name_words in words.items():
        ratios = [max((near[word] for word in name_words), default=0.0) for near in alike]
        similar = [len(w) * r for w, r in zip(asked, ratios, strict=True) if r >= LIKE]
        shared = sum(similar)
        share = shared / max(sum(map(len, asked)), 1)
        letters = _ratio(name.casefold(), wanted)
        if max(share, letters) >= LIKE:
            scores[name] = share, letters
    return dict(sorted(scores.items(), key=lambda item: item[1], reverse=True))


def _ratio(text: str, other: str) -> float:
    return SequenceMatcher(None, text, other).ratio()


def nearest(word: object, names: Iterable[str], count: int = 3) -> list[str]:
    """Return the names most like a word, best first, whatever their letter case.

    Examples
    --------
    >>> nearest("QTR", ["QAT", "OMN", "QUX"], 1)
    ['QAT']
    """
    return list(likeness(word, names))[:count]


def did_you_mean(word: object, names: Iterable[str], count: int = 3) -> str:
    """Return the names nearest to a word as the end of an error line.

    Examples
    --------
    >>> did_you_mean("hanoy", ["hanoi", "budapest"], 1)
    'did you mean hanoi?'
    """
    matches = nearest(word, names, count)
    return f"did you mean {' or '.join(matches)}?" if matches else NO_MATCH
