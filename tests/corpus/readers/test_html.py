"""A page reads as a browser shows it, without what leads around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.readers.extract import Extract, UnreadableError
from sstc_chat.corpus.readers.html import extract

Outline = Callable[[Extract], list[str]]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param(
            "<h1>One</h1><p>Two <b>th</b>ree", ["heading1: One", "paragraph: Two three"], id="inline"
        ),
        pytest.param("<h3>A<br>b</h3>", ["heading3: A b"], id="heading-of-two-lines"),
        pytest.param(
            "loose<div>boxed</div>loose",
            ["paragraph: loose", "paragraph: boxed", "paragraph: loose"],
            id="loose",
        ),
        pytest.param("<p>Road 4<br>Geneva</p>", ["line: Road 4", "line: Geneva"], id="address"),
        pytest.param("<p>One line<br></p>", ["paragraph: One line"], id="break-at-the-end"),
        pytest.param(
            "<ul><li>a<li><p>b</p><ul><li>c</ul></ul><ol start=3><li>d<li>e</ol>",
            ["line: • a", "line: • b", "line: • c", "line: 3. d", "line: 4. e"],
            id="lists",
        ),
        pytest.param("<pre>a  b\nc</pre>", ["line: a b", "line: c"], id="verbatim"),
        pytest.param("<dl><dt>Term<dd>Meaning</dl>", ["line: Term", "line: Meaning"], id="definitions"),
        pytest.param("<figure><figcaption>Rio</figcaption></figure>", ["caption: Rio"], id="caption"),
        pytest.param("x<sup>2</sup> &amp; y&nbsp;z", ["paragraph: x² & y z"], id="raised"),
        pytest.param(r"C:\(x\) [a](b) \\", [r"paragraph: C:\(x\) [a](b) \\"], id="like-markdown"),
        pytest.param(
            "<nav>n</nav><script>s</script><style>t</style><div hidden>h</div><p style='display: none'>d</p>"
            "<div role=navigation>r</div><noscript>o</noscript><!-- c --><footer>f</footer><p>Text",
            ["paragraph: Text"],
            id="not-read",
        ),
        pytest.param("<p>around</p><main><p>inside</p></main>", ["paragraph: inside"], id="main"),
    ],
)
def test_a_page_reads_as_it_is_shown(page: str, expected: list[str], outline: Outline) -> None:
    assert outline(extract(page.encode())) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            "<caption>Aid</caption><tr><th>Country<th>Budget<tr><td>Kenya<td>$5 m<tr><td>Fiji<td>",
            ["caption: Aid", "line: Country: Kenya; Budget: $5 m", "line: Country: Fiji"],
            id="heads",
        ),
        pytest.param(
            "<tr><th rowspan=2>Place<th colspan=2>Paid<tr><th>2023<th>2024<tr><td>Rio<td>1<td>1",
            ["line: Place: Rio; Paid, 2023: 1; Paid, 2024: 1"],
            id="two-rows-of-heads",
        ),
        pytest.param(
            "<tr><th>A<th>B<th>C<tr><td rowspan=2>a<td>b<td>c<tr><td colspan=2>d",
            ["line: A: a; B: b; C: c", "line: A: a; B / C: d"],
            id="spans",
        ),
        pytest.param(
            "<tr><th>Unit<td>Geneva<tr><th>Year<td>2024",
            ["line: Unit: Geneva", "line: Year: 2024"],
            id="form",
        ),
        pytest.param("<tr><td><p>one<td><p>two", ["paragraph: one", "paragraph: two"], id="laid-out"),
    ],
)
def test_a_row_of_a_table_keeps_its_heads(table: str, expected: list[str], outline: Outline) -> None:
    assert outline(extract(f"<table>{table}</table>".encode())) == expected


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("é".encode(), "é"),
        (b"\xe9", "é"),
        (b"<meta charset=koi8-r>\xc4\xc1", "да"),
        (b'<meta http-equiv=Content-Type content="text/html; charset=iso-8859-7">\xe1', "α"),
        ("\ufeffé".encode(), "é"),
        ("é".encode("utf-16"), "é"),
        (b"<meta charset=nonsense>\xc3\xa9", "é"),
        (b"<meta charset=utf-8>\x93a\x94", "“a”"),
    ],
)
def test_bytes_are_decoded_as_a_browser_does(content: bytes, text: str, outline: Outline) -> None:
    assert outline(extract(content)) == [f"paragraph: {text}"]


def test_the_head_says_what_the_page_is() -> None:
    page = """<html lang="fr-CH"><title>Le titre</title><meta name="DC.Publisher" content="OIT">
    <meta property="article:published_time" content="2024-06-01"><meta name="author" content=""><p>Texte"""
    expected = {"title": "Le titre", "language": "fr-CH", "date": "2024-06-01", "publisher": "OIT"}
    assert extract(page.encode()).said == expected


def test_a_page_of_frames_is_no_page() -> None:
    with pytest.raises(UnreadableError, match="Save it again from a browser"):
        extract(b"<frameset><frame src=a></frameset>")


markup = st.lists(
    st.sampled_from(
        [
            *"<p> <h2> <li> <ul> <table> <tr> <td> <th> <br> </p> <pre> <b>".split(),
            *("<td rowspan=3>", "<td colspan=4>"),
            *(r"\( [a](b) Rio. 合作 تعاون é & < > ' &lt; &#0; a b c".split()),
            "\n",
            " ",
        ]
    ),
    max_size=60,
).map("".join)


@given(markup)
@settings(max_examples=200)
def test_every_quote_of_a_page_is_exact(assert_exact: Callable[[Extract], None], page: str) -> None:
    assert_exact(extract(page.encode()))
