"""The people of an article: every mention of a name goes to the person with the fullest name."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from engine.facts import Evidence, MeetingLevel, Person
from engine.lexicon import Lexicon, tokens_of

SMALL_WORDS = frozenset("of to for the and on in at with by de la".split())
BORNE = frozenset({"SURNAME", "GIVEN", "FAMILY", "LEADER"})
"""The terminals of words that somebody bears as a name."""
BUSINESS = frozenset({"BUSINESS", "PRIVATE"})
"""The terminals of posts of a trade, be it a firm's or nobody's."""
FIRST = "first"
"""Where a family name stands that is said before given names."""
ARTICLES = frozenset({"al", "el", "ul", "ad", "as", "ash"})
PARTICLES = frozenset("de da di del dos la van von der den ten".split())
"""Small words inside a family name."""
PLACE_NAMES = frozenset({"CITY", "CAPITAL", "COUNTRY", "DEMONYM"})
NUMERALS = frozenset({"II", "III", "IV", "V", "VI", "XI", "XII", "Jr.", "Jr", "Sr.", "Sr"})


JUNIOR = frozenset({"jr", "jr.", "sr", "sr."})
"""What sons and fathers of one name are told apart by."""


def title_case(text: str) -> str:
    """A post as the record writes it: words capitalised, small words and acronyms as they are."""
    found = []
    for index, word in enumerate(text.split()):
        plain = word.lower() in SMALL_WORDS and index > 0
        found.append(word.lower() if plain else "-".join(capital(part) for part in word.split("-")))
    return " ".join(found)


def capital(word: str) -> str:
    """A word with its first letter large, the rest as written."""
    return word[:1].upper() + word[1:]


def surname_first(tokens: list[str], lexicon: Lexicon) -> bool:
    """Whether a name stands family name first: Korean, Chinese or Vietnamese by its listed family name."""
    if len(tokens) not in (2, 3) or any(token.endswith(".") for token in tokens):
        return False
    leads = any(form.row.values.get("stands") == FIRST for form in lexicon.look_up(tokens[0]))
    given = lexicon.reads_as(tokens[0], "GIVEN")
    hyphenated = "-" in tokens[1] and tokens[1].split("-")[1][:1].islower()
    return hyphenated or (leads and not given)


def family_name(name: str, lexicon: Lexicon) -> str:
    """The family name of a full name: the first word of an East Asian name, else the last with its particles."""
    tokens = [token for token in tokens_of(name) if token not in NUMERALS]
    if len(tokens) < 2:
        return name
    if surname_first(tokens, lexicon):
        return tokens[0]
    begin = len(tokens) - 1
    while begin > 1 and tokens[begin - 1].islower():
        begin -= 1
    return " ".join(tokens[begin:])


INITIALS = 2
"""Capitals that may begin a name ("JB Straubel"); more are of a ship or a heading ("USS Cole")."""
SONS = frozenset({"bin", "ibn"})
"""Words before a father's name."""
FAR_BACK = 100
"""People back to which a mention without a name can go: bounds the cost of the longest article."""
NAMESAKES = 20
"""Bearers of one name among whom the one meant is sought."""


