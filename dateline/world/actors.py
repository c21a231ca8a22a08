"""The register of actors: who acts, under which names and when, whose branch it is, and who held which post.

Rows are in `dateline/data/actors.csv` and `people.csv`, a user's own in files that `dateline actors add` took in.
States, their governments, armed forces and police are made from the table of countries: `iq`, `iq-government`,
`iq-military`, `iq-police`.

A name belongs to as many actors as use it. Which of them a report means is for its reader to say; here none is merged.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from msgspec import Struct

from dateline.codes import ActorKind
from dateline.world.actor_keys import Word, keys_of_names, words_of_name
from dateline.world.actor_rows import InUse, Listed, Post, read_actor, read_post
from dateline.world.countries import countries, demonym_keys
from dateline.world.labels import read_table
from dateline.world.own_actors import own_rows

_CAPITALS_MOST = 6  # letters: a short form all in capitals ("IS", "MIT", "UNITA") is only meant where it stands so
# A country's own bodies → what they are called in full, and PLOVER's sector.
_BODIES: dict[ActorKind, tuple[str, str]] = {
    "government": ("Government of", "GOV"), "military": ("Armed forces of", "MIL"), "police": ("Police of", "COP"),
}  # fmt: skip


class Naming(Struct, frozen=True, gc=False):
    """A name as it is looked up: whose it is, when it was in use, and whether it must stand in capitals."""

    words: tuple[str, ...]
    actor: str
    used: InUse
    capitals: bool = False


class PersonNaming(Struct, frozen=True, gc=False):
    """The same for a person. `whole` says that it is more than a surname."""

    words: tuple[str, ...]
    post: Post
    whole: bool


class Register:
    """All actors and posts, found by id or by the words of a phrase."""

    def __init__(self, actors: Iterable[Listed], posts: Iterable[Post]) -> None:
        self.actors: dict[str, Listed] = {actor.id: actor for actor in actors}
        self.posts: tuple[Post, ...] = tuple(posts)
        self._names: dict[tuple[str, ...], list[Naming]] = {}
        self._people: dict[tuple[str, ...], list[PersonNaming]] = {}
        self._lengths: dict[str, set[int]] = {}  # first word → how many words the names have that it opens
        keys = keys_of_names(
            [
                *(used.name for actor in self.actors.values() for used in (InUse(actor.name), *actor.names)),
                *(name for post in self.posts for name in (post.name, *post.names)),
            ]
        )
        nations = demonym_keys()
        for actor in self.actors.values():
            for naming in _namings(actor, keys):
                self._names.setdefault(naming.words, []).append(naming)
        for post in self.posts:
            for person in _person_namings(post, keys, nations):
                self._people.setdefault(person.words, []).append(person)
        for words in (*self._names, *self._people):
            self._lengths.setdefault(words[0], set()).add(len(words))

    def at(self, words: Sequence[Word], start: int) -> list[Naming]:
        """The longest names that start at a word, all of one length; empty where none does."""
        for run in self._runs(words, start):
            if fits := [n for n in self._names.get(run, ()) if not n.capitals or _in_capitals(words[start])]:
                return fits
        return []

    def person_at(self, words: Sequence[Word], start: int) -> list[PersonNaming]:
        """The same for people: the longest names of people that start at a word."""
        return next((self._people[run] for run in self._runs(words, start) if run in self._people), [])

    def opens_name(self, key: str) -> bool:
        """Whether a name of an actor or a person begins with a word."""
        return key in self._lengths

    def _runs(self, words: Sequence[Word], start: int) -> Iterator[tuple[str, ...]]:
        """The runs of words from one on that may be names, longest first."""
        for length in sorted(self._lengths.get(words[start].key, ()), reverse=True):
            if start + length <= len(words):
                yield tuple(word.key for word in words[start : start + length])

    def single_words(self) -> frozenset[str]:
        """The keys of all names of one word, of actors and of people."""
        return frozenset(words[0] for words in (*self._names, *self._people) if len(words) == 1)

    def above(self, id: str) -> Iterator[Listed]:
        """The actor itself, the body it is a branch of, and so on up."""
        seen: set[str] = set()
        while id in self.actors and id not in seen:
            seen.add(id)
            yield self.actors[id]
            id = self.actors[id].parent or ""

    def akin(self, id: str) -> frozenset[str]:
        """The actors that a link or a branch ties to this one, itself left out."""
        actor = self.actors[id]
        return frozenset({bond.other for bond in actor.links} | {one.id for one in self.above(id)}) - {id}


def _in_capitals(word: Word) -> bool:
    return word.text.replace(".", "").isupper()


def _namings(actor: Listed, keys: Mapping[str, tuple[str, ...]]) -> Iterator[Naming]:
    """The forms of an actor's names, each once; "Isis" beside "ISIS" frees it from its capitals."""
    made: dict[tuple[tuple[str, ...], date | None, date | None], Naming] = {}
    for used in (InUse(actor.name, actor.begins, actor.ends), *actor.names):
        words = keys[used.name]
        if not words:
            continue
        short = len(words) == 1 and used.name.replace(".", "").isupper() and len(words[0]) <= _CAPITALS_MOST
        form = (words, used.begins, used.ends)
        if form not in made or (made[form].capitals and not short):
            made[form] = Naming(words, actor.id, used, short)
    yield from made.values()


