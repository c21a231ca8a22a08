"""A web page into a report: the article's text, and what the page says about it.

Text by trafilatura in its precision mode, comments off. What the publisher writes for machines comes first: title and
date by JSON-LD, then meta tags, then what a reader sees.
"""

import json
import logging
import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from msgspec import Struct

from dateline.errors import NoArticle
from dateline.ingest.dates import read_date
from dateline.ingest.text import Decoded, clean, known_encoding, marked_encoding, plain_newlines, refuse_binary
from dateline.record import Report

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page declares its encoding (the HTML standard asks for the first 1,024)
_UNMARKED = "windows-1252"  # what a page without a declaration is read as, by the HTML standard
_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|Review|NewsArticle)$")
_BROKEN_TITLE = re.compile(r'"headline"\s*:\s*("(?:[^"\\]|\\.)*")')
_BROKEN_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]+)"')
_TITLE_TAGS = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
_DATE_TAGS = (
    "article:published_time", "article:published", "og:published_time", "datepublished", "dc.date.issued", "dc.date",
    "dcterms.date", "dcterms.created", "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "pubdate",
    "publication_date", "article.published", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_SITE_TAGS = ("og:site_name", "application-name", "dc.publisher", "twitter:site")
_SENTENCE = 50  # characters: the shortest flash ("Two shells hit the bridge at Qastal, the mayor said.")
_PARAGRAPH = 150  # characters: no entry of a menu is as long
_JOINTS = r"[-–—|·•:»]"


class Found(Struct, frozen=True):
    """A value and where on the page it stood."""

    value: str
    where: str


class Head(Struct, frozen=True, kw_only=True):
    """What a page says about its article."""

    title: str | None
    published: date | None
    date_from: str | None
    source: str | None
    url: str | None


def read_page(
    data: bytes, *, url: str | None = None, charset: str | None = None, published: date | None = None
) -> tuple[Report, tuple[str, ...]]:
    """The report in a page, and warnings.

    Args:
        url: where the page was found; its own canonical address goes before it.
        charset: the encoding that the server declared.
        published: the date, where the caller knows better than the page.
    Raises:
        InputError: the bytes are no page; NoArticle where they are and it holds no article.
    """
    refuse_binary(data)
    page = decode_page(data, charset)
    text = article_text(page.text)
    head = read_head(page.text, url)
    warnings = page.warnings
    if published is None and head.published and head.date_from:
        warnings += (f"published {head.published.isoformat()} by the page's {head.date_from}",)
    report = Report(
        text=text, title=head.title, published=published or head.published, source=head.source, url=head.url or url
    )
    return report, warnings


def decode_page(data: bytes, charset: str | None = None) -> Decoded:
    """A page's characters by its byte order mark, the server's word, its own word, UTF-8, or the web's old default."""
    found = _CHARSET.search(data[:_HEAD])
    declared = found[1].decode("ascii", "replace") if found else None
    for name in (marked_encoding(data), known_encoding(charset), known_encoding(declared), "utf-8"):
        try:
            if name:
                return clean(plain_newlines(data.decode(name)))
        except UnicodeDecodeError:
            continue
    decoded = clean(plain_newlines(data.decode(_UNMARKED, "replace")))
    warning = f"the page is not in the encoding it declares ({declared or 'none'}); read as {_UNMARKED}"
    return Decoded(decoded.text, (*decoded.warnings, warning))


def article_text(page: str) -> str:
    """The article's text, a paragraph a line.

    Raises:
        NoArticle: nothing on the page looks like an article.
    """
    _quiet()
    import trafilatura

    try:
        text = trafilatura.extract(page, favor_precision=True, include_comments=False, output_format="txt")
    except (ValueError, RecursionError) as error:  # markup that lxml refuses, or nested beyond all measure
        raise NoArticle(f"the page cannot be taken apart: {error}") from error
    if not text or not any(map(_is_prose, text.split("\n"))):
        raise NoArticle("there is no article on the page; give a report's own page, or its text")
    return plain_newlines(text)


def _is_prose(paragraph: str) -> bool:
    """Whether a paragraph can stand in an article: menus are shorter, or end in no full stop."""
    words = paragraph.strip().rstrip("\"'”’»)]")
    return len(words) >= (_SENTENCE if words.endswith((".", "!", "?", "…", "。", "！", "？")) else _PARAGRAPH)


def read_head(page: str, url: str | None = None) -> Head:
    """Title, date, publisher and address of the article on a page; None for each that the page does not tell."""
    tree = _tree(page)
    if tree is None:
        return Head(title=None, published=None, date_from=None, source=None, url=url)
    blocks = [str(script.text or "") for script in tree.iter("script") if "ld+json" in (script.get("type") or "")]
    articles, broken = _articles(blocks)
    tags = _tags(tree)
    sites = _site_names(articles, tags)
    title = _title(tree, articles, broken, tags)
    day, where = _published(page, tree, articles, broken, tags)
    return Head(
        title=without_site(title, sites) if title else None,
        published=day,
        date_from=where,
        source=sites[0] if sites else None,
        url=_canonical(tree, tags, url),
    )


def without_site(title: str, sites: Sequence[str]) -> str:
    """A title without the name of its site at its end (or start), where that name is known."""
    for site in sites:
        name = re.escape(site)
        for cut in (rf"\s*{_JOINTS}\s*{name}\s*$", rf"^\s*{name}\s*{_JOINTS}\s+"):
            shorter = re.sub(cut, "", title, flags=re.IGNORECASE)
            if shorter and shorter != title:
                return shorter.strip()
    return title


def _tree(page: str) -> "HtmlElement | None":
    from lxml import etree, html

    try:
        # Bytes, because lxml refuses text that carries an encoding declaration of its own.
        return html.fromstring(page.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _quiet() -> None:
    """Keep the libraries' log lines off the user's terminal; what went wrong is told by the error."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _articles(blocks: Sequence[str]) -> tuple[list[dict[str, Any]], str]:
    """The JSON-LD objects that describe an article, news first, and the blocks that are not JSON."""
    found: list[dict[str, Any]] = []
    broken: list[str] = []
    for block in blocks:
        try:
            found += _objects(json.loads(block.strip().rstrip(";"), strict=False))
        except (ValueError, RecursionError):
            broken.append(block)
    articles = [item for item in found if any(_ARTICLE.search(kind) for kind in _kinds(item))]
    articles.sort(key=lambda item: (not item.get("headline"), not any("News" in kind for kind in _kinds(item))))
    return articles, "\n".join(broken)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key))


def _kinds(item: dict[str, Any]) -> list[str]:
    kind = item.get("@type")
    return [str(one) for one in kind] if isinstance(kind, list) else [str(kind or "")]


def _tags(tree: "HtmlElement") -> dict[str, str]:
    """Meta tags by lower-case name; the first of a name counts."""
    made: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = _tidy(tag.get("content") or "")
        if name and content:
            made.setdefault(name, content)
    return made


def _title(tree: "HtmlElement", articles: Sequence[dict[str, Any]], broken: str, tags: dict[str, str]) -> str | None:
    return (
        next((_tidy(item["headline"]) for item in articles if _is_text(item.get("headline"))), None)
        or _from_broken(broken)
        or next((tags[name] for name in _TITLE_TAGS if name in tags), None)
        or next((text for text in map(_words, tree.iter("h1")) if text), None)
        or next((text for text in map(_words, tree.iter("title")) if text), None)
    )


def _from_broken(broken: str) -> str | None:
    if not (found := _BROKEN_TITLE.search(broken)):
        return None
    try:
        return _tidy(json.loads(found[1], strict=False))
    except ValueError:
        return None


def _published(
    page: str, tree: "HtmlElement", articles: Sequence[dict[str, Any]], broken: str, tags: dict[str, str]
) -> tuple[date | None, str | None]:
    """The day of publication and which part of the page told it; never the day of fetching."""
    for found in _stated_dates(tree, articles, broken, tags):
        if day := read_date(found.value):
            return day, found.where
    if day := _visible_date(page):
        return day, "visible text"
    return None, None


def _stated_dates(
    tree: "HtmlElement", articles: Sequence[dict[str, Any]], broken: str, tags: dict[str, str]
) -> Iterator[Found]:
    for item in articles:
        for key in ("datePublished", "dateCreated"):
            if _is_text(item.get(key)):
                yield Found(item[key], f"JSON-LD {key}")
    if found := _BROKEN_DATE.search(broken):
        yield Found(found[1], "JSON-LD datePublished")
    for name in _DATE_TAGS:
        if name in tags:
            yield Found(tags[name], f"meta tag {name}")
    for tag in tree.iter("time"):
        if tag.get("datetime") and (tag.get("pubdate") is not None or tag.get("itemprop") == "datePublished"):
            yield Found(tag.get("datetime"), "time element")


def _visible_date(page: str) -> date | None:
    _quiet()
    from htmldate import find_date

    try:
        found = find_date(page, original_date=True, extensive_search=False)
    except (ValueError, RecursionError, AttributeError):
        return None
    return read_date(found) if found else None


def _site_names(articles: Sequence[dict[str, Any]], tags: dict[str, str]) -> list[str]:
    """What the publisher calls itself, the likeliest first."""
    names: list[str] = []
    for item in articles:
        publisher = item.get("publisher")
        for one in publisher if isinstance(publisher, list) else [publisher]:
            name = one.get("name") if isinstance(one, dict) else one
            if _is_text(name) and not str(name).startswith("http"):
                names.append(_tidy(str(name)))
    names += [tags[name].removeprefix("@") for name in _SITE_TAGS if name in tags]
    return list(dict.fromkeys(names))


def _canonical(tree: "HtmlElement", tags: dict[str, str], url: str | None) -> str | None:
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for address in (*links, tags.get("og:url")):
        try:
            whole = urljoin(url or "", (address or "").strip())
            parts = urlsplit(whole)
        except ValueError:
            continue
        # A canonical link to the front page is a mistake of the site, not the report's address.
        if parts.scheme in ("http", "https") and parts.netloc and (parts.path.strip("/") or parts.query):
            return str(whole)
    return url


def _words(element: "HtmlElement") -> str:
    return _tidy(" ".join(element.itertext()))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _tidy(text: str) -> str:
    # Only the spaces of the markup are joined: a no-break or an ideographic space is the headline's own.
    return re.sub(r"[ \t\r\n\f]+", " ", clean(unescape(text)).text).strip()