@dataclass(slots=True)
class People:
    """The people met so far, by the last words of their names; a later short mention finds them again.

    `plain` are the words that the article writes in small letters: no names; `inner` those that stand inside
    sentences. `mentioned` are the people by identity, those mentioned last at the end, `order` says when each was,
    on the article's clock; `renamed` are people by the names that they had until a fuller one was told; `called` says
    whom a name of one word has meant first, `topic` whom the sentence before was about, `spouses` the people by
    identity who were told by a post of no rank as wed.
    """

    lexicon: Lexicon
    found: list[Person] = field(default_factory=list)
    by_word: dict[str, list[Person]] = field(default_factory=dict)
    mentioned: dict[int, Person] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)
    clock: int = 0
    plain: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()
    renamed: dict[str, Person] = field(default_factory=dict)
    called: dict[str, Person] = field(default_factory=dict)
    topic: list[Person] = field(default_factory=list)
    spouses: set[int] = field(default_factory=set)
    elected: set[int] = field(default_factory=set)
    """The people by identity who were told by a post to which one is elected: by "Rep.", a representative's."""
    homely: set[int] = field(default_factory=set)
    """The people by identity whose post was told without a country: "President Lund", of the state at home."""
    guessed: set[int] = field(default_factory=set)
    """The people by identity whose country only the scene told."""

    def known(self, name: str, home: str | None = None) -> Person | None:
        """The person whom a name means: the same words, or a name that ends or begins with it.

        Of several it is one with a post, rather one of a rank ("the first lady" has none), whom the name has meant
        before a namesake came, unless that one was just spoken of, and the latest one. A family name told with another
        `home` than that person's means somebody else ("King Hussein of Jordan" after "Iraq's Saddam Hussein").
        """
        words = parts_of(name)
        best: tuple[int, bool, bool, bool, int] | None = None
        found: Person | None = None
        for word in (words[-1], words[0]):
            for person in self.by_word.get(word, [])[-NAMESAKES:]:
                abroad = len(words) == 1 and home not in (None, person.country or home)
                if abroad and id(person) not in self.guessed:
                    continue
                if fit := agrees(words, person, self.lexicon):
                    meant = self.is_meant(name, person)
                    rank = (fit, bool(person.post), person.level is not None, meant, self.seen(person))
                    if best is None or rank > best:
                        best, found = rank, person
        return found

    def is_meant(self, name: str, person: Person) -> bool:
        """Whether a name alone goes on to mean this person: by habit, or because a post was just told of him."""
        return self.called.get(name) is person or (bool(person.post) and person in self.topic)

    def plausible(self, name: str, at_home: bool = False) -> bool:
        """Whether an untitled name can be a person's: no plain word that only stands first in its sentence, no city; no
        number is in it ("F-15 Eagle"), nor is it in capitals where no home is told ("LI BAODONG (China)")."""
        words = name.split()
        if any(map(str.isdigit, name)):
            return False
        if len(words) > 2 and self.known(name) is not None:
            return True
        if words[-1].lower() in self.plain and "GIVEN" not in self.readings(words[0]):
            return False
        first, last = self.readings(words[0]), self.readings(words[-1])
        thing = any("NOUN" in self.readings(word.lower()) for word in (words[0], words[-1]))
        if len(words) > 1 and "GIVEN" not in first and thing:
            return False
        cried = len(words[0]) > INITIALS and words[0].isalpha() and words[0].isupper()
        if ((cried or name.isupper()) and not at_home) or "WORD" in first:
            return False
        return bool({"GIVEN", "SURNAME"} & first) or not (first | last) & PLACE_NAMES

    def is_thing(self, name: str, post: str = "") -> bool:
        """Whether a name of one word after a post is none: a word that the article writes in small letters, a thing or
        month of the lexicon that nobody is known to bear ("Ambassador Bridge"), or any such after a post of a trade
        ("battery partner Panasonic")."""
        terminals = self.readings(name)
        if " " not in name and not BORNE & terminals and self.known(name) is None and BUSINESS & self.readings(post):
            return True
        things = "NOUN" in self.readings(name.lower()) or "MONTH" in terminals
        return name.lower() in self.plain or (things and not BORNE & terminals)

    def is_half(self, name: str, last: str) -> bool:
        """Whether a name in a list is only a given one, before that of another of the family: "Ann and Paul Reed"."""
        return " " in last and " " not in name and "GIVEN" in self.readings(name) and self.known(name) is None

    def speaks(self, name: str) -> bool:
        """Whether what only its name tells can speak: no place, nor a word that has a capital at a sentence's start."""
        if " " in name or {"GIVEN", "SURNAME", "FAMILY"} & self.readings(name):
            return True
        return "CITY" not in self.readings(name) and name in self.inner and not self.readings(name.lower())

    def has_given(self, name: str) -> bool:
        """Whether a name begins with a given name: what has an article before it is a person's name only so."""
        return "GIVEN" in self.readings(name.split()[0])

    def readings(self, word: str) -> set[str]:
        """The terminals that a word reads as."""
        return {terminal for form in self.lexicon.look_up(word) for terminal in form.terminals}

    def singular(self, post: str, several: bool) -> str:
        """A plural post as one of its holders bears it, where the lexicon has it so: of `several`, or of one among
        "the candidates"."""
        words = post.split()
        if not (several or "POSTS" in self.readings(words[-1].lower())):
            return post
        for index, word in enumerate(words):
            for one in singulars(word):
                guess = " ".join([*words[:index], one, *words[index + 1 :]])
                forms = [*self.lexicon.look_up(guess.lower()), *self.lexicon.look_up(guess)]
                if any({"POST", "FUNCTIONARY_NOUN"} & set(form.terminals) for form in forms):
                    return guess
        return post

    def seen(self, person: Person) -> int:
        """When a person was last mentioned, on the article's clock."""
        return self.order.get(id(person), 0)

    def mention(self, person: Person) -> None:
        """Note that a person is mentioned now."""
        self.clock += 1
        self.order[id(person)] = self.clock
        self.mentioned.pop(id(person), None)
        self.mentioned[id(person)] = person

    def recent(self) -> list[Person]:
        """The people mentioned last, the latest first."""
        return list(islice(reversed(self.mentioned.values()), FAR_BACK))

    def holders(self, post: str, country: str) -> list[Person]:
        """The people mentioned last who are known by a post of a country."""
        known = [person for person in self.recent() if person.country == country]
        return [person for person in known if (person.post or "").lower() == post.lower()]

    def meet(self, name: str, wed: bool = False, ranked: bool = False, home: str | None = None) -> Person:
        """The person of a full or short name, of `home` if told, new where nobody known fits; the fullest name is kept.

        Whoever is told as `wed`, by a post of no rank, is not the ranked one known by the family name alone, nor does
        who is told as `ranked` by that name mean her ("First Lady Anna Holt" and "President Holt").
        """
        person = self.known(name, home)
        if wed and person is not None and person.level and " " not in person.name:
            person = None
        if ranked and person is not None and id(person) in self.spouses and not person.level and " " not in name:
            person = None
        if person is None:
            person = Person(name, family_name(name, self.lexicon))
            self.found.append(person)
            self.index(person)
        elif len(name.split()) > len(person.name.split()):
            self.renamed[person.name] = person
            person.name, person.family_name = name, family_name(name, self.lexicon)
            self.index(person)
        if " " not in name:
            self.called.setdefault(name, person)
        if wed:
            self.spouses.add(id(person))
        self.mention(person)
        return person

    def index(self, person: Person) -> None:
        """Make a person findable by each word of the name."""
        for word in parts_of(person.name):
            if person not in self.by_word.setdefault(word, []):
                self.by_word[word].append(person)

    def holding(
        self, post: str, country: str | None, level: str | None = None, among: list[Person] | None = None
    ) -> Person | None:
        """The latest mentioned person of that post, and of that country where one is told, `among` these or all.

        The post ends with these words, or is a leader's where a leader is told ("the Russian leader"); an adviser "to
        the president" is no president, nor is a vice president, and a deputy is a minister where no minister is told.
        """
        wanted = post.lower().split()
        gist = gist_of(wanted)
        best: Person | None = None
        rank: tuple[bool, int] = (False, -1)
        for person in self.recent() if among is None else among:
            whole = (person.post or "").lower()
            words = (whole if TO_WHOM in post else whole.partition(TO_WHOM)[0]).split()
            fits = words[-len(wanted) :] == wanted or (len(wanted) == 1 and wanted[0] in words)
            fits = fits or gist == gist_of(words)
            leads = (
                (country is not None or among is not None) and level == "HEADS" and person.level is MeetingLevel.HEADS
            )
            fits = (fits or (leads and wanted == ["leader"])) and (country is None or person.country == country)
            whole_rank = DEPUTIES.isdisjoint(set(words) - set(wanted))
            told = (whole_rank, self.seen(person))
            if fits and told > rank and (whole_rank or level != "HEADS"):
                best, rank = person, told
        return best