def _person_namings(post: Post, keys: Mapping[str, tuple[str, ...]], nations: frozenset[str]) -> Iterator[PersonNaming]:
    """The forms of a person's names, and his surname alone where no form gives it.

    But for those named after a nation: "Iraqi forces" are not al-Iraqi's.
    """
    seen: set[tuple[str, ...]] = set()
    for name in (post.name, *post.names):
        words = keys[name]
        for form in (words, words[-1:]):
            if form and form not in seen and (len(form) > 1 or (len(form[0]) > 1 and form[0] not in nations)):
                seen.add(form)
                yield PersonNaming(form, post, len(form) > 1)


def made_states() -> Iterator[Listed]:
    """The state, government, armed forces and police of every country; their names are made where they are read."""
    for country in countries().values():
        code = country.code.lower()
        names = tuple(InUse(name) for name in country.aliases)
        source = "the table of countries"
        yield Listed(
            id=code, name=country.name, kind="state", country=country.code, names=names, plover=("GOV",), source=source,
        )  # fmt: skip
        for kind, (body, sector) in _BODIES.items():
            yield Listed(
                id=f"{code}-{kind}", name=f"{body} {country.name}", kind=kind, country=country.code, parent=code,
                ucdp=f"Government of {country.name}", plover=(sector,), source=source,
            )  # fmt: skip


@lru_cache(maxsize=1)
def register() -> Register:
    """The register as this process uses it: the built-in rows, then the user's own over them."""
    actors = {actor.id: actor for actor in made_states()}
    actors |= {row["id"]: read_actor(row) for row in read_table("actors")}
    posts = [read_post(row) for row in read_table("people")]
    own_actors, own_posts = own_rows()
    for actor in own_actors:
        actors[actor.id] = _over(actors[actor.id], actor) if actor.id in actors else actor
    # A post whose actor was taken away with another file of the user's counts no more.
    return Register(actors.values(), [post for post in (*posts, *own_posts) if post.actor in actors])


def _older_name(listed: Listed, own: Listed) -> tuple[InUse, ...]:
    """The name of the row there was, where the user's row has another."""
    return () if own.name == listed.name else (InUse(listed.name, listed.begins, listed.ends),)


def _over(listed: Listed, own: Listed) -> Listed:
    """The user's row over the one there is: what it fills in stands, its names and links are added."""
    return Listed(
        id=own.id,
        name=own.name,
        kind=own.kind,
        country=own.country or listed.country,
        parent=own.parent or listed.parent,
        begins=own.begins or listed.begins,
        ends=own.ends or listed.ends,
        names=(*own.names, *_older_name(listed, own), *listed.names),
        links=(*own.links, *listed.links),
        ucdp=own.ucdp or listed.ucdp,
        plover=own.plover or listed.plover,
        source=own.source or listed.source,
        origin=own.origin,
    )


def forget() -> None:
    """Let the register be made anew at the next use: what was added or taken away since counts from then on."""
    register.cache_clear()


class Holder(Struct, frozen=True):
    """An actor as a look-up answers: its row, its branches by id, and the posts of its people."""

    actor: Listed
    branches: tuple[str, ...]
    people: tuple[Post, ...]


def looked_up(name: str, on: date | None = None) -> tuple[Holder, ...]:
    """The actors that a name, an id or a person can mean, on a day where one is given; by id.

    A person's name gives the actor of the post with that post alone.
    """
    known = register()
    if name in known.actors and known.actors[name].on(on):
        return (_holder(known, name, [p for p in known.posts if p.actor == name and p.on(on)]),)
    words = [Word(word.key, word.text.upper()) for word in words_of_name(name)]  # whatever the case it was typed in
    if not words:
        return ()
    whole = [n for n in known.at(words, 0) if len(n.words) == len(words) and n.used.on(on)]
    posts = [n.post for n in known.person_at(words, 0) if len(n.words) == len(words) and n.post.on(on)]
    made = {
        n.actor: _holder(known, n.actor, [p for p in known.posts if p.actor == n.actor and p.on(on)]) for n in whole
    }
    for post in posts:
        if post.actor not in made and post.actor in known.actors:
            made[post.actor] = _holder(known, post.actor, [p for p in posts if p.actor == post.actor])
    return tuple(made[id] for id in sorted(made))


def _holder(known: Register, id: str, posts: Sequence[Post]) -> Holder:
    branches = tuple(sorted(actor.id for actor in known.actors.values() if actor.parent == id))
    return Holder(known.actors[id], branches, tuple(posts))
