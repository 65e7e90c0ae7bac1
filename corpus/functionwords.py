"""The closed classes of words: what joins, points and asks, and says nothing about a subject.

They are grammar, the same whatever a report is about. Without its function words a question is what it asks
about, and "the report" or "the document" is what it asks; with a pointing word, or a joining one in front, it
leans on the question before.
"""

from __future__ import annotations

ENGLISH = frozenset(
    """
    a about above after again all also an and any anything are as at be because been before being
    below between both but by can could did do does doing done during each either else ever every
    few for from further get give given gives had happen happened happens has have having he her
    here hers him his how i if in into is it its itself just know let made make many may me might
    mine more most much must my name named no nor not of off on once one only or other our out over
    own please same say says shall she should so some such tell than that the their theirs them then
    there these they this those through to too under until up upon us use used very was we were what
    when where whether which while who whom whose why will with within without would yes you your

    document documents report reports
    """.split()
)

# In other languages; Chinese ones are cut as jieba cuts them.
OTHERS = {
    "fr": """
        a au aussi aux avait avec avoir c car ce cela ces cet cette chez combien comme comment d
        dans de des disent dit document doit doivent donc dont du elle elles en entre est et eu
        faire fait font il ils je l la laquelle le lequel les lesquelles lesquels leur leurs lieu
        lui m ma mais me mes moins mon n ne ni nos notre nous on ont or ou où par pas passe passé
        peut peuvent plus pour pourquoi qu quand que quel quelle quelles quels qui quoi rapport s sa
        sans se sera seront ses si son sont sous sur t ta te tes ton tous tout toute toutes très tu
        un une vers vos votre vous y à ça étaient était été être
    """,
    "es": """
        a adónde al como con cuál cuáles cuándo cuánta cuántas cuánto cuántos cómo de debe deben del
        desde dice documento dónde e el en entre era eran es esa esas ese eso esos esta estar estas
        este esto estos está están fue fueron ha haber había hace hacen hacer han hasta hay informe
        la las le les lo los me menos mi mis muy más ni no nos o ocurre ocurrió para pasa pasó pero
        por puede pueden que quién quiénes qué se ser será serán si sido sin sobre son su sucede
        sucedió sus también te toda todas todo todos tu tus u un una unas unos y
    """,
    "pt": """
        a acontece aconteceu ao aos as até com como da das de desde deve devem diz do documento dos
        e em entre era eram essa essas esse esses esta estar estas este estes está estão faz fazem
        fazer foi foram há isso isto lhe lhes mais mas me menos meu minha muito na nas nem no nos
        não o ocorre ocorreu onde os ou para pela pelas pelo pelos pode podem por porque quais qual
        quando quanta quantas quanto quantos que quem quê relatório se sem ser será serão seu seus
        sido sobre sua suas são também te tem ter toda todas todo todos têm um uma umas uns à às é
    """,
    "ar": """
        أن أو أي أية أين إلى إن التقرير التي الذي الذين اللذان بعد بعض بين تكون تلك ثم جرى حتى حدث
        حول خلال ذلك عدد على عن عند في قبل قد كان كانت كل كم كيف لا لكن لم لماذا لن ليس ما ماذا متى
        مع من منذ هؤلاء هذا هذه هل هم هما هناك هو هي و يحدث يكون
    """,
    "ru": """
        а без будет будут бы был была были было быть в весь во все вся всё где да для до доклад
        докладе его ей ему есть ещё её же за зачем и из или им их к как какая какие каким каких
        каков какова каково каковы какое какой каком какому какую ко когда которая которые который
        кто куда ли между на над не нет ни но о об он она они оно от откуда по под почему при
        произошло происходит с скольких сколько случилось со та также те тот у уже чей через что эта
        эти это этот
    """,
    "zh": """
        上 下 不 与 个 中 为 为什么 为何 么 之 也 了 于 些 什 什么 从 他 他们 以 们 会 但 位 何
        何时 你 你们 其 其中 几 到 及 发生 可以 名 吗 吧 呢 和 哪 哪个 哪些 哪位 哪儿 哪家 哪年
        哪里 啊 在 多 多久 多大 多少 她 她们 如何 它 它们 家 对 将 少 就 届 年 并 怎么 怎么样 怎样
        我 我们 或 所 所有 把 报告 日 时 时候 是 是否 月 有 有多 有没有 次 没 没有 由 的 种 等 而
        能 能否 被 要 请 请问 谁 过 还 还有 这 这个 这些 那 那个 那些 都 里 问 项
    """,
    "de": """
        aber als am an auch auf aus bei das dass dem den der des die diese dieser dieses du durch
        ein eine einem einen einer er es für gegen geschah geschieht gibt haben hat hatte ich ihr im
        in ist kann kein keine können man mit muss müssen nach nicht noch nur oder ohne passiert
        passierte sein sich sie sind um und unter viel viele vom von wann war waren warum was welche
        welchem welchen welcher welches wer werden wie wieviel wir wird wo wurde wurden zu zum zur
        über
    """,
}
FUNCTION_WORDS = {"en": ENGLISH, **{code: frozenset(words.split()) for code, words in OTHERS.items()}}

# Words and phrases that begin a question which goes on from the one before.
OPENING = {
    "en": ("and", "but", "also", "then", "so", "what about", "how about"),
    "fr": ("et", "mais", "qu'en est-il", "qu’en est-il"),
    "es": ("y", "pero", "qué hay de", "qué tal"),
    "pt": ("e", "mas", "e quanto a", "que tal"),
    "ar": ("و", "وماذا", "وما", "وكم", "ومن", "وأين", "ومتى", "وفي", "ماذا عن"),
    "ru": ("а", "и", "но", "как насчёт", "что насчёт"),
    "zh": ("那", "那么", "还有"),
    "de": ("und", "aber", "was ist mit", "wie steht es mit"),
}

# Words that point at something named before.
LEANING = {
    "en": (
        *("it", "its", "they", "them", "their", "theirs"),
        *("he", "she", "him", "her", "his", "this", "these", "those"),
    ),
    "fr": ("elle", "elles", "eux", "celui", "celle", "ceux", "celles", "ça", "cela", "leur", "leurs"),
    "es": ("ella", "ellos", "ellas", "este", "esta", "estos", "estas", "eso", "esto", "allí"),
    "pt": (
        *("ele", "ela", "eles", "elas", "dele", "dela", "deles", "delas", "nele", "nela"),
        *("isso", "isto", "este", "esta", "lá"),
    ),
    "ar": ("هو", "هي", "هم", "منها", "منهم", "هذا", "هذه", "ذلك", "تلك", "هناك"),
    "ru": (
        *("он", "она", "оно", "они", "его", "её", "их", "него", "неё", "ней", "нём", "них"),
        *("это", "этот", "там"),
    ),
    "zh": (
        *("它", "他", "她", "它们", "他们", "她们", "其", "其中"),
        *("这", "那", "这个", "那个", "这些", "那些"),
    ),
}


def is_function_word(word: str, language: str) -> bool:
    """Whether a word in lower case says nothing of what a question in `language` is about."""
    alone = len(word) == 1 and word.isalpha() and word.isascii()
    return alone or word in FUNCTION_WORDS.get(language, ENGLISH)
