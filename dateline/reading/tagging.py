"""Parts of speech and names, word by word, by a small linear model.

Taught by a larger pipeline (training/plain/teach.py). Two passes: parts of speech from the word's own shape and its
neighbours; then names, which see the parts of speech. Reports in capitals are tagged in lower case with shape
features blanked, as the model was taught on such copies too.
"""

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from dateline.reading.linear import Linear, load
from dateline.reading.words import Sentence, Token

_EDGE = "¶"


@lru_cache(20_000)
def shape(word: str) -> str:
    """Runs of capitals, small letters, digits and marks: "al-Maliki" → "a-Aa"."""
    made = ""
    for c in word:
        kind = "A" if c.isupper() else "a" if c.isalpha() else "9" if c.isdigit() else c
        if kind != made[-1:]:
            made += kind
    return made[:6]


def tag_features(words: Sequence[str], shouted: bool) -> list[list[str]]:
    """Features of each word for its part of speech. `shouted`: the sentence is in capitals, so case says nothing."""
    lower = [_EDGE, _EDGE, *(w.lower() for w in words), _EDGE, _EDGE]
    shapes = ["", "", *("-" if shouted else shape(w) for w in words), "", ""]
    made = []
    for i in range(2, len(lower) - 2):
        w, before, after = lower[i], lower[i - 1], lower[i + 1]
        made.append([
            "w=" + w, "s3=" + w[-3:], "s2=" + w[-2:], "s4=" + w[-4:], "p2=" + w[:2], "c=" + shapes[i],
            "a=" + before, "b=" + after, "aa=" + lower[i - 2], "bb=" + lower[i + 2],
            "aw=" + before + "|" + w, "wb=" + w + "|" + after, "as=" + before[-3:] + "|" + w[-3:],
            "bs=" + after[-3:] + "|" + w[-3:], "a2=" + lower[i - 2] + "|" + before, "b2=" + after + "|" + lower[i + 2],
            "ac=" + shapes[i - 1] + "|" + shapes[i], "bc=" + shapes[i] + "|" + shapes[i + 1],
            "sb=" + after[-3:], "sa=" + before[-3:], *(("first",) if i == 2 else ()),
        ])  # fmt: skip
    return made


def name_features(words: Sequence[str], tags: Sequence[str], shouted: bool) -> list[list[str]]:
    """Features of each word for names; `tags` are the parts of speech found before."""
    n = len(words)
    lower = [_EDGE] * 3 + [w.lower() for w in words] + [_EDGE] * 3
    shapes = [""] * 3 + ["-" if shouted else shape(w) for w in words] + [""] * 3
    parts = [""] * 3 + list(tags) + [""] * 3
    made = []
    for i in range(3, n + 3):
        w = lower[i]
        item = ["w=" + w, "s3=" + w[-3:], "p3=" + w[:3], "c=" + shapes[i], "t=" + parts[i]]
        for d in (-2, -1, 1, 2):
            item += [f"w{d}=" + lower[i + d], f"c{d}=" + shapes[i + d], f"t{d}=" + parts[i + d]]
        item += [
            "w-3=" + lower[i - 3], "w3=" + lower[i + 3], "s-1=" + lower[i - 1][-3:], "s1=" + lower[i + 1][-3:],
            "aw=" + lower[i - 1] + "|" + w, "wb=" + w + "|" + lower[i + 1],
            "ct=" + shapes[i - 1] + "|" + shapes[i] + "|" + shapes[i + 1],
            "tt=" + parts[i - 1] + "|" + parts[i] + "|" + parts[i + 1],
            "ab=" + lower[i - 1] + "|" + lower[i + 1],
            "wc=" + lower[i + 1] + "|" + shapes[i + 2], "wa=" + shapes[i - 2] + "|" + lower[i - 1],
        ]  # fmt: skip
        made.append(item)
    return made


def is_shouted(words: Sequence[str]) -> bool:
    """Whether a sentence is in capitals: none of its words has a small letter, and there are enough to tell."""
    lettered = [w for w in words if w.isalpha() and len(w) > 1]
    return len(lettered) >= 4 and sum(w.isupper() for w in lettered) > 0.8 * len(lettered)


def tag(sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The same sentences, each token with its part of speech (`tag`, `form`) and name (`name`)."""
    tags, names = load("tagger"), load("names")
    words = [[t.text for t in s.tokens] for s in sentences]
    shouted = [is_shouted(w) for w in words]
    forms = _by_sentence(tags, [tag_features(w, up) for w, up in zip(words, shouted, strict=True)])
    coarse = [[f.partition("|")[0] for f in row] for row in forms]
    found = _by_sentence(names, [name_features(w, c, up) for w, c, up in zip(words, coarse, shouted, strict=True)])
    return tuple(
        msgspec.structs.replace(sentence, tokens=_tagged(sentence.tokens, row, mended(bio)))
        for sentence, row, bio in zip(sentences, forms, found, strict=True)
    )


def mended(bio: Sequence[str]) -> list[str]:
    """BIO tags that hold together: an inside after nothing, or after another kind, opens a name."""
    made: list[str] = []
    for label in bio:
        if label.startswith("I-") and (not made or made[-1][2:] != label[2:]):
            label = "B-" + label[2:]
        made.append(label)
    return made


def _by_sentence(model: Linear, items: Sequence[list[list[str]]]) -> list[list[str]]:
    flat = iter(model.best([features for sentence in items for features in sentence]))
    return [[next(flat) for _ in sentence] for sentence in items]


def _tagged(tokens: Sequence[Token], forms: Sequence[str], names: Sequence[str]) -> tuple[Token, ...]:
    made = []
    for token, form, name in zip(tokens, forms, names, strict=True):
        coarse, _, fine = form.partition("|")
        made.append(Token(token.text, token.start, token.end, coarse, "" if name == "O" else name, fine))
    return tuple(made)
