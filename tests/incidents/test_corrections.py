"""Reports that correct or take back another one. All reports are invented."""

from datetime import date, timedelta

import pytest
from copy_reports import brief, record

from dateline.incidents.corrections import is_version, notice_of, takes_back
from dateline.incidents.types import Brief

DAY = date(2021, 3, 4)
TITLE = "Fourteen drivers killed near Marsa Hadid"
TEXT = (
    "Gunmen killed 14 drivers near Marsa Hadid on Thursday, the provincial council said. The trucks came from Qasrin."
)


def _after(text: str, *, title: str | None = None, outlet: str = "Harbour Post", url: str | None = None) -> Brief:
    return brief("notice", text, title=title, outlet=outlet, day=DAY + timedelta(days=1), url=url)


FIRST = brief("first", TEXT, title=TITLE, url="https://harbour.example.com/drivers")
OTHER = brief("other", "A mill burned down in Qasrin.", title="Mill burns in Qasrin")

CORRECTIONS = [
    _after(f'CORRECTION: In our story headlined "{TITLE}" the toll was wrong. It was four.', title="Correction"),
    _after(f"{TEXT.replace('14', 'four')}\n\nThis story replaces an earlier version with a wrong toll.", title=TITLE),
    _after(f"An earlier version of this story gave a wrong toll.\n\n{TEXT.replace('14', 'four')}", title=TITLE),
    _after("The toll was four.", title=f"Correction: {TITLE}"),
]
WITHDRAWALS = [
    _after(
        f"We have withdrawn our report headlined '{TITLE}'. It rested on a forged statement.", title="To our readers"
    ),
    _after(f'KILL: "{TITLE}". The statement was forged. A new story will follow.', title="KILL"),
    _after("The statement was forged.", title=f"MANDATORY KILL: {TITLE}"),
    _after(f'Our report titled "{TITLE}" has been retracted.', title="A note from the editor"),
    _after("Our report https://www.harbour.example.com/drivers has been withdrawn.", title="A note from the editor"),
]


@pytest.mark.parametrize("notice", CORRECTIONS)
def test_a_correction_names_its_report(notice: Brief) -> None:
    assert notice.notice is not None
    assert notice.notice.kind == "correction"
    assert takes_back(notice, FIRST)
    assert not takes_back(notice, OTHER)


@pytest.mark.parametrize("notice", WITHDRAWALS)
def test_a_withdrawal_names_its_report(notice: Brief) -> None:
    assert notice.notice is not None
    assert notice.notice.kind == "withdrawal"
    assert takes_back(notice, FIRST)
    assert not takes_back(notice, OTHER)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "The minister withdrew his statement on Thursday and said the army would investigate.",
        "The rebels withdrew from the town of Marsa Hadid. A correction of the border was agreed.",
        "The ministry asked the newspaper to retract a story on the killing of 14 drivers.",
        "The drivers were killed on the way to the House of Correction in Qasrin.",
        "This story has been updated with additional information.",
    ],
)
def test_news_of_what_others_take_back_is_no_notice(text: str) -> None:
    assert notice_of(record(f"{text}\n\nThe trucks came from Qasrin and nobody said who was behind it.")) is None


def test_nobody_takes_back_what_another_outlet_or_a_later_day_said() -> None:
    notice = WITHDRAWALS[0]
    assert not takes_back(notice, brief("x", TEXT, title=TITLE, outlet="Selim Star"))
    assert not takes_back(notice, brief("x", TEXT, title=TITLE, day=DAY + timedelta(days=2)))
    assert not takes_back(FIRST, OTHER), "no notice"


def test_the_same_address_with_another_text_is_a_newer_version() -> None:
    newer = _after(
        TEXT.replace("14", "16"), title="Sixteen dead on the road", url="http://www.harbour.example.com/drivers/"
    )
    assert is_version(newer, FIRST)
    assert not is_version(FIRST, newer), "the older one is none of the newer"
    same = _after(TEXT, title=TITLE, url="https://harbour.example.com/drivers")
    assert not is_version(same, FIRST), "nothing was changed"
    elsewhere = _after(TEXT.replace("14", "16"), title=TITLE, url="https://harbour.example.com/other")
    assert not is_version(elsewhere, FIRST)


def test_without_addresses_the_title_and_the_text_tell_a_version() -> None:
    first = brief("first", TEXT, title=TITLE)
    assert is_version(_after(TEXT.replace("14", "16"), title="Sixteen drivers killed near Marsa Hadid"), first)
    assert not is_version(_after("Rain fell on Qasrin for nine days.", title=TITLE), first)
    assert not is_version(_after(TEXT.replace("14", "16"), title=TITLE, outlet="Selim Star"), first)
