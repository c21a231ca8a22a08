"""Which agencies a report names as where it comes from. All reports are invented, some agencies are not."""

import pytest
from copy_reports import record

from dateline.incidents.credits import credits_of, same_house

BODY = "Gunmen killed 14 drivers near Marsa Hadid on Thursday, the provincial council said."
MORE = "The trucks were on their way from the port of Qasrin to the camps in the valley."

CREDITED = [
    (f"DAMASCUS (AP) — {BODY}\n\n{MORE}", ("Associated Press",)),
    (f"QASRIN (Harbour News Agency) — {BODY}\n\n{MORE}", ("Harbour News Agency",)),
    (f"QASRIN, 4 March (HNA) — {BODY}\n\n{MORE}", ("HNA",)),
    (f"{BODY}\n\n{MORE} (AFP)", ("Agence France-Presse",)),
    (f"{BODY}\n\n{MORE} (Harbour News Agency)", ("Harbour News Agency",)),
    (f"{BODY}\n\n{MORE}\n\nREUTERS", ("Reuters",)),
    (f"{BODY} {MORE} - REUTERS", ("Reuters",)),
    (f"By Anna Reed, Associated Press\n\n{BODY}\n\n{MORE}", ("Associated Press",)),
    (f"{BODY}\n\n{MORE}\n\nThe Associated Press contributed to this report.", ("Associated Press",)),
    (f"{BODY}\n\n{MORE}\n\nSource: SANA", ("Syrian Arab News Agency",)),
    (f"{BODY}\n\n{MORE}\n\nWith agencies", ("news agencies",)),
    (f"Fourteen drivers were killed, Reuters reported.\n\n{MORE}", ("Reuters",)),
    (f"Fourteen drivers were killed, Harbour News Agency reported.\n\n{MORE}", ("Harbour News Agency",)),
    (f'{BODY}\n\n"They came at noon," the driver told AFP. {MORE}', ("Agence France-Presse",)),
    (f"Aleppo, SANA- {BODY} {MORE}", ("Syrian Arab News Agency",)),
]


@pytest.mark.parametrize(("text", "credits"), CREDITED)
def test_what_is_credited(text: str, credits: tuple[str, ...]) -> None:
    assert credits_of(record(text, title="Drivers killed near Marsa Hadid", source="Selim Star")) == credits


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n\n{MORE}",
        f"{BODY}\n\n{MORE} (Anna Reed)",  # its writer
        f"{BODY}\n\n{MORE} (June 15)",
        f"{BODY}\n\nThe Central Intelligence Agency said it knew nothing. {MORE}",
        f"NEW QASRIN - {BODY}\n\n{MORE}",
    ],
)
def test_what_is_no_credit(text: str) -> None:
    assert credits_of(record(text, title="Drivers killed near Marsa Hadid", source="Selim Star")) == ()


def test_an_outlet_does_not_credit_itself() -> None:
    assert credits_of(record(f"QASRIN (HARB) — {BODY}\n\n{MORE}", source="harbtv.example.com")) == ("HARB",)
    assert credits_of(record(f"QASRIN (HARB) — {BODY}\n\n{MORE}", source="harbtv.com")) == ()
    assert credits_of(record(f"DAMASCUS (AP) — {BODY}\n\n{MORE}", source="Associated Press")) == ()


def test_the_chain_runs_from_the_page_inwards() -> None:
    text = f"QASRIN (AFP) — Fourteen drivers were killed, Harbour News Agency reported.\n\n{MORE}"
    assert credits_of(record(text, source="Selim Star")) == ("Agence France-Presse", "Harbour News Agency")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reuters", "reuters.com"),
        ("a-set/reuters", "Reuters"),
        ("The Harbour Post", "Harbour Post"),
        ("AFP", "afp.com"),
    ],
)
def test_one_house_under_several_names(one: str, other: str) -> None:
    assert same_house(one, other)


def test_two_houses() -> None:
    assert not same_house("Harbour Times", "The Times")
    assert not same_house("Reuters", "AFP")
