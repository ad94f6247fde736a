"""Offices: who takes or leaves which one, where a wording tells it or the article does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from engine.facts import Appointment, AppointmentAction, Event, EventStatus, MeetingLevel, Person
from engine.interpret import Draft
from engine.resolve.actors import Actor, is_country, state_of
from engine.resolve.bodies import PRIVATE, is_unofficial, kind_of
from engine.resolve.discourse import Discourse
from engine.resolve.journeys import sender
from engine.resolve.owners import SECRETARIAT, possessor, secretariat
from engine.resolve.posts import at_hand
from engine.resolve.service import OF_STATES, STATE_ORGAN, is_elected, is_private

TAKEN = frozenset({AppointmentAction.APPOINT, AppointmentAction.ELECT, AppointmentAction.NOMINATE})
"""Acts after which a person has the post, or is to have it."""
FUTURE = frozenset({EventStatus.PROPOSED, EventStatus.PLANNED})
"""Statuses of what has not come about."""
LEFT = frozenset({AppointmentAction.RESIGN, AppointmentAction.DISMISS})
"""Acts by which a person leaves a post."""
POSTLESS = LEFT | {AppointmentAction.ELECT, AppointmentAction.NOMINATE}
"""Acts that tell enough without the post, an election with its day: whoever is elected has an office before him."""
CHOICE = "choice_of"
"""The phrasing of a choice that is told as somebody's."""
LED, HEAD = "chosen_to_lead", "Head"
"""The phrasing of whoever is appointed to lead a body, and his post."""
PARTY = "party"
"""The rule of a side that is no person: a leader's government."""
PRONOUN = "pronoun"
"""The reading of a person as "he"."""
WHOSE = frozenset({"possessed", "definite"})
"""Readings of a person as whoever has an office of a state: "Kenya's new president"."""
CHOSEN = "chosen"
"""The phrasing of whoever a participle tells to be chosen: "the governor elected in May"."""
SUCCEEDED = "succeeded"
"""The phrasing of whoever follows another in the office that he has now: "the prime minister, who succeeded X"."""
SEVERAL = "several"
"""The mark of people who leave office without being named: "five ministers", "the government"."""
TO_WHOM = frozenset({"to", "for", "on", "in", "at", "of"})
"""Words after which a post says to whom or for what it is."""
BARE = "bare"
"""The reading of a person as a full name of which no list tells that it is one."""
RANKS = frozenset({"deputy", "vice", "chief", "first", "special", "assistant", "top", "senior", "permanent", "acting"})
"""Words of rank that may stand before any office."""
TITLES = frozenset({"POST", "ORGAN"})
"""Terminals of words that are a post or part of one."""


def each_person(appointment: Appointment, draft: Draft, discourse: Discourse) -> list[Appointment]:
    """One appointment for each of the people told: "dismissed his interior minister, X, and Finance Minister Y"."""
    names = [one.name for one in discourse.actors(draft.drafts("person")) if isinstance(one, Person)]
    rules = [one for one in draft.drafts("person") if one.rule == PARTY]
    rulers = [possessor(discourse, one) for one in rules if "bearer" in one.fields]
    if rules:
        # "Toppled the government of Lund": him; "dismissed the government": nobody by name.
        return [replace(appointment, person=one.name) for one in rulers[:1] if isinstance(one, Person)]
    if len(names) < 2:
        return [appointment]
    if appointment.action in LEFT and draft.fields.get("post"):
        # One post was held by one of them: "met A and B, who resigned as envoy".
        return [replace(appointment, person=names[-1])]
    return [replace(appointment, person=name, parties=list(appointment.parties)) for name in names]


