"""Figures as nested values (GeoJSON, Parquet): the three numbers, the rule, the parts, the words each comes from."""

from typing import TypeAlias

from dateline.export.lookup import Lookup
from dateline.incidents.quotes import quote_of, words_of
from dateline.incidents.types import Estimate, Incident

Nested: TypeAlias = dict[str, object]


def figures(incident: Incident, lookup: Lookup) -> list[Nested]:
    """Each figure with the claims behind it: document hash, span and quote."""
    return [_figure(each, lookup) for each in incident.figures]


def _figure(estimate: Estimate, lookup: Lookup) -> Nested:
    return {
        "measure": estimate.measure,
        "low": estimate.low,
        "best": estimate.best,
        "high": estimate.high,
        "rule": estimate.rule,
        "parts": [
            {"of": part.of, "low": part.low, "best": part.best, "high": part.high, "claims": list(part.claims)}
            for part in estimate.parts
        ],
        "sources": _sources(estimate, lookup),
    }


def _sources(estimate: Estimate, lookup: Lookup) -> list[Nested]:
    """The claims behind low, best and high, each once, with the ends that it stands for."""
    ends = {"low": estimate.low_from, "best": estimate.best_from, "high": estimate.high_from}
    made: list[Nested] = []
    for key in dict.fromkeys(key for keys in ends.values() for key in keys):
        stored = lookup.claim(key)
        of = [end for end, keys in ends.items() if key in keys]
        value = getattr(estimate, of[0])
        quote, found = quote_of(estimate, stored, value), words_of(estimate, stored, value)
        made.append(
            {
                "of": of,
                "claim": key,
                "publisher": stored.publisher,
                "published": stored.published,
                "url": stored.url,
                "text_sha256": stored.text_sha256,
                "raw_sha256": stored.raw_sha256,
                "quote_in": quote.where,
                "quote_start": quote.span.start,
                "quote_end": quote.span.end,
                "quote": quote.text,
                "words": found.text if found else None,
            }
        )
    return made
