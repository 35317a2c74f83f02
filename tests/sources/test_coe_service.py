"""The service behind the chart."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from adoption.data.readers.coe_service import read_coe_service
from adoption.data.readers.decoding import UnreadableError
from adoption.data.readers.listed import ListedAct
from tests.sources.charts import service

MEMBERS = [
    ("Atlantis", "2001-11-23", "2002-06-20", "2004-07-01"),
    ("Lemuria", "2005-02-09", "", ""),
    ("Mu", "", "", ""),
]
OTHERS = [("Ruritania", "", "2012-11-30", "2013-03-01")]


def test_the_answer_is_a_list_of_acts() -> None:
    found = read_coe_service(service(MEMBERS, OTHERS, []), "185.json")
    assert found.acts == (
        ListedAct("Atlantis", "signature", date(2001, 11, 23)),
        ListedAct("Atlantis", "ratification", date(2002, 6, 20)),
        ListedAct("Lemuria", "signature", date(2005, 2, 9)),
        ListedAct("Ruritania", "accession", date(2012, 11, 30)),
    )
    assert found.entry_into_force == {"Atlantis": date(2004, 7, 1), "Ruritania": date(2013, 3, 1)}
    assert (found.title, found.signatories, found.parties) == ("Treaty 185", None, None)
    assert (found.number, found.as_of) == ("185", None)


def changed(**fields: Any) -> bytes:
    """Return the answer with fields of the first participant changed; None removes one."""
    answer = json.loads(service(MEMBERS, OTHERS))
    for field, value in fields.items():
        answer[0][0][field] = value
        if value is None:
            del answer[0][0][field]
    return json.dumps(answer).encode()


def test_a_denunciation_is_a_withdrawal_on_the_day_of_its_effect() -> None:
    found = read_coe_service(changed(DateEffetDenonciation="2030-01-01T00:00:00"), "x")
    assert ListedAct("Atlantis", "withdrawal", date(2030, 1, 1)) in found.acts
    without = read_coe_service(changed(DateEffetDenonciation=None), "x")
    assert "withdrawal" not in {act.act for act in without.acts}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"[{}]", "not a list of lists of participants"),
        (b"[[1]]", "list 1, participant 1: not an object"),
        (changed(NumSTE=None), "list 1, participant 1: NumSTE is missing"),
        (changed(NumSTE=185), "NumSTE 185 is not a number"),
        (changed(LibPaysOrga=" 7 "), "LibPaysOrga is not a name"),
        (changed(LibPaysOrga="Lemuria"), "participant 2: Lemuria stands twice"),
        (changed(DateSignature="23/11/2001"), "is not a day of the calendar as 2001-11-23T00:00"),
        (changed(DateSignature=20011123), "DateSignature: 20011123 is not a day"),
        (service([("Mu", "2001-11-23", "", "2004-07-01")]), "DateEntreeVigueur without DateCons"),
    ],
    ids=range(9),
)  # fmt: skip
def test_another_answer_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_coe_service(content, "185.json")
    assert str(caught.value).startswith("185.json: ")
    assert problem in str(caught.value)