def appointed(event: Appointment, draft: Draft, discourse: Discourse, told: Sequence[Event]) -> bool:
    """Complete an appointment by whose post it is or was; gives whether it is an office of a state or body."""
    holders = held_by(event, draft, discourse, told)
    event.person = chosen_before(event, draft, discourse, told) or event.person or newcomer(event, draft, discourse)
    if not event.person and not any(mark.alias == SEVERAL for mark in draft.drafts("reference")):
        return False
    if event.person and any(state_of(one) and one.name == event.person for one in givers(draft, discourse)):
        # "He was named by X": he is another.
        return False
    unknown = draft.alias == SUCCEEDED and bool(holders) and not any(map(post_of, holders))
    if (holders or draft.drafts("post")) and not (event.post or unknown) and event.action in TAKEN:
        # The post is told in words that are none: the one held before is not the one given.
        return False
    person = discourse.people.known(event.person) if event.person else None
    if draft.alias == CHOICE and person and not event.post and is_elsewhere(event, person, discourse):
        return False
    event.parties = event.parties or body_of(event.post, discourse)
    leads = draft.alias == LED and event.action is AppointmentAction.APPOINT
    event.post = event.post or (HEAD if leads else None)
    before = completed(event, person, discourse, told)
    if before is None and is_another(event, draft, discourse):
        return False
    settle_time(event, discourse)
    titles = discourse.lexicon.look_up(event.post or "")
    if titles and all("POST" not in form.terminals for form in titles):
        # Of "are elected leaders": what several are is no post that one took.
        return False
    side, event.post, office = side_in(event.post, discourse)
    event.parties = event.parties or side
    if discourse.lexicon.reads_as(event.post, SECRETARIAT) and all(map(is_country, event.parties)):
        event.parties = [secretariat(discourse)]
    of_side = bool(event.parties and (leads or draft.fields.get("post"))) and not is_private(discourse.lexicon, office)
    public = bool(side) and office != event.post and not is_private(discourse.lexicon, office)
    if not (is_office(office, discourse) or of_side or public if office else event.action in POSTLESS):
        return False
    if event.parties and all(is_private_side(event, party, discourse) for party in event.parties):
        return False
    if draft.alias == CHOSEN and event.status in FUTURE and is_told_by_post(draft):
        # "The next governor, elected in November": whoever that will be.
        return False
    give_state(event, draft, discourse)
    return (person is not None and person.post == event.post) or not is_lacked(event, discourse)


def is_private_side(event: Appointment, party: str, discourse: Discourse) -> bool:
    """Whether a side is no state's nor of the field: a firm or society, or, where no post is told, one of no list."""
    lexicon = discourse.lexicon
    return kind_of(lexicon, party) in PRIVATE or (not event.post and is_unofficial(lexicon, party))


def is_told_by_post(draft: Draft) -> bool:
    """Whether a person is told only as whoever has a post."""
    told = [one for mark in draft.drafts("person") for one in mark.drafts("member") or [mark]]
    return any(one.alias in WHOSE and not one.fields.get("name") for one in told)


def is_elsewhere(event: Appointment, person: Person, discourse: Discourse) -> bool:
    """Whether a choice told as somebody's is of another or to another post than his: "the president's nomination" is of
    whom he names, "the senator's appointment" to what nobody is elected to."""
    if event.action is AppointmentAction.NOMINATE:
        return person.level is MeetingLevel.HEADS
    return event.action is AppointmentAction.APPOINT and is_elected(discourse.lexicon, person.post)


def is_lacked(event: Appointment, discourse: Discourse) -> bool:
    """Whether the state has no such head: nobody becomes prime minister of one that a president governs."""
    lexicon, states = discourse.lexicon, [party for party in event.parties if is_country(party)]
    heads = [form.row.values for form in lexicon.look_up((event.post or "").lower()) if "level" in form.row.values]
    seats = {values.get("seat") for values in heads if values["level"] == MeetingLevel.HEADS.name} - {None, ""}
    names = [form for state in states[:1] for form in lexicon.look_up(lexicon.first(state, "COUNTRY") or "")]
    return bool(seats) and any(seats <= {*form.row.values.get("lacks", "").split("|")} for form in names)


