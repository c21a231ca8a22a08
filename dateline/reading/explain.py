"""Why a claim says what it says: the words, heads and rules that made each of its fields, with their scores.

Reading is pure, so nothing is kept for this: the report is read again and what its stages weighed is written down
instead of thrown away. The path is that of `pipeline.read`, stage by stage.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.errors import InputError
from dateline.reading import pipeline, roles, status, weigh
from dateline.reading.actors import key_of_part
from dateline.reading.chains import CHAIN_KEEP, SEEN, considered, holds
from dateline.reading.claims import Found, Sign, assemble, folds, of_earlier_version, unfolded, words_of
from dateline.reading.figures import Read, read_figures
from dateline.reading.place_belief import Seen
from dateline.reading.place_reasons import reasons
from dateline.reading.places import Judged, judge
from dateline.reading.reader import TYPES, Look, Size, View, label, load
from dateline.reading.roles import NEW, Candidate, Kind, Link
from dateline.reading.times import Timed, timed_in
from dateline.reading.triggers import FAINT, THRESHOLD, Trigger
from dateline.record import Actor, Claim, MadeBy, Part, Period, Place, Report, Score, Span

Field = Literal[
    "event", "trigger", "quote", "also", "folded", "actor", "target", "place", "time", "figure", "attribution",
    "modality", "hedge", "verification", "factuality", "score",
]  # fmt: skip
By = Literal[
    "event head", "role head", "modality head", "verification head", "hedge head", "noun phrases", "unnamed words",
    "fuller name", "register", "places table", "places weighed", "times rule", "figures rule", "bounds rule",
    "sentences",
    "chain score", "claim weights", "rule status.PLAIN", "rule status.FRAMES", "rule status.PAST",
    "rule status.verification", "rule status.factuality", "rule claims.fold", "rule roles",
]  # fmt: skip

NEXT = 3  # event types named beside the likeliest
RUNNERS_UP = 2  # words named for each role that fell short
HEAVIEST = 8  # features named of a claim's score
SAYINGS = 5  # sayings named that may be a claim's source
LEAST = 0.05  # 0-1: what scores lower came nowhere near
_DAY_OF = {"publication": "the publication day", "entry": "the entry's day", "speaker": "the day it was said,"}
_SIGNS: dict[Sign, str] = {
    "headline": "the headline or standfirst tells the same",
    "adds nothing": "the same sentence names it again, with no party, place or figure of its own",
    "points back": "a noun that the report speaks of as known, without figures of its own",
    "same word": "too faint for a claim, but named by the same word",
}


class Ground(Struct, frozen=True, kw_only=True):
    """One thing that made a field: a head of the reader, a table or a rule; the words it rests on; its score.

    A score, 0-1, is null where a rule knows no degrees; `threshold` is what it had to reach, null where the highest
    score wins.
    """

    by: By
    note: str
    words: tuple[Part, ...] = ()
    score: Score | None = None
    threshold: Score | None = None


class Why(Struct, frozen=True, kw_only=True):
    """One field of a claim, or one of its actors, targets, places …: its value, and the grounds for it in order.

    `words` are where the value stands, if it stands anywhere; `inherited` tells that it comes from another sentence
    than the claim's.
    """

    field: Field
    value: str
    words: Part | None = None
    grounds: tuple[Ground, ...]
    inherited: bool = False


class Rival(Struct, frozen=True, kw_only=True):
    """A value that a head gave less than the one it chose."""

    field: Literal["event", "modality", "verification"]
    value: str
    score: Score


class RunnerUp(Struct, frozen=True, kw_only=True):
    """Words that are not in a role, with how near they came and why they are not."""

    role: str
    words: Part
    score: Score
    threshold: Score
    reason: str


class Saying(Struct, frozen=True, kw_only=True):
    """A saying of the report that may be the claim's source.

    `held` is its own score as one that holds the trigger (0 where it does not), `seen` the reader's, `score` both
    together, each 0-1; `threshold` is what `score` had to reach.
    """

    source: Part | None
    cue: Part
    holds_trigger: bool
    held: Score
    seen: Score
    score: Score
    threshold: Score
    chosen: bool


class Weighed(Struct, frozen=True, kw_only=True):
    """A feature of the claim's score: its value, its weight, and what the two add to the log-odds."""

    feature: str
    value: float
    weight: float
    adds: float


