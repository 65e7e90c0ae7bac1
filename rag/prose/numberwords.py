"""Numbers that are written as words, in seven languages.

"One" is left out: in most languages it is the article too.
"""

from __future__ import annotations

from collections.abc import Iterator

ENGLISH = """
    two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14
    fifteen=15 sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60
    seventy=70 eighty=80 ninety=90 hundred=100 thousand=1000 million=1000000 millions=1000000
    billion=1000000000 bn=1000000000 dozen=12 second=2 third=3 fourth=4 fifth=5 sixth=6 seventh=7 eighth=8
    ninth=9 tenth=10 eleventh=11 twelfth=12 thirteenth=13 fourteenth=14 fifteenth=15 twentieth=20
"""
FRENCH = """
    deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 neuf=9 dix=10 onze=11 douze=12 treize=13 quatorze=14
    quinze=15 seize=16 vingt=20 vingts=20 trente=30 quarante=40 cinquante=50 soixante=60 septante=70 huitante=80
    nonante=90 cent=100 cents=100 mille=1000 million=1000000 millions=1000000 milliard=1000000000
    milliards=1000000000 douzaine=12
"""
SPANISH = """
    dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14
    quince=15 dieciséis=16 diecisiete=17 dieciocho=18 diecinueve=19 veinte=20 veintiuno=21 veintiún=21
    veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25 veintiséis=26 veintisiete=27 veintiocho=28
    veintinueve=29 treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 cien=100
    ciento=100 doscientos=200 doscientas=200 trescientos=300 trescientas=300 cuatrocientos=400 quinientos=500
    quinientas=500 seiscientos=600 setecientos=700 ochocientos=800 novecientos=900 mil=1000 millón=1000000
    millones=1000000 docena=12
"""
PORTUGUESE = """
    dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 doze=12 treze=13
    catorze=14 quatorze=14 quinze=15 dezesseis=16 dezasseis=16 dezessete=17 dezassete=17 dezoito=18 dezenove=19
    dezanove=19 vinte=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90
    cem=100 cento=100 duzentos=200 duzentas=200 trezentos=300 trezentas=300 quatrocentos=400 quinhentos=500
    quinhentas=500 seiscentos=600 setecentos=700 oitocentos=800 novecentos=900 mil=1000 milhão=1000000
    milhões=1000000 bilhão=1000000000 bilhões=1000000000 dúzia=12
"""
RUSSIAN = """
    два=2 две=2 двух=2 двум=2 двумя=2 три=3 трёх=3 трех=3 трём=3 трем=3 тремя=3 четыре=4 четырёх=4 четырех=4
    четырьмя=4 пять=5 пяти=5 пятью=5 шесть=6 шести=6 семь=7 семи=7 восемь=8 восьми=8 девять=9 девяти=9 десять=10
    десяти=10 одиннадцать=11 одиннадцати=11 двенадцать=12 двенадцати=12 тринадцать=13 тринадцати=13
    четырнадцать=14 четырнадцати=14 пятнадцать=15 пятнадцати=15 шестнадцать=16 шестнадцати=16 семнадцать=17
    семнадцати=17 восемнадцать=18 восемнадцати=18 девятнадцать=19 девятнадцати=19 двадцать=20 двадцати=20
    тридцать=30 тридцати=30 сорок=40 сорока=40 пятьдесят=50 пятидесяти=50 шестьдесят=60 шестидесяти=60
    семьдесят=70 семидесяти=70 восемьдесят=80 восьмидесяти=80 девяносто=90 сто=100 ста=100 двести=200
    двухсот=200 триста=300 трёхсот=300 трехсот=300 четыреста=400 четырёхсот=400 пятьсот=500 пятисот=500
    шестьсот=600 шестисот=600 семьсот=700 восемьсот=800 девятьсот=900 тысяча=1000 тысячи=1000 тысяч=1000
    тысячу=1000 тыс=1000 миллион=1000000 миллиона=1000000 миллионов=1000000 млн=1000000 миллиард=1000000000
    миллиарда=1000000000 миллиардов=1000000000 млрд=1000000000
"""
ARABIC = """
    اثنان=2 اثنين=2 اثنتان=2 اثنتين=2 ثلاث=3 ثلاثة=3 أربع=4 أربعة=4 خمس=5 خمسة=5 ست=6 ستة=6 سبع=7 سبعة=7
    ثماني=8 ثمانية=8 ثمان=8 تسع=9 تسعة=9 عشر=10 عشرة=10 عشرون=20 عشرين=20 ثلاثون=30 ثلاثين=30 أربعون=40 أربعين=40
    خمسون=50 خمسين=50 ستون=60 ستين=60 سبعون=70 سبعين=70 ثمانون=80 ثمانين=80 تسعون=90 تسعين=90 مئة=100 مائة=100
    مئتان=200 مئتي=200 مائتي=200 مائتان=200 مئتين=200 ثلاثمئة=300 ثلاثمائة=300 أربعمائة=400 خمسمئة=500 خمسمائة=500 ستمائة=600
    سبعمائة=700 ثمانمائة=800 تسعمائة=900 ألف=1000 ألفا=1000 آلاف=1000 ألفان=2000 ألفين=2000 ألفي=2000
    مليون=1000000 ملايين=1000000 مليونان=2000000 مليوني=2000000 مليار=1000000000 مليارات=1000000000
"""
JOINING = frozenset("and et y e и و".split())
ARABIC_PREFIXES = ("", "و", "ب", "ل", "ال", "وال", "بال", "لل")
SMALLEST_SCALE = 100
FOUR_TWENTIES = 4
HUNDRED = 100


