"""Tolls of lead incidents, on invented reports: what belongs to them, what is added up, what each one came from."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.codes import Measure
from dateline.reading.figures import find_figures
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.times import find_times
from dateline.reading.tolls import Toll, same_person, toll, tolls
from dateline.reading.victims import find_victims
from dateline.reading.words import Sentence
from dateline.record import Claim, MadeBy, Mentions, Part, Record, Report

PUBLISHED = date(2020, 6, 15)


def record_of(text: str, title: str | None = None, published: date | None = PUBLISHED) -> Record:
    """A record with what tolls read of one: the figures, the times, and a claim for each sentence."""
    report = Report(text=text, title=title, published=published)
    sentences = split(report)
    times, _ = find_times(sentences, published=published)
    claims = tuple(
        Claim(id=f"c{s.index}", event="attack", trigger=s.part(s.span.start, s.span.start + 1),
              quote=Part(text=s.text, span=s.span, where=s.where))
        for s in sentences
    )  # fmt: skip
    return Record(
        id="r", report=report, claims=claims, made_by=MadeBy(version="0"),
        mentions=Mentions(figures=find_figures(sentences)[0], times=times),
    )  # fmt: skip


def told(text: str, measure: Measure = "killed", title: str | None = None) -> Toll | None:
    return toll(record_of(text, title), measure)


def best(text: str, measure: Measure = "killed", title: str | None = None) -> float | None:
    found = told(text, measure, title)
    return None if found is None else found.best


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A bomb killed 12 people in Arin.", 12),
        ("Nobody was killed in the raid on Arin.", 0),
        ("The mayor spoke of the harvest.", None),
        # sides and parts
        ("Three soldiers and five militants were killed.", 8),
        ("A raid killed 24 people, including seven children.", 24),
        ("A raid killed 24 people. Seven children were killed.", 24),
        ("The raid killed two guards and a nurse.", 3),
        ("Two guards and the gunman are dead.", 3),
        ("Four of the five people who died in the raid were named.", 5),
        # told again, made precise, replaced
        ("A bomb killed 12 people. The 12 were killed at noon.", 12),
        ("Dozens were killed in Arin. Doctors said 32 people were killed.", 32),
        ("Several rebels were killed. The army said 13 rebels were killed.", 13),
        ("The toll rose to 43 on Sunday from 24.", 43),
        ("An earlier count put the toll at 24. Now 43 people were killed.", 43),
        # background
        ("A bomb killed 12 people. More than 100,000 people have been killed since 2011.", 12),
        ("Since January 300 people have been killed. A bomb killed 12 people on Sunday.", 12),
        ("A bomb killed 12 people on Sunday. In February 2014 another killed 70 tribesmen.", 12),
        ("A bomb killed 12 people. A similar attack killed 60 last year.", 12),
        ("Troops detained a leader. Prior to his arrest, the leader killed two guards.", None),
        ("Troops detained a leader. He assisted in the assassination of a police chief.", None),
        ("A bomb killed 12 people. A similar three-day operation killed 30 rebels.", 12),
        # names and others beside a count
        ("A strike killed Abel Karim and two of his guards.", 3),
        ("Abel Karim, along with two other rebels, was killed.", 3),
        ("Seven rebels and a local leader, Abel Karim, were killed.", 8),
        ("He is wanted in the killing of his wife and four daughters.", 5),
        ("Police say he fatally shot his wife and four daughters.", 5),
        ("A large number of rebels were killed.", 3),
        # those counted before
        ("Three gunmen opened fire. The gunmen, one of them a leader, were all killed.", 3),
        ("Two men fired on the patrol. The patrol returned fire and killed them.", 2),
        ("Five rebels were engaged by aircraft and killed.", 5),
        ("Several rebels attacked the patrol. All were killed.", 3),
        ("The leader and his bodyguard were killed.", 2),
        ("Abel Karim was killed with several of his guards.", 4),
        # a vague count told again in parts, and an update
        ("Troops killed several rebels. They returned fire, killing four. A strike followed, killing all 11.", 15),
        ("A strike killed more than 10 rebels.\n\nUPDATE: The army spoke on Monday. The strike killed 15 rebels.", 15),
        ("Police said more than 10 rebels were killed. Doctors said 15 rebels were killed.", 10),
        # no people
        ("These incidents make children nine times more likely to die.", None),
        ("Police arrested a man in the attempted murder of a guard.", None),
        ("Two men are accused of killing a nurse.", 1),
        ("One dead, one charged in Arin shooting", 1),
    ],
)
def test_counts(text: str, value: float | None) -> None:
    assert best(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Nine rebels were killed in separate operations. In Arin, troops killed two rebels.", 2),
        ("Nine rebels were killed during four operations. In Arin, troops attacked, killing one rebel.", 1),
        ("Nine rebels were killed in operations in Arin, Berun and Kazor provinces. Rain fell.", 9),
        ("Troops killed two rebels in Arin. Nine rebels were killed in separate operations.", 2),
        ("A bomb killed two people. Police spoke of two separate attacks.", 2),
    ],
)
def test_of_several_incidents_the_first_told_apart_is_meant(text: str, value: float | None) -> None:
    assert best(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("John Smith, 34, was shot dead in Chicago on Friday.", 1),
        ("Police said John Smith, 34, and Mary Jones, 30, were killed.", 2),
        ("A driver was killed. The driver died at noon.", 1),
        ("The man's wife died.", 1),
        ("The gunman killed his wife and son.", 2),
        ("The gunman killed his wife before killing himself.", 2),
        ("A mother killed two children, then killed herself.", 3),
        ("Four people were shot dead in a house in Arin County, the sheriff said; the gunman then killed himself.", 5),
        ("A man shot his wife and stepdaughter before killing himself. They were a quiet family.", 1),
        ("Husband kills wife and nurse. A man shot his wife before killing himself.", 3),
        ("Three people died in a murder-suicide.", 3),
        ("A teen killed himself. Ana Ruiz died on Sunday.", 1),
        ("The murder-suicide shocked Arin. He killed a guard and a nurse before killing himself.", 3),
        ("A mother and two children were found dead. The three people died on Sunday. She killed herself.", 3),
        ("A boy shot himself in the leg.", None),
        ("The woman tried to kill herself.", None),
        ("No driver was killed.", 0),
        ("Police feared that a plot to kill the mayor was near.", None),
        ("The murder of Mary Jones shook the town.", 1),
        ("They mourn Mary Jones' death.", 1),
        ("A nurse was fatally shot on Elm Street.", 1),
        ("A teacher was found dead in his car.", 1),
    ],
)
def test_single_people_without_a_number_count_one_each(text: str, value: float | None) -> None:
    assert best(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The blast wounded 12 people.", 12),
        ("Five people were shot, one fatally, in Arin.", 4),
        ("Three women were shot and a guard was killed.", 2),
        ("Nine people were shot in Arin.", 9),
        ("A driver was shot and wounded.", 1),
        ("A boy shot himself in the leg.", 1),
        ("A driver was shot. The driver died at a hospital.", None),
        ("Two were killed and nine others were hurt.", 9),
        ("No one was hurt.", 0),
        # shot at a place, and shot at by somebody
        ("Four people were shot at a party in Arin.", 4),
        ("4 shot at Arin club", 4),
        ("Two guards were shot at by rebels.", None),
        ("The rebels shot at 12 soldiers.", None),
        # one hurt beside the dead; those hurt are among those shot, or not
        ("Three people were killed and one was wounded.", 1),
        ("3 killed, 1 hurt in Arin shooting", 1),
        ("Four people were shot, two critically injured.", 4),
        ("A girl was killed and three adults were injured. Three other people were also shot.", 3),
        ("One man was killed and three others were shot.", 3),
        ("Two people were killed and seven injured. Police found 2 men shot dead.", 7),
        # no people, and one with an age
        ("The driver had two gunshot wounds.", None),
        ("Two men, ages 14 and 28, were shot in Arin.", 2),
        ("The blast injured three adults and an 11-year-old child.", 4),
        ("A shooting left two boys dead and sent a teenage girl to the hospital.", 1),
        ("The crash sent five people to a hospital.", 5),
        ("A deputy shoots, wounds robber.", 1),
        ("Two officers stopped a car. The officers were wounded.", 2),
        ("10-year-old shot during a dispute in Arin", 1),
    ],
)
def test_the_wounded_are_those_hurt_who_did_not_die(text: str, value: float | None) -> None:
    assert best(text, "wounded") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Troops captured a Sufi leader and three fighters.", 4),
        ("Troops captured a rebel leader. They also detained two other fighters.", 3),
        ("Troops captured two rebel leaders. They detained two additional suspected insurgents.", 4),
        ("Troops captured a rebel leader. They detained the leader along with three of his men.", 4),
        ("The capture of a rebel commander was confirmed.", 1),
        ("Troops searched a house to detain the two fighters.", None),
        ("The raid left ten hostages freed.", None),
        ("Troops captured an Islamic Movement of Kazor facilitator and multiple rebels.", 4),
        ("Troops arrested an Islamic Movement of Kazor (IMK) leader in Arin.", 1),
        ("The army confirmed the arrest of a bomb specialist.", 1),
        ("They searched a house to detain the two rebels, and it was said the two men were armed.", None),
        ("The leader was detained with five other suspects.", 6),
        ("Abel Karim was captured in Arin along with three other rebels.", 4),
        ("Troops detained the leader. Two of his associates were also detained.", 3),
    ],
)
def test_captures_grow_from_sentence_to_sentence(text: str, value: float | None) -> None:
    assert best(text, "detained") == value


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("A bomb killed 12 people.", 12, 12),
        ("A bomb killed at least 12 people.", 12, None),
        ("A bomb killed up to 12 people.", None, 12),
        ("A bomb killed 10 to 15 people.", 10, 15),
        ("Police said 12 people were killed. Doctors said 15 people were killed.", 12, 15),
        ("Police said at least 15 people were killed. Doctors said nine people were killed.", 9, 15),
        ("A bomb killed 12 people. A storm killed 900 people.", 12, 12),  # too far off for the same toll
    ],
)
def test_sources_that_differ_make_an_interval(text: str, low: float | None, high: float | None) -> None:
    found = told(text)
    assert found is not None
    assert (found.low, found.high) == (low, high)


def test_the_title_opens_the_toll() -> None:
    assert best("The blast was heard in Berun.", title="Bomb kills 12 in Arin") == 12


def test_every_toll_says_what_it_came_from() -> None:
    text = "Rain fell. Two guards and a nurse were killed in Arin. The mayor spoke."
    record = record_of(text)
    found = toll(record, "killed")
    assert found is not None
    assert found.best == 3
    parts = [*found.figures, *found.victims]
    assert {part.text for part in parts} == {"Two", "a nurse"}
    assert all(part.span.of(text) == part.text for part in parts)
    assert found.claims == ("c1",)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("ana", "ruiz"), ("ruiz",), True),
        (("ana", "ruiz"), ("ana",), True),
        (("ana", "ruiz"), ("luis", "ruiz"), False),
        (("ana", "maria", "ruiz"), ("ana", "ruiz"), True),
        (("chris",), ("christian", "berg"), True),
        (("ana", "ruiz"), ("ana", "berg"), False),
    ],
)
def test_names_of_one_person(one: tuple[str, ...], other: tuple[str, ...], same: bool) -> None:
    assert same_person(one, other) is same


def victims_of(text: str) -> list[tuple[str, str]]:
    return [(v.part.text, v.fate) for v in find_victims(tag(split(Report(text=text))))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police say a driver was shot in the leg.", [("a driver", "shot")]),
        ("Police say a driver was shot and killed.", [("a driver", "killed")]),
        ("The driver, who lived with his aunt, was killed.", [("The driver", "killed")]),
        ("The brother of the driver was killed.", [("The brother", "killed")]),
        ("A guard killed a robber.", [("a robber", "killed")]),
        ("A guard killed a stork.", []),
        ("The driver was not killed.", []),
        ("It would kill a man.", []),
        ("Any child killed is mourned.", []),
        ("The driver spoke of the harvest.", []),
    ],
)
def test_victims_and_their_fates(text: str, found: list[tuple[str, str]]) -> None:
    assert victims_of(text) == found


_WORDS = st.sampled_from(
    "12 two dozens killed was were died shot himself a the man woman Ana Ruiz , . and of wife his dead toll from to "
    "earlier put at other another also since 2011 captured leader no one others wounded people including ( )".split()
)
_MEASURES: tuple[Measure, ...] = ("killed", "wounded", "detained", "displaced", "casualties", "missing", "money")


@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=30).map(" ".join)), st.sampled_from(_MEASURES))
@settings(max_examples=200, deadline=None)
def test_any_text_has_an_ordered_toll_that_quotes_it_truly(text: str, measure: Measure) -> None:
    found = toll(record_of(text, published=None), measure)
    if found is None:
        return
    assert found.best >= 0
    assert found.low is None or found.low <= found.best
    assert found.high is None or found.best <= found.high
    for part in (*found.figures, *found.victims):
        assert part.span.of(text) == part.text


def test_several_measures_are_told_as_one_by_one_and_in_order() -> None:
    record = record_of("A bomb killed 12 people and wounded 30. Police arrested two men. Five others were shot.")
    together = tolls(record, _MEASURES)
    assert list(together) == list(_MEASURES)
    assert together == {measure: toll(record, measure) for measure in _MEASURES}
    assert [each.best if each else None for each in together.values()] == [12, 30, 2, None, 5, None, None]


def test_only_what_may_tell_of_a_victim_is_tagged_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def counting(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
        seen.extend(sentence.text for sentence in sentences)
        return tag(sentences)

    monkeypatch.setattr("dateline.reading.tolls.tag", counting)
    record = record_of("The mayor spoke of the harvest. Ana Ruiz died in the raid. Some 300 people fled.")
    tolls(record, ("killed", "wounded", "displaced"))
    assert seen == ["Ana Ruiz died in the raid."]
    tolls(record, ("displaced",))
    assert len(seen) == 1