DEPUTIES = frozenset({"vice", "deputy"})
"""Words of rank before the post of whoever stands in for another."""
TO_WHOM = " to the "
"""Words after which a post tells whom its holder serves or is sent to."""


def gist_of(words: list[str]) -> set[str]:
    """What a post says in any order: "minister of defence" is a defence minister."""
    return set(words) - SMALL_WORDS


@lru_cache(maxsize=4_096)
def parts_of(name: str) -> list[str]:
    """The words of a name for comparing: lower case, hyphens and Arabic articles apart."""
    words = name.lower().replace("-", " ").split()
    return [word for at, word in enumerate(words, 1) if word not in ARTICLES or at == len(words)]


def singulars(word: str) -> list[str]:
    """What a plural may be the plural of."""
    if word.endswith("men"):
        return [word[:-2] + "an"]
    if word.endswith("s."):
        return [word[:-2] + "."]
    return [word[:-3] + "y", word[:-1]] if word.endswith("ies") else ([word[:-1]] if word.endswith("s") else [])


def agrees(want: list[str], person: Person, lexicon: Lexicon) -> int:
    """How well a shorter or longer name can be this person's: 0 not at all, 3 by the family name."""
    have = parts_of(person.name)
    if want == have:
        return 4
    shorter, longer = sorted((want, have), key=len)
    if len(shorter) == 1 < len(longer) and longer[-2] in SONS:
        # "King Salman" is not his son, Mohammed bin Salman.
        return int(shorter[0] == longer[0])
    if len(want) > 1 and len(have) > 1 and (want[-1] in JUNIOR) != (have[-1] in JUNIOR):
        return 0
    if len(want) == 1:
        family = parts_of(person.family_name)
        if want[0] in (family[-1], family[0]):
            return 3
        return 2 if want[0] in have[1:] else int(want[0] == have[0])
    if len(have) == 1:
        family = parts_of(family_name(" ".join(want), lexicon))
        return 3 if have[0] in (want[-1], family[-1]) else int(have[0] == want[0])
    if len(shorter) > 2 and strangers(shorter[1:-1], longer[1:-1]):
        return 0
    if shorter[-1] == longer[-1] and (
        shorter[0] == longer[0] or initial_of(shorter[0], longer[0]) or is_short_for(shorter[0], longer[0], lexicon)
    ):
        return 3
    # "Perez de Cuellar" ends the whole name; "Ali Abdullah Saleh" may be the father of "Ahmed Ali Abdullah Saleh".
    ends = shorter == longer[-len(shorter) :] and (len(shorter) == 2 or not PARTICLES.isdisjoint(shorter))
    return 2 if ends or (len(shorter) == 2 and shorter == longer[:2]) else 0