class Explanation(Struct, frozen=True, kw_only=True):
    """A claim as it is read now, with what made each field. Spans are those of the record."""

    claim: Claim
    reader: Size
    made_by: MadeBy
    fields: tuple[Why, ...]
    rivals: tuple[Rival, ...]
    sayings: tuple[Saying, ...]
    weighed: tuple[Weighed, ...]
    runners_up: tuple[RunnerUp, ...]

    def to_json(self) -> str:
        """One line of JSON, keys in the order of the types."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, line: str | bytes) -> "Explanation":
        """The explanation that `to_json` wrote.

        Raises:
            InputError: the line is not an explanation.
        """
        try:
            return msgspec.json.decode(line, type=cls)
        except msgspec.DecodeError as error:
            raise InputError(f"not an explanation of Dateline: {error}") from error


def explain(report: Report, claim_id: str, reader: Size = "default", *, kept_by: MadeBy | None = None) -> Explanation:
    """Read a report again and say what made each field of one of its claims.

    Args:
        report: as received or as a record holds it; both are read alike.
        kept_by: what read the claim when it was kept, so that a message can say what has changed since.
    Raises:
        InputError: no claim of the report, as it is read now, has this id.
    """
    country = kept_by.country if kept_by else None
    now = pipeline.made_by(reader, country)
    report, left_out, _ = pipeline.prepare(report)
    if report.language != "en":
        raise _gone(claim_id, f"the report is not read: language ({report.language})", kept_by, now)
    found, _ = pipeline.find(report, left_out, reader, country)
    case = _Case(report, found, reader, claim_id, country)
    if case.claim is None:
        raise _gone(claim_id, case.missing(), kept_by, now)
    return Explanation(
        claim=case.claim,
        reader=reader,
        made_by=now,
        fields=tuple(case.fields(case.claim)),
        rivals=tuple(case.rivals(case.claim)),
        sayings=case.sayings(),
        weighed=case.weighed(),
        runners_up=tuple(case.runners_up(case.claim)),
    )


def same_reader(made_by: MadeBy) -> Size:
    """The installed reader whose weights are those of `made_by`; the default one where neither's are."""
    wanted = made_by.weights.get("reader")
    sizes: tuple[Size, ...] = ("default", "large")
    return next((size for size in sizes if wanted is not None and _fingerprint(size) == wanted), "default")


def _fingerprint(size: Size) -> str | None:
    try:
        return str(label(size)["sha256"])
    except InputError:  # the large reader is not installed
        return None


def differing(then: MadeBy, now: MadeBy) -> tuple[str, ...]:
    """What has changed between two readings: version, weights and tables by their names."""
    made = [f"version {then.version} (now {now.version})"] if then.version != now.version else []
    for before, after in ((then.weights, now.weights), (then.tables, now.tables)):
        for name in sorted(before.keys() | after.keys()):
            if before.get(name) != after.get(name):
                made.append(f"{name} {_short(before.get(name))} (now {_short(after.get(name))})")
    if then.country != now.country:
        made.append(f"country {then.country or 'none'} (now {now.country or 'none'})")
    return tuple(made)


def _short(sha256: str | None) -> str:
    return sha256[:12] if sha256 else "none"


def _gone(claim_id: str, reason: str, then: MadeBy | None, now: MadeBy) -> InputError:
    if then is None:
        return InputError(f"claim {claim_id}: {reason}; `dateline read --json` gives the ids of its claims")
    changed = ", ".join(differing(then, now))
    since = f"changed since it was kept: {changed}" if changed else "nothing that reads has changed since it was kept"
    return InputError(f"claim {claim_id}: {reason}; {since}; add the report again, or explain it by what read it then")


