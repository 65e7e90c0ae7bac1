"""Words that turn the sense of what they stand beside: not, all, only, may, at least, unless, because, first.

They are closed classes of grammar, in seven languages. An operator reaches the words around it; a sentence
that has one where its quote has none, or the other way round, says something else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Each line: what is looked for, apart by "|"; a final "*" stands for any ending. Chinese stands for itself.
CLASSES = {
    "negation": """
        not|no|never|neither|nor|none|without|cannot|can't|don't|doesn't|didn't|won't|isn't|aren't|wasn't|weren't|n't|
        unable|fail to|fails to|failed to|nobody|nothing|
        ne|n'|pas|jamais|aucun|aucune|sans|ni|non|impossible|
        no|nunca|ningún|ninguna|ninguno|sin|tampoco|
        não|nunca|nenhum|nenhuma|sem|nem|
        لا|لم|لن|ليس|ليست|ليسوا|دون|بدون|غير|عدم|
        не|нет|ни|без|никогда|никак*|нельзя|невозможно|
        不|没有|没|未|无法|无需|无|非|并非|从未
    """,
    "all": """
        all|every|each|always|entire|whole|everyone|everybody|completely|fully|any|worldwide|
        tous|toutes|tout|toute|chaque|toujours|ensemble des|entièrement|
        todos|todas|todo|toda|cada|siempre|entero|entera|
        sempre|inteiro|inteira|cada|
        كل|جميع|كافة|دائما|
        все|всех|всем|всеми|каждый|каждая|каждое|каждого|каждой|каждом|всегда|весь|всю|
        所有|全部|每个|每一|每位|都|全体|始终|总是|一律
    """,
    "some": """
        some|many|most|several|often|usually|generally|partly|mainly|primarily|few|certain|selected|sometimes|mostly|particularly|
        certains|certaines|plusieurs|quelques|souvent|généralement|principalement|plupart|
        algunos|algunas|varios|varias|muchos|muchas|mayoría|generalmente|principalmente|
        alguns|algumas|vários|várias|muitos|muitas|maioria|geralmente|
        بعض|معظم|العديد|عدة|غالبا|عادة|
        некоторые|некоторых|многие|многих|большинство|несколько|часто|обычно|
        一些|部分|许多|大多数|大多|通常|往往|有些|主要
    """,
    "only": """
        only|exclusively|solely|just|nothing but|sole|
        seulement|uniquement|exclusivement|seul|seule|seuls|seules|
        sólo|solo|solamente|únicamente|exclusivamente|único|única|
        só|somente|apenas|unicamente|
        فقط|حصرا|وحده|وحدها|إلا|سوى|
        только|лишь|исключительно|единственн*|
        只|仅|仅仅|只有|唯一
    """,
    "plan": """
        will|would|plan|plans|planned|planning|aim|aims|aimed|intend|intends|intended|propose*|expected|to be|going to|seek|seeks|
        scheduled|forthcoming|upcoming|hope|hopes|soon|shall|future|goal|objective|designed to|
        vise|visent|prévu*|prévoit|prévoient|sera|seront|envisage*|objectif|proposé*|bientôt|devrait|devraient|
        prevé|prevén|previsto|prevista|será|serán|objetivo|pretende*|propone*|pronto|busca|buscan|tiene como objetivo|
        prevê|previsto|prevista|serão|objetivo|visa|visam|em breve|pretende*|
        سوف|س|سيتم|يهدف|تهدف|يعتزم|تعتزم|مقرر|من المقرر|ستكون|سيكون|يخطط|تخطط|المزمع|قريبا|
        будет|будут|планиру*|намерен*|предполага*|направлен*|цель|запланирован*|предлага*|призван*|
        将|计划|旨在|拟|打算|预计|即将|目标
    """,
    "may": """
        may|might|could|can|possible|possibly|perhaps|potential*|
        peut|peuvent|pourrait|pourraient|possible|éventuellement|
        puede|pueden|podría|podrían|posible|posiblemente|
        pode|podem|poderia|poderiam|possível|
        يمكن|قد|ربما|يجوز|
        может|могут|можно|возможно|мог|могли|
        可以|可能|能够|或许|可
    """,
    "must": """
        must|should|have to|has to|need to|needs to|required|obliged|mandatory|compulsory|necessary|
        doit|doivent|faut|obligatoire|nécessaire|tenu de|tenus de|
        debe|deben|obligatorio|obligatoria|necesario|hay que|tiene que|tienen que|
        deve|devem|obrigatório|obrigatória|necessário|é preciso|tem de|têm de|
        يجب|ينبغي|يلزم|إلزامي|
        должен|должна|должно|должны|обязан*|обязательн*|необходимо|нужно|
        必须|应当|应该|应|需要|须
    """,
    "least": """
        at least|more than|over|minimum|above|no less than|exceed*|from|
        au moins|plus de|au minimum|minimum|
        al menos|más de|mínimo|por lo menos|
        pelo menos|mais de|no mínimo|
        على الأقل|أكثر من|ما يزيد|لا يقل|
        не менее|более|больше|свыше|как минимум|минимум|
        至少|超过|以上|多个|不少于|最少
    """,
    "most": """
        at most|up to|less than|fewer than|maximum|under|no more than|below|within|until|
        au plus|moins de|jusqu'à|maximum|au maximum|
        como máximo|menos de|hasta|máximo|a lo sumo|
        no máximo|menos de|até|
        على الأكثر|أقل من|حتى|لا يزيد|لا يتجاوز|كحد أقصى|
        не более|менее|меньше|до|максимум|
        最多|不到|以下|不超过|至多|少于|以内
    """,
    "about": """
        about|around|approximately|nearly|almost|roughly|circa|
        environ|près de|presque|
        unos|unas|alrededor de|aproximadamente|casi|cerca de|
        aproximadamente|quase|cerca de|
        حوالي|نحو|تقريبا|ما يقرب|
        около|примерно|почти|приблизительно|
        约|大约|近|将近|左右
    """,
    "if": """
        if|unless|except|provided|subject to|only when|unless|otherwise|whether|depending|as long as|
        si|sauf|excepté|à condition|à moins|hormis|selon|
        salvo|excepto|siempre que|a menos|a condición|dependiendo|
        se|exceto|desde que|a menos que|dependendo|caso|
        إذا|إلا|ما لم|بشرط|باستثناء|شريطة|حسب|
        если|кроме|исключением|при условии|зависимости|
        如果|若|除非|除了|除外|只要|取决于|视
    """,
    "because": """
        because|due to|therefore|thus|led to|leads to|result*|caused|owing to|thanks to|consequently|as a consequence|in order to|
        parce|car|grâce à|en raison|donc|entraîné|à cause|
        porque|debido|gracias a|por lo tanto|provocó|llevó a|a causa|
        devido|graças a|portanto|levou a|por causa|
        لأن|بسبب|نتيجة|لذلك|بفضل|أدى|أدت|
        потому|благодаря|поэтому|из-за|вследствие|привел*|
        因为|由于|因此|导致|所以|得益于
    """,
    "superlative": """
        first|largest|biggest|best|most|greatest|highest|lowest|leading|last|oldest|newest|longest|unique|main|only|least|
        premier|première|plus grand|plus grande|meilleur|meilleure|dernier|dernière|principal|principale|
        primer|primera|primero|mayor|mejor|último|última|principal|
        primeiro|primeira|maior|melhor|último|última|
        أول|أولى|أكبر|أفضل|أهم|آخر|أعلى|
        первый|первая|первое|первого|первой|первым|крупнейш*|лучш*|самый|самая|самое|самым|последн*|наибольш*|главн*|
        第一|首个|首次|最大|最好|最佳|最高|最后|首要|最
    """,
    "before": """
        before|prior to|ahead of|earlier|avant|antes|قبل|до|перед|之前|以前|前
    """,
    "after": """
        after|following|later|since|après|después|tras|depois|após|بعد|после|之后|以后|后
    """,
    "says": """
        according to|says|said|stated|claims|reported|announced|selon|d'après|según|segundo|de acordo com|
        وفقا|حسب|بحسب|согласно|по данным|根据|据
    """,
    "passive": """
        by|par|por|pelo|pela|pelos|pelas|من قبل|من جانب|на основе|被|由
    """,
}
CHINESE = re.compile("[\u3400-\u9fff]")
ARABIC = re.compile("[\u0600-\u06ff]")
REACH = 5


@dataclass(frozen=True)
class Operator:
    """An operator as it stands in a text: its class and its range."""

    name: str
    start: int
    end: int


def operators_of(text: str) -> list[Operator]:
    """Return the operators in `text`, each class by itself, in its order."""
    plain = text.lower().replace("’", "'")
    return [
        Operator(name, match.start(), match.end())
        for name, pattern in PATTERNS.items()
        for match in pattern.finditer(plain)
    ]


def _pattern(words: str) -> re.Pattern[str]:
    listed = sorted({one.strip() for one in words.split("|") if one.strip()}, key=len, reverse=True)
    return re.compile("|".join(_one(word) for word in listed))


def _one(word: str) -> str:
    if CHINESE.search(word):
        return re.escape(word)
    if word == "س":  # the future, written together with its verb
        return r"\bس[يتنأ]\w{2,}"
    ending = r"\w*" if word.endswith("*") else ("" if word.endswith("'") else r"\b")
    prefix = r"\bو?" if ARABIC.search(word) else (r"" if word.startswith("n'") else r"\b")
    return prefix + re.escape(word.rstrip("*")) + ending


PATTERNS = {name: _pattern(words) for name, words in CLASSES.items()}
