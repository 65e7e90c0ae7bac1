from __future__ import annotations

import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.prose.checking.claims import missing_claims
from sstc_chat.rag.prose.checking.lists import is_incomplete
from sstc_chat.rag.prose.checking.support import Quoted, Support

QUOTE = "The project assists Kenya, Madagascar, Rwanda and Cabo Verde in extending social protection."


@pytest.fixture(scope="module")
def support(encoders: dict[str, Encoder]) -> Support:
    return Support(encoders)


@pytest.mark.parametrize(
    ("sentence", "language", "incomplete"),
    [
        ("It assists Kenya and Rwanda.", "en", True),
        ("Il aide le Kenya et le Rwanda.", "fr", True),
        ("It assists Kenya, Madagascar, Rwanda and Cabo Verde.", "en", False),
        ("It assists countries such as Kenya and Rwanda.", "en", False),
        ("Kenya is assisted.", "en", False),  # asked about one of them, one is told
    ],
)
def test_a_list_is_complete_or_it_is_said_that_there_is_more(
    support: Support, sentence: str, language: str, incomplete: bool
) -> None:
    alignment = support.beside(sentence, language, [Quoted(QUOTE, "en")]).alignment
    assert is_incomplete(alignment) is incomplete


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("The project assists four countries in extending social protection.", "en"),
        ("Le projet aide quatre pays à étendre la protection sociale.", "fr"),
        ("El proyecto ayuda a 4 países a ampliar la protección social.", "es"),
        ("O projeto ajuda quatro países a alargar a proteção social.", "pt"),
        ("Проект помогает четырём странам расширить социальную защиту.", "ru"),
        ("该项目帮助四个国家扩大社会保护。", "zh"),
        ("يساعد المشروع أربعة بلدان في توسيع الحماية الاجتماعية.", "ar"),
    ],
)
def test_the_countries_of_a_list_may_be_counted(support: Support, sentence: str, language: str) -> None:
    assert not list(missing_claims(support.beside(sentence, language, [Quoted(QUOTE, "en")]).alignment))
    for wrong in ("three", "five"):
        found = support.check(f"It assists {wrong} countries.", "en", [Quoted(QUOTE, "en")])
        assert (found.reason, found.missing) == ("figure", (wrong,))


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("It has four projects.", QUOTE),
        ("It assists four continents.", QUOTE),
        ("It took four years.", QUOTE),
        ("It reached four % of the people.", QUOTE),
        ("It assists three countries.", "It assists countries such as Kenya, Rwanda and Togo."),
        ("It assists three countries.", "It assists countries including Kenya, Rwanda and Togo."),
        ("It assists three countries.", "It assists Kenya, Rwanda and other countries."),
        ("It assists three countries.", "Brazil assists Kenya, Rwanda and Togo."),
        ("It assists three countries.", "It assists Kenya, Rwanda and Togo. Brazil pays."),
        ("It assists four countries.", "In July 2024, it assists Kenya, Rwanda and Togo."),
        ("It assists three countries.", "It assists Kenya and Uganda, Rwanda and Togo."),
        ("It covers three sectors.", "It covers two sectors: fishing and farming, mining and trade."),
        ("It covers three regions.", "It covers these sectors: fishing, farming and mining."),
    ],
)
def test_what_no_rule_can_count_is_withheld(support: Support, sentence: str, quote: str) -> None:
    assert support.check(sentence, "en", [Quoted(quote, "en")]).reason == "figure"


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("It assists three countries.", "In July 2024, it assisted Kenya, Rwanda and Togo."),
        ("It covers three sectors.", "It covers these sectors: fishing, farming and mining."),
    ],
)
def test_what_a_list_is_of_may_be_counted(support: Support, sentence: str, quote: str) -> None:
    assert not list(missing_claims(support.beside(sentence, "en", [Quoted(quote, "en")]).alignment))


def test_a_sentence_that_counts_a_list_is_shown(support: Support) -> None:
    listed = "The project assists Kenya, Madagascar, Rwanda and Cabo Verde"
    told = f"{listed}, {{}} countries, in extending social protection."
    found = support.check(told.format("four"), "en", [Quoted(QUOTE, "en")])
    assert (found.supported, found.more) == (True, False)
    assert support.check(told.format("five"), "en", [Quoted(QUOTE, "en")]).reason == "figure"
