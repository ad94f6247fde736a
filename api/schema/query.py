"""The fields of Query."""

from __future__ import annotations

from typing import Any

import strawberry

from api.rows import extraction, files, relation, root, rulebook, search, trial
from api.schema.article import Article
from api.schema.connection import PAGE, Connection
from api.schema.event import (
    Agreement,
    Aid,
    Appointment,
    Event,
    Exercise,
    Meeting,
    RelationsAct,
    Resolution,
    Sanction,
    Statement,
    Visit,
    WeaponTest,
)
from api.schema.extraction import Explanation, Extraction
from api.schema.fields import Argument, loaded
from api.schema.inputs import (
    ArticleFilter,
    ArticleInput,
    ArticleOrder,
    CountryFilter,
    EventFilter,
    EventOrder,
    OrganizationFilter,
    PersonFilter,
    RuleFileInput,
)
from api.schema.person import Person
from api.schema.places import Country, Node, Organization
from api.schema.relation import Relation, SearchConnection
from api.schema.rules import Coverage, Grammar, Rule, RulesReload
from api.schema.scalars import Date
from api.schema.trial import RuleFile, RuleTrial
from engine.facts import EventType

_EVENT_PAGE = (
    Argument("filter", EventFilter | None, "Which events to list; all when left out."),
    Argument("order_by", EventOrder | None, "How to order them; the latest first when left out."),
    *PAGE,
)


def _listed(type: EventType | None, what: str) -> Any:
    return loaded(f"{what}, the latest first.", root.events(type), *_EVENT_PAGE, needs=(), weight=5)


def _filter(of: object, what: str) -> Argument:
    return Argument("filter", of, f"Which {what} to list; all when left out.")


@strawberry.type(
    description="What can be asked. All is read from the store, but for `extract`, `explain` and the rules."
)
class Query:
    """What can be asked."""

    node: Node | None = loaded(
        "Whatever has this global id; null where nothing has.",
        root.node,
        Argument("id", strawberry.ID, "A global id.", ...),
        needs=(),
    )
    nodes: list[Node | None] = loaded(
        "Whatever has these global ids, in their order; null where nothing has.",
        root.nodes,
        Argument("ids", list[strawberry.ID], "Global ids.", ...),
        needs=(),
    )
    article: Article | None = loaded(
        "The article of an id.",
        root.article,
        Argument("id", strawberry.ID, "A global id, or the id that the article came with.", ...),
        needs=(),
    )
    articles: Connection[Article] = loaded(
        "The articles, the latest published first.",
        root.articles,
        _filter(ArticleFilter | None, "articles"),
        Argument("order_by", ArticleOrder | None, "How to order them; the latest published first when left out."),
        *PAGE,
        needs=(),
        weight=5,
    )
    events: Connection[Event] = _listed(None, "Events of every type")
    meetings: Connection[Meeting] = _listed(EventType.MEETING, "Meetings")
    visits: Connection[Visit] = _listed(EventType.VISIT, "Visits")
    statements: Connection[Statement] = _listed(EventType.STATEMENT, "Statements")
    agreements: Connection[Agreement] = _listed(EventType.AGREEMENT, "Agreements")
    sanctions: Connection[Sanction] = _listed(EventType.SANCTION, "Sanctions")
    weapon_tests: Connection[WeaponTest] = _listed(EventType.WEAPON_TEST, "Weapon tests")
    resolutions: Connection[Resolution] = _listed(EventType.RESOLUTION, "Resolutions")
    relations_acts: Connection[RelationsAct] = _listed(EventType.RELATIONS, "Acts of diplomatic relations")
    appointments: Connection[Appointment] = _listed(EventType.APPOINTMENT, "Appointments")
    aids: Connection[Aid] = _listed(EventType.AID, "Assistance")
    exercises: Connection[Exercise] = _listed(EventType.EXERCISE, "Military exercises")
    person: Person | None = loaded(
        "The person of an id.", root.person, Argument("id", strawberry.ID, "A global id.", ...), needs=()
    )
    people: Connection[Person] = loaded(
        "The people, by name.", root.people, _filter(PersonFilter | None, "people"), *PAGE, needs=(), weight=5
    )
    country: Country | None = loaded(
        "The country of a code.",
        root.country,
        Argument("code", str, 'ISO 3166-1 alpha-3 ("KOR").', ...),
        needs=(),
    )
    countries: Connection[Country] = loaded(
        "The countries, by code.",
        root.countries,
        _filter(CountryFilter | None, "countries"),
        *PAGE,
        needs=(),
        weight=5,
    )
    organizations: Connection[Organization] = loaded(
        "The bodies, by name.",
        root.organizations,
        _filter(OrganizationFilter | None, "bodies"),
        *PAGE,
        needs=(),
        weight=5,
    )
    relation: Relation | None = loaded(
        "What two states did with each other; null where a code is unknown.",
        relation.relation,
        Argument("between", list[str], 'Two country codes: ["KOR", "JPN"].', ...),
        needs=(),
    )
    search: SearchConnection = loaded(
        "Full text over people, bodies and articles, in this order, the best match of each first.",
        search.search,
        Argument(
            "text", str, "Words that must all occur; in quotation marks, together. The last may be a beginning.", ...
        ),
        *PAGE,
        needs=(),
        weight=20,
    )
    extract: Extraction = loaded(
        "What the rules read in an article; nothing is stored.",
        extraction.extract,
        Argument("input", ArticleInput, "The article.", ...),
        needs=(),
        weight=1000,
        changes_store=True,
    )
    explain: Explanation = loaded(
        "Why a text gives the facts it gives, and why no others; nothing is stored.",
        extraction.explain,
        Argument("text", str, "The text.", ...),
        Argument("grammar", str | None, "Only the rules of this grammar; all when left out."),
        needs=(),
        weight=1000,
        changes_store=True,
    )
    rules: RulesReload = loaded(
        "The rules in force, and what is wrong with newer ones on the disk.", rulebook.in_force, needs=()
    )
    rule_files: list[RuleFile] = loaded("The files of the rules, grammars first.", files.rule_files, needs=(), size=70)
    rule_file: RuleFile | None = loaded(
        "The file of a path.",
        files.rule_file,
        Argument("file", str, 'Its path from the project\'s root ("rules/meeting.lark").', ...),
        needs=(),
    )
    saves_rules: bool = loaded(
        "Whether `saveRule` works here: the server watches its rules and has a token.", files.saves, needs=()
    )
    try_rules: RuleTrial = loaded(
        "Reads a text with edited rules, in a process of its own and in bounded time; nothing is saved or stored.",
        trial.try_rules,
        Argument("files", list[RuleFileInput], "The edited files; the others are as they are in force.", ...),
        Argument("text", str, "The text, at most 20,000 characters.", ...),
        Argument("published_on", Date | None, "Its day of publication, without which relative days stay open."),
        needs=(),
        weight=1000,
    )
    grammars: list[Grammar] = loaded(
        "All grammars, those of event types first.", rulebook.grammars, needs=(), size=30, weight=50
    )
    grammar: Grammar | None = loaded(
        "The grammar of a name.", rulebook.grammar, Argument("name", str, 'Its name ("meeting").', ...), needs=()
    )
    rule: Rule | None = loaded(
        "The rule of a name.",
        rulebook.rule,
        Argument("name", str, 'Grammar and phrasing ("meeting.held_by_both").', ...),
        needs=(),
    )
    coverage: Coverage = loaded("How much of the store the rules read.", rulebook.coverage, needs=(), weight=50)
