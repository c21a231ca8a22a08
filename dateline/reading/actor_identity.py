"""Who a party is: the actor of the register that a phrase means, on the day of the report and in its company.

A phrase is tried as (1) a country and a plain word for a body of it ("Syrian army"); (2) a name of the register, alone
or with words that leave its bearer the same ("Islamic State fighters"); a person in a post stands for its body; (3) a
state or a body of one in other words ("Moscow's troops", "the army"); (4) the only one of its kind that the report
names ("the rebels"); (5) what its words say, where nobody is named: a kind, and a country.

A name that several actors use goes to the one that the day, the countries and the other actors of the report speak for;
where nothing tells them apart all stand in `may_be`, and none is chosen.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import ActorKind
from dateline.reading.actor_words import (
    AGAINST,
    ARMED_FORCES_OF,
    ARMS,
    BACKED,
    BODY_WORDS,
    BY_ITSELF,
    FOLLOWING,
    HEADS,
    HEAPS,
    LEADING,
    MEMBERS,
    ONLY_ONE,
    POST_BODIES,
    TITLES,
    UNITS,
    UNNAMED,
    WORLDWIDE,
)
from dateline.reading.actors import Parties, key_of_part
from dateline.record import Actor, Part, Place
from dateline.world.actor_keys import Word, words_of_name
from dateline.world.actor_rows import Post
from dateline.world.actors import Naming, PersonNaming, Register, register
from dateline.world.countries import countries, country_of_demonym, country_of_name, government_of
from dateline.world.usage import is_everyday

# What speaks for an actor among those that share a name; held by hand, in steps that let one ground outweigh the next.
IN_USE = 2.0  # the name was in use on the day; as much against it where it was not
THERE = 2.0  # the actor was there on the day; as much against it where it was not
COUNTRY = 3.0  # times the share of the report's places that lie in its country
SAID = 4.0  # the phrase itself says its country
COMPANY = 1.0  # an actor that is tied to it is named in the report
CLEAR = 1.0  # by so much the first must lead the second, or all may be meant
HOME = 0.35  # share of the places in one country from which a report is about that country
_ELSEWHERE = frozenset(("in", "from", "against", "near", "at", "on"))  # what stands behind them is not who is meant
_NO_BODY = frozenset(("and", "or", "coalition", "allied", "rebel", "opposition", "separatist"))
_Value = TypeVar("_Value")


class Identity(Struct, frozen=True, kw_only=True):
    """Who a phrase means. `rule` says by what; `post` is a person's."""

    actor_id: str | None = None
    kind: ActorKind | None = None
    country: str | None = None
    post: str | None = None
    may_be: tuple[str, ...] = ()
    rule: str = ""


class Surroundings(Struct, frozen=True, kw_only=True):
    """What a report tells beside a phrase: its day, the countries of its places (shares that add up to 1) in order of
    their mention, and the actors that are named beyond doubt."""

    on: date | None
    shares: Mapping[str, float]
    spots: tuple[tuple[str, int, str], ...] = ()
    company: frozenset[str] = frozenset()
    spelled: frozenset[str] = frozenset()

    @property
    def home(self) -> str | None:
        """The country the report is about, where one stands out."""
        code = max(self.shares, key=lambda one: self.shares[one], default=None)
        return code if code and self.shares[code] >= HOME else None

    def near(self, part: Part) -> str | None:
        """The country named last before a phrase, else the first after it."""
        at = bisect_right(self.spots, (part.where, part.span.start, "ZZ"))
        for near in (at - 1, at):
            if 0 <= near < len(self.spots) and self.spots[near][0] == part.where:
                return self.spots[near][2]
        return self.home


class _Found(Struct, frozen=True):
    """A name that carries a phrase: the words it takes, and what the rest of the phrase is to it."""

    start: int
    end: int
    namings: tuple[Naming, ...] = ()
    people: tuple[PersonNaming, ...] = ()


