"""The report that comes with the project is the one that was given, byte for byte."""

from __future__ import annotations

import hashlib
from importlib.resources import files

from sstc_chat.corpus.shipped import NAME
from sstc_chat.corpus.types import Document

SHA256 = "f8f6dca6b6e1554bdc84c31c5d27734b79ed65776185c4541dab2c3d853a1a5c"


def test_the_file_is_the_one_that_was_given() -> None:
    content = (files("sstc_chat.corpus") / "report" / f"{NAME}.txt").read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256


def test_the_text_is_that_of_the_file(report: Document) -> None:
    assert report.sha256 == SHA256
    assert hashlib.sha256(report.text.encode()).hexdigest() == SHA256


def test_its_metadata_says_whose_it_is(report: Document) -> None:
    assert report.id == "ilo-south-south-cooperation-2024"
    assert report.language == "en"
    assert report.title == ("South-South Cooperation in ILO's Regular Budget (RBTC): the 2024 year in review")
    metadata = dict(report.metadata)
    metadata.pop("questions")
    assert metadata == {
        "publisher": "International Labour Organization",
        "year": "2024",
        "contact": "partnerships@ilo.org",
    }


def test_its_questions_are_questions(report: Document) -> None:
    for language, questions in report.metadata["questions"].items():
        assert len(set(questions)) == len(questions) >= 3
        assert all(question.endswith(("?", "؟", "？")) for question in questions), language
