"""Count the cue table and fit the score of `dateline/reading/attribution_score.py` on PolNeAR's train part.

    python -m training.status.fit_cues ../shared/data/attribution/polnear_train.jsonl

writes `dateline/data/cues.csv` (a word form a row, with the log odds that an occurrence reports something) and
`dateline/data/cue_weights.csv` (a feature a row), each with its label. Takes about a minute on one core; no randomness.
"""

import json
import re
import sys
from collections import Counter
from hashlib import sha256
from math import log
from pathlib import Path

import numpy as np

from dateline.reading import attribution, attribution_score, clauses, constructions
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence
from dateline.record import Report
from dateline.world.labels import read_label

DATA = Path(__file__).resolve().parents[2] / "dateline" / "data"
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W_]+)*")
MIN_HITS, MIN_SHARE = 3, 0.10  # forms seen as a cue less often, or in a smaller share of their uses, only add noise
RIDGE = 2.0

# Words that never carry an attribution themselves, though they stand inside cues ("has not yet said").
FUNCTION = frozenset(
    "to has of on a in for with have is also the are not was out had would an by at from been s against did his as "
    "and made were will be more up that back now over first just went repeatedly her it could still like even "
    "recently no off last later their then this down so both all into long can does most publicly often one only "
    "quickly new previously up its during again already never much less time once open after clear strongly well "
    "most always some without yet too very him he she they we you i who us them my our your there about out tuesday "
    "wednesday thursday friday saturday sunday monday twitter facebook campaign week year month day night news press "
    "trump clinton debate come came go going make making do doing get got give gave take took taken use used put "
    "keep kept turn turned according been".split()
)
# Word stems that put something forward as being so, whatever the ending; the rest of the table are attitudes and acts.
REPORTS = (
    "said say says saying told tell tells telling reported report reports reporting announce declar stat note noted "
    "noting notes add adds added adding wrote write writes writing written claim explain warn confirm acknowledg "
    "admit deni deny accus alleg assert insist argu suggest indicat estimat believ believe believes think thinks "
    "thought reveal conclud describ recall stress emphasi quot cit cites cited citing tweet post posted posting "
    "predict reiterat repl respond answered testif disclos cautioned mention observ maint maintains maintained "
    "remark comment contend blam point pointed pointing show shows showed showing found finds quip recount relat vow "
    "pledg promis identif express fear fears feared feel feels assum assure suspect speculat understand determined "
    "heard hear learned inform informed assess assur attribut statement announcement assertion allegation accusation "
    "claim claims reports report warning denial interview account accounts communique speech remind underlin affirm "
    "certif proclaim specif counter boast ascrib implicat charg reject dismiss hint imply implies implied signal "
    "voic complain lament concede decried opined forecast calculat put puts apprehend communicat broadcast publish "
    "relay releas rul deem see saw read reads know knew knows expect expects expected"
).split()
HEDGES = (
    "claim alleg estimat believ suspect speculat assum purport rumo suggest appear seem apprehend fear think thought "
    "expect predict presum"
).split()
# Cues of war reporting that newspapers on an election seldom use; odds set by hand, near those of their synonyms there.
ADDED = {
    "informed": 0.8, "informs": 0.5, "inform": -1.0, "quoted": 0.5, "alleged": -0.5, "alleging": 1.0, "alleges": 2.0,
    "allege": 1.5, "reportedly": -9.0, "estimated": 0.0, "estimates": 0.0, "estimate": -0.5, "blames": 1.0,
    "blaming": 1.0, "accuses": 2.0, "accusing": 1.5, "denies": 2.0, "denying": 1.5, "deny": 0.5, "warns": 2.0,
    "warning": 0.0, "announces": 1.5, "announcing": 1.0, "confirms": 1.5, "confirming": 1.0, "reporting": -1.0,
    "reports": 0.0, "report": -1.5, "claims": 0.0, "claim": 0.0, "asserts": 2.0, "states": -1.5, "indicates": 0.5,
    "reveals": 1.0, "describes": 1.0, "communique": -1.0, "statement": -0.5, "allegation": 0.5, "allegations": 0.0,
    "accusation": 0.5, "accusations": 0.0, "denial": 0.0, "announcement": 0.0, "testified": 2.0, "attributed": 0.5,
    "broadcast": -1.5, "affirmed": 2.0, "assured": 1.5, "assures": 2.0, "emphasized": 2.0, "emphasised": 2.0,
    "stressed": 2.0, "stresses": 2.0, "underlined": 1.5, "recounted": 1.5, "suspects": -1.0, "fears": -0.5,
    "feared": 0.5, "believed": 0.5, "assessed": 0.0, "reiterated": 2.0, "pointed": 0.0, "tweeted": 2.5, "thinks": 1.5,
    "vows": 1.5, "vowed": 2.0, "pledges": 0.0, "threatened": 0.0, "condemns": 1.5, "urges": 1.5, "demanded": 1.0,
    "demands": -0.5, "demanding": 0.5, "asserted": 1.5, "expected": -1.5, "says": 2.5, "say": 1.0,
}  # fmt: skip
NOUNS = frozenset(
    "statement statements announcement claim claims report reports assertion assertions allegation allegations "
    "accusation accusations warning warnings denial denials interview account accounts communique criticism support "
    "endorsement speech letter message comment comments remark remarks promise promises proposal plan plans decision "
    "hope hopes view views opposition estimate estimates question questions letter response belief fear fears "
    "concern concerns demand demands threat threats vow pledge pledges suggestion idea opinion doubt doubts rumours "
    "rumors speculation".split()
)
# Nouns in this list are verbs as often; the words around decide.
BOTH = frozenset(
    "claim claims report reports support promise promises plan plans hope hopes view views question questions fear "
    "fears demand demands comment comments estimate estimates doubt doubts pledge pledges vow remark remarks".split()
)