class Identifier:
    """Tells who the phrases of one report mean."""

    def __init__(self, register: Register, around: Surroundings) -> None:
        self.register = register
        self.around = around
        self._told: dict[tuple[str, str, ActorKind | None, str | None, str | None], Identity] = {}

    def of(self, actor: Actor) -> Identity:
        """Who a party is, by the fullest name that the report gives it, then by its own words."""
        # All that the answer hangs on.
        key = (actor.name, actor.text, actor.kind, actor.country, self.around.near(actor))
        if key not in self._told:
            self._told[key] = self._of(actor)
        return self._told[key]

    def named(self, actor: Actor) -> Identity | None:
        """Who a party is by a name of the register in its words; None where they hold none."""
        read = [words for form in dict.fromkeys((actor.name, actor.text)) if (words := words_of_name(form))]
        return next((found for words in read if (found := self._named(words, actor))), None)

    def _of(self, actor: Actor) -> Identity:
        read = [words for form in dict.fromkeys((actor.name, actor.text)) if (words := words_of_name(form))]
        for tried in (self._plain_body, self._named, self._body, self._only_one):
            for words in read:
                if found := tried(words, actor):
                    return found
        return self._unnamed(read[-1] if read else [], actor)

    # --- names of the register ---

    def _named(self, words: Sequence[Word], actor: Actor) -> Identity | None:
        spots = self._spots(words)
        if not spots:
            return None
        best: Identity | None = None
        for found in spots:
            if actor.kind == "person" and not found.people and found.end - found.start < len(words):
                continue  # Michael Jordan is no country
            if not _carries(words, found) and not self._names_again(words, found):
                continue
            said = _country_said([*words[: found.start], *words[found.end :]])  # beside the name, not in it
            if found.people and (person := self._person(found, words, said, actor)):
                return person
            if found.namings and (listed := self._listed(found, words, said)):
                best = best or listed
        return best

    def _names_again(self, words: Sequence[Word], found: _Found) -> bool:
        """Whether all that follows a name is another name of its bearer: "… in the Greater Sahara (ISGS"."""
        if not found.namings or found.start or found.end == len(words):
            return False
        again = {n.actor for n in self.register.at(words, found.end) if len(n.words) == len(words) - found.end}
        return bool(again & {n.actor for n in found.namings})

    def _spots(self, words: Sequence[Word]) -> list[_Found]:
        """Every name that stands in a phrase, longest first, none within another."""
        made: list[_Found] = []
        for start in range(len(words)):
            if not self.register.opens_name(words[start].key):
                continue
            namings = self.register.at(words, start)
            people = self.register.person_at(words, start)
            if namings:
                made.append(_Found(start, start + len(namings[0].words), namings=tuple(namings)))
            if people:
                made.append(_Found(start, start + len(people[0].words), people=tuple(people)))
        made.sort(key=lambda f: (f.start - f.end, f.start))
        kept: list[_Found] = []
        for found in made:
            if not any(
                other.start <= found.start
                and found.end <= other.end
                and (other.end - other.start > found.end - found.start)
                for other in kept
            ):
                kept.append(found)
        return kept

    def _listed(self, found: _Found, words: Sequence[Word], said: str | None) -> Identity | None:
        # "US officials" are no state but a body of one, "gunmen from Yemen" neither; both have rules of their own.
        before = {word.key for word in words[: found.start]}
        alone = found.end == len(words) and before.isdisjoint(("of", "from"))
        namings = [n for n in found.namings if alone or self.register.actors[n.actor].kind != "state"]
        fits = {n.actor: n for n in sorted(namings, key=lambda n: n.used.on(self.around.on))}
        ranked = sorted(((self._weight(n, said), id) for id, n in fits.items()), reverse=True)
        kept = [(weight, id) for weight, id in ranked if self._is_likely(fits[id], said)]
        if not kept:
            return None
        name = " ".join(word.text for word in words[found.start : found.end])
        top, id = kept[0]
        rivals = [other for weight, other in kept[1:] if top - weight < CLEAR and not self._same_house(id, other)]
        if rivals:
            ids = (id, *rivals)
            return Identity(
                kind=_common({self.register.actors[one].kind for one in ids}),
                country=_common({self.register.actors[one].country for one in ids}),
                may_be=ids,
                rule=f"{name!r} is a name of {', '.join(ids)}: nothing here tells them apart",
            )
        listed = self.register.actors[id]
        others = tuple(other for _, other in kept[1:])
        tail = f", rather than of {', '.join(others)}" if others else ""
        return Identity(
            actor_id=id, kind=listed.kind, country=listed.country, may_be=(),
            rule=f"{name!r} is a name of {id}{tail}",
        )  # fmt: skip

    def _weight(self, naming: Naming, said: str | None) -> float:
        listed, around = self.register.actors[naming.actor], self.around
        weight = (IN_USE if naming.used.on(around.on) else -IN_USE) + (THERE if listed.on(around.on) else -THERE)
        if listed.country:
            weight += COUNTRY * around.shares.get(listed.country, 0.0)
            weight += SAID if said == listed.country else (-SAID if said else 0.0)
        if self.register.akin(listed.id) & around.company or listed.id in around.company:
            weight += COMPANY
        return weight

    def _is_likely(self, naming: Naming, said: str | None) -> bool:
        """Whether a name may stand for its actor here at all.

        A short form in capitals, and a single word that is also an everyday one, need company: the actor's country in
        the report, or its name in full.
        """
        listed, around = self.register.actors[naming.actor], self.around
        if said and listed.country and said != listed.country:
            return False
        if listed.kind == "state" or not (naming.capitals or (len(naming.words) == 1 and is_everyday(naming.words[0]))):
            return True
        if listed.id in around.spelled or (said and said == listed.country):
            return True
        if naming.capitals and listed.kind in WORLDWIDE:
            return True  # where such a body is at home says nothing of whether it is meant
        return listed.country is None or listed.country in around.shares

    def _same_house(self, id: str, other: str) -> bool:
        """Whether one of two is a branch of the other: the one that weighs more is taken then."""
        above = {one.id for one in self.register.above(id)}
        return other in above or id in {one.id for one in self.register.above(other)}

    # --- people ---

    def _person(self, found: _Found, words: Sequence[Word], said: str | None, actor: Actor) -> Identity | None:
        body = next((w.key for w in words[found.end :] if w.key in POST_BODIES), None)
        if found.start > 1 and words[found.start - 1].key == "of":
            body = next((w.key for w in words[: found.start] if w.key in POST_BODIES), body)
        if found.end < len(words) and body is None:
            return None  # "Assad Lake", "Nasrallah supporters"
        whole = any(n.whole for n in found.people)
        if not whole and not self._surname_will_do(found, words_of_name(actor.name), words):
            return None
        held = [n.post for n in found.people if n.whole == whole]
        ranked = sorted(((self._post_weight(post, said), post) for post in held), key=lambda one: -one[0])
        top, _ = ranked[0]
        near = [post for weight, post in ranked if top - weight < CLEAR]
        highest = max(map(self._rank, near))  # who leads a party and a government speaks for the government
        near = [post for post in near if self._rank(post) == highest]
        names, post = {post.name for post in near}, near[0]
        ids = tuple(dict.fromkeys(post.actor for post in near))
        if len(names) > 1 and len(ids) > 1:
            return Identity(kind="person", may_be=ids, rule=f"{', '.join(sorted(names))} share this name")
        return self._in_post(post, body)

    def _in_post(self, post: Post, body: str | None) -> Identity:
        listed = self.register.actors.get(post.actor)
        country = listed.country if listed else None
        day = self.around.on
        if not post.on(day) and body is not None:
            return Identity(
                kind=POST_BODIES[body],
                country=country,
                rule=f"of {post.name}, who held no post of the register that day",
            )
        if not post.on(day):
            late = post.ends is not None and day is not None and post.ends < day
            former = f"former {post.role}" if late else None
            return Identity(
                kind="person", country=country, post=former, rule=f"{post.name} held no post of the register that day"
            )
        if body is not None:
            id = post.actor
            of_state = country is not None and id in (country.lower(), f"{country.lower()}-government")
            if of_state and POST_BODIES[body] == "armed_group":
                return Identity(kind="armed_group", country=country, rule=f"of {post.name}, {post.role}")
            if of_state and country is not None and POST_BODIES[body] == "military":
                id = f"{country.lower()}-military"
            kind = self.register.actors[id].kind if id in self.register.actors else None
            return Identity(actor_id=id, kind=kind, country=country, rule=f"of {post.name}, {post.role}")
        return Identity(
            actor_id=post.actor, kind="person", country=country, post=post.role,
            rule=f"{post.name}, {post.role} of {post.actor}{' that day' if day else ''}",
        )  # fmt: skip

    def _surname_will_do(self, found: _Found, name: Sequence[Word], words: Sequence[Word]) -> bool:
        """Whether a surname alone may name its bearer: where the report gives no other first name to it, and the
        country of the bearer's post, or its body, is in the report."""
        before = [*words[: found.start], *(word for word in name if word.key != words[found.start].key)]
        if any(w.key not in TITLES and country_of_demonym(w.text) is None and w.text[:1].isupper() for w in before):
            return False  # "Kerry Smith" is no John Smith
        posts = {n.post.actor for n in found.people}
        at_home = any(
            (listed := self.register.actors.get(id))
            and (listed.country in self.around.shares or id in self.around.company)
            for id in posts
        )
        return at_home and (bool(words[: found.start]) or not is_everyday(words[found.start].key))

    def _rank(self, post: Post) -> int:
        """How likely a bare name is to mean the holder of a post: who heads a state, who serves one, anybody else."""
        listed = self.register.actors.get(post.actor)
        if listed is None or listed.kind not in ("state", "government"):
            return 0
        return 2 if post.role.lower().startswith(HEADS) else 1

    def _post_weight(self, post: Post, said: str | None) -> float:
        listed = self.register.actors.get(post.actor)
        weight = THERE if post.on(self.around.on) else -THERE
        if listed and listed.country:
            weight += COUNTRY * self.around.shares.get(listed.country, 0.0)
            weight += SAID if said == listed.country else (-SAID if said else 0.0)
        return weight + (COMPANY if post.actor in self.around.company else 0.0)

    # --- states and their bodies ---

    def _plain_body(self, words: Sequence[Word], actor: Actor) -> Identity | None:
        """A country and a plain word for a body of it: "Syrian army" is no name, whatever else has it as one."""
        code = country_of_demonym(" ".join(w.text for w in words[:-1])) or country_of_name(
            " ".join(w.text for w in words[:-1])
        )
        branch = BODY_WORDS.get(words[-1].key)
        if len(words) < 2 or code is None or branch is None or self._is_name_of_another(words, code):
            return None
        whole = " ".join(word.text for word in words)
        return self._of_state(code, branch, f"{whole!r}: words for a state's {branch}; says the country")

    def _is_name_of_another(self, words: Sequence[Word], code: str) -> bool:
        """Whether the words are, capitals and all, the name of an actor that is none of the state's: "Kosovo Force"."""
        if not words[-1].text[:1].isupper() or words[-1].text.isupper():
            return False
        whole = [n for n in self.register.at(words, 0) if len(n.words) == len(words)]
        return any(code.lower() not in {one.id for one in self.register.above(n.actor)} for n in whole)

    def _body(self, words: Sequence[Word], actor: Actor) -> Identity | None:
        """A state, or a body of one: "Israel", "Washington", "Israeli jets", "the army", "police"."""
        whole = " ".join(word.text for word in words)
        if code := country_of_name(whole):
            return self._of_state(code, "state", f"{whole!r} is a country")
        if code := government_of(whole):
            if actor.kind != "state":  # not as a place: it acts, or the tagger took it for a person or a body
                return self._of_state(code, "government", f"{whole!r} stands for a government")
            return None
        if len(words) == 1 and (code := country_of_demonym(words[0].text)):
            if _is_people(words[0].text, code):
                return Identity(kind="people", country=code, rule=f"{whole!r} are people of a country")
            return self._of_state(code, "state", f"{whole!r} is of a country")
        branch = _branch(words)
        if branch is None:
            return None
        code = _country_said(words) or _seat_said(words)
        how = "says the country"
        if code is None:
            code, how = self._country_meant(words, actor)
        if code is None:
            return None
        return self._of_state(code, branch, f"{whole!r}: words for a state's {branch}; {how}")

    def _country_meant(self, words: Sequence[Word], actor: Actor) -> tuple[str | None, str]:
        """The country of a body that names none, and how that is known."""
        first = actor.text.split()[0].lower()
        if first in ("its", "their") and words[-1].key not in ARMED_FORCES_OF:
            return self.around.near(actor), "of the country named last"
        if _is_definite(actor.text, words):
            return self.around.home or self.around.near(actor), "the country that the report is about here"
        return None, ""

    def _only_one(self, words: Sequence[Word], actor: Actor) -> Identity | None:
        """As in "the rebels": the only armed group that the report names."""
        head = words[-2] if len(words) > 1 and words[-1].key == "forces" else words[-1]
        if len(words) > 2 or (
            actor.text.split()[0].lower() not in ("the", "this", "these", "that", "those") and head.key != "coalition"
        ):
            return None
        kinds = next((kinds for known, kinds in ONLY_ONE if head.key in known), None)
        if kinds is None or any(word.text[:1].isupper() for word in words[:-1] if not word.text.isupper()):
            return None
        named = [id for id in sorted(self.around.company) if self.register.actors[id].kind in kinds]
        if len(named) != 1:
            return None
        listed = self.register.actors[named[0]]
        return Identity(
            actor_id=listed.id, kind=listed.kind, country=listed.country,
            rule=f"{listed.id} is the only one of its kind that the report names",
        )  # fmt: skip

    def _of_state(self, code: str, branch: ActorKind, rule: str) -> Identity:
        id = code.lower() if branch == "state" else f"{code.lower()}-{branch}"
        return Identity(actor_id=id, kind=branch, country=code, rule=rule)

    # --- nobody by name ---

    def _unnamed(self, words: Sequence[Word], actor: Actor) -> Identity:
        """The kind of party that the words tell, and the country that they name."""
        keys = [word.key for word in words]
        end = next((i for i, key in enumerate(keys) if i and key in ("of", *_ELSEWHERE)), len(keys))
        head = keys[:end][-1:]
        country = (None if actor.kind == "person" else _country_said(words)) or actor.country
        if head == ["men"] and any(key in ("armed", "masked", "hooded") for key in keys):
            return Identity(kind="armed_group", country=country, rule="as written; its words tell the kind")
        told = [*head, *(keys if head and head[0] in HEAPS else ())]
        # "pro-government militia", "tribal fighters": what stands before the head may tell more than it.
        if any(key in known for key in told for _, known in UNNAMED):
            kind = next(kind for kind, known in UNNAMED if any(key in known for key in keys))
            return Identity(kind=kind, country=country, rule="as written; its words tell the kind")
        named = actor.kind if actor.kind in ("person", "people", "other") else None  # a place is no state
        return Identity(kind=named, country=country, rule="as written" if named else "")


