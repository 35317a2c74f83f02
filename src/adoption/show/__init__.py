"""What people see of an analysis: one module a subject, with its sentences, charts and tables."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from adoption.core.acts import act_in_words as act_in_words
from adoption.core.text import long_day as long_day
from adoption.core.text import share as share
from adoption.show.answers import Answer as Answer
from adoption.show.answers import Html as Html
from adoption.show.answers import Markdown as Markdown
from adoption.show.answers import rows_of as rows_of
from adoption.show.answers import titled as titled
from adoption.show.claims import Claims as Claims
from adoption.show.claims import verdict as verdict
from adoption.show.classes import ACTED as ACTED
from adoption.show.classes import STATUS_COLOURS as STATUS_COLOURS
from adoption.show.status import status_title as status_title
from adoption.show.table import Table as Table
from adoption.show.table import badges as badges
from adoption.show.table import days as days
from adoption.show.table import links as links
from adoption.show.table import when as when

if TYPE_CHECKING:
    from adoption.show.next_states import chance_window as chance_window
    from adoption.show.scale import group_scale as group_scale
    from adoption.show.standing import standing_view as standing_view
    from adoption.show.state import peers_view as peers_view

DRAWING = {
    "standing_view": "standing",
    "group_scale": "scale",
    "chance_window": "next_states",
    "peers_view": "state",
}


def __getattr__(name: str) -> Any:
    """Import what needs plotly when a notebook asks for it: a plan is read without."""
    if name not in DRAWING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"adoption.show.{DRAWING[name]}"), name)
