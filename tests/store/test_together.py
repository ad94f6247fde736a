"""One happening, one event; one person, one row: across articles."""

from typing import Any

import pytest

from engine.facts import (
    Event,
    EventStatus,
    Meeting,
    MeetingMode,
    Person,
    Resolution,
    ResolutionAction,
    Statement,
    StatementAct,
    WeaponKind,
    WeaponTest,
)
from engine.store import Store
from engine.store.models import Event as EventRow
from engine.store.models import EventActor, Report
from engine.store.models import Person as PersonRow


def lim(country: str | None = "KOR", **told: Any) -> Person:
    return Person("Lim Sung-nam", "Lim", country, **told)


def talks(status: EventStatus = EventStatus.PLANNED, when: str | None = "2016-10-27", **slots: Any) -> Meeting:
    return Meeting(status=status, when=when, **({"parties": ["KOR", "USA"], "participants": ["Lim Sung-nam"]} | slots))


def tell(store: Store, reader: Any, *articles: tuple[str, str, Event]) -> None:
    for name, day, event in articles:
        store.ingest(reader.tell(name, event, people=(lim(),), on=day), reader)


def test_planned_then_held_is_one_event_with_both_reports(store: Store, reader: Any) -> None:
    tell(store, reader, ("a", "2016-10-21", talks()), ("b", "2016-10-28", talks(EventStatus.OCCURRED)))
    event = EventRow.get()
    assert (event.status, event.article_count) == ("OCCURRED", 2)
    assert (event.first_reported_on, event.last_reported_on) == ("2016-10-21", "2016-10-28")
    assert [r.status for r in Report.select().order_by(Report.article)] == ["PLANNED", "OCCURRED"]
    assert event.evidence.count() == 2


def test_the_newest_report_decides_in_whatever_order_articles_come(store: Store, reader: Any) -> None:
    tell(store, reader, ("b", "2016-10-28", talks(EventStatus.OCCURRED)), ("a", "2016-10-21", talks()))
    assert EventRow.get().status == "OCCURRED"


@pytest.mark.parametrize(
    "other",
    [
        talks(when="2016-10-28"),
        talks(when=None),
        talks(mode=MeetingMode.PHONE),
        talks(place="Seoul", participants=["Yun Byung-se"]),
        Meeting(parties=["KOR", "JPN"], when="2016-10-27"),
        WeaponTest(parties=["PRK"], weapon=WeaponKind.NUCLEAR, when="2016-10-27"),
    ],
)
def test_another_happening_is_another_event(store: Store, reader: Any, other: Event) -> None:
    tell(store, reader, ("a", "2016-10-21", talks(place="Tokyo")), ("b", "2016-10-22", other))
    assert EventRow.select().count() == 2


def test_a_vaguer_time_and_fewer_sides_join(store: Store, reader: Any) -> None:
    test = WeaponTest(parties=["PRK"], weapon=WeaponKind.NUCLEAR, when="2016-09-09")
    tell(
        store,
        reader,
        ("a", "2016-10-21", talks(parties=["KOR", "USA", "JPN"])),
        ("b", "2016-10-22", talks(when="2016-10-24/2016-10-30", participants=[])),
        ("c", "2016-09-09", test),
        ("d", "2016-10-21", WeaponTest(parties=["PRK"], weapon=WeaponKind.NUCLEAR, when="2016-09", ordinal=5)),
    )
    meeting, nuclear = EventRow.select().order_by(EventRow.type)
    assert (meeting.when_iso, meeting.granularity) == ("2016-10-27", "DAY")
    assert EventActor.select().where((EventActor.event == meeting) & (EventActor.role == "PARTY")).count() == 3
    assert (nuclear.when_iso, nuclear.ordinal, nuclear.article_count) == ("2016-09-09", 5, 2)


def test_two_records_of_one_article_are_two_events(store: Store, reader: Any) -> None:
    store.ingest(reader.tell("a", talks(), talks(), people=(lim(),)), reader)
    store.ingest(reader.tell("b", talks(), people=(lim(),), text="Other words."), reader)
    assert sorted(e.article_count for e in EventRow.select()) == [1, 2]