def _carries(words: Sequence[Word], found: _Found) -> bool:
    """Whether a phrase is about the bearer of the name in it, and not about something of his."""
    after = words[found.end :]
    if any(w.key not in FOLLOWING and w.key not in POST_BODIES for w in after):
        return False
    before = words[: found.start]
    if before and before[-1].key in AGAINST:
        return False  # "anti-Taliban forces"
    if any(word.key in ("and", "or") for word in (*before, *after)):
        return False  # two parties in one phrase
    for i, word in enumerate(before):
        if word.key in _ELSEWHERE - {"from"} or word.key in ("for", "to"):
            return False
        if word.key in ("of", "from"):
            return i > 0 and all(w.key in MEMBERS or w.key in LEADING for w in before[:i])
    return True


def _country_said(words: Sequence[Word]) -> str | None:
    """The country that a phrase itself names, by adjective or name: "Syrian", "Iraq's", "US"; of two the last one, as
    it stands nearest to the head."""
    end = next((i for i, word in enumerate(words) if i and word.key in _ELSEWHERE), len(words))
    for last in range(end, 0, -1):
        if last < len(words) and words[last].key in BACKED:
            continue  # "US-backed rebels" are not the United States'
        for first in range(max(0, last - 3), last):
            run = " ".join(word.text for word in words[first:last])
            if code := country_of_demonym(run) or (country_of_name(run) if run[:1].isupper() else None):
                if first and words[first - 1].key in AGAINST:
                    return None  # "anti-Russian", "pro-Russian": not Russia's
                other = country_of_demonym(words[first - 1].text) if first else None
                return code if other in (None, code) else None  # "Bosnian Serb forces" are neither's
    return None