def completed(
    event: Appointment, person: Person | None, discourse: Discourse, told: Sequence[Event]
) -> Appointment | None:
    """Complete an appointment by what was told of its person, who is known; gives the one told of him before."""
    earlier = (one for one in reversed(told) if isinstance(one, Appointment) and one.person == event.person)
    before = next(earlier, None)
    settled = event.status in FUTURE or (before is not None and before.action is AppointmentAction.NOMINATE)
    if before and {before.action, event.action} <= TAKEN and not event.post and settled:
        # Whoever was elected, and will take office, takes that one, and so does whoever was named for one.
        event.post, event.parties = before.post, event.parties or list(before.parties)
    complete(event, person, discourse)
    event.post = event.post or (before.post if before else None)
    return before


def held_by(event: Appointment, draft: Draft, discourse: Discourse, told: Sequence[Event]) -> list[Actor]:
    """Those who hold the office that somebody is to take, by whom it and its state are told."""
    holders: list[Actor] = [*discourse.actors(draft.drafts("post"))]
    holder = next((one for one in holders if isinstance(one, Person)), None)
    if any(one.alias == PRONOUN for mark in draft.drafts("post") for one in (mark, *mark.drafts("of"))):
        # "He will be succeeded by X": he of whom it was told that he leaves.
        holder = who_left(event, discourse, told) or holder
    staying = [event.person, *[one.name for one in givers(draft, discourse)]]
    his = any(one.alias in WHOSE for mark in draft.drafts("post") for one in (mark, *mark.drafts("of")))
    if holder is not None and holder.name in staying and not his:
        # "Fired X and named Y to succeed him": nobody takes his own place, nor does whoever gives it leave it.
        holder = who_left(event, discourse, told)
        holders = [] if holder is None else [holder]
    if holder is not None:
        left = left_by(holder, told)
        event.post = event.post or (left.post if left else None) or holder.post
        event.parties = event.parties or (list(left.parties) if left else [])
        put_out(event, holder, discourse)
    states = [*map(state_of, holders), draft.defaults.get("country")] if event.post else []
    event.parties = event.parties or [state for state in states if state][:1]
    return holders


def settle_time(event: Appointment, discourse: Discourse) -> None:
    """Make what goes on until a day to come, or is told of who is only elected, a thing that is planned."""
    if event.status is EventStatus.ONGOING:
        # "Is leaving at the end of the year".
        event.status = EventStatus.PLANNED if is_to_come(event, discourse) else EventStatus.OCCURRED
    if event.post and event.action in TAKEN:
        whole = event.post
        event.post = whole.removesuffix("-Elect").removesuffix("-Designate")
        if event.post != whole and event.action is AppointmentAction.APPOINT:
            await_office(event, discourse)


def givers(draft: Draft, discourse: Discourse) -> list[Person]:
    """The people who give somebody an office."""
    return [one for one in discourse.actors(draft.drafts("parties")) if isinstance(one, Person)]


def chosen_before(event: Appointment, draft: Draft, discourse: Discourse, told: Sequence[Event]) -> str | None:
    """Whom "he" means who takes an office right after somebody was chosen for one, or loses his right after somebody
    was dismissed: "named X. He will replace Y"."""
    he = any(one.alias == PRONOUN for mark in draft.drafts("person") for one in (mark, *mark.drafts("of")))
    last = told[-1] if told else None
    takes = event.action in TAKEN and event.action is not AppointmentAction.ELECT
    if not he or not isinstance(last, Appointment):
        return None
    if event.action in LEFT and last.person == event.person and is_succession(last, discourse):
        # "X replaced Y after he abdicated": it is Y who left.
        others = [one.name for one in discourse.scene.others_named if one.name != event.person]
        return others[-1] if others else None
    # "The president dismissed X. He was sacked on Monday": nobody who dismisses another is dismissed himself.
    out = event.action is last.action is AppointmentAction.DISMISS
    if not out and not (takes and last.action in TAKEN):
        return None
    near = bool(last.evidence) and last.evidence[-1].sentence >= discourse.sentence - 1
    leader = discourse.people.known(event.person) if event.person else None
    return last.person if near and leader is not None and leader.level is MeetingLevel.HEADS else None