class _Case:
    """One claim, its trigger, and everything that was found in its report."""

    def __init__(self, report: Report, found: Found, reader: Size, claim_id: str, country: str | None) -> None:
        self.report, self.found, self.reader, self.country = report, found, reader, country
        self.triggers = (*found.triggers, *found.faint)
        self.unfolded = unfolded(report, found)
        self.kept, self.repeated = folds(self.unfolded, found)
        self.assembled = assemble(report, found)
        self.weights = load(reader).claim_weights
        likely = pipeline.likely(self.assembled, report, reader)
        self.claim = next((c for c in likely if c.id == claim_id), None)
        self.at = next((i for i, c in enumerate(self.unfolded) if c.id == claim_id), -1)
        self.id = claim_id

    def missing(self) -> str:
        """Why no claim has this id."""
        if self.at < 0:
            return "the report, read again, names no such event"
        earlier = next((k for i, k, _ in self.repeated if i == self.at), None)
        if earlier is not None:
            return f"the report, read again, tells it in claim {self.unfolded[earlier].id}"
        if of_earlier_version(self.unfolded[self.at]):
            return "the report, read again, says that an earlier version of it had this, and corrects it"
        if self.at not in self.kept:
            return "the report, read again, tells it in another claim of its sentence"
        low = self.weighing()
        scored = f"scores {low[0]:.2f}, {low[1]:.2f} is needed" if low else "is not kept"
        return f"the report, read again, still names it, but it {scored}"

    def weighing(self) -> tuple[float, float] | None:
        """The claim's probability and what it must reach; None where the reader has no weights for it."""
        if self.weights is None:
            return None
        return weigh.probability(self._features(), self.weights), self.weights.keep

    def _features(self) -> dict[str, float]:
        claim = next(c for c in self.assembled if c.id == self.id)
        counted = self.report.title or "" if claim.trigger.where == "title" else self.report.text
        return weigh.features(claim, self.assembled, counted)

    def weighed(self) -> tuple[Weighed, ...]:
        """The features that moved the claim's score most, heaviest first."""
        if self.weights is None:
            return ()
        made = [
            Weighed(feature=name, value=round(value, 4), weight=round(weight, 4), adds=round(weight * value, 4))
            for name, value in self._features().items()
            if (weight := self.weights.features.get(name, 0.0)) * value
        ]
        return tuple(sorted(made, key=lambda each: (-abs(each.adds), each.feature))[:HEAVIEST])

    @property
    def trigger(self) -> Trigger:
        return self.triggers[self.at]

    @cached_property
    def judged(self) -> Judged:
        """The places of the report, judged once more with all that speaks for and against them."""
        seen = Seen(self.found.look.names)
        return judge(self.found.sentences, dateline=self.report.dateline, seen=seen, country=self.country)

    @cached_property
    def timed(self) -> tuple[Timed, ...]:
        """The times of the report, found once more with the rule that fired for each."""
        return tuple(timed_in(self.found.sentences, published=self.report.published))

    @cached_property
    def figures(self) -> tuple[Read, ...]:
        """The figures of the report, read once more with the rules that made them."""
        return read_figures(self.found.sentences)

    @property
    def look(self) -> Look:
        return self.found.look

    @property
    def view(self) -> View:
        return self.look.view(self.trigger.sentence, self.trigger.tokens)

    @property
    def links(self) -> list[Link]:
        return [link for link in self.found.links if link.trigger == self.at]

    def fields(self, claim: Claim) -> Iterator[Why]:
        yield from self._event(claim)
        yield from (self._party(actor, "actor") for actor in claim.actors)
        yield from (self._party(target, "target") for target in claim.targets)
        yield from (self._place(place) for place in claim.places)
        if claim.time:
            yield self._time(claim.time)
        yield from (self._figure(figure) for figure in claim.figures)
        yield from self._attribution(claim)
        yield from self._status(claim)
        yield self._score(claim)
        yield from self._told_once(claim)

    # --- event, trigger, quote ---

    def _peak(self) -> int:
        """The trigger's surest word, which decides its type."""
        rows = self.look.events[self.trigger.sentence]
        return max(self.trigger.tokens, key=lambda t: 1.0 - float(rows[t, 0]))

    def _event(self, claim: Claim) -> Iterator[Why]:
        trigger, peak = self.trigger, self._peak()
        scores = self.look.events[trigger.sentence][peak]
        word = self._run(trigger.sentence, peak, peak)
        surest = Ground(by="event head", note="the likeliest type at the trigger's surest word", words=(word,),
                        score=_rounded(scores[TYPES.index(trigger.event)]))  # fmt: skip
        yield Why(field="event", value=claim.event, grounds=(surest,))
        some = "names an event of any type" if trigger.first == trigger.last else "name one event of any type together"
        yield Why(field="trigger", value=claim.trigger.text, words=_part(claim.trigger), grounds=(
            Ground(by="event head", note=some, words=(_part(claim.trigger),), score=trigger.score,
                   threshold=THRESHOLD),))  # fmt: skip
        stands = Ground(by="sentences", note="the sentence that the trigger stands in", words=(_part(claim.trigger),))
        yield Why(field="quote", value=claim.quote.text, words=_part(claim.quote), grounds=(stands,))

    def rivals(self, claim: Claim) -> Iterator[Rival]:
        """What came next, of event types, modalities and verifications."""
        scores = self.look.events[self.trigger.sentence][self._peak()]
        types = {name: _rounded(scores[i]) for i, name in enumerate(TYPES) if i}
        tokens = self.trigger.tokens
        heads: tuple[tuple[Literal["event", "modality", "verification"], dict[str, float], str], ...] = (
            ("event", types, claim.event),
            ("modality", self.look.modality(self.trigger.sentence, tokens), claim.modality),
            ("verification", self.look.verification(self.trigger.sentence, tokens), claim.verification),
        )
        for field, given, chosen in heads:
            rest = sorted(((score, name) for name, score in given.items() if name != chosen), reverse=True)
            yield from (Rival(field=field, value=name, score=_rounded(score)) for score, name in rest[:NEXT])

    # --- roles ---

    def _party(self, actor: Actor, role: Literal["actor", "target"]) -> Why:
        link = self._link(actor, "party", role)
        made = [*self._role(link, actor)]
        if link.thing == NEW:
            made.append(self._unnamed(link, actor))
        else:
            kind = f"a phrase that may be a party ({actor.kind.replace('_', ' ')})" if actor.kind else "a noun phrase"
            made.append(Ground(by="noun phrases", note=kind, words=(_part(actor),)))
        if _bare(actor.name) != _bare(actor.text):
            note = f"the report's own fullest name for it, or whom it means: {actor.name}"
            made.append(Ground(by="fuller name", note=note, words=(_part(actor),)))
        if rule := self._known_by(link, actor):
            note = f"{actor.actor_id or 'nobody of the register'}: {rule}"
            made.append(Ground(by="register", note=note, words=(_part(actor),)))
        return self._why(role, actor.name, actor, made, link)

    def _known_by(self, link: Link, actor: Actor) -> str:
        """By what it is known who a party is; empty where nothing tells."""
        read = self.found.parties.rules.get(key_of_part(actor), "")
        if link.thing == NEW or (actor.actor_id is not None and not read):
            return self.found.who.of(actor).rule
        return read

    def _place(self, place: Place) -> Why:
        link = self._link(place, "place", place.role or "at")
        made = [*self._role(link, place)]
        if link.thing == NEW:
            made.append(self._unnamed(link, place))
        else:
            made.append(Ground(by="places table", note=_located(place), words=(_part(place),)))
            made += [
                Ground(by="places weighed", note=why.note, score=why.score, threshold=why.threshold)
                for why in reasons(self.judged, place)
            ]
        return self._why("place", place.name, place, made, link)

    def _time(self, time: Period) -> Why:
        link = self._link(time, "time", "when")
        found = words_of(self.found, link)
        timed = next(one for one in self.timed if one.period.where == found.where and one.period.span == found.span)
        if time.earliest or time.latest:
            days = f"{time.earliest or 'open'} to {time.latest or 'open'}"
            start = f", reckoned from {_DAY_OF[timed.by]} {timed.now}" if timed.now else ""
        else:
            days, start = "not placed in the calendar", "" if timed.now else ": no publication day is known"
        note = f"rule “{timed.rule}”: TIMEX3 {time.type} {time.value or 'without a value'}: {days}{start}"
        made = (*self._role(link, words_of(self.found, link)), Ground(by="times rule", note=note, words=(_part(time),)))
        return self._why("time", time.value or time.text, time, made, link)

    def _figure(self, figure: Part) -> Why:
        link = self._link(figure, "figure", "figure")
        read = self.figures[link.thing]
        low, high = ("open" if side is None else f"{side:g}" for side in (read.figure.low, read.figure.high))
        told = f", {read.figure.qualifier}" if read.figure.qualifier else ""
        measure = f"{read.figure.measure or 'no measure'}: {read.measured_by}"
        made = (
            *self._role(link, figure),
            Ground(by="figures rule", note=measure, words=(_part(figure),)),
            Ground(by="bounds rule", note=f"low {low}, high {high}{told}: {read.bounded_by}", words=(_part(figure),)),
        )
        return self._why("figure", figure.text, figure, made, link)

    def _link(self, part: Part, kind: Kind, role: str) -> Link:
        """The link that put a part into the claim; the surest where a time's preposition was added to its words."""
        fits = [k for k in self.links if k.kind == kind and k.role == role]
        same = [k for k in fits if _stands_with(words_of(self.found, k), part)]
        return max(same, key=lambda k: (words_of(self.found, k).span == part.span, k.score))

    def _role(self, link: Link, part: Part) -> tuple[Ground, ...]:
        """What gave the role: the head, and before it a construction where that decided against the head or beyond it.

        Constructions are told from what the head alone gives, so that a new one in `roles` needs no word here.
        """
        where = "" if link.sentence == self.trigger.sentence else ", from another sentence: its own gave none"
        words, least = (_part(part),), self._threshold(link)
        alone = self._alone(link)
        if alone is None or (alone[0] == link.role and alone[1] >= link.score - 0.001):
            note = f"its words play “{link.role}” for the trigger{where}"
            return (Ground(by="role head", note=note, words=words, score=link.score, threshold=least),)
        likeliest, score = alone
        rule = f"a construction around the trigger gives “{link.role}”{where}"
        together = ", at, from and to together" if link.kind == "place" else ""
        head = f"the reader alone{together}: most likely “{likeliest}”"
        return (Ground(by="rule roles", note=rule, words=words, score=link.score, threshold=least),
                Ground(by="role head", note=head, words=words, score=_rounded(score)))  # fmt: skip

    def _alone(self, link: Link) -> tuple[str, float] | None:
        """The role that the head alone gives, with its score; None for words no stage named, and for parties, which
        are joined and take the surest score of their pieces."""
        held = self.found.held[link.sentence]
        named = next((c for c in held if (c.kind, c.thing) == (link.kind, link.thing) and c.kind != "party"), None)
        if named is None:
            return None
        scores = self._scores(named)
        return max(scores, key=scores.__getitem__), roles.sureness(named, scores)

    def _scores(self, candidate: Candidate) -> dict[str, float]:
        return {role: roles.role_score(candidate, self.view, role) for role in roles.ROLES[candidate.kind]}

    def _threshold(self, link: Link) -> float:
        """What the link had to reach; parties joined into one were each named and had to reach what those do."""
        if link.sentence != self.trigger.sentence:
            return roles.INHERITED[link.kind]
        inside = any(c.kind == link.kind and link.first <= c.first <= link.last for c in self.found.held[link.sentence])
        return roles.UNNAMED[link.kind] if link.thing == NEW and not inside else roles.THRESHOLDS[link.kind]

    def _unnamed(self, link: Link, part: Part) -> Ground:
        what = "in no table of places" if link.kind == "place" else "no noun phrase, or several that go together"
        return Ground(by="unnamed words", note=f"a run of words that play the role: {what}", words=(_part(part),))

    def _why(self, field: Field, value: str, part: Part, grounds: Sequence[Ground], link: Link) -> Why:
        away = link.sentence != self.trigger.sentence
        return Why(field=field, value=value, words=_part(part), grounds=tuple(grounds), inherited=away)

    def runners_up(self, claim: Claim) -> Iterator[RunnerUp]:
        """For each role the words that came nearest to it and are not in it."""
        near = roles.within_reach(self.trigger, self.found.sentences, self.found.held)
        for kind, of_kind in roles.ROLES.items():
            for role in of_kind:
                taken = [part for part in _in_role(claim, role) if part]
                named = [self._runner_up(c, role) for c in near if c.kind == kind]
                fell = sorted((*named, *self._unnamed_runs(kind, role, near)), key=lambda r: -r.score)
                chosen: list[RunnerUp] = []
                for each in fell:
                    others = (*taken, *(one.words for one in chosen))
                    if each.score >= LEAST and not any(_stands_with(each.words, other) for other in others):
                        chosen.append(each)
                yield from chosen[:RUNNERS_UP]

    def _runner_up(self, candidate: Candidate, role: str) -> RunnerUp:
        scores = self._scores(candidate)
        own = candidate.sentence == self.trigger.sentence
        least = (roles.THRESHOLDS if own else roles.INHERITED)[candidate.kind]
        best = max(scores, key=scores.__getitem__)
        score = roles.sureness(candidate, scores) if best == role else scores[role]
        if best != role:
            reason = f"more likely “{best}” ({scores[best]:.2f})"
        elif score < least:
            reason = "below the threshold"
        elif not own:
            reason = "from another sentence, and its own gave one"
        else:
            reason = "told by another that was found, or only names who says so"
        words = self._run(candidate.sentence, candidate.first, candidate.last)
        return RunnerUp(role=role, words=words, score=_rounded(score), threshold=least, reason=reason)

    def _unnamed_runs(self, kind: Kind, role: str, near: Sequence[Candidate]) -> Iterator[RunnerUp]:
        """Runs of words that no stage named and that were not sure enough for the role."""
        if kind not in roles.UNNAMED:
            return
        s, least = self.trigger.sentence, roles.UNNAMED[kind]
        named = {t for c in near if c.kind == kind and c.sentence == s for t in range(c.first, c.last + 1)}
        for first, last in roles.runs(self.view, s, len(self.found.sentences[s].tokens), role, roles.EDGE):
            score = float(self.view.of(s, first, last, role).max())
            if score < least and not named & set(range(first, last + 1)):
                yield RunnerUp(role=role, words=self._run(s, first, last), score=_rounded(score), threshold=least,
                               reason="below the threshold of words that no stage named")  # fmt: skip

    def _run(self, sentence: int, first: int, last: int) -> Part:
        tokens = self.found.sentences[sentence].tokens
        return self.found.sentences[sentence].part(tokens[first].start, tokens[last].end)

    # --- attribution ---

    def sayings(self) -> tuple[Saying, ...]:
        """The sayings that came nearest to being the claim's source, chosen or not."""
        sentence = self.found.sentences[self.trigger.sentence]
        cues = [link.cue for link in self.unfolded[self.at].attribution]
        made = [
            Saying(source=_part(link.said.source) if link.said.source else None, cue=_part(link.said.cue),
                   holds_trigger=holds(link.said, self.trigger.part), held=_rounded(link.held),
                   seen=_rounded(link.seen), score=_rounded(link.sure), threshold=CHAIN_KEEP,
                   chosen=link.said.cue in cues)
            for link in considered(self.trigger, sentence, self.found.said, self.view, self.found.sentences)
            if link.sure >= LEAST
        ]  # fmt: skip
        return tuple(sorted(made, key=lambda each: (not each.chosen, -each.score))[:SAYINGS])

    def _attribution(self, claim: Claim) -> Iterator[Why]:
        scored = {each.cue: each for each in self.sayings() if each.chosen}
        for link in claim.attribution:
            if link.cue is None:
                continue
            saying = scored[_part(link.cue)]
            words = (*((saying.source,) if saying.source else ()), saying.cue)
            own = f"its own score {saying.held:.2f} counts {1 - SEEN:.0%}, the reader's {saying.seen:.2f} {SEEN:.0%}"
            made = [Ground(by="chain score", note=own, words=words, score=saying.score, threshold=CHAIN_KEEP)]
            if link.source and _bare(link.source.name) != _bare(link.source.text):
                note = f"the source that it means: {link.source.name}"
                made.append(Ground(by="fuller name", note=note, words=(_part(link.source),)))
            value, at = (link.source.name, _part(link.source)) if link.source else ("no source named", saying.cue)
            yield Why(field="attribution", value=value, words=at, grounds=tuple(made))

    # --- status ---

    def _status(self, claim: Claim) -> Iterator[Why]:
        trigger, sentences = self.trigger, self.found.sentences
        on = status.grounds(trigger, sentences[trigger.sentence], claim.attribution, sentences, self.look)
        yield Why(field="modality", value=claim.modality, grounds=(_modality(on, trigger),))
        hedge = (self._hedge(claim.hedge),)
        yield Why(field="hedge", value=claim.hedge.text if claim.hedge else "none",
                  words=_part(claim.hedge) if claim.hedge else None, grounds=hedge)  # fmt: skip
        yield Why(field="verification", value=claim.verification, words=on.checked.part,
                  grounds=(_verification(on, trigger),))  # fmt: skip
        note = "follows from the modality, nearer to 0 where there is a hedge"
        yield Why(field="factuality", value=f"{claim.factuality:+g}" if claim.factuality is not None else "not known",
                  grounds=(Ground(by="rule status.factuality", note=note),))  # fmt: skip

    def _hedge(self, hedge: Part | None) -> Ground:
        s = self.trigger.sentence
        sentence = self.found.sentences[s]
        column = self.view.of(s, 0, len(sentence.tokens) - 1, "hedge")
        if not len(column):
            return Ground(by="hedge head", note="the reader did not see the sentence")
        surest = int(column.argmax())
        words = _part(hedge) if hedge else self._run(s, surest, surest)
        note = "its surest word keeps the event at a distance" if hedge else "the word that came nearest"
        return Ground(by="hedge head", note=note, words=(words,), score=_rounded(column[surest]),
                      threshold=status.HEDGE_KEEP)  # fmt: skip

    # --- the claim's score, and what was folded into it ---

    def _score(self, claim: Claim) -> Why:
        low = self.weighing()
        if low is None:
            made = Ground(by="event head", note="the trigger's", words=(_part(claim.trigger),),
                          score=self.trigger.score, threshold=THRESHOLD)  # fmt: skip
        else:
            made = Ground(by="claim weights", note="the probability that a coder would make this claim",
                          score=_rounded(low[0]), threshold=low[1])  # fmt: skip
        return Why(field="score", value=f"{claim.score:.4f}", grounds=(made,))

    def _told_once(self, claim: Claim) -> Iterator[Why]:
        """The sentences of `also`, and the triggers of the claim's own sentence that tell nothing else."""
        for i, earlier, sign in self.repeated:
            if earlier != self.at:
                continue
            other, least = self.unfolded[i], FAINT if i >= len(self.found.triggers) else THRESHOLD
            elsewhere = other.quote in claim.also
            made = Ground(by="rule claims.fold", note=f"{other.event.replace('_', ' ')}: {_SIGNS[sign]}",
                          words=(_part(other.trigger),), score=self.triggers[i].score, threshold=least)  # fmt: skip
            said = _part(other.quote if elsewhere else other.trigger)
            yield Why(field="also" if elsewhere else "folded", value=said.text, words=said, grounds=(made,))


