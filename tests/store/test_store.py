from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.articles import id_of_text
from engine.facts import (
    Article,
    Event,
    EventStatus,
    Extraction,
    Meeting,
    MeetingLevel,
    MentionKind,
    Person,
    Resolution,
    ResolutionAction,
    Statement,
    StatementAct,
    WeaponKind,
    WeaponTest,
)
from engine.facts import Mention as Mentioned
from engine.store import Outcome, Store, open_store, writing
from engine.store.models import Article as ArticleRow
from engine.store.models import Change, EventActor, Mention, Sentence, Tenure
from engine.store.models import Event as EventRow
from engine.store.models import Organization as OrganizationRow
from engine.store.models import Person as PersonRow

Dump = Callable[[Store], list[str]]
LIM = ("Lim Sung-nam", "Lim", "KOR")
BLIKEN = ("Tony Bliken", "Bliken", "USA")


def person(name: str, family: str, country: str | None, post: str | None = "Vice Foreign Minister") -> Person:
    return Person(name, family, country, None, post, MeetingLevel.VICE_MINISTERIAL if post else None)


def talks(status: EventStatus = EventStatus.PLANNED, when: str | None = "2016-10-27", **slots: Any) -> Meeting:
    told = {"parties": ["KOR", "USA"], "participants": ["Lim Sung-nam", "Tony Bliken"], "place": "Tokyo"} | slots
    return Meeting(status=status, when=when, **told)


def both() -> tuple[Person, Person]:
    return person(*LIM), person(*BLIKEN)


def test_gold_articles_are_stored_with_all_their_facts(store: Store, reader: Any) -> None:
    articles = reader.articles()
    outcomes = list(store.ingest_many(articles, reader))
    assert [o.outcome for o in outcomes] == [Outcome.INGESTED] * len(articles)
    assert ArticleRow.select().count() == len(articles)
    for article in articles:
        extraction = reader.read(article)
        row = ArticleRow.get(ArticleRow.id == article.id)
        assert row.reports.count() == len(extraction.events)
        assert row.appearances.count() >= len(extraction.people)
        assert row.sentences.count() == len(extraction.sentences)
        for sentence in row.sentences:
            assert sentence.was_read == (sentence.position in extraction.read)
        for mention in row.mentions:
            assert article.text[mention.start : mention.end] == mention.text
            assert mention.person.folded


def test_the_seeds_meeting_has_people_posts_place_and_time(store: Store, reader: Any) -> None:
    seed = next(a for a in reader.articles() if a.id == "000_af30fc7277ce6754")
    assert store.ingest(seed, reader).outcome is Outcome.INGESTED
    fifth = EventRow.get((EventRow.type == "MEETING") & (EventRow.ordinal == 5))
    assert (fifth.starts_on, fifth.ends_on, fifth.granularity) == ("2016-10-27", "2016-10-27", "DAY")
    assert (fifth.place, fifth.place_country.code) == ("Tokyo", "JPN")
    actors = EventActor.select().where(EventActor.event == fifth).order_by(EventActor.role, EventActor.position)
    assert [a.person.name for a in actors if a.role == "PARTICIPANT"] == [
        "Lim Sung-nam",
        "Tony Bliken",
        "Shinsuke Sugiyama",
    ]
    assert sorted(a.country.code for a in actors if a.role == "PARTY") == ["JPN", "KOR", "USA"]
    tenure = Tenure.get(Tenure.person == PersonRow.get(PersonRow.name == "Lim Sung-nam"))
    assert (tenure.title, tenure.first_reported_on) == ("Vice Foreign Minister", "2016-10-21")
    assert fifth.evidence.count() > 0


def test_the_same_text_again_changes_nothing(store: Store, reader: Any, dump: Dump) -> None:
    articles = reader.articles()
    list(store.ingest_many(articles, reader))
    before = dump(store)
    again = list(store.ingest_many(articles, reader))
    assert {o.outcome for o in again} == {Outcome.UNCHANGED}
    assert dump(store) == before


