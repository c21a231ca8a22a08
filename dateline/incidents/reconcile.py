"""The method, top to bottom: from the claims of many reports to incidents.

1. What an outlet repeats is stripped from its reports (furniture.py).
2. Copies are found among reports that share fingerprints or facts (copies.py); what was taken back loses its say
   (corrections.py).
3. Claims that share a block are compared (match.py).
4. Claims that belong together are put together (groups.py, cluster.py, partings.py), as decisions allow (rulings.py).
5. Each group becomes an incident: fields, figures, origins, contradictions, status (account.py).

All of it is a function of briefs, decisions and policy. What one report changes is worked out from what it touches, and
comes out as if everything had been done anew: a report is compared with those it shares something with, and a group is
made again where one of its claims, or of the pairs that hold it together, has changed.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

import msgspec
import numpy as np
from msgspec import Struct
from sqlalchemy import Connection, Select, select

from dateline.incidents import shelf as tables
from dateline.incidents.account import WITHDRAWN, account
from dateline.incidents.cluster import connected
from dateline.incidents.copies import COMMON, FEWEST_KEYS, Wording, compared, enough_keys
from dateline.incidents.corrections import is_version, takes_back
from dateline.incidents.furniture import FEWEST, Holding, holding, stands
from dateline.incidents.making import NO_INCIDENT, Beside, Bundle, Made, Sides, made_of
from dateline.incidents.match import SAME, blocks, scored
from dateline.incidents.pairs import firsts, held_in_common, sharing
from dateline.incidents.policies import Policy
from dateline.incidents.rulings import Rulings, corrected, rulings, subject_of, touched
from dateline.incidents.sheet import Claimed, Flags, Ints, Sheet
from dateline.incidents.shelf import (
    CLAIMS,
    Shelf,
    add_rows,
    claim_number,
    in_parts,
    load_numbers,
    report_number,
)
from dateline.incidents.types import Brief, Copy, Incident
from dateline.incidents.wording import hashed
from dateline.ledger import StoredDecision

AT_A_TIME = 4_000  # reports taken in together: some 400 MB
_CLAIMS_AT_A_TIME = 10_000  # grouped together
_MANY = 20_000  # claims: with more to be grouped anew, all pairs are read in one go

Progress = Callable[[str, int], None]
Pairs = Sequence[tuple[int, int]]


class Changed(Struct, frozen=True, kw_only=True):
    """What a run changed: ids of incidents that are new or were made again, and of those that are no more."""

    made: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


class Reconciler:
    """Brings a shelf up to date: takes reports and decisions in, and makes again what they touch.

    Args:
        told: called with what is being done and how much of it is done.
        workers: processes that make incidents where there are many to be made; 1 none beside this one.
    """

    def __init__(
        self, shelf: Shelf, policy: Policy, told: Progress = lambda what, done: None, *, workers: int = 1
    ) -> None:
        self.shelf = shelf
        self._workers = workers
        self.policy = policy
        self.told = told
        self._ruled = Rulings()

    def take_in(self, arriving: Iterable[tuple[int, Brief]], decisions: Sequence[StoredDecision]) -> Changed:
        """Take in the readings that are new, each with its place in the ledger, and all the decisions there are."""
        self._ruled = rulings(decisions)
        done = 0
        for part in in_parts(arriving, AT_A_TIME):
            with self.shelf.writing() as connection:
                self._take_in(connection, part)
            done += len(part)
            self.told("reports compared", done)
        with self.shelf.writing() as connection:
            self._obey(connection, decisions)
            return self._regroup(connection)

    # --- reports ---

    def _take_in(self, connection: Connection, arriving: Sequence[tuple[int, Brief]]) -> None:
        fresh, lost = self._put(connection, arriving)
        moved = self._stand(connection, fresh, lost)
        dirty = fresh | moved
        self._find_copies(connection, dirty)
        self._take_back(connection, fresh)
        self._compare(connection, dirty)

    def _put(
        self, connection: Connection, arriving: Sequence[tuple[int, Brief]]
    ) -> tuple[set[int], set[tuple[str, int]]]:
        """Keep the briefs; the numbers of their reports, and the sentences that older readings of them had."""
        latest = {brief.id: (seq, brief) for seq, brief in arriving}  # of one report read twice, the later reading
        known = {row.id: row.number for row in connection.execute(_by_ids(list(latest)))}
        last = connection.exec_driver_sql("SELECT coalesce(max(number), 0) FROM reports").scalar_one()
        lost: set[tuple[str, int]] = set()
        numbers: dict[str, int] = {}
        for _, brief in latest.values():
            if brief.id in known:
                numbers[brief.id] = known[brief.id]
                lost |= self._take_out(connection, known[brief.id])
            else:
                last += 1
                numbers[brief.id] = last
            self.shelf.keep(numbers[brief.id], brief)
        rows = [_report_row(numbers[brief.id], seq, brief) for seq, brief in latest.values()]
        add_rows(connection, tables.reports, rows)
        held = ((b.outlet, s, numbers[b.id]) for _, b in latest.values() if b.outlet for s in set(b.sentences))
        add_rows(connection, tables.sentences, list(held))
        return set(numbers.values()), lost

    def _take_out(self, connection: Connection, number: int) -> set[tuple[str, int]]:
        """Take an older reading's brief away; the sentences that its outlet held by it."""
        brief = self.shelf.brief(connection, number)
        self._pend(connection, _claims_of(number, brief))
        where = {"number": number, "low": claim_number(number, 0), "high": claim_number(number + 1, 0)}
        for statement in _TAKE_OUT:
            connection.exec_driver_sql(statement.format(**where))
        self.shelf.forget(number)
        return {(brief.outlet, sentence) for sentence in brief.sentences} if brief.outlet else set()

    # --- 1. what an outlet repeats ---

    def _stand(self, connection: Connection, fresh: set[int], lost: set[tuple[str, int]]) -> set[int]:
        """Work out which sentences stand now; the reports whose wording changes by that."""
        load_numbers(connection, "fresh", fresh)
        holders: dict[tuple[str, int], list[int]] = {pair: [] for pair in lost}
        for outlet, sentence, report in connection.exec_driver_sql(_HOLDERS):
            holders.setdefault((outlet, sentence), []).append(report)
        for outlet, sentence in lost:
            rows = connection.exec_driver_sql(_HOLDERS_OF_ONE, (outlet, sentence))
            holders[outlet, sentence] = [row[0] for row in rows]
        before = {pair for pair in self._standing(connection, {outlet for outlet, _ in holders}) if pair in holders}
        many = {pair: held for pair, held in holders.items() if len(held) >= FEWEST}
        briefs = self.shelf.briefs(connection, {number for held in many.values() for number in held})
        held_by: dict[int, Holding] = {number: holding(brief) for number, brief in briefs.items()}
        now = {pair for pair, held in many.items() if stands([held_by[number] for number in held])}
        for outlet, sentence in before - now:
            connection.exec_driver_sql("DELETE FROM standing WHERE outlet = ? AND sentence = ?", (outlet, sentence))
        add_rows(connection, tables.standing, sorted(now - before))
        return {number for pair in now ^ before for number in holders[pair]}

    def _standing(self, connection: Connection, outlets: Iterable[str | None]) -> set[tuple[str, int]]:
        found: set[tuple[str, int]] = set()
        for outlet in outlets:
            rows = connection.exec_driver_sql("SELECT sentence FROM standing WHERE outlet = ?", (outlet,))
            found.update((outlet, row[0]) for row in rows if outlet)
        return found

    # --- 2. copies, and what was taken back ---

    def _find_copies(self, connection: Connection, dirty: set[int]) -> None:
        """Find the copies that the reports in `dirty` make with all others."""
        load_numbers(connection, "dirty", dirty)
        # Each without its own outlet's furniture, so that what one outlet repeats does not change another's reports.
        wordings = {number: Wording(brief) for number, brief in self._effective(connection, dirty).items()}
        fresh = sorted((key, _rank(w.brief), n) for n, w in wordings.items() for key in w.keys)
        load_numbers(connection, "sought", {key for key, _, _ in fresh})
        connection.exec_driver_sql(_SOUGHT_BEFORE)
        before = _columns(connection.exec_driver_sql(_HOLD_SOUGHT).all())
        connection.exec_driver_sql("DELETE FROM traces WHERE report IN (SELECT number FROM dirty)")
        add_rows(connection, tables.traces, fresh)
        now = np.concatenate([before[~np.isin(before[:, 2], list(dirty))], _columns(fresh)])
        moved_up, moved_down = _moved(before, now)
        if not moved_up <= dirty:  # what those share is looked for as well
            dirty = dirty | moved_up
            load_numbers(connection, "dirty", dirty)
            connection.exec_driver_sql("DELETE FROM sought")
            connection.exec_driver_sql(_SOUGHT_BEFORE)
            now = _columns(connection.exec_driver_sql(_HOLD_SOUGHT).all())
        pairs = self._alike(connection, _sharing(now, dirty))
        missing = {number for pair in pairs for number in pair} - wordings.keys()
        wordings |= {number: Wording(brief) for number, brief in self._effective(connection, missing).items()}
        found: dict[tuple[int, int], bytes] = {}
        for a, b in pairs:
            copy = compared(wordings[a], wordings[b])
            if copy is not None:
                found[a, b] = msgspec.json.encode(copy)
        self._replace_copies(connection, found)
        self._let_go(connection, moved_down - dirty)

    def _alike(self, connection: Connection, sharing: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
        """The pairs of reports that share enough traces, as many as told, to be compared."""
        told = list(sharing)
        load_numbers(connection, "sharing", {number for a, b, _ in told for number in (a, b)})
        held = {row[0]: row[1] for row in connection.exec_driver_sql(_HELD_BY_SHARING)}
        return [(a, b) for a, b, shared in told if enough_keys(shared, held[a], held[b])]

    def _let_go(self, connection: Connection, reports: set[int]) -> None:
        """Take out the copies of some reports that no longer share enough to be compared."""
        if not reports:
            return
        load_numbers(connection, "holders", reports)
        shared = connection.exec_driver_sql(_STILL_SHARED).all()
        alike = set(self._alike(connection, shared))
        gone = [(a, b) for a, b, _ in shared if (a, b) not in alike]
        for a, b in gone:
            connection.exec_driver_sql("DELETE FROM copies WHERE a = ? AND b = ?", (a, b))
        self._pend_reports(connection, {number for pair in gone for number in pair})

    def _standing_by_outlet(self, connection: Connection, briefs: Iterable[Brief]) -> dict[str | None, frozenset[int]]:
        by_outlet: dict[str | None, set[int]] = {}
        for outlet, sentence in self._standing(connection, {brief.outlet for brief in briefs if brief.outlet}):
            by_outlet.setdefault(outlet, set()).add(sentence)
        return {outlet: frozenset(sentences) for outlet, sentences in by_outlet.items()}

    def _replace_copies(self, connection: Connection, found: dict[tuple[int, int], bytes]) -> None:
        rows = connection.exec_driver_sql(
            "SELECT a, b, body FROM copies WHERE a IN (SELECT number FROM dirty) OR b IN (SELECT number FROM dirty)"
        )
        before = {(row[0], row[1]): bytes(row[2]) for row in rows}
        changed = {pair for pair in before.keys() | found.keys() if before.get(pair) != found.get(pair)}
        for a, b in changed & before.keys():
            connection.exec_driver_sql("DELETE FROM copies WHERE a = ? AND b = ?", (a, b))
        add_rows(connection, tables.copies, [(a, b, found[a, b]) for a, b in sorted(changed & found.keys())])
        self._pend_reports(connection, {number for pair in changed for number in pair})

    def _take_back(self, connection: Connection, fresh: set[int]) -> None:
        """Work out what the fresh reports take back, and what takes them back."""
        load_numbers(connection, "fresh", fresh)
        gone = connection.exec_driver_sql(
            "DELETE FROM aside WHERE report IN (SELECT number FROM fresh) OR by_report IN (SELECT number FROM fresh) "
            "RETURNING report"
        )
        changed = {row[0] for row in gone}
        pairs = {(row[0], row[1]) for row in connection.exec_driver_sql(_MAY_TAKE_BACK)}
        briefs = self.shelf.briefs(connection, {number for pair in pairs for number in pair})
        rows = []
        for later, earlier in sorted(pairs):
            why = why_aside(briefs[later], briefs[earlier])
            if why is not None:
                rows.append((earlier, later, why))
                changed.add(earlier)
        add_rows(connection, tables.aside, rows)
        self._pend_reports(connection, changed)

    # --- 3. claims compared ---

    def _compare(self, connection: Connection, dirty: set[int]) -> None:
        """Compare the claims of the reports in `dirty` with all that share a block with them."""
        briefs = self._effective(connection, dirty)
        load_numbers(connection, "dirty", dirty)
        for statement in _UNCOMPARE:
            rows = connection.exec_driver_sql(statement)
            self._pend(connection, {number for row in rows for number in row})
        connection.exec_driver_sql(_UNBLOCK)
        fresh: list[tuple[int, int]] = []
        for number, brief in briefs.items():
            for telling in brief.tellings:
                if telling.event not in NO_INCIDENT:
                    claim = claim_number(number, telling.position)
                    fresh += [(hashed(block), claim) for block in blocks(telling, brief)]
            self._pend(connection, _claims_of(number, brief))
        fresh.sort()
        load_numbers(connection, "sought", {block for block, _ in fresh})
        others = connection.exec_driver_sql(_ALSO_IN_BLOCKS).all()
        add_rows(connection, tables.blocks, fresh)
        held = np.array([*fresh, *map(tuple, others)], np.int64).reshape(-1, 2)
        self._score(connection, held[:, 0], held[:, 1], np.arange(len(held)) < len(fresh))

    def _score(self, connection: Connection, blocks: Ints, claims: Ints, fresh: Flags) -> None:
        """Score the pairs of claims that share a block, a fresh one in each; a row for each claim in each block."""
        numbers = np.unique(claims)
        held: list[int] = numbers.tolist()
        briefs = self._effective(connection, {report_number(number) for number in held})
        sheet = Sheet([_claimed(number, briefs) for number in held])
        for one, two in sharing(blocks, claims, fresh):
            found = scored(sheet, np.searchsorted(numbers, one), np.searchsorted(numbers, two))
            matched = [(held[a], held[b], probability) for a, b, probability in found]
            add_rows(connection, tables.matches, matched)
            self._pend(connection, {number for row in matched if row[2] >= SAME for number in row[:2]})

    def _effective(self, connection: Connection, numbers: Iterable[int]) -> dict[int, Brief]:
        """Briefs as they are compared: without what their outlets repeat, with what people corrected."""
        briefs = self.shelf.briefs(connection, numbers)
        standing = self._standing_by_outlet(connection, briefs.values())
        return {
            number: effective(brief, standing.get(brief.outlet, frozenset()), self._ruled)
            for number, brief in briefs.items()
        }

    # --- decisions ---

    def _obey(self, connection: Connection, decisions: Sequence[StoredDecision]) -> None:
        """Mark what decisions touch that were not obeyed yet; claims that they correct are compared anew."""
        known = {each.id: each.decision for each in decisions}
        obeyed = {row[0] for row in connection.exec_driver_sql("SELECT id FROM obeyed")}
        new = [each for each in decisions if each.id not in obeyed]
        keys = {key for each in new for key in touched(each.decision, known)}
        numbers = self.shelf.numbers_of(connection, keys)
        self._pend(connection, set(numbers.values()))
        corrections = {
            key
            for each in new
            for key in touched(each.decision, known)
            if subject_of(each.decision, known).kind == "correct"
        }
        dirty = {report_number(numbers[key]) for key in corrections if key in numbers}
        if dirty:
            self._compare(connection, dirty)
        add_rows(connection, tables.obeyed, [(each.id,) for each in new])

    # --- 4. and 5. groups, and their accounts ---

    def _pend(self, connection: Connection, claims: Iterable[int]) -> None:
        rows = [(number,) for number in claims]
        if rows:
            connection.exec_driver_sql("INSERT OR IGNORE INTO pending VALUES (?)", rows)

    def _pend_reports(self, connection: Connection, numbers: Iterable[int]) -> None:
        for number, brief in self.shelf.briefs(connection, numbers).items():
            self._pend(connection, _claims_of(number, brief))

    def _regroup(self, connection: Connection) -> Changed:
        """Group again all that hangs together with a pending claim, and make the incidents of it."""
        pending = {row[0] for row in connection.exec_driver_sql("SELECT claim FROM pending")}
        if not pending:
            return Changed()
        must = self._pairs(connection, self._ruled.must)
        cannot = self._pairs(connection, self._ruled.cannot)
        claims = self._hanging_together(connection, pending, must)
        load_numbers(connection, "regrouped", claims)
        gone = [row[0] for row in connection.exec_driver_sql(_OLD_INCIDENTS)]
        connection.exec_driver_sql(
            "DELETE FROM incidents WHERE id IN (SELECT DISTINCT incident FROM claims "
            "WHERE claim IN (SELECT number FROM regrouped))"
        )
        connection.exec_driver_sql("DELETE FROM claims WHERE claim IN (SELECT number FROM regrouped)")
        bundles = (self._bundle(connection, part, must, cannot) for part in self._apart(connection, must))
        made: list[str] = []
        for each in made_of(bundles, self._ruled, self.policy, self._workers if len(claims) > _MANY else 1):
            made += self._keep(connection, each)
            self.told("incidents made", len(made))
        connection.exec_driver_sql("DELETE FROM pending")
        ids = set(made)
        return Changed(made=tuple(sorted(ids)), gone=tuple(sorted(set(gone) - ids)))

    def _hanging_together(self, connection: Connection, pending: set[int], must: Sequence[tuple[int, int]]) -> set[int]:
        """The claims that strong pairs, or decisions, tie to pending ones, near and far."""
        tied: dict[int, list[int]] = {}
        for a, b in must:
            tied.setdefault(a, []).append(b)
            tied.setdefault(b, []).append(a)
        if len(pending) > _MANY:
            for a, b in connection.exec_driver_sql(f"SELECT a, b FROM matches WHERE probability >= {SAME}"):
                tied.setdefault(a, []).append(b)
                tied.setdefault(b, []).append(a)
        seen, frontier = set(pending), set(pending)
        while frontier:
            found = {other for number in frontier for other in tied.get(number, ())}
            if len(pending) <= _MANY:
                load_numbers(connection, "frontier", frontier)
                rows = connection.exec_driver_sql(_STRONG_FROM_FRONTIER.format(same=SAME))
                found |= {number for row in rows for number in row}
            frontier = found - seen
            seen |= frontier
        return seen

    def _apart(self, connection: Connection, must: Iterable[tuple[int, int]]) -> Iterator[set[int]]:
        """The claims in `regrouped` in parts that no strong pair and no decision ties to one another, so that memory
        stays the same however many there are."""
        claims = connection.exec_driver_sql("SELECT number FROM regrouped ORDER BY number").scalars().all()
        strong = connection.exec_driver_sql(_STRONG_AMONG_REGROUPED.format(same=SAME)).all()
        part: set[int] = set()
        for together in connected(claims, chain(map(tuple, strong), must)):
            part.update(together)
            if len(part) >= _CLAIMS_AT_A_TIME:
                yield part
                part = set()
        if part:
            yield part

    def _pairs(self, connection: Connection, pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
        numbers = self.shelf.numbers_of(connection, {key for pair in pairs for key in pair})
        return sorted((numbers[a], numbers[b]) for a, b in pairs if a in numbers and b in numbers)

    def _bundle(self, connection: Connection, claims: set[int], must: Pairs, cannot: Pairs) -> Bundle:
        """Some claims that nothing ties to others, with all that their incidents are made of."""
        load_numbers(connection, "part", claims)
        reports = {report_number(number) for number in claims}
        load_numbers(connection, "beside", reports)
        return Bundle(
            claims=sorted(claims),
            briefs=self._effective(connection, reports),
            pairs=[tuple(row) for row in connection.exec_driver_sql(_WITHIN_PART)],
            must=[(a, b) for a, b in must if a in claims and b in claims],
            cannot=[(a, b) for a, b in cannot if a in claims and b in claims],
            beside=self._beside(connection),
        )

    def _beside(self, connection: Connection) -> Beside:
        """What stands beside the claims of the reports in `beside`."""
        copies = [msgspec.json.decode(row[0], type=Copy) for row in connection.exec_driver_sql(_COPIES_BESIDE)]
        return Beside(copies=copies, aside=[tuple(row) for row in connection.exec_driver_sql(_ASIDE_BESIDE)])

    def _keep(self, connection: Connection, made: Sequence[Made]) -> list[str]:
        add_rows(connection, tables.incidents, [_incident_row(each) for each in made])
        add_rows(connection, tables.claims, [(number, each.id) for each in made for number in each.claims])
        return [each.id for each in made]

    # --- looking ---

    def claimed(self, connection: Connection, keys: Iterable[str], ruled: Rulings) -> dict[str, Claimed]:
        """Claims with their reports as they were compared, by key."""
        self._ruled = ruled
        numbers = self.shelf.numbers_of(connection, keys)
        briefs = self._effective(connection, {report_number(number) for number in numbers.values()})
        return {key: _claimed(number, briefs) for key, number in numbers.items()}

    def accounts(self, connection: Connection, ruled: Rulings) -> list[Incident]:
        """Every incident made again from the claims that it holds, by this policy; nothing is kept."""
        self._ruled = ruled
        by_incident: dict[str, list[int]] = {}
        for claim, incident in connection.exec_driver_sql("SELECT claim, incident FROM claims ORDER BY claim"):
            by_incident.setdefault(incident, []).append(claim)
        made: list[Incident] = []
        for part in in_parts(sorted(by_incident.items()), AT_A_TIME):
            briefs = self._effective(connection, {report_number(n) for _, claims in part for n in claims})
            load_numbers(connection, "beside", briefs)
            sides = Sides(briefs, self._beside(connection))
            for _, claims in part:
                members = tuple(_claimed(number, briefs).telling for number in claims)
                made.append(account(sides.group(members), ruled, self.policy))
        return made


def effective(brief: Brief, standing: frozenset[int], ruled: Rulings) -> Brief:
    """A brief as it is compared and told of: its outlet's standing sentences gone, its claims corrected."""
    if any(telling.key in ruled.corrected for telling in brief.tellings):
        tellings = tuple(corrected(t, ruled.corrected.get(t.key, ())) for t in brief.tellings)
        brief = msgspec.structs.replace(brief, tellings=tellings)
    if not standing or standing.isdisjoint(brief.sentences):
        return brief
    kept = [at for at, sentence in enumerate(brief.sentences) if sentence not in standing]
    return msgspec.structs.replace(
        brief,
        sentences=tuple(brief.sentences[at] for at in kept),
        prints=tuple(brief.prints[at] for at in kept),
        terms=tuple(brief.terms[at] for at in kept),
        names=tuple(brief.names[at] for at in kept),
        facts=tuple(brief.facts[at] for at in kept),
        phrases=tuple(brief.phrases[at] for at in kept),
    )


def why_aside(later: Brief, earlier: Brief) -> str | None:
    """Why a report has no say because of another one; None where it keeps its say.

    A correction replaces what it corrects; a newer version of a report, the older one.
    """
    name = later.title or later.given_id
    if takes_back(later, earlier):
        withdrawn = later.notice is not None and later.notice.kind == "withdrawal"
        return f"{WITHDRAWN} on {later.known}: {name}" if withdrawn else f"corrected on {later.known}: {name}"
    if later.url and later.url == earlier.url and is_version(later, earlier):
        return f"replaced by a newer version on {later.known}"
    return None


def _rank(brief: Brief) -> int:
    """Where a report stands among those that hold a trace: by the day it was known, then by its id, as a number."""
    return brief.known.toordinal() << 40 | hashed(brief.id) >> 16


def _columns(rows: Sequence[Sequence[int]]) -> Ints:
    """Rows of a trace, a rank and a report, as an array of three columns."""
    return np.array([tuple(row) for row in rows], np.int64).reshape(-1, 3)


def _sharing(holding: Ints, dirty: set[int]) -> list[tuple[int, int, int]]:
    """Pairs of reports that share traces enough, and how many; one of each is in `dirty`.

    Args:
        holding: every row of each trace that those in `dirty` hold.
    """
    trace, rank, report = holding.T
    found: list[tuple[int, int, int]] = []
    for one, two, shared in held_in_common(trace, rank, report, np.isin(report, list(dirty)), COMMON):
        enough = np.flatnonzero(shared >= FEWEST_KEYS)
        found += zip(one[enough].tolist(), two[enough].tolist(), shared[enough].tolist(), strict=True)
    return found


def _moved(before: Ints, now: Ints) -> tuple[set[int], set[int]]:
    """The reports that are among the first of some trace only now, and those that no longer are.

    Args:
        before, now: every row of the same traces, as they were and as they are.
    """
    names = np.unique(np.concatenate([before[:, 0], now[:, 0]]))
    old, new = (np.full(len(names), _NO_LAST) for _ in range(2))
    for limit, rows in ((old, before), (new, now)):
        traces, last = firsts(rows[:, 0], rows[:, 1], COMMON)
        limit[np.searchsorted(names, traces)] = last
    at = np.searchsorted(names, now[:, 0])
    between = (now[:, 1] > np.minimum(old, new)[at]) & (now[:, 1] <= np.maximum(old, new)[at])
    rises = (new > old)[at]
    up, down = now[between & rises, 2], now[between & ~rises, 2]
    return set(up.tolist()), set(down.tolist())


def _claimed(number: int, briefs: dict[int, Brief]) -> Claimed:
    brief = briefs[report_number(number)]
    return Claimed(brief.tellings[number % CLAIMS], brief)


def _claims_of(number: int, brief: Brief) -> set[int]:
    return {claim_number(number, t.position) for t in brief.tellings if t.event not in NO_INCIDENT}


def _report_row(number: int, seq: int, brief: Brief) -> tuple[object, ...]:
    body = msgspec.json.encode(brief)
    notice = int(brief.notice is not None)
    return (number, brief.id, seq, brief.known.isoformat(), brief.outlet or "", brief.url, notice, body)


def _incident_row(made: Made) -> tuple[object, ...]:
    days = (made.first_day, made.last_day)
    return (made.id, made.happened, made.event, made.status, *days, made.origins, made.lat, made.lon, made.body)


# --- statements ------------------------------------------------------------------------------------------------------


def _by_ids(ids: Sequence[str]) -> Select[tuple[int, str]]:
    return select(tables.reports.c.number, tables.reports.c.id).where(tables.reports.c.id.in_(ids))


# An older reading's traces in the shelf; what was compared goes with `_UNCOMPARE`, where the report is dirty anyway.
_TAKE_OUT = (
    "DELETE FROM sentences WHERE report = {number}",
    "DELETE FROM incidents WHERE id IN (SELECT incident FROM claims WHERE claim >= {low} AND claim < {high})",
    "INSERT OR IGNORE INTO pending SELECT claim FROM claims WHERE incident IN "
    "(SELECT incident FROM claims WHERE claim >= {low} AND claim < {high})",
    "DELETE FROM pending WHERE claim >= {low} AND claim < {high}",
    "DELETE FROM claims WHERE claim >= {low} AND claim < {high}",
    "DELETE FROM reports WHERE number = {number}",
)
# Who holds each sentence that a fresh report holds too.
_HOLDERS = """
    SELECT s.outlet, s.sentence, s.report
    FROM (SELECT DISTINCT s.outlet, s.sentence FROM fresh CROSS JOIN sentences AS s ON s.report = fresh.number)
        AS t
    CROSS JOIN sentences AS s ON s.outlet = t.outlet AND s.sentence = t.sentence
"""
_HOLDERS_OF_ONE = "SELECT report FROM sentences WHERE outlet = ? AND sentence = ?"
# Traces that the reports in `dirty` hold, to those that are sought already.
_SOUGHT_BEFORE = "INSERT OR IGNORE INTO sought SELECT trace FROM dirty CROSS JOIN traces ON report = number"
_HOLD_SOUGHT = "SELECT trace, rank, report FROM sought CROSS JOIN traces ON trace = number"
_NO_LAST = 1 << 62  # beyond every rank: all holders are among the first
_THE_LAST = (
    f"(SELECT l.rank FROM traces AS l WHERE l.trace = t.trace ORDER BY l.rank, l.report LIMIT 1 OFFSET {COMMON - 1})"
)
_HELD_BY_SHARING = """
    SELECT number, (SELECT count(*) FROM traces AS t WHERE t.report = number) FROM sharing
"""
_STILL_SHARED = f"""
    SELECT a, b, (
        SELECT count(*) FROM traces AS t CROSS JOIN traces AS other ON other.trace = t.trace
        WHERE t.report = copies.a AND other.report = copies.b
            AND min(t.rank, other.rank) <= coalesce({_THE_LAST}, {_NO_LAST})
    )
    FROM copies WHERE a IN (SELECT number FROM holders) OR b IN (SELECT number FROM holders)
"""
# A report can take back another of its outlet, or replace one of its address.
_MAY_TAKE_BACK = """
    SELECT later.number, earlier.number FROM fresh
    CROSS JOIN reports AS later ON later.number = fresh.number AND later.notice = 1
    CROSS JOIN reports AS earlier ON earlier.outlet = later.outlet AND earlier.number != later.number
    UNION
    SELECT later.number, earlier.number FROM fresh
    CROSS JOIN reports AS earlier ON earlier.number = fresh.number
    CROSS JOIN reports AS later ON later.outlet = earlier.outlet AND later.notice = 1 AND later.number != earlier.number
    UNION
    SELECT later.number, earlier.number FROM fresh
    CROSS JOIN reports AS later ON later.number = fresh.number
    CROSS JOIN reports AS earlier ON earlier.address = later.address AND earlier.number != later.number
    UNION
    SELECT later.number, earlier.number FROM fresh
    CROSS JOIN reports AS earlier ON earlier.number = fresh.number
    CROSS JOIN reports AS later ON later.address = earlier.address AND later.number != earlier.number
"""
_OF_DIRTY = f"{{0}} >= dirty.number * {CLAIMS} AND {{0}} < (dirty.number + 1) * {CLAIMS}"
_UNCOMPARE = tuple(
    f"DELETE FROM matches WHERE (a, b) IN (SELECT m.a, m.b FROM dirty CROSS JOIN matches AS m "
    f"ON {_OF_DIRTY.format(f'm.{side}')}) RETURNING a, b"
    for side in ("a", "b")
)
_UNBLOCK = (
    "DELETE FROM blocks WHERE claim IN "
    f"(SELECT o.claim FROM dirty CROSS JOIN blocks AS o ON {_OF_DIRTY.format('o.claim')})"
)
_ALSO_IN_BLOCKS = "SELECT block, claim FROM sought CROSS JOIN blocks ON block = number"
_OLD_INCIDENTS = "SELECT DISTINCT incident FROM claims WHERE claim IN (SELECT number FROM regrouped)"
_STRONG_FROM_FRONTIER = """
    SELECT b, a FROM frontier CROSS JOIN matches ON a = number WHERE probability >= {same}
    UNION ALL SELECT a, b FROM frontier CROSS JOIN matches ON b = number WHERE probability >= {same}
"""
_WITHIN_PART = """
    SELECT a, b, probability FROM part AS one CROSS JOIN matches ON a = one.number
    CROSS JOIN part AS two ON two.number = b
"""
_STRONG_AMONG_REGROUPED = """
    SELECT a, b FROM regrouped CROSS JOIN matches ON a = number WHERE probability >= {same}
"""
_COPIES_BESIDE = """
    SELECT body FROM copies
    WHERE a IN (SELECT number FROM beside) AND b IN (SELECT number FROM beside)
"""
_ASIDE_BESIDE = """
    SELECT report, why FROM aside WHERE report IN (SELECT number FROM beside)
"""
