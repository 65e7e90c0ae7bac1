"""What an answer says around its quotes, in the language of the question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sstc_chat.rag.types import Refusal


@dataclass(frozen=True)
class Wording:
    """The words around quotes: before the first, before a further document's, and instead of any.

    `limited` follows those instead, where only some documents were asked.
    """

    lead: str
    lead_titled: str
    refusals: Mapping[Refusal, str]
    limited: str


def _refusals(unsaid: str, outside: str, no_question: str) -> dict[Refusal, str]:
    return {"unsaid": unsaid, "outside": outside, "no question": no_question}


WORDINGS = {
    "en": Wording(
        "The report says:",
        "“{title}” says:",
        _refusals(
            "The reports do not say this. The nearest passages are shown below; they are not an answer.",
            "The reports are not about this. The nearest passages are shown below; they are not an answer.",
            "There is no question in this. Ask about something that the reports may say.",
        ),
        "This was asked of {asked} of {of} documents only.",
    ),
    "fr": Wording(
        "Le rapport dit :",
        "« {title} » dit :",
        _refusals(
            "Les rapports ne le disent pas. Les passages les plus proches figurent ci-dessous ; "
            "ils ne constituent pas une réponse.",
            "Les rapports ne traitent pas de ce sujet. Les passages les plus proches figurent ci-dessous ; "
            "ils ne constituent pas une réponse.",
            "Il n’y a pas de question ici. Demandez quelque chose que les rapports peuvent dire.",
        ),
        "La question n’a été posée qu’à {asked} des {of} documents.",
    ),
    "es": Wording(
        "El informe dice:",
        "«{title}» dice:",
        _refusals(
            "Los informes no lo dicen. Abajo se muestran los pasajes más cercanos; no son una respuesta.",
            "Los informes no tratan de esto. Abajo se muestran los pasajes más cercanos; "
            "no son una respuesta.",
            "Aquí no hay ninguna pregunta. Pregunte por algo que los informes puedan decir.",
        ),
        "La pregunta se hizo solo a {asked} de {of} documentos.",
    ),
    "pt": Wording(
        "O relatório diz:",
        "“{title}” diz:",
        _refusals(
            "Os relatórios não dizem isso. As passagens mais próximas estão abaixo; não são uma resposta.",
            "Os relatórios não tratam disso. As passagens mais próximas estão abaixo; não são uma resposta.",
            "Não há aqui nenhuma pergunta. Pergunte por algo que os relatórios possam dizer.",
        ),
        "A pergunta foi feita apenas a {asked} de {of} documentos.",
    ),
    "ar": Wording(
        "يقول التقرير:",
        "يقول «{title}»:",
        _refusals(
            "لا تذكر التقارير ذلك. تظهر أدناه أقرب المقاطع، وهي ليست إجابة.",
            "لا تتناول التقارير هذا الموضوع. تظهر أدناه أقرب المقاطع، وهي ليست إجابة.",
            "لا يوجد سؤال هنا. اسأل عن شيء قد تذكره التقارير.",
        ),
        "جرى البحث في {asked} فقط من أصل {of} من الوثائق.",
    ),
    "zh": Wording(
        "报告写道：",
        "《{title}》写道：",
        _refusals(
            "报告中没有说明这一点。以下是最接近的段落，但它们不是答案。",
            "报告不涉及这个主题。以下是最接近的段落，但它们不是答案。",
            "这里没有问题。请询问报告中可能提到的内容。",
        ),
        "此问题只查询了 {of} 份文件中的 {asked} 份。",
    ),
    "ru": Wording(
        "В докладе говорится:",
        "В документе «{title}» говорится:",
        _refusals(
            "В докладах об этом не говорится. Ниже приведены ближайшие отрывки; они не являются ответом.",
            "Доклады не об этом. Ниже приведены ближайшие отрывки; они не являются ответом.",
            "Здесь нет вопроса. Спросите о том, что может говориться в докладах.",
        ),
        "Поиск вёлся не во всех документах: {asked} из {of}.",
    ),
}


def wording_for(language: str) -> Wording:
    """Return the wording in `language`, or in English where there is none."""
    return WORDINGS.get(language, WORDINGS["en"])