def test_the_same_text_without_its_id_is_recognised(store: Store, reader: Any, dump: Dump) -> None:
    article = reader.tell("a", talks(), people=both())
    store.ingest(article, reader)
    before = dump(store)
    again = store.ingest(Article("text-0123456789abcdef", article.text), reader)
    assert (again.outcome, again.article_id, again.events) == (Outcome.UNCHANGED, "a", 1)
    assert dump(store) == before


def test_another_date_for_the_same_text_replaces_the_facts(store: Store, reader: Any) -> None:
    store.ingest(reader.tell("a", talks(), people=both(), on="2016-10-21"), reader)
    again = store.ingest(reader.tell("a", talks(when="2017-10-26"), people=both(), on="2017-10-20"), reader)
    assert again.outcome is Outcome.REPLACED
    assert [e.when_iso for e in EventRow.select()] == ["2017-10-26"]


def test_another_text_under_the_id_replaces_the_older_facts(store: Store, reader: Any) -> None:
    store.ingest(reader.tell("a", talks(), people=both()), reader)
    newer = reader.tell("a", WeaponTest(parties=["PRK"], weapon=WeaponKind.NUCLEAR), text="A newer text.")
    assert store.ingest(newer, reader).outcome is Outcome.REPLACED
    assert [e.type for e in EventRow.select()] == ["WEAPON_TEST"]
    assert PersonRow.select().count() == Tenure.select().count() == 0
    assert ArticleRow.get().text == "A newer text."


def test_another_text_under_the_url_replaces_the_older_article(store: Store, reader: Any) -> None:
    first = reader.tell("a", talks(), people=both())
    first.url = "https://news.example/1"
    store.ingest(first, reader)
    newer = reader.tell("b", talks(when="2016-11-03"), people=both(), text="A newer text.")
    newer.url = first.url
    assert store.ingest(newer, reader).outcome is Outcome.REPLACED
    assert [a.id for a in ArticleRow.select()] == ["b"]
    assert [e.when_iso for e in EventRow.select()] == ["2016-11-03"]


def test_one_article_can_replace_two(store: Store, reader: Any) -> None:
    by_id = reader.tell("a", talks(), people=both())
    by_url = reader.tell("b", talks(when="2016-11-03"), people=both())
    by_url.url = "https://news.example/1"
    list(store.ingest_many([by_id, by_url], reader))
    newer = reader.tell("a", talks(when="2016-12-01"), people=both(), text="A newer text.")
    newer.url = by_url.url
    assert store.ingest(newer, reader).outcome is Outcome.REPLACED
    assert [row.id for row in ArticleRow.select()] == ["a"]
    assert [e.when_iso for e in EventRow.select()] == ["2016-12-01"]


def test_an_article_that_came_without_id_keeps_the_name_its_url_had(store: Store, reader: Any) -> None:
    first = reader.tell("a", talks(), people=both())
    first.url = "https://news.example/1"
    store.ingest(first, reader)
    text = "A newer text."
    newer = reader.tell(id_of_text(text), talks(), people=both(), text=text)
    newer.url = first.url
    assert store.ingest(newer, reader).article_id == "a"


def test_a_deleted_article_leaves_nothing_behind(store: Store, reader: Any, dump: Dump) -> None:
    def told() -> list[str]:
        return [
            line for line in dump(store) if not any(log in line for log in ('"change"', '"store_state"', "_search"))
        ]

    before = told()
    articles = reader.articles()
    list(store.ingest_many(articles, reader))
    for article in articles:
        assert store.delete_article(article.id)
    assert told() == before
    assert not store.delete_article("a")


def test_deleting_one_article_leaves_what_others_tell(store: Store, reader: Any) -> None:
    store.ingest(reader.tell("a", talks(), people=both(), on="2016-10-21"), reader)
    store.ingest(reader.tell("b", talks(EventStatus.OCCURRED), people=both(), on="2016-10-28", text="Later."), reader)
    event = EventRow.get()
    assert (event.status, event.article_count, event.first_reported_on) == ("OCCURRED", 2, "2016-10-21")
    store.delete_article("b")
    event = EventRow.get()
    assert (event.status, event.article_count, event.last_reported_on) == ("PLANNED", 1, "2016-10-21")
    assert {t.last_reported_on for t in Tenure.select()} == {"2016-10-21"}
    store.delete_article("a")
    assert EventRow.select().count() == PersonRow.select().count() == 0


