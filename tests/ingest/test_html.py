"""Web pages into reports. All pages here are invented."""

import logging
from datetime import date

import pytest

from dateline.errors import InputError, NoArticle
from dateline.ingest.html import decode_page, read_head, read_page, without_site

BODY = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "Shells hit a market in Qastal on Monday, killing nine traders and wounding thirty more, the hospital said.",
        "The army denied that it had fired on the town, which rebels have held since January of last year.",
        "Residents carried the wounded over the river in boats because the bridge was destroyed in the spring.",
        "The mayor called on both sides to let an ambulance convoy through to the town before nightfall.",
    )
)
LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "Post"},
  {"@type": "NewsArticle", "headline": "Market in Qastal hit &amp; burnt", "datePublished": "2025-03-04T22:10:00+02:00",
   "publisher": {"@type": "Organization", "name": "Northland Post"}}]}</script>"""


def page(head: str = "", body: str = BODY, h1: str = "Market in Qastal hit") -> str:
    article = f"<article><h1>{h1}</h1>{body}</article>"
    return f"<!doctype html><html lang=en><head>{head}</head><body><nav>Home News</nav>{article}</body></html>"


def test_the_article_is_read_and_the_page_around_it_is_not() -> None:
    report, warnings = read_page(page(LD).encode(), url="https://post.example/qastal")
    assert "killing nine traders" in report.text
    assert "nightfall." in report.text
    assert "Home News" not in report.text
    assert report.title == "Market in Qastal hit & burnt"
    assert (report.published, report.source) == (date(2025, 3, 4), "Northland Post")
    assert report.url == "https://post.example/qastal"
    assert any("JSON-LD datePublished" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (LD, "Market in Qastal hit & burnt"),
        ('<meta property="og:title" content="Nine killed in Qastal">', "Nine killed in Qastal"),
        (
            '<meta property="og:site_name" content="Post"><meta property="og:title" content="Nine killed - Post">',
            "Nine killed",
        ),
        ('<meta property="og:title" content="Army - rebels truce">', "Army - rebels truce"),
        ("<title>Tab title</title>", "Market in Qastal hit"),
        (
            '<script type="application/ld+json">{"headline": "Broken \\"but\\" there", oops</script>',
            'Broken "but" there',
        ),
        ('<script type="application/ld+json">[[[</script>', "Market in Qastal hit"),
    ],
)
def test_titles_in_order_of_trust(head: str, title: str) -> None:
    assert read_head(page(head)).title == title


@pytest.mark.parametrize(
    ("head", "body", "day", "where"),
    [
        (
            LD + '<meta property="article:published_time" content="2025-03-09">',
            "",
            date(2025, 3, 4),
            "JSON-LD datePublished",
        ),
        (
            '<meta property="article:published_time" content="2025-03-09T01:00Z">',
            "",
            date(2025, 3, 9),
            "meta tag article:published_time",
        ),
        ("", '<time datetime="2025-03-07" itemprop="datePublished">Friday</time>', date(2025, 3, 7), "time element"),
        ("", '<p class="date">Published: 6 March 2025</p>', date(2025, 3, 6), "visible text"),
        ("", "", None, None),
        ('<meta name="date" content="yesterday">', "", None, None),
    ],
)
def test_dates_in_order_of_trust_and_never_today(head: str, body: str, day: date | None, where: str | None) -> None:
    found = read_head(page(head, body + BODY))
    assert (found.published, found.date_from) == (day, where)


def test_the_date_a_caller_gives_goes_before_the_pages() -> None:
    assert read_page(page(LD).encode(), published=date(2025, 3, 1))[0].published == date(2025, 3, 1)


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('<link rel="canonical" href="https://post.example/a">', "https://post.example/a"),
        ('<link rel="canonical" href="/a">', "https://mirror.example/a"),
        ('<link rel="canonical" href="https://post.example/">', "https://mirror.example/x?y=1"),
        ('<link rel="canonical" href="https://[broken">', "https://mirror.example/x?y=1"),
        ("", "https://mirror.example/x?y=1"),
    ],
)
def test_the_canonical_address_is_taken_where_it_is_one(link: str, url: str) -> None:
    assert read_head(page(link), "https://mirror.example/x?y=1").url == url


@pytest.mark.parametrize(
    ("title", "sites", "shorter"),
    [
        ("Bridge hit | Post", ["Post"], "Bridge hit"),
        ("Bridge hit – post", ["Post"], "Bridge hit"),
        ("Post: Bridge hit", ["Post"], "Bridge hit"),
        ("Bridge hit - army", ["Post"], "Bridge hit - army"),
        ("Post", ["Post"], "Post"),
        ("Outpost", ["post"], "Outpost"),
    ],
)
def test_only_a_known_site_name_is_cut_off(title: str, sites: list[str], shorter: str) -> None:
    assert without_site(title, sites) == shorter


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body></body></html>",
        b"<html><body><p>Hi</p>",
        b"<!doctype html>",
        b"<html><body><nav>A B C</nav></body>",
    ],
)
def test_a_page_without_an_article_says_so_and_nothing_else(data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).handlers.clear()
    with pytest.raises(NoArticle):
        read_page(data)
    assert capfd.readouterr() == ("", "")


def test_no_page_is_no_page() -> None:
    with pytest.raises(InputError, match="PDF"):
        read_page(b"%PDF-1.4")


@pytest.mark.parametrize(
    ("data", "charset", "text", "warned"),
    [
        ('<meta charset="iso-8859-1"><p>café'.encode("latin-1"), None, "café", False),
        ("<p>café".encode(), None, "café", False),
        ("<p>café".encode("cp1251", "replace") + "я".encode("cp1251"), "windows-1251", "я", False),
        ('<meta charset="utf-8"><p>“café”'.encode("cp1252"), None, "“café”", True),
        ('<meta charset="no-such"><p>café'.encode(), None, "café", False),
        ('<meta charset="punycode"><p>café'.encode(), "idna", "café", False),
        ("<p>café".encode("utf-16"), None, "café", False),
    ],
)
def test_pages_in_many_encodings(data: bytes, charset: str | None, text: str, warned: bool) -> None:
    decoded = decode_page(data, charset)
    assert text in decoded.text
    assert bool(decoded.warnings) == warned