def is_succession(event: Appointment, discourse: Discourse) -> bool:
    """Whether the sentence told of somebody that he took the place of another."""
    told = [one for one in event.evidence if one.sentence == discourse.sentence]
    return any(one.rule.endswith(f".{SUCCEEDED}") for one in told)


def left_by(holder: Person, told: Sequence[Event]) -> Appointment | None:
    """The last time that somebody was told to leave an office: "quit as defence secretary and was replaced by X"."""
    of_holder = (one for one in reversed(told) if isinstance(one, Appointment) and one.person == holder.name)
    return next((one for one in of_holder if one.action in LEFT), None)


def who_left(event: Appointment, discourse: Discourse, told: Sequence[Event]) -> Person | None:
    """Who was last told to leave an office, other than whoever takes one."""
    left = [one for one in told if isinstance(one, Appointment) and one.action in LEFT and one.person != event.person]
    return discourse.people.known(left[-1].person) if left and left[-1].person else None


def await_office(event: Appointment, discourse: Discourse) -> None:
    """Make of whoever is elected already one who is to take office, in the next such month where it tells of one."""
    when, today = event.when or "", discourse.article.published_on or ""
    if event.status is not EventStatus.OCCURRED or (when and not today):
        return
    event.status = EventStatus.PLANNED
    if "/" not in when and when[4:] and when < today[: len(when)]:
        event.when = f"{int(when[:4]) + 1}{when[4:]}"


def is_to_come(event: Appointment, discourse: Discourse) -> bool:
    """Whether the last day of an event's time lies after that of the article."""
    last, today = (event.when or "").split("/")[-1], discourse.article.published_on or ""
    return bool(last and today) and (last > today if len(last) >= len(today) else last >= today[: len(last)])


def newcomer(event: Appointment, draft: Draft, discourse: Discourse) -> str | None:
    """Whoever is given an office is a person, though no list has the name ("named Marouf Bakhit as prime minister")."""
    bare = next((one for one in draft.drafts("person") if one.alias == BARE), None)
    name = bare.text("name") if bare else None
    if bare is None or name is None or not is_office(side_in(event.post, discourse)[2], discourse):
        return None
    if not discourse.people.plausible(name):
        return None
    person = discourse.noted(discourse.people.meet(name))
    discourse.tell(person, bare, None, None)
    return person.name


def post_of(actor: Actor) -> str | None:
    """The post of an actor, none where it is no person."""
    return actor.post if isinstance(actor, Person) else None


def give_state(event: Appointment, draft: Draft, discourse: Discourse) -> None:
    """Give an appointment told of no state that of its clause or at hand, where enough is told of it."""
    main = discourse.scene.main if event.person is None else None
    sure = event.post or event.person is None or event.when
    if not event.parties and sure and (country := main or at_hand(discourse, draft)):
        event.parties = [country]


def put_out(event: Appointment, holder: Person, discourse: Discourse) -> None:
    """Where a leader "replaces" the holder of a lower office, it is the holder who leaves it."""
    taker = discourse.people.known(event.person) if event.person else None
    # "Who succeeded his father": of whom no office is told, none is lower than that of a leader.
    lower = holder.post is not None and holder.level is not MeetingLevel.HEADS
    leads = taker is not None and taker.level is MeetingLevel.HEADS and lower
    if leads and taker is not holder and event.action is AppointmentAction.APPOINT:
        event.person, event.action = holder.name, AppointmentAction.DISMISS


