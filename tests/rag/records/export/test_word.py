"""Word: the parts and their XML as the standard has them, and what is read back from the file."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.rag.records.export.conversation import clean
from sstc_chat.rag.records.export.formats import exported
from sstc_chat.rag.records.export.types import Conversation, Entry, Paragraph, Piece
from sstc_chat.rag.records.export.word import as_word
from sstc_chat.rag.records.export.wording import WORDINGS, export_wording

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Records = list[dict[str, Any]]
# The order of elements in the schema (ECMA-376, part 1), as far as they are used here.
ORDER = {
    "pPr": "pStyle keepNext numPr bidi spacing ind jc rPr".split(),
    "rPr": "rStyle rFonts b bCs i iCs color sz szCs vertAlign rtl lang".split(),
    "sectPr": "pgSz pgMar cols bidi docGrid".split(),
}


def part(content: bytes, name: str) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return ElementTree.fromstring(file.read(name))  # noqa: S314  It is our own.


def says(element: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in element.iter(f"{W}t"))


def footnotes(content: bytes) -> dict[int, ElementTree.Element]:
    root = part(content, "word/footnotes.xml")
    return {int(one.attrib[f"{W}id"]): one for one in root if f"{W}type" not in one.attrib}


@pytest.fixture(scope="module")
def word(conversation: Records) -> bytes:
    return exported(conversation, ".docx", "en")


@pytest.fixture(scope="module")
def arabic(conversation: Records) -> bytes:
    return exported(conversation, ".docx", "ar")


def test_footnotes_are_a_part_that_the_document_names(word: bytes) -> None:
    types = part(word, "[Content_Types].xml")
    named = {one.attrib.get("PartName"): one.attrib["ContentType"] for one in types}
    assert named["/word/footnotes.xml"].endswith("wordprocessingml.footnotes+xml")
    related = [one.attrib["Target"] for one in part(word, "word/_rels/document.xml.rels")]
    assert related.count("footnotes.xml") == 1


def test_every_mark_has_its_footnote_and_none_is_over(word: bytes) -> None:
    marks = [
        int(one.attrib[f"{W}id"]) for one in part(word, "word/document.xml").iter(f"{W}footnoteReference")
    ]
    notes = footnotes(word)
    assert marks == list(notes) == [1, 2, 3, 4, 5]
    assert all(len(list(note.iter(f"{W}footnoteRef"))) == 1 for note in notes.values())


def test_footnotes_say_what_those_of_markdown_say(word: bytes, conversation: Records) -> None:
    markdown = exported(conversation, ".md", "en").decode()
    said = re.findall(r"^\[\^\d+\]: (.*)$", markdown, re.MULTILINE)
    plain = [re.sub(r"^\*(.*?)\*", r"\1", one) for one in said]
    assert [says(note).strip() for note in footnotes(word).values()] == [
        re.sub(r"\\(.)", r"\1", one) for one in plain
    ]


def test_separators_are_there_and_named_in_the_settings(word: bytes) -> None:
    special = {
        one.attrib[f"{W}id"]: one.attrib[f"{W}type"]
        for one in part(word, "word/footnotes.xml")
        if f"{W}type" in one.attrib
    }
    assert special == {"-1": "separator", "0": "continuationSeparator"}
    settings_part = part(word, "word/settings.xml")
    named = [one.attrib[f"{W}id"] for one in settings_part.findall(f"{W}footnotePr/{W}footnote")]
    order = [one.tag for one in settings_part]
    assert named == ["-1", "0"]
    assert order.index(f"{W}footnotePr") < order.index(f"{W}compat")


def test_styles_that_are_used_are_there(word: bytes) -> None:
    known = {one.attrib[f"{W}styleId"] for one in part(word, "word/styles.xml").iter(f"{W}style")}
    used = {
        one.attrib[f"{W}val"]
        for name in ("word/document.xml", "word/footnotes.xml")
        for one in part(word, name).iter()
        if one.tag in {f"{W}pStyle", f"{W}rStyle"}
    }
    assert used <= known
    assert {"footnotetext", "footnotereference", "Quote", "Heading1", "Title"} <= used


@pytest.mark.parametrize("language", WORDINGS)
def test_properties_stand_in_the_order_of_the_schema(conversation: Records, language: str) -> None:
    content = exported(conversation, ".docx", language)
    for name in ("word/document.xml", "word/footnotes.xml"):
        for kind, order in ORDER.items():
            for properties in part(content, name).iter(f"{W}{kind}"):
                places = [order.index(one.tag.removeprefix(W)) for one in properties]
                assert places == sorted(set(places))


def runs(element: ElementTree.Element) -> list[tuple[str, str, bool]]:
    """Return the text, the language and the direction of each run."""
    found = []
    for run in element.iter(f"{W}r"):
        language = run.find(f"{W}rPr/{W}lang")
        if language is not None:
            (code,) = language.attrib.values()
            found.append((says(run), code, run.find(f"{W}rPr/{W}rtl") is not None))
    return found


def test_each_text_is_in_its_language_and_direction(word: bytes, arabic: bytes) -> None:
    spoken = {text: (code, rtl) for text, code, rtl in runs(part(word, "word/document.xml"))}
    assert spoken["How much is tea?"] == ("en-GB", False)
    assert spoken["وماذا عن القهوة؟"] == ("ar-SA", True)
    french = next(text for text in spoken if "café" in text)
    assert spoken[french] == ("fr-FR", False)
    assert (" Du café" in says(footnotes(word)[2])) is True
    (_, title, place) = runs(footnotes(arabic)[2])
    assert title == ("Du café", "fr-FR", False)
    assert place == ("، الأحرف 10–20, 25–30", "ar-SA", True)


def test_paragraphs_run_as_their_language_does(arabic: bytes) -> None:
    def from_right(paragraph: ElementTree.Element) -> bool:
        return paragraph.find(f"{W}pPr/{W}bidi") is not None

    body = part(arabic, "word/document.xml")
    paragraphs = {says(one): from_right(one) for one in body.iter(f"{W}p")}
    assert paragraphs["إجابات من التقارير"]
    assert paragraphs["وماذا عن القهوة؟"]
    assert not paragraphs["How much is tea?"]
    assert all(from_right(one) for note in footnotes(arabic).values() for one in note.iter(f"{W}p"))
    assert body.find(f"{W}body/{W}sectPr/{W}bidi") is not None


def test_the_page_runs_from_left_in_english(word: bytes) -> None:
    assert part(word, "word/document.xml").find(f"{W}body/{W}sectPr/{W}bidi") is None
    (default,) = part(word, "word/styles.xml").findall(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert list(default.attrib.values()) == ["en-GB"]


def test_another_program_reads_back_what_was_asked_and_said(word: bytes) -> None:
    file = docx.Document(io.BytesIO(word))
    headings = [one.text for one in file.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings[:2] == ["How much is tea?", "وماذا عن القهوة؟"]
    assert headings[2].startswith("# <b>*No*</b> [link]")
    quotes = [one.text for one in file.paragraphs if one.style and one.style.name == "Quote"]
    assert quotes[0] == "“A cup of green tea costs five dollars in most of the towns of the country [3].”"
    about = file.core_properties
    assert (about.author, about.title) == ("SSTC Chat", "Answers from the reports")


@settings(max_examples=25)
@given(st.lists(st.text(), min_size=1, max_size=5), st.sampled_from(["en", "ar", "zh"]))
def test_any_text_is_read_back_as_it_is(texts: list[str], language: str) -> None:
    said = [text for text in map(clean, texts) if text]
    paragraphs = tuple(Paragraph((Piece(text, language),)) for text in said)
    content = as_word(Conversation((Entry(Piece("?", "en"), paragraphs),), (), ()), export_wording(language))
    assert [one.text for one in docx.Document(io.BytesIO(content)).paragraphs][2:] == said


def test_libreoffice_sets_the_footnotes(word: bytes, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed: only the XML is checked.")
    (tmp_path / "answers.docx").write_bytes(word)
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "odt", "--outdir", tmp_path, tmp_path / "answers.docx"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    with zipfile.ZipFile(tmp_path / "answers.odt") as file:
        text = file.read("content.xml").decode()
    assert text.count('text:note-class="footnote"') == 5
    assert "characters 10–20, 25–30" in text
