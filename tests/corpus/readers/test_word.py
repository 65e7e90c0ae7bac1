"""A Word file reads as Word shows it: by its styles, with its tables, its footnotes, its text boxes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.readers.extract import Extract
from sstc_chat.corpus.readers.word import extract

Outline = Callable[[Extract], list[str]]
WordFile = Callable[..., bytes]


def p(text: str, style: str = "", properties: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def row(*cells: str, properties: str = "") -> str:
    cells_ = "".join(cell if cell.startswith("<w:tc>") else f"<w:tc>{p(cell)}</w:tc>" for cell in cells)
    return f"<w:tr>{properties}{cells_}</w:tr>"


HEADER = "<w:trPr><w:tblHeader/></w:trPr>"
STYLE = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/>{}</w:style>'
STYLES = "".join(
    STYLE.format(*one)
    for one in (
        ("berschrift2", "heading 2", ""),
        ("Mine", "Mine", '<w:basedOn w:val="berschrift2"/>'),
        ("Deep", "Deep", '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>'),
        ("Loop", "Loop", '<w:basedOn w:val="Loop"/>'),
        ("T1", "toc 1", ""),
        ("Cap", "caption", ""),
        ("Dots", "List", "<w:pPr><w:numPr/></w:pPr>"),
    )
)
BOX = (
    '<w:p><w:r><w:t>Anchor</w:t></w:r><w:r><AlternateContent xmlns="m"><Choice>'
    "<w:txbxContent>{0}</w:txbxContent>"
    "</Choice><Fallback><w:txbxContent>{0}</w:txbxContent></Fallback></AlternateContent></w:r></w:p>"
)
NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            p("Aims", "berschrift2") + p("Text."), ["heading2: Aims", "paragraph: Text."], id="heading"
        ),
        pytest.param(p("Aims", "Mine"), ["heading2: Aims"], id="based-on-a-heading"),
        pytest.param(p("Aims", "Deep"), ["heading4: Aims"], id="outline-level-of-style"),
        pytest.param(p("Aims", "", '<w:outlineLvl w:val="0"/>'), ["heading1: Aims"], id="outline-level"),
        pytest.param(
            p("Text", "Loop") + p("More", "gone"), ["paragraph: Text", "paragraph: More"], id="odd-styles"
        ),
        pytest.param(p("Aims 3", "T1") + p("Text"), ["paragraph: Text"], id="contents"),
        pytest.param(p("Rio", "Cap"), ["caption: Rio"], id="caption"),
        pytest.param(
            p("One", "Dots") + p("Two", "", "<w:numPr/>"), ["line: • One", "line: • Two"], id="list"
        ),
        pytest.param(
            p("Top", "berschrift2") + "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r></w:p>",
            ["heading2: Top", "heading3: Bold"],
            id="bold",
        ),
        pytest.param(
            '<w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>Not bold</w:t></w:r></w:p>',
            ["paragraph: Not bold"],
            id="not-bold",
        ),
        pytest.param(
            "<w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
            "<w:r><w:tab/><w:noBreakHyphen/><w:t>on</w:t><w:br/><w:t>line</w:t></w:r></w:p>",
            ["paragraph: kept -on line"],
            id="changes",
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{p('In a control')}</w:sdtContent></w:sdt>",
            ["paragraph: In a control"],
            id="control",
        ),
        pytest.param(BOX.format(p("In a box")), ["paragraph: Anchor", "paragraph: In a box"], id="box"),
        pytest.param(p(r"C:\(x\) [a](b)"), [r"paragraph: C:\(x\) [a](b)"], id="like-markdown"),
    ],
)
def test_a_paragraph_is_what_its_style_says(
    body: str, expected: list[str], outline: Outline, word_file: WordFile
) -> None:
    assert outline(extract(word_file(body, styles=STYLES))) == expected


def test_a_footnote_stays_with_the_paragraph_that_cites_it(outline: Outline, word_file: WordFile) -> None:
    body = f"<w:p><w:r><w:t>Aid</w:t></w:r>{NOTE.format(2)}<w:r><w:t> rose.</w:t></w:r></w:p>{p('Next.')}"
    body += f"<w:p>{NOTE.format(1)}</w:p>"
    assert outline(extract(word_file(body, ["First.", "Since 2020."]))) == [
        *("paragraph: Aid¹ rose.", "caption: ¹ Since 2020.", "paragraph: Next."),
        *("paragraph: ²", "caption: ² First."),
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            row("Country", "Budget", properties=HEADER) + row("Kenya", "$5 m") + row("Fiji", ""),
            ["line: Country: Kenya; Budget: $5 m", "line: Country: Fiji"],
            id="heads",
        ),
        pytest.param(row("A", "B", "C") + row("1", "2", "3"), ["line: A: 1; B: 2; C: 3"], id="first-row"),
        pytest.param(
            row("Unit", "Geneva") + row("Year", "2024"), ["line: Unit: Geneva", "line: Year: 2024"], id="form"
        ),
        pytest.param(
            row(
                '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Paid") + "</w:tc>",
                "In",
                properties=HEADER,
            )
            + row("2023", "2024", "Place", properties=HEADER)
            + row("1", "1", "Rio"),
            ["line: Paid, 2023: 1; Paid, 2024: 1; In, Place: Rio"],
            id="two-rows-of-heads",
        ),
        pytest.param(
            row("A", "B", "C")
            + row('<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("a") + "</w:tc>", "1", "2")
            + row("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>", "3", "4"),
            ["line: A: a; B: 1; C: 2", "line: A: a; B: 3; C: 4"],
            id="cell-of-two-rows",
        ),
        pytest.param(row("one", "two"), ["paragraph: one", "paragraph: two"], id="laid-out"),
    ],
)
def test_a_row_of_a_table_keeps_its_heads(
    rows: str, expected: list[str], outline: Outline, word_file: WordFile
) -> None:
    assert outline(extract(word_file(f"<w:tbl>{rows}</w:tbl>"))) == expected


def test_what_python_docx_writes_is_read_again(outline: Outline) -> None:
    file = docx.Document()
    file.core_properties.title, file.core_properties.language = "A report", "fr"
    file.add_heading("Main", 0)
    file.add_heading("Part", 1)
    file.add_paragraph("It rose.")
    file.add_paragraph("first", style="List Bullet")
    file.save(content := io.BytesIO())
    found = extract(content.getvalue())
    assert outline(found) == ["heading1: Main", "heading1: Part", "paragraph: It rose.", "line: • first"]
    assert (found.said["title"], found.said["language"]) == ("A report", "fr")


texts = st.text(st.sampled_from("ab. \\[](x)$é合\u0627"), max_size=12)


@given(st.lists(texts, max_size=8), st.lists(st.lists(texts, min_size=1, max_size=4), max_size=4))
@settings(max_examples=50)
def test_every_quote_of_a_word_file_is_exact(
    assert_exact: Callable[[Extract], None], word_file: WordFile, lines: list[str], table: list[list[str]]
) -> None:
    rows = "".join(row(*cells) for cells in table)
    assert_exact(extract(word_file("".join(map(p, lines)) + f"<w:tbl>{rows}</w:tbl>")))


def test_the_strict_form_reads_as_the_usual_one(word_file: WordFile, outline: Outline) -> None:
    usual = word_file(f"{p('Aims', 'berschrift2')}<w:p>{NOTE.format(1)}</w:p>", ["A note."], STYLES)
    names = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|wordprocessingml)/2006/")
    with zipfile.ZipFile(io.BytesIO(usual)) as old, zipfile.ZipFile(strict := io.BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, names.sub(rb"http://purl.oclc.org/ooxml/\1/", old.read(name)))
    assert outline(extract(usual)) == ["heading2: Aims", "paragraph: ¹", "caption: ¹ A note."]
    assert outline(extract(strict.getvalue())) == outline(extract(usual))


def test_a_cell_over_two_columns_has_both_heads(word_file: WordFile, outline: Outline) -> None:
    wide = '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("9") + "</w:tc>"
    table = f"<w:tbl>{row('A', 'B', 'C', properties=HEADER)}{row(wide, '5')}{row('1', wide)}</w:tbl>"
    assert outline(extract(word_file(table))) == ["line: A / B: 9; C: 5", "line: A: 1; B / C: 9"]