LISTS = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH, "pt": PORTUGUESE, "ru": RUSSIAN, "ar": ARABIC}
WORDS = {
    language: {word: int(value) for word, _, value in (one.partition("=") for one in words.split())}
    for language, words in LISTS.items()
}


def value_of(word: str, language: str) -> int | None:
    """Return what one word of a number stands for, or None where it is no number."""
    lower, known = word.lower(), WORDS.get(language, {})
    if language != "ar":
        return known.get(lower)
    bare = (lower[len(one) :] for one in ARABIC_PREFIXES if lower.startswith(one))
    return next((known[one] for one in bare if one in known), None)


def composed(values: list[int]) -> int:
    """Return the number that the words of `values` make together: 2, 100, 50 are 250."""
    total = current = 0
    for value in values:
        if value > HUNDRED and value in SCALES:
            total += max(1, current) * value
            current = 0
        elif value == HUNDRED:
            current = max(1, current) * value
        elif value == 20 and current == FOUR_TWENTIES:  # noqa: PLR2004  quatre-vingt
            current = 80
        else:
            current += value
    return total + current


SCALES = (1000, 1_000_000, 1_000_000_000)
CHINESE_DIGITS = {one: place for place, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE_SCALES = {"万": 10_000, "亿": 100_000_000}
CHINESE = "".join((*CHINESE_DIGITS, *CHINESE_UNITS, *CHINESE_SCALES))


def chinese(text: str) -> int:
    """Return the number that Chinese numerals write: 三百五十万 is 3,500,000."""
    total = section = digit = 0
    for one in text:
        if one in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[one]
        elif one in CHINESE_UNITS:
            section += max(1, digit) * CHINESE_UNITS[one]
            digit = 0
        else:
            total = (total + max(1, section + digit)) * CHINESE_SCALES[one]
            section = digit = 0
    return total + section + digit


def runs(words: list[str], language: str) -> Iterator[tuple[int, int, int]]:
    """Yield the value of each run of number words, with the places of its first word and behind its last."""
    place = 0
    while place < len(words):
        end, values = place, []
        while end < len(words):
            value = value_of(words[end], language)
            if value is None and not (values and words[end].lower() in JOINING and end + 1 < len(words)):
                break
            if value is None:
                if value_of(words[end + 1], language) is None:
                    break
            else:
                values.append(value)
            end += 1
        if values:
            yield composed(values), place, end
        place = max(end, place + 1)
