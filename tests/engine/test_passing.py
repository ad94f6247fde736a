"""What sentences before tell: who is in focus, and which meetings and visits are told again in passing."""

from dataclasses import replace
from datetime import date

from engine.facts import Article, EventStatus, Meeting, Person, Visit
from engine.reader import Reader
from engine.resolve.apart import another_trip
from engine.resolve.focus import Focus, last_two, main_pair
from engine.resolve.passing import goes_on, in_passing, one_day, same_team, was_to_be
from engine.resolve.report import Report

HELD = Meeting(EventStatus.OCCURRED, "2016-10-19", "Oslo", ["KEN", "NOR"])
TRIP = Visit(EventStatus.ONGOING, "2016-10-17/2016-10-23", "Oslo", ["KEN"], target="NOR")
OFF = Visit(EventStatus.CANCELLED, None, None, ["KEN"], participants=["Daniel Otieno"], target="NOR")


def told(event: Meeting | Visit, sentence: int = 0, *, once_ahead: bool = False) -> Report:
    return Report(event, sentence, [], once_ahead=once_ahead)


def test_the_day_tells_which_meeting_it_was() -> None:
    assert one_day(told(HELD), told(Meeting(EventStatus.OCCURRED, "2016-10-19"), 2))
    assert not one_day(told(HELD), told(Meeting(EventStatus.OCCURRED, "2016-10-18"), 2))
    assert not one_day(told(HELD), told(Meeting(EventStatus.OCCURRED, "2016-10-19", "Riga"), 2))
    assert not one_day(told(HELD), told(Meeting(EventStatus.OCCURRED, "2016-10-19", name="Oslo Forum"), 2))


def test_one_side_of_a_known_day_and_place() -> None:
    one = Meeting(EventStatus.OCCURRED, "2016-10-19", "Oslo", ["KEN"], participants=["Joseph Kamau"])
    assert one_day(told(HELD), told(one, 2))
    assert not one_day(told(HELD), told(replace(one, place=None), 2))
    assert not one_day(told(HELD), told(replace(one, parties=["PER"]), 2))


def test_where_it_may_be_of_several_it_is_of_none() -> None:
    other = replace(HELD, parties=["KEN", "PER"])
    bare = told(Meeting(EventStatus.OCCURRED, "2016-10-19"), 3)
    assert in_passing(bare, [told(HELD)]) is not None
    assert in_passing(bare, [told(HELD), told(other, 1)]) is None


def test_what_was_to_be_is_what_was_called_off() -> None:
    plan = Visit(EventStatus.PLANNED, "2016-11-08", None, ["KEN"], participants=["Daniel Otieno"], target="NOR")
    assert was_to_be(told(OFF), told(plan, 1, once_ahead=True))
    assert not was_to_be(told(OFF), told(plan, 1))
    assert not was_to_be(told(OFF), told(plan, 9, once_ahead=True))
    assert not was_to_be(told(OFF), told(replace(plan, target="PER"), 1, once_ahead=True))


def test_a_team_and_who_leads_it() -> None:
    led = Visit(EventStatus.PLANNED, "2016-10-18/2016-10-22", None, ["KEN"], participants=["Lund"], target="NOR")
    assert same_team(TRIP, led)
    assert not same_team(TRIP, replace(led, when="2016-11"))
    assert not same_team(replace(TRIP, participants=["Salo"]), led)


def test_a_trip_of_last_year_is_no_team_sent_now() -> None:
    sent = Visit(EventStatus.OCCURRED, None, None, ["KEN"], target="NOR")
    went = Visit(EventStatus.OCCURRED, "2015", None, ["KEN"], participants=["Daniel Otieno"], target="NOR")
    assert another_trip(sent, went, date(2016, 10, 21))
    assert not another_trip(sent, replace(went, when="2016-10-20"), date(2016, 10, 21))


def test_two_sides_go_on_of_which_one_was_told_with_its_party() -> None:
    whole = Meeting(EventStatus.OCCURRED, None, None, ["NOR", "Communist Party of Vietnam", "VNM"])
    both = Meeting(EventStatus.OCCURRED, None, None, ["NOR", "VNM"])
    assert goes_on(told(whole), told(both, 1))
    assert not goes_on(told(replace(whole, parties=["NOR", "PER", "VNM"])), told(both, 1))
    assert not goes_on(told(whole), told(both, 5))


def test_the_two_countries_are_those_that_the_last_sentences_named_alone() -> None:
    focus = Focus()
    focus.opens(0, 0)
    focus.tell([(1, "KEN"), (3, "NOR"), (4, "PER")])
    focus.opens(10, 0)
    focus.tell([(11, "KEN"), (12, "NOR")])
    focus.opens(20, 1)
    assert main_pair(focus, 25, []) == ["NOR", "KEN"]
    focus.tell([(22, "PER")])
    assert not main_pair(focus, 25, [])


def test_the_two_leaders_are_of_two_states() -> None:
    focus = Focus()
    focus.opens(0, 0)
    focus.naming([Person("Kari Solberg", "Solberg", "NOR")], 1)
    focus.naming([Person("Daniel Otieno", "Otieno", "KEN")], 4)
    assert [getattr(one, "name", one) for one in last_two(focus, 9)] == ["Kari Solberg", "Daniel Otieno"]
    focus.naming([Person("Joseph Kamau", "Kamau", "KEN")], 6)
    assert not last_two(focus, 9)


def test_they_are_nobody_told_together_long_before(reader: Reader) -> None:
    text = "Norwegian Prime Minister Kari Solberg and Kenyan President Daniel Otieno err. {}They met in Peru on Monday."
    near, far = (Article("a", text.format("Rain fell in Lima. " * times), "2016-10-21") for times in (0, 4))
    assert [event.parties for event in reader.read(near).events if isinstance(event, Meeting)] == [["NOR", "KEN"]]
    assert not [event for event in reader.read(far).events if isinstance(event, Meeting)]