def _modality(on: status.Grounds, trigger: Trigger) -> Ground:
    if on.governed:
        note = "words before the trigger that leave no doubt"
        if on.governed.rule == "PAST":
            note = "a verb in the past tense that nothing before it governs"
        return Ground(by=f"rule status.{on.governed.rule}", note=note, words=(on.governed.part,))  # type: ignore[arg-type]
    score = on.modalities.get(on.modality)
    if score is None:
        note, least = "what the reader did not see counts as told plainly", None
    elif on.modality == "actual":
        note, least = "no other is likely enough at the trigger", None
    else:
        note, least = "the likeliest other than actual at the trigger", status.OTHER
    return Ground(by="modality head", note=note, words=(_part(trigger.part),), score=score, threshold=least)


def _verification(on: status.Grounds, trigger: Trigger) -> Ground:
    if on.checked.part:
        return Ground(
            by="rule status.verification", note="words that say what was checked", words=(_part(on.checked.part),)
        )
    said = on.checked.verification != "not_stated"
    others = [score for name, score in on.checks.items() if name != "not_stated"]
    score = on.checks.get(on.checked.verification) if said else max(others, default=None)
    note = "the likeliest at the trigger" if said else "nothing else reached its threshold, and no words say so"
    return Ground(by="verification head", note=note, words=(_part(trigger.part),), score=score,
                  threshold=status.CHECKED)  # fmt: skip


