"""What is news goes first, and one refused row does not hide the sound ones beside it."""

from __future__ import annotations

import shutil
from datetime import date

from adoption.refresh.events import news_since, read_events
from tests.refresh.life import Depositary, Project, entries

EXCEPTIONS = "reference/exceptions.csv"


def latest(project: Project) -> str:
    """Return the newest snapshot in quarantine."""
    return max(path.name for path in (project.root / "data/quarantine/untc-hanoi").iterdir())


def test_sound_rows_of_a_refused_list_are_usable(second: Project, depositary: Depositary) -> None:
    depositary.change("Angola", date(2025, 10, 26))
    depositary.signs(date(2026, 12, 2), "Kenya", "Japan")
    depositary.signs(date(2026, 11, 27), "Norway")  # before the day of the list in use
    depositary.publish()
    outcome = second.refresh("2026-12-08")
    assert outcome.status == 3
    assert outcome.results[0].message.endswith(
        "3 acts await review (--accept REASON --row ACT uses one): JPN signature of "
        "2026-12-02, KEN signature of 2026-12-02 and NOR signature of 2026-11-27"
    )
    assert "3 acts awaiting review." in second.text("CHANGES.md")
    assert not second.acts("KEN")
    rows = {"accept": "C.N.5", "by": "A. Person", "rows": ("KEN signature", "NOR signature")}
    for summary in ("2 signatures of Hanoi", ""):  # or by one that was stopped, before its end
        outcome = second.refresh("2026-12-16", **rows)
        assert (outcome.status, outcome.summary) == (0, summary), second.said
    assert second.acts("KEN") == ["signature 2026-12-02 confirmed"]
    assert "act-in-the-future,hanoi KEN signature,2026-12-02," in second.text(EXCEPTIONS)
    assert not second.acts("JPN")
    assert second.acts("AGO") == ["signature 2025-10-25 confirmed"]
    assert second.acts("NOR") == ["signature 2026-11-27 reported"]
    assert "NOR" not in second.text("processed/conflicts.csv")
    depositary.change("Kenya", date(2026, 12, 3))  # the day of which was accepted as another
    depositary.change("Angola", None)
    depositary.publish()
    outcome = second.refresh("2026-12-23")
    assert outcome.status == 3
    assert "1 act awaits review" in outcome.results[0].message
    assert second.text("CHANGES.md").count("Japan: signature of 2 December 2026 awaits") == 1
    wanted = {"accept": "so says the depositary", "by": "A. Person"}
    assert second.refresh("2026-12-23", **wanted, snapshot=latest(second)).status == 0
    assert second.acts("AGO") == [], "it counts no more, whoever else has it"
    assert "AGO,signature,listed,not listed" in second.text("processed/conflicts.csv")
    assert "act-in-the-future,hanoi KEN" not in second.text(EXCEPTIONS), "its day has come"
    assert "act-changed,hanoi KEN signature" in second.text(EXCEPTIONS)
    assert second.acts("KEN") == ["signature 2026-12-03 confirmed"]
    assert "hanoi,KEN" not in second.text("processed/conflicts.csv"), "its list decides"
    assert (
        second.table("acts").query("iso3 == 'KEN' and convention == 'hanoi'")["note"].isna().all()
    )
    used = max((second.root / "data/raw/untc-hanoi").iterdir()).name
    undo = {"undo": f"untc-hanoi/{used}", "by": "A. Person", "because": "too soon"}
    assert second.refresh("2026-12-24", **undo).status == 0, second.said
    assert second.acts("KEN") == ["signature 2026-12-02 confirmed"], "its row is there still"


def test_what_is_news_is_first_everywhere(second: Project, depositary: Depositary) -> None:
    depositary.publish(depositary.content(in_force="Entry into force 20 April 2027, article 65."))
    second.refresh("2026-12-08")
    outcome = second.refresh("2026-12-09", accept="so printed", by="A. Person")
    assert outcome.summary.startswith("Hanoi: the published entry into force is 20 April")
    outcome = second.refresh("2027-01-05")
    assert outcome.summary == "Hanoi: closed for signature after 31 December 2026"
    news = read_events(second.root / "data").query("kind != 'act'")["text"]
    assert "closed for signature after 31 December 2026" in set(news)
    first = entries((second.root / "data" / "feed.xml").read_bytes())[0]
    assert first.title == (
        "UN Convention against Cybercrime: closed for signature after 31 December 2026"
    )
    assert "### News\n" in second.text("CHANGES.md")
    assert news_since(read_events(second.root / "data"), date(2027, 1, 1)) == [first.title]
    assert "othing has changed" not in second.text("CHANGES.md")


def test_a_run_that_heals_one_that_was_stopped_says_what_that_had_found(
    second: Project, depositary: Depositary
) -> None:
    """The disk was full after the events, so that the tables were still those before."""
    processed, before = second.root / "data/processed", second.root / "before"
    shutil.copytree(processed, before)
    depositary.signs(date(2026, 12, 2), "Kenya")
    depositary.publish()
    assert second.refresh("2026-12-08").summary == "1 signature of Hanoi"
    recorded = second.text("events.csv")
    shutil.rmtree(processed)
    before.rename(processed)
    assert second.refresh("2026-12-08").summary == "1 signature of Hanoi"
    assert second.text("events.csv") == recorded, "nothing is recorded twice"