def main(path: str) -> None:
    with open(path, encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    table = count(rows)
    write_cues(table, path)
    write_weights({}, path)
    read_label.cache_clear()
    constructions.cues.cache_clear()
    attribution_score.weights.cache_clear()
    names, matrix, labels = examples(rows)
    fitted = logistic(matrix, labels)
    write_weights(dict(zip(names, fitted, strict=True)), path)
    guess = 1 / (1 + np.exp(-matrix @ fitted))
    for keep in (0.25, 0.3, 0.36, 0.4, 0.45, 0.5):
        hit = float(labels[guess >= keep].sum())
        print(f"keep {keep}: of candidates P {hit / (guess >= keep).sum():.3f} R {hit / labels.sum():.3f}")


def count(rows: list[dict]) -> dict[str, tuple[float, int, int]]:
    """Log odds, uses as a cue, and all uses of each word form."""
    total, hits = Counter(), Counter()
    anchors: list[list[str]] = []
    for row in rows:
        text = row["text"]
        total.update(w.lower() for w in WORD.findall(text))
        for one in row["attributions"]:
            words = [w.lower() for a, b in one.get("anchor") or one["cue"] for w in WORD.findall(text[a:b])]
            anchors.append([w for w in words if w not in FUNCTION])
    for words in anchors:
        hits.update(set(words))
    share = {w: hits[w] / (total[w] + 3) for w in hits}
    heads = Counter(max(words, key=lambda w: share[w]) for words in anchors if words)
    made = {}
    for word, pos in heads.items():
        if pos >= MIN_HITS and pos / max(pos, total[word]) >= MIN_SHARE and len(word) > 2:
            made[word] = (log((pos + 0.5) / (max(0, total[word] - pos) + 1.5)), pos, total[word])
    for word, odds in ADDED.items():
        if odds > -5 and (word not in made or made[word][2] < 30):
            made[word] = (odds, heads[word], total[word])
    return made


def write_cues(table: dict[str, tuple[float, int, int]], path: str) -> None:
    lines = ["form,kind,odds,reports,hedges,seen_as_cue,seen"]
    for form, (odds, pos, total) in sorted(table.items()):
        kind = "noun" if form in NOUNS and form not in BOTH else "verb"
        lines.append(f"{form},{kind},{odds:.2f},{_yes(form, REPORTS)},{_yes(form, HEDGES)},{pos},{total}")
    label("cues", "Words that report what somebody says, thinks or wants, with how surely they do", lines, path)


def _yes(form: str, stems: tuple[str, ...] | list[str]) -> str:
    return "yes" if any(form == s or (len(s) > 3 and form.startswith(s)) for s in stems) else "no"


def examples(rows: list[dict]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """One line a candidate: its features, and whether cue, source and content all meet one gold attribution's."""
    features: list[dict[str, float]] = []
    labels: list[bool] = []
    for row in rows:
        report = Report(text=row["text"])
        sentences = tag(split(report))
        for sentence, inside in zip(sentences, clauses.quotation_marks(sentences), strict=True):
            view = clauses.View(sentence, inside)
            gold = near(sentence, row)
            for found in attribution.candidates(view):
                features.append(found.features)
                labels.append(any(is_right(found, view, one) for one in gold))
    names = sorted({name for line in features for name in line})
    matrix = np.zeros((len(features), len(names)))
    column = {name: k for k, name in enumerate(names)}
    for k, line in enumerate(features):
        for name, value in line.items():
            matrix[k, column[name]] = value
    return names, matrix, np.array(labels, dtype=float)


def _meets(start: int, end: int, spans: list[list[int]]) -> list[bool]:
    return [a < end and start < b for a, b in spans]


def near(sentence: Sentence, row: dict) -> list[dict]:
    """A text's annotated attributions whose cue stands in a sentence."""
    return [one for one in row["attributions"] if any(_meets(sentence.span.start, sentence.span.end, one["cue"]))]


def is_right(found: constructions.Candidate, view: clauses.View, gold: dict) -> bool:
    def meets(pieces: tuple[tuple[int, int], ...], role: str) -> bool:
        return any(any(_meets(view.tokens[a].start, view.tokens[b - 1].end, gold[role])) for a, b in pieces if a < b)

    sourced = meets((found.source,), "source") if found.source else not gold["source"]
    return meets((found.cue,), "cue") and sourced and meets(found.content, "content")


def logistic(matrix: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Ridge logistic regression by Newton's method."""
    weights = np.zeros(matrix.shape[1])
    for _ in range(25):
        guess = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        gradient = matrix.T @ (labels - guess) - RIDGE * weights
        curvature = (matrix * (guess * (1 - guess))[:, None]).T @ matrix + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if np.abs(step).max() < 1e-4:
            break
    return weights


def write_weights(fitted: dict[str, float], path: str) -> None:
    lines = ["feature,weight"] + [
        f"{name},{value:.3f}" for name, value in sorted(fitted.items()) if abs(value) >= 0.005
    ]
    label("cue_weights", "Weights by which a candidate attribution is scored (log odds)", lines, path)


def label(
    name: str, title: str, lines: list[str], path: str, *, source: str = "", trained_by: str = "", limits: str = ""
) -> None:
    """Write `dateline/data/NAME.csv` and the label that says where it comes from."""
    body = "\n".join(lines) + "\n"
    (DATA / f"{name}.csv").write_text(body, encoding="utf-8")
    facts = {
        "title": title,
        "source": source
        or "counted from PolNeAR 1.0, train part (Newell, Margolin, Ruths 2018); word lists by the project",
        "licence": "Apache-2.0 (counts and weights; no text of the corpus)",
        "trained_by": trained_by or "python -m training.status.fit_cues ../shared/data/attribution/polnear_train.jsonl",
        "trained_on": f"{Path(path).name}, sha256 {sha256(Path(path).read_bytes()).hexdigest()[:16]}",
        "limits": limits or "newspaper English of 2015 and 2016; forms that are rare there have odds set by hand",
        "columns": lines[0].split(","),
        "sha256": sha256(body.encode()).hexdigest(),
    }
    made = [f"# dateline/data/{name}.toml"] + [f"{key} = {json.dumps(value)}" for key, value in facts.items()]
    made += [
        "[assert]",
        f"rows = {{ min = {len(lines) // 2}, max = {len(lines) * 2} }}",
        f'unique = ["{lines[0].split(",")[0]}"]',
    ]
    (DATA / f"{name}.toml").write_text("\n".join(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