def test_reading_again_with_the_same_rules_changes_no_fact_and_no_id(store: Store, reader: Any, dump: Dump) -> None:
    list(store.ingest_many(reader.articles(), reader))
    before = [line for line in dump(store) if "store_state" not in line and "evidence" not in line]
    again = list(store.reextract(reader))
    assert len(again) == len(reader.articles())
    after = [line for line in dump(store) if "store_state" not in line and "evidence" not in line]
    assert [line for line in after if "_search" not in line] == [line for line in before if "_search" not in line]


def test_reading_again_that_is_stopped_leaves_the_store_as_it_was(store: Store, reader: Any, dump: Dump) -> None:
    list(store.ingest_many(reader.articles(), reader))
    before = dump(store)
    stopped = store.reextract(reader)
    assert [next(stopped), next(stopped)]
    stopped.close()
    assert dump(store) == before
    assert len(list(store.reextract(reader))) == store.count()


def test_better_rules_keep_the_ids_of_what_they_read_alike(store: Store, reader: Any) -> None:
    article = reader.tell("a", talks(), Statement(speaker=["KOR"], act=StatementAct.SAY), people=both())
    store.ingest(article, reader)
    before = {e.type: e.id for e in EventRow.select()}
    people = {p.name: p.id for p in PersonRow.select()}
    better = talks(level=MeetingLevel.VICE_MINISTERIAL, topics=["missiles"])
    reader.tell("a", better, Statement(speaker=["KOR"], act=StatementAct.SAY, quoted=True), people=both())
    assert [i.article_id for i in store.reextract(reader, ["a", "unknown"])] == ["a"]
    assert {e.type: e.id for e in EventRow.select()} == before
    assert {p.name: p.id for p in PersonRow.select()} == people
    assert EventRow.get(EventRow.type == "MEETING").level == "VICE_MINISTERIAL"


def test_ids_do_not_depend_on_the_file_or_the_time(tmp_path: Path, reader: Any) -> None:
    found = []
    for name in ("one.db", "two.db"):
        with open_store(tmp_path / name) as store:
            list(store.ingest_many(reader.articles(), reader))
            found.append(
                (
                    [e.id for e in EventRow.select().order_by(EventRow.id)],
                    [p.id for p in PersonRow.select().order_by(PersonRow.id)],
                )
            )
    assert found[0] == found[1]
    assert max(map(max, found[0])) < 2**53


def test_twice_the_same_statement_in_one_article_are_two_events(store: Store, reader: Any) -> None:
    said = [Statement(speaker=["KOR"], act=StatementAct.SAY) for _ in range(3)]
    store.ingest(reader.tell("a", *said), reader)
    ids = {e.id for e in EventRow.select()}
    assert len(ids) == 3
    list(store.reextract(reader))
    assert {e.id for e in EventRow.select()} == ids


def test_a_meeting_on_the_sidelines_points_to_the_other(store: Store, reader: Any) -> None:
    aside = Meeting(parties=["KOR", "JPN"], sidelines_of=1)
    store.ingest(reader.tell("a", aside, talks(), people=both()), reader)
    main = EventRow.get(EventRow.when_iso == "2016-10-27")
    assert EventRow.get(EventRow.when_iso.is_null()).sidelines_of == main
    store.ingest(reader.tell("b", talks(), people=both(), text="Other words."), reader)
    list(store.reextract(reader))
    assert EventRow.get(EventRow.when_iso.is_null()).sidelines_of == main


def test_who_speaks_can_be_a_person_a_country_or_a_body(store: Store, reader: Any) -> None:
    said = Statement(speaker=["Lim Sung-nam", "PRK", "The Fellowship"], act=StatementAct.SAY, target=["IMF"])
    store.ingest(reader.tell("a", said, people=both()), reader)
    actors = list(EventActor.select().order_by(EventActor.role, EventActor.position))
    assert actors[0].person.name == "Lim Sung-nam"
    assert actors[1].country.code == "PRK"
    assert actors[2].organization.name == "The Fellowship"
    assert (actors[3].role, actors[3].organization.name, actors[3].organization.acronym) == ("TARGET", "IMF", "IMF")
    assert OrganizationRow.select().where(OrganizationRow.name == "The Fellowship").count() == 1
    store.delete_article("a")
    assert OrganizationRow.select().where(OrganizationRow.name == "The Fellowship").count() == 0
    assert OrganizationRow.select().where(OrganizationRow.name == "IMF").count() == 1


