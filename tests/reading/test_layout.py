"""What stands in a report besides its body. All texts here are invented."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.datelines import date_line
from dateline.reading.layout import lay_out
from dateline.reading.notices import notice
from dateline.reading.paragraphs import Paragraph, paragraphs
from dateline.reading.sentences import split
from dateline.record import LayoutPart, Report

BODY = "Shells hit a market in Qastal on Monday, killing nine traders, the hospital of the town said on Tuesday."
MORE = "The army denied that it had fired on the town, which rebels have held since January of last year."


def whole(text: str) -> Paragraph:
    return Paragraph(text, 0, len(text))


def parts(text: str, **given: object) -> list[tuple[str, str]]:
    return [(part.kind, part.text) for part in lay_out(Report(text=text, **given))[0].layout]  # type: ignore[arg-type]


def left(text: str) -> list[tuple[str, str]]:
    return [(cut.reason, cut.span.of(text)) for cut in lay_out(Report(text=text))[1]]


def test_a_typical_page_from_its_headline_to_its_notice() -> None:
    text = "\n\n".join(
        (
            "Market in Qastal hit by shells",
            "4 March 2025",
            "Nine traders among the dead as both sides blame each other",
            BODY,
            MORE,
            "A Northland Post Subscription...",
            "Subscribe or upgrade your package to follow the region. Visit our shop below to learn about each plan.",
            "Your plan can be changed at any time.",
        )
    )
    report, cuts, warnings = lay_out(Report(text=text))
    assert [(part.kind, part.text) for part in report.layout] == [
        ("headline", "Market in Qastal hit by shells"),
        ("date_line", "4 March 2025"),
        ("standfirst", "Nine traders among the dead as both sides blame each other"),
    ]
    assert (report.title, report.published) == ("Market in Qastal hit by shells", date(2025, 3, 4))
    assert [cut.reason for cut in cuts] == ["subscription notice"]
    assert cuts[0].span.of(text) == text[text.index("A Northland") :]
    assert warnings == ()
    sentences = [sentence.text for sentence in split(report, cuts)]
    assert sentences == [
        "Market in Qastal hit by shells", "Nine traders among the dead as both sides blame each other", BODY, MORE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Qastal market hit\nBy Lina Haddad in Qastal and Tom Reed\n4 March 2025", ["headline", "byline", "date_line"]),
        ("4 March 2025\nQastal market hit", ["date_line", "headline"]),
        ("BREAKING NEWS\nQastal market hit\nReuters", ["heading", "headline", "byline"]),
        (
            "SUBJECT: QASTAL MARKET HIT\nDATE: 4 March 2025\nSOURCE: Northland Radio",
            ["headline", "date_line", "byline"],
        ),
        ("Qastal market hit\nNine people died on Monday.\nBy Lina Haddad", ["headline", "standfirst", "byline"]),
        (
            "Qastal market hit\nOur foreign staff\nPublished: 4 March 2025 | Updated: 5 March 2025",
            ["headline", "byline", "date_line"],
        ),
        ("Qastal market hit.", []),  # a sentence is a sentence
    ],
)
def test_heads_in_many_orders(head: str, expected: list[str]) -> None:
    assert [kind for kind, _ in parts(f"{head}\n\n{BODY}\n\n{MORE}")] == expected


def test_a_title_that_came_with_the_report_is_kept_and_its_repetition_marked() -> None:
    text = f"QASTAL MARKET HIT!\n\n{BODY}"
    report, _, _ = lay_out(Report(text=text, title="Qastal market hit"))
    assert report.title == "Qastal market hit"
    assert [(part.kind, part.text) for part in report.layout] == [("headline", "QASTAL MARKET HIT!")]


def test_a_title_run_into_the_first_paragraph() -> None:
    title = "Qastal market hit by shells"
    assert parts(f"{title}. {BODY}", title=title) == [("headline", title)]
    assert parts(f"{title} again on Monday, the mayor said in a long statement to the press.", title=title) == []


def test_another_title_is_no_headline_of_the_text() -> None:
    assert "headline" not in dict(parts(f"Nine die in north\n\n{BODY}\n\n{MORE}", title="Qastal market hit"))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("17 June 2014", date(2014, 6, 17)),
        ("June 17, 2014", date(2014, 6, 17)),
        ("Tuesday, 17 June 2014 10:32 GMT", date(2014, 6, 17)),
        ("Tue 17 Jun 2014 10.32 BST", date(2014, 6, 17)),
        ("2014-06-17", date(2014, 6, 17)),
        ("2014-06-17T10:32:00Z", date(2014, 6, 17)),
        ("Published: 17th of June, 2014", date(2014, 6, 17)),
        ("Posted on June 17, 2014 at 10:32 am", date(2014, 6, 17)),
        ("This story is from June 17, 2014", date(2014, 6, 17)),
        ("Published 17 June 2014, last updated 19 June 2014", date(2014, 6, 17)),
        ("Updated: 19 June 2014 | Published: 17 June 2014", date(2014, 6, 17)),
        ("17/06/2014 15:30", date(2014, 6, 17)),
        ("17 JUN 14", date(2014, 6, 17)),
        ("17 June 1989", date(1989, 6, 17)),
        ("Reuters | 17 June 2014", date(2014, 6, 17)),
        ("Qastal, 17 June 2014", date(2014, 6, 17)),
    ],
)
def test_date_lines(line: str, day: date) -> None:
    found = date_line(whole(line))
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "line",
    [
        "31 June 2014", "June 2014", "2014", "10:32 GMT", "Nine people died on 17 June 2014",
        "The truce of 17 June 2014 did not hold", "17 June 2014 was a day of mourning", "Route 17", "1,700 killed",
    ],
)  # fmt: skip
def test_no_date_lines(line: str) -> None:
    assert date_line(whole(line)) is None


def test_a_date_with_two_readings_is_a_warning_and_stays_unknown() -> None:
    report, _, warnings = lay_out(Report(text=f"Qastal market hit\n03/04/2014\n{BODY}"))
    assert report.published is None
    assert len(warnings) == 1
    assert "03/04/2014" in warnings[0]


def test_a_last_update_is_better_than_no_date_and_says_so() -> None:
    report, _, warnings = lay_out(Report(text=f"Qastal market hit\nLast updated 17 June 2014\n{BODY}"))
    assert report.published == date(2014, 6, 17)
    assert "last update" in warnings[0]


def test_what_the_report_came_with_is_never_overwritten() -> None:
    text = f"Market hit\n17 June 2014\n\nQASTAL, Northland (AP) — {BODY}\n\n{MORE}"
    given = Report(text=text, title="Mine", published=date(2014, 6, 1), source="Post", dateline="Elsewhere")
    report, _, warnings = lay_out(given)
    assert (report.title, report.published, report.source, report.dateline) == (
        "Mine",
        date(2014, 6, 1),
        "Post",
        "Elsewhere",
    )
    assert any("dated 2014-06-17" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("opening", "place", "agency", "day"),
    [
        ("BAGHDAD, Iraq (AP) —", "BAGHDAD, Iraq", "AP", None),
        ("BAGHDAD (Reuters) -", "BAGHDAD", "Reuters", None),
        ("Sanaa, 12 May (Reuters) -", "Sanaa", "Reuters", None),
        ("Sanaa, 12 May 2015 (Northland News) -", "Sanaa", "Northland News", date(2015, 5, 12)),
        ("Kyiv, Ukraine (CNN) —", "Kyiv, Ukraine", "CNN", None),
        ("AL-QASTAL, March 18 --", "AL-QASTAL", None, None),
        ("Erbil, 14 August 2014 –", "Erbil", None, date(2014, 8, 14)),
        ("Baghdad – 12 May 2015 –", "Baghdad", None, date(2015, 5, 12)),
        ("GENEVA/BEIRUT —", "GENEVA/BEIRUT", None, None),
        ("September 10, 2015 (AL-QASTAL) -", "AL-QASTAL", None, date(2015, 9, 10)),
        ("March 17 (Reuters) -", None, "Reuters", None),
        ("(Reuters) -", None, "Reuters", None),
        ("CNN —", None, "CNN", None),
        ("SAN LUCAS, 12 MAY 88 (RADIO NORTE) -- [COMMUNIQUE] [TEXT]", "SAN LUCAS", "RADIO NORTE", date(1988, 5, 12)),
    ],
)
def test_datelines(opening: str, place: str | None, agency: str | None, day: date | None) -> None:
    report, _, _ = lay_out(Report(text=f"{opening} {BODY}\n\n{MORE}"))
    assert [(part.kind, part.text) for part in report.layout] == [("dateline", opening)]
    assert (report.dateline, report.source, report.published) == (place, agency, day)


@pytest.mark.parametrize(
    "start",
    [
        "Islamic Front (IF) - the largest group -", "The army (ANR) –", "NATO-led", "UN — and others —",
        "UPDATE -", "Monday – the third day –", "In Qastal, 12 people died –",
    ],
)  # fmt: skip
def test_no_datelines(start: str) -> None:
    assert lay_out(Report(text=f"{start} {BODY}"))[0].dateline is None


def test_a_headline_before_a_dateline_on_one_line() -> None:
    text = f"Market in Qastal hit, says mayor QASTAL, March 17 (ANA) - {BODY}"
    assert parts(text) == [("headline", "Market in Qastal hit, says mayor"), ("dateline", "QASTAL, March 17 (ANA) -")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Subscribe to our newsletter", "subscription notice"),
        ("Already a subscriber? Log in", "subscription notice"),
        ("To continue reading, choose a plan.", "subscription notice"),
        ("Sign up for the Morning Brief, sent to your inbox every day.", "newsletter notice"),
        ("Get the Post's newsletter: the week in ten minutes", "newsletter notice"),
        ("CLICK HERE TO GET THE POST NEWS APP", "app notice"),
        ("Read more: Talks on Qastal stall", "link to other reports"),
        ("READ ALSO: Talks on Qastal stall", "link to other reports"),
        ("Click here for a map of the fighting", "link to other reports"),
        ("See the video: the night Qastal burned", "link to other reports"),
        ("Related articles", "link to other reports"),
        ("Facebook Twitter LinkedIn Mail", "share links"),
        ("Share this article", "share links"),
        ("Follow us on Twitter and Telegram", "share links"),
        ("We use cookies to improve this site. Accept or manage them in your browser.", "cookie notice"),
        ("© 2025 Northland Post. All rights reserved.", "copyright notice"),
        ("Copyright 2025 Northland Post", "copyright notice"),
        ("This material may not be published, broadcast or rewritten.", "copyright notice"),
        ("This story has been updated with a statement from the army.", "update notice"),
        ("This is a developing story and will be updated.", "update notice"),
        ("Reporting by Lina Haddad; editing by Tom Reed", "credit"),
        ("The Post's Lina Haddad contributed to this report.", "credit"),
        ("Additional reporting by Tom Reed in Port Lune.", "credit"),
        ("Photo: Lina Haddad/Northland Post", "photo credit"),
        ("Lina Haddad/AFP via Getty Images", "photo credit"),
        ("For further information, please contact: press@relief.example", "contact line"),
        ("Media contact: Tom Reed, +00 555 0100", "contact line"),
        ("press@relief.example", "contact line"),
        ("ADVERTISEMENT", "advertisement"),
        ("Skip to main content", "page furniture"),
        ("- ENDS -", "end mark"),
        ("The views expressed in this article are the author's own.", "disclaimer"),
    ],
)
def test_notices(line: str, reason: str) -> None:
    assert notice(whole(line)) == reason
    assert left(f"{BODY}\n\n{line}\n\n{MORE}") == [(reason, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Subscribers to the plan fled when the shelling began.",
        "“Stay tuned,” the commander said when asked about the next offensive.",
        "Read more widely, the law would ban all arms.",
        "Rebels used Facebook and Twitter to call for a strike on Sunday.",
        "The group may not be named without permission, the army said.",
        "Cookies and bread were handed out to the displaced families in the camp.",
        "Image: smoke rises over the old town after an air strike killed four people on Sunday.",
        "Follow the road north and you reach the front line, where twelve soldiers died.",
        "Contact with the garrison was lost at dawn, the governor said.",
        "Photographs posted by the rebels show 12 burnt vehicles.",
        "Updated figures from the hospital put the dead at 14.",
        "Support for the rebels has grown in the east since the massacre.",
        "Share of territory held by the army: 60 per cent.",
        "The Post reported on Monday that 40 fighters had surrendered.",
        "Watch the video and you see 12 soldiers fall, the mayor said.",
        "Most read the attack as a warning.",
    ],
)
def test_what_only_sounds_like_a_notice_stays(line: str) -> None:
    assert left(f"{BODY}\n\n{line}\n\n{MORE}") == []


def test_a_credit_in_brackets_is_cut_from_the_end_of_its_paragraph() -> None:
    credit = "(Reporting by Lina Haddad; Editing by Tom Reed)"
    assert left(f"{BODY}\n\n{MORE} {credit}") == [("credit", credit)]


def test_links_at_the_end_all_go_and_a_link_in_the_middle_goes_alone() -> None:
    links = "Related articles\nTalks on Qastal stall\nThe long road to Port Lune"
    assert left(f"{BODY}\n{MORE}\n{links}") == [("link to other reports", links)]
    text = f"{BODY}\nRelated:\nTalks on Qastal stall\nThe humanitarian situation\n{MORE}"
    assert left(text) == [("link to other reports", "Related:\nTalks on Qastal stall")]
    assert ("heading", "The humanitarian situation") in parts(text) or MORE in text


@pytest.mark.parametrize(
    "line",
    [
        "Correction: an earlier version of this report gave the number of dead as six.",
        "An earlier version of this article misstated the date of the attack.",
        "This article was amended on 5 March 2025 to give the mayor's full name.",
    ],
)
def test_corrections_are_noted_and_kept(line: str) -> None:
    text = f"{BODY}\n\n{MORE}\n\n{line}"
    report, cuts, _ = lay_out(Report(text=text))
    assert [(part.kind, part.text) for part in report.layout] == [("note", line)]
    assert cuts == ()
    assert line in [sentence.text for sentence in split(report, cuts)]


WITHDRAWN = "told by a report that is withdrawn"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("KILL: Please disregard our report of Saturday headlined “Rebels kill nine in Qastal”. We have withdrawn it.",
         "Rebels kill nine in Qastal"),
        ('The Orontes Post has withdrawn its report of 3 May, headlined "Nine shot dead in Qastal". It was wrong.',
         "Nine shot dead in Qastal"),
        ("Our story “Nine shot dead in Qastal” has been withdrawn.", "Nine shot dead in Qastal"),
        ("We have withdrawn our report of Saturday that rebels killed nine traders, because its source took it back.",
         "that rebels killed nine traders"),
        ("Our report that rebels killed nine traders has been withdrawn.", "that rebels killed nine traders"),
    ],
)  # fmt: skip
def test_what_a_withdrawn_report_told_is_left_out(line: str, told: str) -> None:
    assert left(f"{line}\n\n{BODY}") == [(WITHDRAWN, told)]


@pytest.mark.parametrize(
    "line",
    [
        "The army withdrew its forces from Qastal after rebels killed nine soldiers, the Orontes Post said.",
        "The army withdrew its report, “We never fired on the town,” the minister said on Tuesday.",
        "The army withdrew its men. In a report, “Nine shot dead in Qastal”, the Orontes Post told of the night.",
        "The governor retracted the remark that rebels had killed nine traders in the town on Monday.",
    ],
)
def test_what_no_report_takes_back_is_read(line: str) -> None:
    assert left(f"{line}\n\n{BODY}") == []


def test_the_title_of_a_withdrawal_is_left_out() -> None:
    report, cuts, _ = lay_out(Report(text=f"{BODY}\n{MORE}", title="WITHDRAWN: Rebels kill nine in Qastal"))
    assert [(cut.where, cut.reason) for cut in cuts] == [("title", "title of a report that is withdrawn")]
    assert all(sentence.where == "text" for sentence in split(report, cuts))
    assert lay_out(Report(text=BODY, title="Killed: nine traders in Qastal"))[1] == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"14:32 GMT\n{BODY}\n15:05 GMT\n{MORE}", [("heading", "14:32 GMT"), ("heading", "15:05 GMT")]),
        (f"10.15am: {BODY}\n10:40 - {MORE}", [("note", "10.15am"), ("note", "10:40")]),
        (f"{BODY}\nWhat the army says\n{MORE}", [("heading", "What the army says")]),
        (f"{BODY}\n12 May 2015\n{MORE}", [("heading", "12 May 2015")]),
        (f"{BODY}\nThe poll also showed the following:\n{MORE}", []),
    ],
)
def test_headings_and_time_stamps(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text, title="Qastal") == expected


def test_a_sign_off_tells_the_agency() -> None:
    report, cuts, _ = lay_out(Report(text=f"{BODY}\n\n{MORE}\n REUTERS"))
    assert report.source == "REUTERS"
    assert [cut.reason for cut in cuts] == ["agency sign-off"]


def test_lines_broken_for_width_are_one_paragraph() -> None:
    cable = (
        "SAN LUCAS, 12 MAY 88 (RADIO NORTE) -- [TEXT] GUERRILLAS OF THE NORTHERN\n"
        "FRONT ATTACKED THE POLICE POST AT LA CUMBRE ON TUESDAY NIGHT AND KILLED\n"
        "TWO OFFICERS, THE ARMY COMMAND REPORTED HERE TODAY.\n\n"
        "   THE COMMUNIQUE ADDED THAT THE ATTACKERS FLED TOWARD THE RIVER AFTER A\n"
        "FIREFIGHT THAT LASTED ONE HOUR AND THAT ONE OF THEM WAS CAPTURED.\n"
        "   THE GOVERNOR CALLED FOR CALM."
    )
    assert [p.text.split()[0] for p in paragraphs(cable)] == ["SAN", "THE", "THE"]
    run_on = cable.replace("TODAY.\n\n   THE", "TODAY. THE")  # as some archives join them: one line is wide now
    assert [p.text.split()[0] for p in paragraphs(run_on)] == ["SAN", "THE"]
    assert [p.text for p in paragraphs(f"{BODY}\n{MORE}")] == [BODY, MORE]


LINES = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [BODY, MORE, "", "4 March 2025", "Qastal market hit", "By Lina Haddad", "Subscribe now", "REUTER", "Related:",
         "14:32 GMT", "Updated 03/04/2014", "Correction: it was Monday.", "  indented line of text", "© 2025 Post"]
    ),
)  # fmt: skip


@given(st.lists(LINES, max_size=12), st.one_of(st.none(), st.just("Qastal market hit"), st.text(max_size=20)))
def test_whatever_the_text_it_stays_and_every_span_is_true(lines: list[str], title: str | None) -> None:
    given = Report(text="\n".join(lines), title=title)
    report, cuts, _ = lay_out(given)
    assert report.text == given.text
    assert report.sha256 == given.sha256
    for part in report.layout:
        assert isinstance(part, LayoutPart)
        assert part.span.of(report.text) == part.text != ""
    ends = [0]
    for cut in cuts:
        assert cut.span.start >= ends[-1]
        ends.append(cut.span.end)
    assert ends[-1] <= len(report.text)
    assert lay_out(given) == lay_out(given)


@given(st.lists(LINES, max_size=8))
def test_prose_is_never_left_out(lines: list[str]) -> None:
    text = "\n".join([*lines, BODY, *lines])
    at = text.index(BODY)
    assert not any(cut.span.start < at + len(BODY) and at < cut.span.end for cut in lay_out(Report(text=text))[1])


def test_only_a_notice_may_be_left_out_whole() -> None:
    text = "Subscribe to our newsletter"
    assert left(text) == [("subscription notice", text)]


@pytest.mark.parametrize(
    "line",
    [
        "By " + "Aa" * 30 + "!",
        "BY " + "A" * 60 + "!",
        "A-" * 500,
        "Zz." * 60 + " - x",
        "Sign up " * 100,
        "(" * 400,
        "a@" * 400,
    ],
)
def test_no_line_takes_long(line: str) -> None:
    """Patterns that try every way to part a line would take years over these."""
    started = time.perf_counter()
    lay_out(Report(text=f"{line}\n\n{BODY}"))
    assert time.perf_counter() - started < 1.0
