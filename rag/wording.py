"""What an answer says around its quotes, in the language of the question."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """The words around quotes: before the first, before a further document's, and instead of any."""

    lead: str
    lead_titled: str
    refusal: str


WORDINGS = {
    "en": Wording(
        "The report says:",
        "“{title}” says:",
        "The reports do not say this. The nearest passages are shown below; they are not an answer.",
    ),
    "fr": Wording(
        "Le rapport dit :",
        "« {title} » dit :",
        "Les rapports ne le disent pas. Les passages les plus proches figurent ci-dessous ; "
        "ils ne constituent pas une réponse.",
    ),
    "es": Wording(
        "El informe dice:",
        "«{title}» dice:",
        "Los informes no lo dicen. Abajo se muestran los pasajes más cercanos; no son una respuesta.",
    ),
    "pt": Wording(
        "O relatório diz:",
        "“{title}” diz:",
        "Os relatórios não dizem isso. As passagens mais próximas estão abaixo; não são uma resposta.",
    ),
    "ar": Wording(
        "يقول التقرير:",
        "يقول «{title}»:",
        "لا تذكر التقارير ذلك. تظهر أدناه أقرب المقاطع، وهي ليست إجابة.",
    ),
    "zh": Wording(
        "报告写道：",
        "《{title}》写道：",
        "报告中没有说明这一点。以下是最接近的段落，但它们不是答案。",
    ),
    "ru": Wording(
        "В докладе говорится:",
        "В документе «{title}» говорится:",
        "В докладах об этом не говорится. Ниже приведены ближайшие отрывки; они не являются ответом.",
    ),
}


def wording_for(language: str) -> Wording:
    """Return the wording in `language`, or in English where there is none."""
    return WORDINGS.get(language, WORDINGS["en"])