def test_a_numbered_name_joins_without_a_time(store: Store, reader: Any) -> None:
    adopted = Resolution(parties=["UN Security Council"], action=ResolutionAction.ADOPT, name="Resolution 2270")
    tell(store, reader, ("a", "2016-03-02", adopted), ("b", "2016-10-21", adopted))
    assert EventRow.get().article_count == 2


def test_statements_join_only_in_the_same_words(store: Store, reader: Any) -> None:
    def said(content: str | None) -> Statement:
        return Statement(speaker=["KOR"], act=StatementAct.SAY, content=content)

    words = "the situation is graver than ever before"
    tell(store, reader, ("a", "2016-10-21", said(words)), ("b", "2016-10-21", said(words)))
    assert EventRow.get().article_count == 2
    tell(store, reader, ("c", "2016-10-21", said(None)), ("d", "2016-10-21", said(None)))
    assert EventRow.select().count() == 3


def test_one_person_across_articles(store: Store, reader: Any) -> None:
    first = lim(post="Vice Foreign Minister")
    store.ingest(reader.tell("a", people=(first,), on="2016-10-21"), reader)
    accented = Person("Lim Sung-Nam", "Lim", None, None, None)
    store.ingest(reader.tell("b", people=(accented,), on="2016-10-22"), reader)
    later = lim(post="Vice Foreign Minister")
    store.ingest(reader.tell("c", people=(later,), on="2016-11-01"), reader)
    person = PersonRow.get()
    assert person.appearances.count() == 3
    tenure = person.tenures.get()
    assert (tenure.first_reported_on, tenure.last_reported_on, tenure.evidence.count()) == (
        "2016-10-21",
        "2016-11-01",
        2,
    )


def test_a_side_told_later_is_learnt_and_forgotten_with_its_article(store: Store, reader: Any) -> None:
    store.ingest(reader.tell("a", people=(lim(None),)), reader)
    number = PersonRow.get().id
    store.ingest(reader.tell("b", people=(lim("KOR"),)), reader)
    person = PersonRow.get()
    assert (person.id, person.country_id) == (number, "KOR")
    store.delete_article("b")
    assert PersonRow.get().country_id is None


def test_namesakes_of_other_countries_stay_apart(store: Store, reader: Any) -> None:
    for name, country in (("a", "KOR"), ("b", "PRK"), ("c", None)):
        store.ingest(reader.tell(name, people=(lim(country),)), reader)
    ids = {p.id for p in PersonRow.select()}
    assert len(ids) == 3
    list(store.reextract(reader))
    assert {p.id for p in PersonRow.select()} == ids


def test_a_bare_surname_is_nobody_known(store: Store, reader: Any) -> None:
    store.ingest(reader.tell("a", people=(Person("Lim", "Lim"),)), reader)
    store.ingest(reader.tell("b", people=(Person("Lim", "Lim"),)), reader)
    assert PersonRow.select().count() == 2


def test_deleting_the_first_reporter_keeps_the_event_and_its_id(store: Store, reader: Any) -> None:
    tell(store, reader, ("a", "2016-10-21", talks()), ("b", "2016-10-28", talks(EventStatus.OCCURRED)))
    number = EventRow.get().id
    store.delete_article("a")
    assert EventRow.get().id == number
    list(store.reextract(reader))
    assert EventRow.get().id == number


def test_a_report_that_changed_its_mind_leaves_the_shared_event(store: Store, reader: Any) -> None:
    tell(store, reader, ("a", "2016-10-21", talks()), ("b", "2016-10-28", talks(EventStatus.OCCURRED)))
    reader.tell("b", talks(EventStatus.OCCURRED, when="2016-10-28"), people=(lim(),), on="2016-10-28")
    list(store.reextract(reader, ["b"]))
    assert [(e.status, e.article_count) for e in EventRow.select().order_by(EventRow.starts_on)] == [
        ("PLANNED", 1),
        ("OCCURRED", 1),
    ]
