"""Names across languages, with the packaged encoders."""

from __future__ import annotations

import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.prose.checking.names import missing_names
from sstc_chat.rag.prose.checking.support import Quoted, Support

QUOTE = Quoted(
    "The ILO and ITC-Turin held the South-South forum in Belgrade with Maria Kovacs of the Ministry of "
    "Labour, the Jobcenter of Augsburg and UNICEF.",
    "en",
)


@pytest.fixture(scope="module")
def support(encoders: dict[str, Encoder]) -> Support:
    return Support(encoders)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le forum s'est tenu à Belgrade avec l'OIT et l'UNICEF.", "fr"),
        ("Le Jobcenter d'Augsbourg y était avec le Ministère du Travail.", "fr"),
        ("El foro reunió a la OIT con Maria Kovacs, del Ministerio de Trabajo.", "es"),
        ("O fórum de Belgrado reuniu a OIT e a UNICEF.", "pt"),
        ("Форум в Белграде провела МОТ с участием Марии Ковач из Аугсбурга и UNICEF.", "ru"),
        ("在论坛上有UNICEF和Jobcenter。", "zh"),
        ("شاركت UNICEF في المنتدى مع Jobcenter.", "ar"),
    ],
)
def test_names_are_known_as_another_language_has_them(support: Support, text: str, language: str) -> None:
    assert list(missing_names(support.beside(text, language, [QUOTE]).alignment)) == []


@pytest.mark.parametrize(
    ("text", "language", "missing"),
    [
        ("Le forum s'est tenu avec Siemens.", "fr", "Siemens"),
        ("El foro reunió a Maria Kovacs con Siemens.", "es", "Siemens"),
        ("O fórum reuniu a OIT com Joana Pereira.", "pt", "Pereira"),
        ("Форум прошёл при участии Deutsche Bahn.", "ru", "Deutsche"),
        ("Форум прошёл при участии Дюссельдорфа.", "ru", "Дюссельдорфа"),
        ("这个论坛由Siemens举办。", "zh", "Siemens"),
        ("شاركت Siemens في المنتدى.", "ar", "Siemens"),
    ],
)
def test_a_name_that_the_quotes_do_not_have_is_withheld_in_any_language(
    support: Support, text: str, language: str, missing: str
) -> None:
    found = support.check(text, language, [QUOTE])
    assert (found.supported, found.reason) == (False, "name")
    assert missing in found.missing