def _located(place: Place) -> str:
    """How the table of places knows it."""
    country = f", {place.country}" if place.country else ""
    if place.geonames_id:
        return f"GeoNames {place.geonames_id}: {place.name}{country}"
    if place.relation:
        return f"told by {place.relation.kind.replace('_', ' ')} of {place.name}{country}"
    return f"{place.name}{country}" if place.precision else f"not in the table: {place.name}{country}"


def _in_role(claim: Claim, role: str) -> Sequence[Part | None]:
    """What of the claim is in a role; any of its places for those of places, since each has but one."""
    held: dict[str, Sequence[Part | None]] = {
        "actor": claim.actors, "target": claim.targets, "when": (claim.time,), "figure": claim.figures,
    }  # fmt: skip
    return held.get(role, claim.places)


def _stands_with(one: Part, other: Part) -> bool:
    return one.where == other.where and one.span.overlaps(other.span)


def _bare(name: str) -> str:
    """A name without article, as parties and sources are named."""
    return " ".join(name.split()).casefold().removeprefix("the ").removeprefix("a ").removeprefix("an ")


def _part(part: Part) -> Part:
    """The words and where they stand, nothing else of what they were read as."""
    return Part(text=part.text, span=Span(part.span.start, part.span.end), where=part.where)


def _rounded(score: float) -> float:
    return round(float(score), 4)
