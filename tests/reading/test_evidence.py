"""Evidence: what there is to see, who posted it, whether it was checked. All sentences are invented."""

import pytest

from dateline.reading.attribution import find_attributions
from dateline.reading.evidence import EvidenceFound, as_evidence, find_evidence, shown_by
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.record import Claim, Part, Report, Source, Span, Speaker


def seen(text: str) -> tuple[EvidenceFound, ...]:
    sentences = tag(split(Report(text=text)))
    return find_evidence(sentences, find_attributions(sentences))


PICTURES = (
    "Gunmen shot dozens of prisoners near Qarat, photos released by the group appear to show. The images, which have "
    "not been verified, appear to have been posted on social media sites by the Northern Front."
)


@pytest.mark.parametrize(("text", "kind", "words"), [
    (PICTURES, "image", "photos"),
    ("Amateur video posted online showed a burning tank.", "video", "Amateur video"),
    ("Satellite imagery showed burnt houses in the town.", "satellite", "Satellite imagery"),
    ("According to a leaked memo seen by the paper, the ministry knew.", "document", "leaked memo"),
    ("Witnesses said two helicopters fired on the market.", "witness", "Witnesses"),
    ("The army said in a statement that it had retaken the town.", "statement", "statement"),
])  # fmt: skip
def test_kinds(text: str, kind: str, words: str) -> None:
    found = seen(text)
    assert [(one.kind, one.text) for one in found] == [(kind, words)]
    assert found[0].span.of(text) == words
    assert found[0].quote.span.of(text) == found[0].quote.text


@pytest.mark.parametrize("text", [
    "The affair damaged the image of the army.",
    "The picture remains bleak for the north.",
    "Two boys were playing a video game when the shell fell.",
    "The ministers met by video link on Monday.",
    "Residents fled the town at dawn.",
    "The killing of a witness shocked the court.",
    "The army documented its losses.",
])  # fmt: skip
def test_what_is_no_evidence(text: str) -> None:
    assert seen(text) == ()


def test_sentences_about_the_same_pictures_are_one_finding() -> None:
    (found,) = seen(PICTURES)
    assert found.posted_by == "Northern Front"
    assert found.channel == "social media sites"
    assert found.verification == "unverified"
    assert [part.text.startswith("The images") for part in found.also] == [True]


@pytest.mark.parametrize(("text", "verification"), [
    ("The group released a video of the raid. The footage could not be independently verified.", "unverified"),
    ("The group released a video of the raid. The footage has been verified by two agencies.", "verified"),
    ("The group released a video of the raid. The ministry said the footage was doctored.", "disputed"),
    ("The group released a video of the raid. The road is closed.", "not_stated"),
    ("Verified footage showed the raid.", "verified"),
])  # fmt: skip
def test_checking_is_carried_from_the_next_sentence(text: str, verification: str) -> None:
    assert [one.verification for one in seen(text)] == [verification]


@pytest.mark.parametrize(("text", "by", "channel"), [
    ("The Red Line Brigade released a video on Telegram.", "Red Line Brigade", "Telegram"),
    ("State television broadcast footage of the wreckage.", "State television", "State television"),
    ("The army said in a statement that it had retaken the town.", "army", None),
    ("A statement by the Kivu Front said 12 soldiers were killed.", "Kivu Front", None),
])  # fmt: skip
def test_who_posted_it_and_where(text: str, by: str, channel: str | None) -> None:
    found = seen(text)
    assert [(one.posted_by, one.channel) for one in found] == [(by, channel)]


def claim(id: str, quote: Part, source: str | None = None) -> Claim:
    chain = () if source is None else (Source(source=Speaker(text=source, span=quote.span, name=source), cue=None),)
    return Claim(id=id, event="killing", trigger=quote, quote=quote, attribution=chain)


def test_a_finding_shows_the_claims_of_its_sentences() -> None:
    (found,) = seen(PICTURES)
    elsewhere = Part(text="x", span=Span(5000, 5001))
    claims = [claim("a", found.quote), claim("b", elsewhere), claim("c", found.also[0])]
    assert shown_by(found, claims) == ("a", "c")
    (made,) = as_evidence([found], claims)
    assert made.shows == ("a", "c")
    assert (made.kind, made.posted_by, made.verification) == (found.kind, found.posted_by, found.verification)


def test_a_witness_shows_only_what_he_is_the_source_of() -> None:
    (found,) = seen("Witnesses said two helicopters fired on the market.")
    mine, other = claim("a", found.quote, "Witnesses"), claim("b", found.quote, "the army")
    assert shown_by(found, [mine, other]) == ("a",)


def test_nothing_to_see() -> None:
    assert find_evidence((), ()) == ()
