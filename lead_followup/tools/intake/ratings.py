"""The booth's rating as hot, warm or cold, whichever scale it was given on."""

import re
from functools import lru_cache

from .folding import ascii_digits, fold_words

_WORDS = {
    "hot": """hot a h high very high heiss hoch sehr hoch chaud eleve tres chaud haute fort caliente
        alto alta muy alto caldo caldissimo sicak cok sicak yuksek acil داغ خیلی داغ بالا زیاد فوری
        ساخن حار عالی عالیه مرتفع مرتفعه top important urgent excellent wichtig a lead prio a
        hot lead
        aplus priorite haute prio 1 burning sehr wichtig dringend önemli very interested yüksek
        öncelik
        highly interested горячий горячая высокий высокая важный goracy goraca wysoki wysoka
        heet hoog quente alta het hed kuuma horky vysoka vysoky forro magas fierbinte ridicat
        ζεστο υψηλη ホット 高 高い 热 熱 高意向 상 높음 뜨거움 최상""",
    "warm": """warm b w medium med m mid middle moderate normal average mittel tiede moyen moyenne
        templado
        tibio medio media tiepido ilik orta گرم متوسط ولرم معمولی دافی دافء فاتر متوسطه good gut
        b lead
        prio b warm lead interested lauwarm ılık moderato regular
        теплый теплая средний средняя cieply ciepla sredni srednia gemiddeld morno morna
        varm mellan mellem middels lammin keskitaso
        teply stredni meleg kozepes cald mediu χλιαρο μετρια ウォーム 中 中程度 温 中意向 중 보통
        중간""",
    "cold": """cold c l low k kalt niedrig gering froid faible bas basse frio bajo baja freddo
        basso bassa
        soguk dusuk سرد پایین کم بارد منخفض منخفضه poor none c lead prio c cold lead gering schwach
        not interested unwichtig weak debole bassissimo d холодный
        холодная низкий низкая zimny zimna niski niska koud laag fria baixo baixa
        kall kald kold lag lav kylma matala studeny nizka nizky hideg alacsony rece scazut κρυο
        χαμηλη コールド 低 低い 冷 低意向 하 낮음""",
}
_MULTI = (
    "very high", "sehr hoch", "tres chaud", "muy alto", "cok sicak", "خیلی داغ", "a lead", "b lead",
    "c lead", "prio a", "prio b", "prio c", "hot lead", "warm lead", "cold lead", "priorite haute",
    "prio 1", "sehr wichtig", "very interested", "highly interested", "not interested",
)  # fmt: skip
_STRONGLY = re.compile(
    r"^(?:very|really|super|sehr|tres|muy|molto|cok|خیلی|بسیار)\s+|\s+(?:جدا|indeed)$"
)  # what comes with it keeps its rank: very hot is hot
_NUMBER = re.compile(
    r"^(\d)(?:[.,]0+)?(?:\s*(?:/|of|von|sur|de|di|من|از)\s*5)?(?:\s*(?:stars?|sterne?|\*))?$"
)
_STARS = re.compile(r"^[★⭐*]{1,5}[☆✩]*$")
_LEADING = re.compile(r"^\W*(\w+)\s*[-–=:(.)]")
_BEST_FIRST = {5: "hot", 4: "hot", 3: "warm", 2: "cold", 1: "cold"}


def _index() -> dict[str, str]:
    index = {}
    for code, text in _WORDS.items():
        for phrase in _MULTI:
            if phrase in " ".join(text.split()):
                text = " ".join(text.split()).replace(phrase, " ")
                index[fold_words(phrase)] = code
        for word in text.split():
            index[fold_words(word)] = code
    return index


_CODES = _index()


@lru_cache(maxsize=4096)
def rating_code(text: str, scale: str = "auto") -> str | None:
    """Return hot, warm, cold, or None for what is no rating.

    Numbers 1 to 5: with ``scale`` "1_best" one is hot, else five is.

    >>> rating_code("A"), rating_code("Sıcak"), rating_code("سرد"), rating_code("Medium")
    ('hot', 'hot', 'cold', 'warm')
    >>> rating_code("5"), rating_code("5", "1_best"), rating_code("7"), rating_code("★★★☆☆")
    ('hot', 'cold', None, 'warm')
    """
    digits = ascii_digits(text).strip().casefold()
    if found := _NUMBER.match(digits):
        number = int(found[1])
        return _BEST_FIRST.get(6 - number if scale == "1_best" else number)
    if _STARS.match(digits):
        return _BEST_FIRST[sum(digits.count(star) for star in "★⭐*")]
    words = fold_words(text)
    if not words or len(words) > 60:
        return None
    if code := _CODES.get(words):
        return code
    if found := _LEADING.match(digits):  # "A - hot", "H (call at once)", "1: very interested"
        return rating_code(found[1], scale)
    if code := _CODES.get(_STRONGLY.sub("", words)):
        return code
    first, _, rest = words.partition(" ")
    return _CODES.get(first) if rest and len(first) > 2 and rest.count(" ") < 3 else None


@lru_cache(maxsize=1024)
def is_small_number(text: str) -> bool:
    """Tell a mark from 1 to 5 from other numbers and words."""
    found = _NUMBER.match(ascii_digits(text).strip().casefold())
    return bool(found) and int(found[1]) in _BEST_FIRST