def test_words_of_the_time_are_those_of_the_article(store: Store, reader: Any) -> None:
    text = "The two met next week. They will meet on Thursday."
    article = reader.tell("a", talks(when="2016-10-27"), people=both(), text=text)
    extraction = reader.read(article)
    extraction.mentions = [
        Mentioned(MentionKind.TIME, text.index("next"), text.index("next") + 9, "2016-W43"),
        Mentioned(MentionKind.TIME, text.index("Thursday"), text.index("Thursday") + 8, "2016-10-27"),
    ]
    store.ingest(article, Fixed(extraction))
    assert EventRow.get().when_text == "Thursday"
    assert [m.text for m in Mention.select().order_by(Mention.position)] == ["next week", "Thursday"]


class Fixed:
    """A reader that has one answer."""

    version = "fixed"

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction

    def read(self, article: Article) -> Extraction:
        return self.extraction


def test_the_change_log_tells_other_processes_what_is_new(store: Store, reader: Any) -> None:
    version = store.version()
    store.ingest(reader.tell("a", talks(), people=both()), reader)
    assert store.version() == version + 1
    changes = list(Change.select().order_by(Change.id))
    assert [(c.kind, c.article) for c in changes] == [("EVENT_REPORTED", "a"), ("ARTICLE_INGESTED", "a")]
    assert changes[0].event == EventRow.get().id
    assert {c.version for c in changes} == {version + 1}
    list(store.reextract(reader))
    assert Change.select().count() == 2
    store.delete_article("a")
    assert Change.select().order_by(Change.id.desc()).get().kind == "ARTICLE_DELETED"


def test_a_failure_while_storing_leaves_the_store_as_it_was(
    store: Store, reader: Any, dump: Dump, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.ingest(reader.tell("a", talks(), people=both()), reader)
    before = dump(store)

    def fails(*_: object) -> None:
        raise RuntimeError("the power is out")

    monkeypatch.setattr(writing.ArticleWriting, "_write_reports", fails)
    with pytest.raises(RuntimeError, match="power"):
        store.ingest(reader.tell("a", talks(when="2016-11-03"), people=both(), text="A newer text."), reader)
    assert dump(store) == before


def test_many_events_in_one_article_all_get_ids(store: Store, reader: Any) -> None:
    said: list[Event] = [Statement(speaker=["KOR"], act=StatementAct.SAY) for _ in range(300)]
    store.ingest(reader.tell("a", *said), reader)
    assert EventRow.select().count() == 300


def test_an_undated_article_is_stored(store: Store, reader: Any) -> None:
    passed = Resolution(parties=["UN Security Council"], action=ResolutionAction.ADOPT)
    store.ingest(reader.tell("a", passed, people=both(), on=None), reader)
    assert EventRow.get().first_reported_on is None
    assert Tenure.select().where(Tenure.first_reported_on.is_null()).count() == 2


def test_foreign_keys_hold(store: Store, reader: Any) -> None:
    list(store.ingest_many(reader.articles(), reader))
    list(store.reextract(reader))
    store.delete_article(reader.articles()[0].id)
    assert store.connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert Sentence.select().count() > 0


def test_full_text_finds_articles_people_and_bodies(store: Store, reader: Any) -> None:
    def found(table: str, words: str) -> int:
        query = f"SELECT count(*) FROM {table} WHERE {table} MATCH ?"
        count: int = store.connection.execute(query, (words,)).fetchone()[0]
        return count

    store.ingest(reader.tell("a", talks(), people=both(), text="They talked about the missiles."), reader)
    assert found("article_search", "talks missile") == 1
    assert found("person_search", "bliken") == 1
    assert found("organization_search", "imf") == 1
    store.ingest(reader.tell("a", talks(), text="They were silent."), reader)
    assert found("article_search", "missile") == 0
    store.delete_article("a")
    assert found("article_search", "silent") == found("person_search", "bliken") == 0