def _seat_said(words: Sequence[Word]) -> str | None:
    """The country whose seat of government owns what a phrase tells of: "Moscow's troops"."""
    return government_of(words[0].text) if len(words) > 1 else None


def _is_people(word: str, code: str) -> bool:
    """Whether a word is for people of a country ("Syrians") and not its adjective ("Syrian")."""
    return word.endswith(("s", "men")) and not word.endswith(("ss", "us")) and word not in countries()[code].demonyms


def _branch(words: Sequence[Word]) -> ActorKind | None:
    """Which body of a state a phrase's words are for: the last of them that is one before any "of" decides."""
    keys = [word.key for word in words]
    if "of" in keys[1:] and keys[keys.index("of", 1) - 1] in HEAPS:
        keys = keys[keys.index("of", 1) + 1 :]  # "a series of US air strikes"
    end = next((i for i, key in enumerate(keys) if i and key in ("of", *_ELSEWHERE)), len(keys))
    head = keys[:end]
    if _NO_BODY.intersection(head):
        return None  # two parties in one phrase; or no state's
    if head and head[-1] in UNITS and any(key in ARMS for key in head[:-1]):
        return "military"
    if head and head[-1] in UNITS and ("army" in head[:-1] or "marine" in head[:-1]):
        return "military"
    if head and head[-1] in ARMED_FORCES_OF and any(key in ("government", "regime", "loyalist") for key in head[:-1]):
        return "military"
    two = " ".join(head[-2:])
    return BODY_WORDS.get(two) or (BODY_WORDS.get(head[-1]) if head else None)