def strangers(one: list[str], other: list[str]) -> bool:
    """Whether middle names tell two people of one name apart: both only by initials, and by others."""
    initials = all(word.endswith(".") for words in (one, other) for word in words)
    first, second = ("".join(words).replace(".", "") for words in (one, other))
    return initials and not (first.startswith(second) or second.startswith(first))


def initial_of(word: str, name: str) -> bool:
    """Whether a word is the initial of a name: "v." of "vladimir"."""
    return len(word) == 2 and word.endswith(".") and name.startswith(word[0])


def is_short_for(one: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two given names are one: a row of the lexicon has both ("Michael", "Mike")."""
    rows = [form.row for form in lexicon.look_up(capital(one)) if "GIVEN" in form.terminals]
    return any(form.row in rows for form in lexicon.look_up(capital(other)) if "GIVEN" in form.terminals)


def describe(
    person: Person,
    post: str | None,
    level: str | None,
    country: str | None,
    organization: str | None,
    evidence: Evidence,
) -> None:
    """Add what a mention tells of a person; the first telling of each stands, or one that begins so and says more."""
    fuller = person.post is not None and (post or "").lower().startswith(person.post.lower() + " of ")
    if post and (not person.post or fuller):
        person.post = title_case(post)
        person.evidence.append(evidence)
    if level and not person.level and level in MeetingLevel.__members__:
        person.level = MeetingLevel[level]
    if organization and not person.organization and not person.country:
        person.organization = organization
    elif country and not person.country and not person.organization:
        person.country = country
