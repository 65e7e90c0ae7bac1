"""The shipped report as it reads: what its conversion tore is whole again."""

from __future__ import annotations

import pytest

from sstc_chat.corpus.types import Document, Reading

SECTIONS = [
    "South-South Cooperation in ILO's Regular Budget (RBTC): the 2024 year in Review",
    *("Overview", "Global Activities", "Africa", "Arab States"),
    *("Asia and the Pacific", "Americas", "Europe and CIS", "Contact details"),
]
CAPTIONS = [
    ("Global Activities", "Photo Credit : Brazilian Presidency of G20, Rio, November 2024"),
    ("Global Activities", "Photo Credit : ILO"),
    ("Africa", "Photo Credit : ILO"),
    ("Arab States", "Photo Credit : ILO"),
    ("Americas", "Photo Credit : Anita Amorim, ILO"),
    ("Europe and CIS", "Photo Credit, ILO"),
]
CONTACT = [
    *("International Labour Organization", "Route des Morillons 4", "CH-1211 Geneva 22 Switzerland"),
    "Emerging and South-South Partnerships PARTNERSHIPS",
    *("T: +41 795931355", "E: partnerships@ilo.org"),
    *("Ilo.org/partnering-development", "Southsouthpoint.net"),
]


def heading(reading: Reading, section: int) -> str:
    return reading.sections[section].path[-1]


def of_kind(reading: Reading, kind: str) -> list[tuple[str, str]]:
    return [(heading(reading, one.section), one.text) for one in reading.sentences if one.kind == kind]


@pytest.mark.parametrize(
    ("phrase", "section"),
    [
        ("youth empowerment and promoting gender equality.", "Global Activities"),
        ("formalizing informal sectors through peer learning, capacity-building", "Africa"),
        ("procedures for micro and small enterprises, and Rwanda's", "Africa"),
        ("A regional knowledge-sharing workshop is being prepared", "Arab States"),
        ("Small Island Developing States (SIDS), which face", "Asia and the Pacific"),
        ("South-South (14 October), gathered key figures from", "Americas"),
        ("peer-learning and triangular cooperation to better integrate", "Europe and CIS"),
    ],
)
def test_a_torn_sentence_is_whole(phrase: str, section: str, report: Document, reading: Reading) -> None:
    assert phrase not in report.text
    [sentence] = [one for one in reading.sentences if phrase in one.text]
    assert (sentence.kind, heading(reading, sentence.section)) == ("paragraph", section)
    [chunk] = [one for one in reading.chunks if phrase in one.text]
    assert sentence.text in chunk.text


def test_the_report_has_its_nine_sections_in_order(reading: Reading) -> None:
    assert [section.path for section in reading.sections] == [(title,) for title in SECTIONS]
    assert of_kind(reading, "heading") == [(title, title) for title in SECTIONS]


def test_photo_credits_are_captions_of_their_sections(reading: Reading) -> None:
    assert of_kind(reading, "caption") == CAPTIONS
    assert not any("Photo Credit" in text for _, text in of_kind(reading, "paragraph"))


def test_contact_details_are_read_line_by_line(reading: Reading) -> None:
    assert of_kind(reading, "line") == [("Contact details", line) for line in CONTACT]


def test_markup_is_read_as_what_it_means(reading: Reading) -> None:
    assert "a $5 million fund from Brazil" in reading.text
    assert not any(mark in reading.text for mark in ("](", "\\", "▶", "►"))
