"""What an exported conversation says around its questions, answers and quotes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExportWording:
    """The words of an export, with `{…}` for what is filled in."""

    language: str
    title: str
    understood: str
    limited: str
    written: str
    comma: str
    page: str
    characters: str
    sources: str
    made: str
    check: str


WORDINGS = {
    one.language: one
    for one in (
        ExportWording(
            language="en",
            comma=", ",
            title="Answers from the reports",
            understood="Understood as: {question}",
            limited="Documents asked: {asked} of {of} ({names})",
            written="Written by {model}; each sentence was checked against the quotes that it cites.",
            page="page {page}",
            characters="characters {spans}",
            sources="Sources",
            made="Answered on {date} by SSTC Chat {version}.",
            check="Numbers of characters are places in the source text, whose sum stands above. The "
            "record of this conversation can be checked with: sstc-chat check",
        ),
        ExportWording(
            language="fr",
            comma=", ",
            title="Réponses tirées des rapports",
            understood="Question comprise ainsi : {question}",
            limited="Documents interrogés : {asked} sur {of} ({names})",
            written="Rédigé par {model} ; chaque phrase a été vérifiée d’après les citations indiquées.",
            page="page {page}",
            characters="caractères {spans}",
            sources="Sources",
            made="Réponses données le {date} par SSTC Chat {version}.",
            check="Les numéros de caractères sont des positions dans le texte source, dont l’empreinte "
            "figure ci-dessus. L’enregistrement de cette conversation se vérifie avec : sstc-chat check",
        ),
        ExportWording(
            language="es",
            comma=", ",
            title="Respuestas extraídas de los informes",
            understood="Pregunta entendida como: {question}",
            limited="Documentos consultados: {asked} de {of} ({names})",
            written="Redactado por {model}; cada frase se ha comprobado con las citas que indica.",
            page="página {page}",
            characters="caracteres {spans}",
            sources="Fuentes",
            made="Respondido el {date} por SSTC Chat {version}.",
            check="Los números de caracteres son posiciones en el texto fuente, cuya huella figura arriba. "
            "El registro de esta conversación puede comprobarse con: sstc-chat check",
        ),
        ExportWording(
            language="pt",
            comma=", ",
            title="Respostas tiradas dos relatórios",
            understood="Pergunta entendida como: {question}",
            limited="Documentos consultados: {asked} de {of} ({names})",
            written="Redigido por {model}; cada frase foi verificada com as citações que indica.",
            page="página {page}",
            characters="caracteres {spans}",
            sources="Fontes",
            made="Respondido em {date} por SSTC Chat {version}.",
            check="Os números de caracteres são posições no texto-fonte, cuja soma consta acima. "
            "O registro desta conversa pode ser verificado com: sstc-chat check",
        ),
        ExportWording(
            language="ar",
            comma="، ",
            title="إجابات من التقارير",
            understood="فُهم السؤال هكذا: {question}",
            limited="الوثائق التي جرى البحث فيها: {asked} من {of} ({names})",
            written="كتبه {model}؛ وجرى التحقق من كل جملة مقابل الاقتباسات التي تشير إليها.",
            page="الصفحة {page}",
            characters="الأحرف {spans}",
            sources="المصادر",
            made="أُجيب في {date} بواسطة SSTC Chat {version}.",
            check="أرقام الأحرف هي مواضع في النص المصدر الذي تظهر بصمته أعلاه. "
            "ويمكن التحقق من سجل هذه المحادثة بالأمر: sstc-chat check",
        ),
        ExportWording(
            language="zh",
            comma="，",
            title="报告中的答案",
            understood="问题理解为：{question}",
            limited="查询的文件：{of} 份中的 {asked} 份（{names}）",
            written="由 {model} 撰写；每个句子都已对照其所引的引文核对。",
            page="第 {page} 页",
            characters="字符 {spans}",
            sources="来源",
            made="SSTC Chat {version} 于 {date} 回答。",
            check="字符编号是在源文本中的位置，源文本的校验和见上。"
            "可用以下命令核对本次对话的记录：sstc-chat check",
        ),
        ExportWording(
            language="ru",
            comma=", ",
            title="Ответы из докладов",
            understood="Вопрос понят так: {question}",
            limited="Документы, в которых искали: {asked} из {of} ({names})",
            written="Написано моделью {model}; каждое предложение сверено с указанными в нём цитатами.",
            page="страница {page}",
            characters="символы {spans}",
            sources="Источники",
            made="Ответы даны {date}, SSTC Chat {version}.",
            check="Номера символов указывают место в исходном тексте, контрольная сумма которого приведена "
            "выше. Запись этой беседы можно проверить командой: sstc-chat check",
        ),
    )
}


def export_wording(language: str) -> ExportWording:
    """Return the wording in `language`, or in English where there is none."""
    return WORDINGS.get(language.partition("-")[0], WORDINGS["en"])