def _is_definite(text: str, words: Sequence[Word]) -> bool:
    """Whether words for a body mean the one that the report is about: "the army", "police", "government forces"."""
    keys = " ".join(word.key for word in words)
    first = text.split()[0].lower() if text.split() else ""
    if keys in BY_ITSELF:
        return True
    plain = all(word.text.islower() or word.text.isupper() for word in words)
    head = keys.split(" of ")[0].split()[-1]
    if plain and any(word.key in ARMS for word in words[:-1]) and head in UNITS:
        return True
    return first == "the" and plain and (head in BY_ITSELF or head in ("minister", "ministry") or head in UNITS)


def _common(values: Iterable[_Value]) -> _Value | None:
    """What all of them are; None where they differ."""
    kept = set(values)
    return kept.pop() if len(kept) == 1 else None


# --- a report's parties ----------------------------------------------------------------------------------------------


def identifier(
    parties: Parties, places: Sequence[Place], *, published: date | None, country: str | None = None
) -> Identifier:
    """What tells who the phrases of a report mean.

    Args:
        places: of the report, adjectives of countries too: they tell which countries it is about.
        country: alpha-2 code of the country it is about, where that was told.
    """
    known = register()
    spots = tuple(sorted({(p.where, p.span.start, p.country) for p in places if p.country} | _countries(parties)))
    counts = Counter(code for _, _, code in spots)
    if country:
        counts[country] += counts.total() + 1  # told outright: more than half of all
    total = counts.total()
    around = Surroundings(on=published, shares={code: n / total for code, n in counts.items()}, spots=spots)
    spelled = _spelled_out(parties, known)
    first = Identifier(known, replace(around, spelled=spelled))
    parts = {(actor.name, actor.text): actor for actor in parties.actors.values()}
    named = {found.actor_id for actor in parts.values() if (found := first.named(actor)) and found.actor_id}
    return Identifier(known, replace(around, spelled=spelled, company=frozenset(named)))


