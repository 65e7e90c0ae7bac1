"""Text in Word: its language, for spelling and reading aloud, and its direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.section import Section
    from docx.text.paragraph import Paragraph

FROM_RIGHT = frozenset({"ar", "fa", "he", "ur"})
EAST_ASIAN = frozenset({"ja", "ko", "zh"})
# Word wants a region with a language; a language that is not here stands alone.
REGIONS = {
    **{"ar": "ar-SA", "de": "de-DE", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"},
    **{"ja": "ja-JP", "ko": "ko-KR", "nl": "nl-NL", "pl": "pl-PL", "pt": "pt-PT", "ru": "ru-RU"},
    **{"th": "th-TH", "tr": "tr-TR", "zh": "zh-CN"},
}
# What may stand behind a direction in the properties of a paragraph and of a section, in the order of
# the schema (ECMA-376, part 1, CT_PPrBase and CT_SectPr).
BEHIND_IN_PARAGRAPH = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents"),
    *("w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap"),
    *("w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)
BEHIND_IN_SECTION = ("w:rtlGutter", "w:docGrid", "w:printerSettings", "w:sectPrChange")


def write(paragraph: Paragraph, text: str, language: str, *, italic: bool = False) -> None:
    """Write `text`, if there is any, at the end of `paragraph`."""
    if not text:
        return
    run = paragraph.add_run(text)
    run.italic = italic or None
    if runs_from_right(language):
        run.font.rtl = True
    run._r.get_or_add_rPr().append(_language(language))


def set_direction(paragraph: Paragraph, language: str) -> None:
    """Let a paragraph run from the right, where the language does."""
    if runs_from_right(language):
        _add_direction(paragraph._p.get_or_add_pPr(), BEHIND_IN_PARAGRAPH)


def set_language(file: WordFile, language: str) -> None:
    """Say in which language is what says nothing else."""
    from docx.oxml.ns import qn

    default = next(file.styles.element.iter(qn("w:rPrDefault"))).find(qn("w:rPr"))
    for old in default.findall(qn("w:lang")):
        default.remove(old)
    default.append(_language(language))


def set_page_direction(section: Section, language: str) -> None:
    """Let pages run from the right, where the language does."""
    if runs_from_right(language):
        _add_direction(section._sectPr, BEHIND_IN_SECTION)


def runs_from_right(language: str) -> bool:
    """Whether a language is written from right to left."""
    return language.partition("-")[0] in FROM_RIGHT


def _add_direction(properties: Any, behind: tuple[str, ...]) -> None:  # noqa: ANN401
    from docx.oxml.parser import OxmlElement

    properties.insert_element_before(OxmlElement("w:bidi"), *behind)


def _language(language: str) -> Any:  # noqa: ANN401
    """Return the element that says a language, by the kind of its script (ECMA-376, part 1, 17.3.2.20)."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    kind = "bidi" if runs_from_right(language) else "val"
    kind = "eastAsia" if language.partition("-")[0] in EAST_ASIAN else kind
    element = OxmlElement("w:lang")
    element.set(qn(f"w:{kind}"), REGIONS.get(language, language))
    return element
