from __future__ import annotations

import pytest

from sstc_chat.index.traits import counted_words, traits_of


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        pytest.param("These initiatives engage over 80 countries.", ["countries"], id="digits"),
        pytest.param("Two study tours were held.", ["study", "tours", "were", "held"], id="a word"),
        pytest.param("It was launched in 2023 in Rio.", [], id="a year"),
        pytest.param("It was held on 10 September.", [], id="a day of a month"),
        pytest.param("It was held on September 10 in Rio.", [], id="a day behind its month"),
        pytest.param("The programme is new.", [], id="no number"),
        pytest.param("٨٠ دولة", ["دولة"], id="Arabic-Indic digits"),
        pytest.param("有80个国家参与。", ["个", "国家", "参与"], id="Chinese"),
        pytest.param("Deux ateliers ont eu lieu.", ["ateliers", "ont", "eu", "lieu"], id="a French word"),
        pytest.param("Once again it was new.", [], id="Spanish once is eleven, English once is not"),
        pytest.param("3 billion jobs", ["billion", "jobs", "jobs"], id="billions"),
    ],
)
def test_a_number_counts_what_stands_behind_it(text: str, counted: list[str]) -> None:
    assert list(counted_words(text)) == counted
    assert traits_of(text).count == bool(counted)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        pytest.param("It was held on 10-12 September 2024.", {"number", "date", "leaning"}, id="date"),
        pytest.param("Il a eu lieu en juillet.", {"date"}, id="French month"),
        pytest.param("Он прошёл в июле.", {"date"}, id="Russian month in its case"),
        pytest.param("عقدت في سبتمبر.", {"date"}, id="Arabic month"),
        pytest.param("2024年7月24日举行。", {"number", "date"}, id="Chinese date"),
        pytest.param("谁参与？", {"asking"}, id="Chinese question"),
        pytest.param("من شارك؟", {"asking"}, id="Arabic question"),
        pytest.param("Brazil gives $5 million.", {"number", "count", "amount"}, id="dollars"),
        pytest.param("巴西提供500万美元。", {"number", "count", "amount"}, id="dollars in Chinese"),
        pytest.param("قدمت 5 ملايين دولار.", {"number", "count", "amount"}, id="dollars in Arabic"),
        pytest.param("A third, or 33%, is informal.", {"number", "count", "amount"}, id="per cent"),
        pytest.param("Write to someone@example.org", {"contact", "fragment"}, id="e-mail"),
        pytest.param("See www.example.net.", {"contact"}, id="web"),
        pytest.param("T: +41 795931355", {"number", "count", "contact", "fragment"}, id="telephone"),
        pytest.param("It covers care.", {"leaning"}, id="it"),
        pytest.param("These are new.", {"leaning"}, id="these"),
        pytest.param("Italy takes part.", set(), id="Italy is not it"),
        pytest.param("Who takes part?", {"asking"}, id="question"),
        pytest.param("The following are needed:", {"fragment"}, id="leads up to a list"),
        pytest.param("He said “It is so.”", {"leaning"}, id="ends inside a quotation"),
        pytest.param("一切都很好。", set(), id="Chinese full stop"),
    ],
)
def test_a_sentence_has_the_traits_that_it_shows(text: str, has: set[str]) -> None:
    traits = traits_of(text)
    names = ("number", "count", "date", "amount", "contact", "leaning", "asking", "fragment")
    assert {name for name in names if getattr(traits, name)} == has


def test_names_separators_and_length_are_counted() -> None:
    traits = traits_of("In Baku, Rio and Dakar; then nothing.")
    assert (traits.names, traits.separators, traits.length) == (3, 2, 37)
    assert traits_of("Les cours d'Économie et d'Écologie à Évian, Россия").names == 2