def _countries(parties: Parties) -> set[tuple[str, int, str]]:
    """Where a party is a country by its name: one that acts is no place, and tells what the report is about as well."""
    made: set[tuple[str, int, str]] = set()
    for actor in parties.actors.values():
        if actor.text[:1].isupper() and (code := country_of_name(actor.text)):
            made.add((actor.where, actor.span.start, code))
    return made


def identified(parties: Parties, who: Identifier) -> Parties:
    """The parties with who each of them is. A word that points back is whoever it points to."""
    made: dict[tuple[str, int, int], Actor] = {}
    rules: dict[tuple[str, int, int], str] = {}
    first: dict[str, Identity] = {}
    for phrase in parties.phrases:
        actor, key = parties.of(phrase), key_of_part(phrase.part)
        name = actor.name.casefold()
        earlier = first.get(name) if phrase.kind in ("pronoun", "relative") else None
        identity = earlier or who.of(actor)
        first.setdefault(name, identity)
        made[key] = with_identity(actor, identity)
        rules[key] = f"points back to {actor.name}: {identity.rule}" if earlier else identity.rule
    return Parties(parties.phrases, made, rules)


def with_identity(actor: Actor, identity: Identity) -> Actor:
    """A party with who it is; what its identity does not tell stays as it was read."""
    return replace(
        actor,
        actor_id=identity.actor_id,
        kind=identity.kind,
        country=identity.country or actor.country,
        post=identity.post,
        may_be=identity.may_be,
    )


def _spelled_out(parties: Parties, known: Register) -> frozenset[str]:
    """The actors that the report names in more than a short form or a single word."""
    made: set[str] = set()
    for name in {actor.name for actor in parties.actors.values()}:
        words = words_of_name(name)
        for start in range(len(words) - 1):
            made |= {n.actor for n in known.at(words, start) if len(n.words) > 1}
    return frozenset(made)
