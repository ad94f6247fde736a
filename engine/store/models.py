"""The tables of the store as Peewee models.

Columns hold enum values by name ("MEETING"), days as ISO 8601 text and offsets as characters into the article's text.
Tables that are always read whole for one article or event are clustered on it (WITHOUT ROWID), so that one seek finds
all rows. `open_store` binds the models to a database; the full-text tables are in `search.py`.
"""

from __future__ import annotations

from peewee import (
    AutoField,
    BooleanField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class Stored(Model):
    """What all tables share: the table is named after the class, in snake_case."""

    class Meta:
        """Names the tables."""

        legacy_table_names = False


class Country(Stored):
    """A state; `code` is ISO 3166-1 alpha-3, rows come from the lexicon."""

    code = TextField(primary_key=True)
    name = TextField()
    capital = TextField(null=True)


class Place(Stored):
    """A city or place whose country is known from the lexicon: the capitals and the named places."""

    name = TextField(primary_key=True)
    country = ForeignKeyField(Country, backref="places", null=True, index=False, on_delete="SET NULL")

    class Meta:
        """Clustered on the name."""

        without_rowid = True


class Organization(Stored):
    """A body by its short name; `id` is made from the name and stays when articles are read again.

    `in_lexicon` bodies stay when no article names them any more.
    """

    id = IntegerField(primary_key=True)
    name = TextField(unique=True)
    acronym = TextField(null=True)
    country = ForeignKeyField(Country, backref="organizations", null=True, on_delete="SET NULL")
    in_lexicon = BooleanField(default=False)


class Person(Stored):
    """A person across articles; `id` is made from name and side, `folded` is the name without case and accents."""

    id = IntegerField(primary_key=True)
    name = TextField()
    family_name = TextField()
    folded = TextField(index=True)
    country = ForeignKeyField(Country, backref="people", null=True, on_delete="SET NULL")
    organization = ForeignKeyField(Organization, backref="people", null=True, on_delete="SET NULL")


class Article(Stored):
    """An article as it came in; `number` is the key inside the store, `id` the name given to it outside."""

    number = AutoField()
    id = TextField(unique=True)
    text = TextField()
    text_hash = TextField(index=True)
    published_on = TextField(null=True, index=True)
    dateline = TextField(null=True)
    agency = TextField(null=True)
    title = TextField(null=True)
    url = TextField(null=True, unique=True)
    ingested_at = TextField()
    rules_version = TextField()


class Sentence(Stored):
    """A sentence by its position in the article; `was_read` where some rule touched it."""

    article = ForeignKeyField(Article, backref="sentences", index=False, on_delete="CASCADE")
    position = IntegerField()
    start = IntegerField()
    end = IntegerField()
    truncated = BooleanField(default=False)
    was_read = BooleanField(default=False)

    class Meta:
        """Clustered on the article."""

        primary_key = CompositeKey("article", "position")
        without_rowid = True


class Mention(Stored):
    """A recognised stretch of text, in text order; `value` is that of the extraction record, `sentence` a position.

    One of `person`, `country`, `organization` is set for those kinds; a PLACE has its name as value, a TIME its TIMEX3.
    """

    article = ForeignKeyField(Article, backref="mentions", index=False, on_delete="CASCADE")
    position = IntegerField()
    sentence = IntegerField()
    kind = TextField()
    start = IntegerField()
    end = IntegerField()
    text = TextField()
    value = TextField()
    person = ForeignKeyField(Person, backref="mentions", null=True, index=False)
    country = ForeignKeyField(Country, backref="mentions", null=True, index=False)
    organization = ForeignKeyField(Organization, backref="mentions", null=True, index=False)

    class Meta:
        """Clustered on the article."""

        primary_key = CompositeKey("article", "position")
        without_rowid = True


class Tenure(Stored):
    """A post that articles give a person, with the first and last day on which one reported it."""

    id = IntegerField(primary_key=True)
    person = ForeignKeyField(Person, backref="tenures", on_delete="CASCADE")
    title = TextField()
    level = TextField(null=True)
    country = ForeignKeyField(Country, null=True, index=False, backref="tenures")
    organization = ForeignKeyField(Organization, null=True, index=False, backref="tenures")
    first_reported_on = TextField(null=True)
    last_reported_on = TextField(null=True)


class Appearance(Stored):
    """A person as one article tells of them: the name, side and post given there."""

    article = ForeignKeyField(Article, backref="appearances", index=False, on_delete="CASCADE")
    position = IntegerField()
    person = ForeignKeyField(Person, backref="appearances")
    name = TextField()
    country = ForeignKeyField(Country, null=True, index=False, backref="+")
    organization = ForeignKeyField(Organization, null=True, index=False, backref="+")
    post = TextField(null=True)
    level = TextField(null=True)
    tenure = ForeignKeyField(Tenure, null=True, index=False, backref="appearances")

    class Meta:
        """Clustered on the article."""

        primary_key = CompositeKey("article", "position")
        without_rowid = True


class Event(Stored):
    """One happening in the world, as all articles that tell of it have it together; the newest report wins.

    `when_iso` is the record's `when`, `when_text` the article's words for it; `starts_on` and `ends_on` are its first
    and last day, `granularity` DAY, WEEK, MONTH, QUARTER, YEAR or INTERVAL. Columns that a type lacks are null.
    """

    id = IntegerField(primary_key=True)
    type = TextField()
    status = TextField()
    when_iso = TextField(null=True)
    when_text = TextField(null=True)
    starts_on = TextField(null=True)
    ends_on = TextField(null=True)
    granularity = TextField(null=True)
    place = TextField(null=True)
    place_country = ForeignKeyField(Country, null=True, index=False, backref="+", on_delete="SET NULL")
    article_count = IntegerField(default=1)
    first_reported_on = TextField(null=True)
    last_reported_on = TextField(null=True)
    level = TextField(null=True)
    mode = TextField(null=True)
    name = TextField(null=True)
    ordinal = IntegerField(null=True)
    sidelines_of = ForeignKeyField("self", null=True, index=False, backref="on_sidelines", on_delete="SET NULL")
    act = TextField(null=True)
    quoted = BooleanField(null=True)
    content = TextField(null=True)
    action = TextField(null=True)
    weapon = TextField(null=True)
    post = TextField(null=True)
    amount = TextField(null=True)

    class Meta:
        """What lists of events are filtered and ordered by."""

        indexes = ((("type", "starts_on"), False),)


class EventActor(Stored):
    """Who is in an event and as what: `role` is PARTY, PARTICIPANT, SPEAKER, TARGET or PERSON (of an appointment).

    Exactly one of `country`, `organization`, `person` is set; `position` counts within the role in the article's order.
    """

    event = ForeignKeyField(Event, backref="actors", index=False, on_delete="CASCADE")
    role = TextField()
    position = IntegerField()
    country = ForeignKeyField(Country, null=True, index=False, backref="acts")
    organization = ForeignKeyField(Organization, null=True, index=False, backref="acts")
    person = ForeignKeyField(Person, null=True, index=False, backref="acts")

    class Meta:
        """Clustered on the event."""

        primary_key = CompositeKey("event", "role", "position")
        without_rowid = True


class EventTopic(Stored):
    """What a meeting or agreement is about, in the article's words."""

    event = ForeignKeyField(Event, backref="topics", index=False, on_delete="CASCADE")
    position = IntegerField()
    text = TextField()

    class Meta:
        """Clustered on the event."""

        primary_key = CompositeKey("event", "position")
        without_rowid = True


class EventKey(Stored):
    """What a new report is looked up by to find the event it may tell of (see `matching.py`)."""

    key = TextField()
    event = ForeignKeyField(Event, backref="keys", on_delete="CASCADE")

    class Meta:
        """Clustered on the key."""

        primary_key = CompositeKey("key", "event")
        without_rowid = True


class Report(Stored):
    """What one article tells of one event: `facts` is the event of its extraction record, as JSON."""

    article = ForeignKeyField(Article, backref="reports", index=False, on_delete="CASCADE")
    position = IntegerField()
    event = ForeignKeyField(Event, backref="reports", on_delete="CASCADE")
    status = TextField()
    when_iso = TextField(null=True)
    when_text = TextField(null=True)
    facts = TextField()

    class Meta:
        """Clustered on the article."""

        primary_key = CompositeKey("article", "position")
        without_rowid = True


class Evidence(Stored):
    """The words and the rule that gave an event or a tenure; `sentence` is a position in the article."""

    id = AutoField()
    article = ForeignKeyField(Article, backref="evidence", on_delete="CASCADE")
    event = ForeignKeyField(Event, null=True, index=False, backref="evidence", on_delete="CASCADE")
    tenure = ForeignKeyField(Tenure, null=True, index=False, backref="evidence", on_delete="CASCADE")
    sentence = IntegerField()
    start = IntegerField()
    end = IntegerField()
    rule = TextField(index=True)


class Change(Stored):
    """The log that other processes poll: `kind` is ARTICLE_INGESTED, EVENT_REPORTED or ARTICLE_DELETED.

    `id` only grows; `version` is the store's version once the change was committed. `article` is the article's id and
    `event` the event's, both kept as plain values, because a change outlives what it tells of.
    """

    id = AutoField()
    version = IntegerField()
    kind = TextField()
    article = TextField()
    event = IntegerField(null=True)


class StoreState(Stored):
    """One row: `version` grows with every write transaction and validates caches."""

    id = IntegerField(primary_key=True)
    version = IntegerField()


# Only the rows that have a value are indexed: most have none, and writing them would cost.
for _name, _first, *_rest in (
    ("mention_person", Mention.person),
    ("mention_organization", Mention.organization),
    ("tenure_organization", Tenure.organization),
    ("appearance_tenure", Appearance.tenure),
    ("appearance_organization", Appearance.organization),
    ("event_actor_country", EventActor.country, EventActor.role),
    ("event_actor_organization", EventActor.organization, EventActor.role),
    ("event_actor_person", EventActor.person, EventActor.role),
    ("event_starts_on", Event.starts_on),
    ("event_place", Event.place),
    ("event_sidelines_of", Event.sidelines_of),
    ("evidence_event", Evidence.event),
    ("evidence_tenure", Evidence.tenure),
):
    _first.model.add_index(_first.model.index(_first, *_rest, where=_first.is_null(False), name=_name))

MODELS: tuple[type[Model], ...] = (
    Country,
    Place,
    Organization,
    Person,
    Article,
    Sentence,
    Mention,
    Tenure,
    Appearance,
    Event,
    EventActor,
    EventTopic,
    EventKey,
    Report,
    Evidence,
    Change,
    StoreState,
)
