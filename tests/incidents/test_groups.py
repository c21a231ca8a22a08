"""Which claims are put together, beyond how alike they are: denials, and what was set aside."""

from match_claims import DAY, claim

from dateline.codes import Modality
from dateline.incidents.groups import grouped
from dateline.incidents.match import Scored

WITHDRAWN, RELAY, NOTE = "a/c0", "b/c0", "n/c0"
ODDS = {(WITHDRAWN, RELAY): 0.9, (WITHDRAWN, NOTE): 0.8, (RELAY, NOTE): 0.1}


def groups(note: Modality, cannot: tuple[str, str] | None = None) -> list[tuple[str, ...]]:
    """An attack that one report told of and took back, another that relays it, and what the note says of it."""
    claims = [
        claim("a", "Gunmen killed 15 people.", event="killing"),
        claim("b", "Gunmen killed 15 people, The a reported.", event="killing"),
        claim("n", "No attack had taken place, our correspondent found.", event="attack", modality=note),
    ]
    pairs = [Scored(a, b, odds) for (a, b), odds in ODDS.items()]
    known = {each.brief.id: DAY for each in claims}
    return grouped(
        [each.telling for each in claims], pairs, known,
        must=(), cannot=[cannot] if cannot else (), aside={WITHDRAWN},
    )  # fmt: skip


def test_the_note_that_it_was_not_so_is_of_the_incident_that_was_taken_back() -> None:
    assert groups("denied") == [(WITHDRAWN, RELAY, NOTE)]


def test_what_was_taken_back_joins_no_two_incidents_that_are_said_to_have_been() -> None:
    assert groups("actual") == [(WITHDRAWN, RELAY), (NOTE,)]


def test_a_person_may_hold_the_note_apart() -> None:
    assert groups("denied", (WITHDRAWN, NOTE)) == [(WITHDRAWN, RELAY), (NOTE,)]
    assert groups("denied", (RELAY, NOTE)) == [(WITHDRAWN, RELAY), (NOTE,)]
