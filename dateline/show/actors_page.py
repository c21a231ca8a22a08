"""Actors as the register has them: names with their dates, links, people in office, codes, and where to check."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.text import Text

from dateline.codes import ACTOR_KINDS
from dateline.show.layout import hanging, styled
from dateline.show.phrasing import clean
from dateline.show.rows import QUIET, STRONG
from dateline.world.actor_rows import InUse, Listed, Post
from dateline.world.actors import Holder
from dateline.world.countries import countries

_LABEL = 12  # cells
_MOST_POSTS = 12  # people that are listed; the others are counted


def actor_page(found: Sequence[Holder], width: int) -> Iterator[Text]:
    """A block for each actor that a name can mean."""
    for number, holder in enumerate(found):
        if number:
            yield Text()
        yield from hanging(Text(), _head(holder.actor), width, 0)
        for label, said in _facts(holder):
            yield from hanging(styled(f"  {label}", QUIET), Text(said), width, _LABEL)


def _head(actor: Listed) -> Text:
    return styled(clean(actor.name), STRONG).append(f"  {actor.id}", QUIET)


def _facts(holder: Holder) -> Iterator[tuple[str, str]]:
    actor = holder.actor
    where = f", {countries()[actor.country].name}" if actor.country else ""
    when = _between(actor.begins, actor.ends)
    yield "kind", f"{actor.kind.replace('_', ' ')}{where}{when}"
    if actor.parent:
        yield "part of", actor.parent
    if holder.branches:
        yield "parts", ", ".join(holder.branches)
    if actor.names:
        yield "names", " · ".join(clean(used.name) + _used(used, actor) for used in actor.names)
    for bond in actor.links:
        since = f", {bond.since}" if bond.since else ""
        yield "link", f"{bond.kind.replace('_', ' ')} {bond.other}{since}"
    latest = sorted(holder.people, key=lambda post: (post.begins or date.min, post.name), reverse=True)
    for post in latest[:_MOST_POSTS]:
        yield "post", _post(post)
    if len(holder.people) > _MOST_POSTS:
        yield "", f"and {len(holder.people) - _MOST_POSTS} earlier posts; --on DATE shows those of a day"
    yield "codes", _codes(actor)
    yield "source", clean(f"{actor.source}{f' ({actor.origin})' if actor.origin else ''}")


def _used(used: InUse, actor: Listed) -> str:
    """When a name was in use, where that is not as long as its bearer was there."""
    begins = used.begins if used.begins != actor.begins else None
    return _between(begins, used.ends if used.ends != actor.ends else None)


def _post(post: Post) -> str:
    return clean(f"{post.name}, {post.role}") + _between(post.begins, post.ends)


def _codes(actor: Listed) -> str:
    codes = (
        ("PLOVER", " ".join(actor.plover)), ("UCDP", actor.ucdp), ("ACLED", ACTOR_KINDS[actor.kind].acled),
    )  # fmt: skip
    return "; ".join(f"{schema} {code}" for schema, code in codes if code) or "none"


def _between(begins: date | None, ends: date | None) -> str:
    """Such as " (2013-04-09 to 2014-06-28)"; an open end is left open."""
    if not begins and not ends:
        return ""
    return f" ({begins or '…'} to {ends or '…'})"
