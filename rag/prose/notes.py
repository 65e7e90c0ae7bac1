"""What a reader is told about a language model's part in an answer, in the language of the answer."""

from __future__ import annotations

from sstc_chat.rag.types import Answer

# By the kind of a failure; `withheld` tells how many sentences were not shown.
NOTES = {
    "en": {
        "unreachable": "The language model's server cannot be reached, so the quotes are the answer.",
        "slow": "The language model took too long, so the quotes are the answer.",
        "refused": "The language model's server refused the key, so the quotes are the answer.",
        "unknown": "The server does not know this language model, so the quotes are the answer.",
        "busy": "The language model is too busy, so the quotes are the answer.",
        "cut": "The language model broke off, so the quotes stand with what it wrote.",
        "endless": "The language model did not come to an end, so the quotes stand with what it wrote.",
        "broken": "The language model failed, so the quotes are the answer.",
        "paused": "The language model failed a moment ago and is left alone; the quotes are the answer.",
        "unsupported": "The quotes bear out nothing that the language model wrote, so they are the answer.",
        "more": "The quotes list more than this answer names.",
        "withheld": "Sentences withheld, since the quotes do not bear them out: {count}.",
    },
    "fr": {
        "unreachable": "Le serveur du modèle de langage est injoignable : les citations servent de réponse.",
        "slow": "Le modèle de langage a mis trop de temps : les citations servent de réponse.",
        "refused": "Le serveur du modèle de langage a refusé la clé : les citations servent de réponse.",
        "unknown": "Le serveur ne connaît pas ce modèle de langage : les citations servent de réponse.",
        "busy": "Le modèle de langage est trop sollicité : les citations servent de réponse.",
        "cut": "Le modèle de langage s’est interrompu : les citations accompagnent ce qu’il a écrit.",
        "endless": "Le modèle de langage n’en finissait pas : les citations accompagnent ce qu’il a écrit.",
        "broken": "Le modèle de langage a échoué : les citations servent de réponse.",
        "paused": "Le modèle de langage vient d’échouer et n’est pas encore sollicité de nouveau : "
        "les citations servent de réponse.",
        "unsupported": "Les citations n’étayent rien de ce que le modèle de langage a écrit : "
        "elles servent de réponse.",
        "more": "Les citations énumèrent plus que cette réponse n’en nomme.",
        "withheld": "Phrases retenues, car les citations ne les étayent pas : {count}.",
    },
    "es": {
        "unreachable": "No se puede acceder al servidor del modelo de lenguaje: las citas son la respuesta.",
        "slow": "El modelo de lenguaje tardó demasiado: las citas son la respuesta.",
        "refused": "El servidor del modelo de lenguaje rechazó la clave: las citas son la respuesta.",
        "unknown": "El servidor no conoce este modelo de lenguaje: las citas son la respuesta.",
        "busy": "El modelo de lenguaje está demasiado ocupado: las citas son la respuesta.",
        "cut": "El modelo de lenguaje se interrumpió: las citas acompañan a lo que escribió.",
        "endless": "El modelo de lenguaje no terminaba: las citas acompañan a lo que escribió.",
        "broken": "El modelo de lenguaje falló: las citas son la respuesta.",
        "paused": "El modelo de lenguaje acaba de fallar y aún no se le vuelve a preguntar: "
        "las citas son la respuesta.",
        "unsupported": "Las citas no respaldan nada de lo que escribió el modelo de lenguaje: "
        "son ellas la respuesta.",
        "more": "Las citas enumeran más de lo que nombra esta respuesta.",
        "withheld": "Frases retenidas porque las citas no las respaldan: {count}.",
    },
    "pt": {
        "unreachable": "O servidor do modelo de linguagem está inacessível: as citações são a resposta.",
        "slow": "O modelo de linguagem demorou demasiado: as citações são a resposta.",
        "refused": "O servidor do modelo de linguagem recusou a chave: as citações são a resposta.",
        "unknown": "O servidor não conhece este modelo de linguagem: as citações são a resposta.",
        "busy": "O modelo de linguagem está demasiado ocupado: as citações são a resposta.",
        "cut": "O modelo de linguagem interrompeu-se: as citações acompanham o que escreveu.",
        "endless": "O modelo de linguagem não terminava: as citações acompanham o que escreveu.",
        "broken": "O modelo de linguagem falhou: as citações são a resposta.",
        "paused": "O modelo de linguagem acabou de falhar e ainda não é consultado de novo: "
        "as citações são a resposta.",
        "unsupported": "As citações não sustentam nada do que o modelo de linguagem escreveu: "
        "são elas a resposta.",
        "more": "As citações enumeram mais do que esta resposta nomeia.",
        "withheld": "Frases retidas, porque as citações não as sustentam: {count}.",
    },
    "ar": {
        "unreachable": "تعذّر الوصول إلى خادم النموذج اللغوي، ولذلك فالاقتباسات هي الإجابة.",
        "slow": "استغرق النموذج اللغوي وقتاً طويلاً، ولذلك فالاقتباسات هي الإجابة.",
        "refused": "رفض خادم النموذج اللغوي المفتاح، ولذلك فالاقتباسات هي الإجابة.",
        "unknown": "لا يعرف الخادم هذا النموذج اللغوي، ولذلك فالاقتباسات هي الإجابة.",
        "busy": "النموذج اللغوي مشغول جداً، ولذلك فالاقتباسات هي الإجابة.",
        "cut": "انقطع النموذج اللغوي قبل أن يكمل، ولذلك تُعرض الاقتباسات مع ما كتبه.",
        "endless": "لم يتوقف النموذج اللغوي عن الكتابة، ولذلك تُعرض الاقتباسات مع ما كتبه.",
        "broken": "أخفق النموذج اللغوي، ولذلك فالاقتباسات هي الإجابة.",
        "paused": "أخفق النموذج اللغوي قبل قليل ولا يُسأل من جديد بعد، ولذلك فالاقتباسات هي الإجابة.",
        "unsupported": "لا تسند الاقتباسات شيئاً مما كتبه النموذج اللغوي، ولذلك فهي الإجابة.",
        "more": "تعدّد الاقتباسات أكثر مما تذكره هذه الإجابة.",
        "withheld": "جمل حُجبت لأن الاقتباسات لا تسندها: {count}.",
    },
    "zh": {
        "unreachable": "无法连接语言模型的服务器，因此以引文作答。",
        "slow": "语言模型用时过长，因此以引文作答。",
        "refused": "语言模型的服务器拒绝了密钥，因此以引文作答。",
        "unknown": "服务器上没有这个语言模型，因此以引文作答。",
        "busy": "语言模型过于繁忙，因此以引文作答。",
        "cut": "语言模型中途中断，因此在其所写内容之外附上引文。",
        "endless": "语言模型没有写完的迹象，因此在其所写内容之外附上引文。",
        "broken": "语言模型出错，因此以引文作答。",
        "paused": "语言模型刚刚出错，暂不再次询问，因此以引文作答。",
        "unsupported": "引文不支持语言模型所写的任何内容，因此以引文作答。",
        "more": "引文列出的比这个回答提到的更多。",
        "withheld": "因引文不支持而未显示的句子：{count}。",
    },
    "ru": {
        "unreachable": "Сервер языковой модели недоступен, поэтому ответом служат цитаты.",
        "slow": "Языковая модель отвечала слишком долго, поэтому ответом служат цитаты.",
        "refused": "Сервер языковой модели отклонил ключ, поэтому ответом служат цитаты.",
        "unknown": "Сервер не знает такой языковой модели, поэтому ответом служат цитаты.",
        "busy": "Языковая модель перегружена, поэтому ответом служат цитаты.",
        "cut": "Языковая модель прервалась, поэтому к написанному ею добавлены цитаты.",
        "endless": "Языковая модель не останавливалась; к написанному ею добавлены цитаты.",
        "broken": "Языковая модель дала сбой, поэтому ответом служат цитаты.",
        "paused": "Языковая модель только что дала сбой и пока не запрашивается; ответом служат цитаты.",
        "unsupported": "Цитаты не подтверждают ничего из написанного языковой моделью, "
        "поэтому ответом служат они сами.",
        "more": "В цитатах перечислено больше, чем названо в этом ответе.",
        "withheld": "Предложений, которые не показаны, так как цитаты их не подтверждают: {count}.",
    },
}


def notes_of(answer: Answer) -> list[str]:
    """Return what a reader is told: why the quotes are the answer, and how many sentences were withheld."""
    words = NOTES.get(answer.question.language, NOTES["en"])
    told = [words[answer.note]] if answer.note else []
    if answer.withheld and answer.note != "unsupported":
        told.append(words["withheld"].format(count=len(answer.withheld)))
    return told
