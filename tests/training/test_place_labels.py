"""Labels of place names: from a filled sheet to spans. The report is made up."""

from pathlib import Path

from training.places.labels import blocks, placed

TEXT = "Shells fell on New Brimsa. Brimsa and New Brimsa lie in Syria. The Syrian army left Brimsa."
SENTENCES = [(0, 26), (27, 62), (63, 92)]
FILLED = """## made-up | invented
Brimsa | P | Brimsa; Idlib; SY | 35.8, 36.7 | all
New Brimsa | P | New Brimsa; Idlib; SY | 35.9, 36.8 | 0 1
Syria | P | Syria; ; SY | 35, 38 | all
Syrian | D | Syria; ; SY | ? , ? | 2
a line that answers nothing
## empty | invented
"""


def test_the_longest_form_covers_what_lies_in_it(tmp_path: Path) -> None:
    (tmp_path / "filled.txt").write_text(FILLED, "utf-8")
    (key, lines), (other, none) = blocks([tmp_path / "filled.txt"])
    assert (key, other, none) == ("made-up", "empty", [])
    names = placed(TEXT, SENTENCES, lines)
    found = [(TEXT[n.start : n.end], n.kind, n.country, n.lat) for n in names]
    assert found == [
        ("New Brimsa", "P", "SY", 35.9),
        ("Brimsa", "P", "SY", 35.8),
        ("New Brimsa", "P", "SY", 35.9),
        ("Syria", "P", "SY", 35.0),
        ("Syrian", "D", "SY", None),
        ("Brimsa", "P", "SY", 35.8),
    ]


def test_one_of_two_in_a_sentence_can_be_meant() -> None:
    text = "Jordan left Jordan."
    (name,) = placed(text, [(0, 19)], [["Jordan", "P", "Jordan; ; JO", "31, 36", "0#2"]])
    assert (name.start, name.end) == (12, 18)