def is_another(event: Appointment, draft: Draft, discourse: Discourse) -> bool:
    """Whether "he" who is yet to leave a post may be another man than he seems: nobody of whom that was told
    before, nor who said so of himself."""
    he = [one for mark in draft.drafts("person") for one in (mark, *mark.drafts("of")) if one.alias == PRONOUN]
    own = event.action is AppointmentAction.RESIGN and event.status is EventStatus.PLANNED
    speaks = own and any(isinstance(one, Person) and one.name == event.person for one in discourse.speakers)
    return bool(he) and event.action in LEFT and event.status in FUTURE and not speaks


def body_of(post: str | None, discourse: Discourse) -> list[str]:
    """The body that has a post of which no other has one ("European Commission president")."""
    forms = [form for form in discourse.lexicon.look_up(post or "") if "POST" in form.terminals]
    return [body for form in forms if (body := form.row.values.get("organization"))][:1]


def side_in(post: str | None, discourse: Discourse) -> tuple[list[str], str | None, str | None]:
    """The state or body that a post begins with, the post and its office: "UN Envoy to Syria"; an organ of the state is
    part of the post ("FBI Director")."""
    owner, owned, rest = (post or "").partition("'s ")
    if owned and " " not in owner:
        # "Washington's ambassador to the UN".
        return side_in(f"{owner} {rest}", discourse)
    words = (post or "").split()
    for size in (3, 2, 1):
        for form in discourse.lexicon.look_up(" ".join(words[:size])) if size < len(words) else ():
            values, rest = form.row.values, " ".join(words[size:])
            if not TITLES.isdisjoint(form.terminals):
                return [], post, post
            if values.get("kind") == STATE_ORGAN and "country" in values:
                return [values["country"]], post, post if discourse.is_office(post) else rest
            if side := values.get("organization") or values.get("country"):
                return [side], rest, rest
    return [], post, post


def is_office(post: str | None, discourse: Discourse) -> bool:
    """Whether a post is an office by itself, by its head ("Special Envoy to Ukraine") or without its rank, or that
    of a minister for something that no list has."""
    words = (post or "").split()
    head = next((at for at, word in enumerate(words) if word in TO_WHOM), len(words))
    begin = next((at for at, word in enumerate(words) if word.lower() not in RANKS), 0)
    last = discourse.lexicon.look_up(words[head - 1]) if head else ()
    of_state = any(form.row.values.get("seat") in OF_STATES for form in last)
    return of_state or any(map(discourse.is_office, (post, " ".join(words[:head]), " ".join(words[begin:head]))))


def complete(appointment: Appointment, person: Person | None, discourse: Discourse) -> None:
    """Whose post it is, where only the person tells; and which post, where it stood before the name."""
    if person is None:
        return
    side = state_of(person)
    if appointment.action is AppointmentAction.DISMISS and person.level is MeetingLevel.HEADS and person.country:
        # A leader whom an alliance, an army or another state topples leaves an office of his own state.
        appointment.parties = [person.country]
    if appointment.action is not AppointmentAction.NOMINATE:
        appointment.post = appointment.post or person.post
    of_side = appointment.action in LEFT or (side and not is_unofficial(discourse.lexicon, side))
    if not appointment.parties and side and of_side:
        appointment.parties = [sender(discourse, side) if appointment.action in TAKEN else side]
    if appointment.action in TAKEN and appointment.status is EventStatus.OCCURRED:
        # "The loyalist ... was named president": no office yields to one.
        taken = None if is_private(discourse.lexicon, person.post) else person.post
        person.post = taken or appointment.post or person.post
        if not (side and is_country(side)) and len(appointment.parties) == 1 and is_country(appointment.parties[0]):
            person.country = appointment.parties[0]


def tells_enough(event: Appointment) -> bool:
    """Whether an appointment tells whose post it is and which, or that one is left or won on a day."""
    dated = event.action is not AppointmentAction.ELECT or event.when
    return bool(event.parties and (event.post or (event.action in POSTLESS and dated)))
