"""What a heading alone suggests: fields with points, from its words in many languages."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import fuzz, process

from .closings import closing_field
from .folding import fold_compact, fold_words
from .heading_heads import end_head, linked_head, without_possessive
from .heading_words import NAME_WORDS, PHRASES, QUALIFIERS, REFUSAL_PHRASES, WORK_WORDS
from .heading_words_far import PHRASES_FAR, REFUSAL_PHRASES_FAR
from .heading_words_more import PHRASES_MORE, REFUSAL_PHRASES_MORE

EXACT, VARIANT, STRIPPED, HEAD, KEYWORD, FUZZY = 100, 96, 92, 88, 84, 76
_FUZZY_RATIO = 88  # of 100; "Emial Adress" is 90 to "email address", "Stadt"/"State" 60
_PARENTHESES = re.compile(r"[(\[{].*?[)\]}]")
_ALTERNATIVES = re.compile(r"\s*[/|\\\n:]\s*|\s+[-–—]\s+|\s+(?:or|oder|ou|o|oppure|veya|یا|أو)\s+")
_DATE_AND_TIME = re.compile(
    r"\b(?:date|datum|fecha|tarih|data)\s*/\s*(?:time|uhrzeit|zeit|heure|hora|saat|ora)\b",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBERED = re.compile(r"^\s*(?:q(?:uestion)?\.?\s*)?\d{1,3}\s*[.):–-]\s+", re.IGNORECASE)
_LONG_WORDS = 3  # a heading of more words is a sentence: its keywords tell

# Sentences, mostly survey questions. The first that matches gets the points.
_KEYWORDS = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        ("consent", r"\bagree|\bconsent|\bopt ?(?:in|out)\b|\bok to|\bmay we|\bgdpr|\bpermission"
            r"|\bnewsletter|unsubscri|\breceive .*(?:mail|news|info|offer|update)"
            r"|do not (?:contact|e ?mail|mail|send)|einwillig"
            r"|einverstand|zustimm|dsgvo|stimme zu|werbung|kontaktiert werden|j accepte"
            r"|publicidad|publicit|pubblicita|\breklam|accept.* (?:recevoir|contact)|\brgpd|acepto"
            r"|consiento|consentimiento|boletin"
            r"|acconsento|consenso|accetto|kvkk|\bonay|\brizam|\bizin|izni\b|kabul ediyor"
            r"|istiyorum|\bautoriza\b|\bacepta\b|\baccetta\b|اجازه"
            r"|رضایت|موافق|خبرنامه|تبلیغات|[اتن]وافق|الموافقه"),
        ("budget", r"budget|bud[gj]et|presupuesto|butce|بودجه|میزانیه|how much .*(?:spend|invest)"
            r"|investitionsvolumen|invertir|investire"),
        ("timeframe", r"\bwhen (?:do|are|will|is|would)|time ?(?:frame|line|horizon)|how soon"
            r"|\bbuy(?:ing)? by"
            r"|(?<!scan)(?<!erfassungs)(?<!gesprachs)(?<!besuchs)zeit(?:horizont|rahmen|punkt"
            r"|raum|plan)|\bwann\b|\bquand\b|\bdelai"
            r"|echeance|\bcuando\b|plazo|\bquando\b|tempistic|ne zaman|zamani\b|چه زمانی"
            r"|زمان (?:تقریبی )?خرید"
            r"|متی|الموعد المتوقع|موعد الشراء|fecha (?:prevista )?de compra|satin alma tarihi"
            r"|کی قصد|purchase (?:date|period)|planning to (?:buy|purchase)"
            r"|looking to purchase"),
        ("authority", r"\bdecision|\bauthorit|decide|\bpurchas\w+ (?:role|power)|\brole in"
            r"|role .*(?:purchas|buy)|role dans l achat|entscheid|befugnis|kaufprozess|decisi"
            r"|decideur|pouvoir"
            r"|autorite|autoridad|\bkarar|\byetki|تصمیم|اختیار|قرار|صلاحیه|نقش"),
        ("rating", r"\brating|interest level|ilgi (?:seviye|duzey)|میزان علاقه|kontaktqualitat"),
        ("interest", r"interested\b|\binterests?\b|\binteress(?:ante|en)|produits? recherches"
        r"|products?\b.*(?:interest|want|like|discuss)"
            r"|\b(?:looking for|they want|you want|wants|needs)\b"
            r"|which (?:products?|solutions?|topics?)|what (?:products?|solutions?)|interessier"
            r"|interesse(?:n)?\b|produktinteress|welche produkte|produits? .*interess"
            r"|interesse\w* par|quels? produits?|interesan?\b|\binteres(?:es)?\b|que productos"
            r"|interessa(?:to|ti|no)?\b|quali prodotti|ilgilen|ilgi duy|hangi urun|محصول|علاقه"
            r"|المنتج|تهتم|الاهتمام|مهتم"),
        ("rating", r"\bpriorit|lead (?:score|quality)|bewertung|einstufung|oncelik|اولویت"
            r"|الاولویه|calificacion|valutazione|\bevaluation\b|التقییم|how (?:hot|interested)"
            r"|interest level"),
        ("name", r"\byour (?:full )?name\b|wie heissen|ihr name|votre nom|su nombre|(?:suo|tuo"
            r"|vostro) nome|adiniz|نام شما|اسمک|اسمکم"),
        ("first_name", r"\bfirst ?name\b|\bgiven ?name\b|\bvorname\b|\bprenom\b"),
        ("last_name", r"\blast ?name\b|\bsurname\b|\bfamily ?name\b|\bnachname\b|\bapellidos?\b"),
        ("email", r"\be ?mail\b|\beposta\b|\be posta\b|correo electronico|courriel|ایمیل"
            r"|البرید الالکترونی"),
        ("mobile", r"\bmobile|\bcell\b|\bcell ?phone|\bhandy\b|\bmobil\b|mobiltel|\bportable\b"
            r"|\bmovil\b|\bcelular|\bcellulare|\bcep\b|همراه|موبایل|الجوال|المحمول"),
        ("phone", r"\bphone\b|telephone|telefon|\btel\b|تلفن|الهاتف"),
        ("scanned_at", r"\b(?:date|time|datum|tarih\w*|fecha|data|تاریخ|التاریخ"
            r"|تاریخ)\b.*\b(?:captur|scan|visit|creat|record|met|entry|erfass|kayit|registr|ثبت"
            r"|اسکن|تسجیل)|\b(?:captur|scann|creat|record|submitt)ed\b.*\b(?:at|on|date|time)\b"
            r"|timestamp|(?:scan|erfassungs|gesprachs|besuchs)(?:zeit|datum)"),
        ("captured_by", r"\b(?:captured|scanned|collected|connected|recorded|registered"
            r"|added|entered|taken|visited|met|handled"
            r"|created|qualified) by\b|\bsales ?(?:rep|person)|booth (?:staff|rep)"
            r"|(?:partner|mitarbeiter|betreuer|person|contact|colleague) .*(?:stand|booth)\b"
            r"|(?:erfasst|gescannt|aufgenommen|angelegt) (?:von|durch)|standbetreuer"
            r"|\bvertriebs?mitarb"
            r"|\b(?:collecte|saisi|scanne|capture|recueilli|enregistre) par\b"
            r"|\b(?:recogido|capturado|escaneado|registrado|anotado) por\b"
            r"|\b(?:raccolto|acquisito|scansionato|registrato) da\b|ثبت توسط|من قبل"),
        ("attendee_type", r"\b(?:visitor|attendee|ticket|badge|registration|pass|participant"
            r"|delegate) (?:type|category|kind|class)|besucher(?:typ|art|gruppe|kategorie|status)"
            r"|\b(?:tipo(?:logia)?|categor\w+|kategorie|types?|profil|perfil|art) (?:de la "
            r"|des? |d |di |der |du )?"
            r"(?:visi|asist|partic|partec|badge|ticket|acredit|billet|entrada|bigliet|besuch|teiln)"
            r"|(?:نوع|فیه) (?:ال)?(?:زایر|مشارک|تذکره|بطاقه|بازدید|شرکت ?کننده)"),
        ("company", r"company name|company$|(?:which|your) company|where do you work|arbeiten sie"
            r"|ou travaillez|donde trabaja|dove lavora|\bfirma\b|nom de (?:la|votre) (?:societe"
            r"|entreprise)|nombre de (?:la|su) empresa|nome (?:della|dell) (?:azienda|societa)"
            r"|firma adi|sirket adi|نام شرکت|اسم الشرکه|unternehmen|organi[sz]ation"),
        ("job_title", r"job (?:title|position|function|role)|berufsbezeichnung|\bjob\b"),
        ("zip", r"\bzip\b|postal code|\bpostcode\b|postleitzahl|\bplz\b|code postal|codigo postal"
            r"|posta kodu"),
        ("country", r"\bcountry\b|\bulke|کشور|\bland\b|\bpays\b|\bpais\b|\bpaese\b"),
        ("note", r"\bcomments?\b|\bnotes?\b|\bremarks?\b|\bmessage\b|bemerkung|anmerkung|kommentar"
            r"|notiz|gesprachs(?:inhalt|protokoll)|compte rendu|anything else|remarque"
            r"|commentaire|observacion|comentario|\bnotlar|aciklama"
            r"|توضیح|یادداشت|ملاحظ"),
        ("scanned_at", r"^(?!.*(?:birth|geburt|follow|due\b|expir|clos|next|purchas|modif|updat"
            r"|naissance|dogum)).*(?:\bdate ?time\b|\bdate\b|datum\b|\bfecha\b|\btarih|تاریخ)"),
        ("external_id", r"\bid$|\b(?:badge|ticket|registration|barcode|order|scan) (?:no|nr"
        r"|num\w*|code)\b"
            r"|\b(?:n|no|nr|numero|id|رقم|شناسه|شماره) (?:de |del |du |di )?(?:badge|registro"
            r"|visit|ticket"
            r"|البطاقه|بازدید)"),
    )
)  # fmt: skip
_ASKED = _KEYWORDS[:4]  # what surveys ask, in whatever words
_EMPTY: Mapping[str, int] = MappingProxyType({})


def _phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.replace("\n", " ").split(",") if phrase.strip()]


# "#" is no letter, but it is all some headings have: "#", "Order #"
def _key(phrase: str) -> str:
    return fold_compact(phrase.replace("#", " hashsign "))


_REFUSAL_TEXTS = (
    *_phrases(REFUSAL_PHRASES),
    *_phrases(REFUSAL_PHRASES_MORE),
    *_phrases(REFUSAL_PHRASES_FAR),
)


def _index() -> dict[str, dict[str, int]]:
    index: dict[str, dict[str, int]] = {}
    for field, text in PHRASES.items():
        for phrase in _phrases(text):
            index.setdefault(_key(phrase), {})[field] = EXACT
    # where languages collide the first eight win, then the next four
    for field, text in (*PHRASES_MORE.items(), *PHRASES_FAR.items()):
        for phrase in _phrases(text):
            index.setdefault(_key(phrase), {field: EXACT})
    for phrase in _REFUSAL_TEXTS:
        index.setdefault(_key(phrase), {"consent": EXACT})
    return index


_FIELDS_BY_KEY = _index()
_LONG_KEYS = [key for key in _FIELDS_BY_KEY if len(key) >= 5]
_REFUSALS = frozenset(map(_key, _REFUSAL_TEXTS))
_REFUSAL_WORDS = re.compile(
    r"\b(?:do not|don t|never|not be|opt(?:ed)? ?out|unsubscri\w+|no (?:e ?)?mails?|nicht|kein\w*"
    r"|\w*widerspr\w+|ne pas|ne souhaite pas|no (?:contactar|enviar|deseo|quiero)|non (?:contattare"
    r"|inviare|desidero|voglio)|istemiyor\w*|نگیرید|عدم|لغو|لا ترسل|لا اوافق)\b"
)

_OPT_OUT = re.compile(
    r"\bopt(?:ed)? ?out\b|\bunsubscri|\b(?:do not|don t|never|not) (?:allow|want|wish|like"
    r"|be contact|contact|e ?mail|send|receive)|\bwiderspr"
    r"|\b(?:kein\w*|nicht) .*(?:werbung|mails?\b|kontakt)"
    r"|\bne (?:souhaite|veux|pas)\b|\bno (?:deseo|quiero|autorizo|acepto)\b"
    r"|\bnon (?:desidero|voglio|acconsento)\b|istemiyor"
)


@lru_cache(maxsize=4096)
def heading_points(heading: str) -> Mapping[str, int]:
    """Return {field: points up to 100} for one heading; empty when it says nothing.

    Besides the fields there are "bare_name", "bare_title", "kept" and "ignored" (see ``PHRASES``).

    >>> dict(heading_points("Work ZIP/Postal Code"))
    {'zip': 98}
    >>> dict(heading_points("When do you plan to buy?"))
    {'timeframe': 84}
    >>> dict(heading_points("Frobnication"))
    {}
    """
    heading = _DATE_AND_TIME.sub("date time", _NUMBERED.sub("", heading))
    words = fold_words(_CAMEL.sub(" ", heading).replace("#", " hashsign "))
    if not words:
        return _EMPTY
    points = dict(_FIELDS_BY_KEY.get(words.replace(" ", ""), _EMPTY))
    if points:
        return MappingProxyType(points)
    if closing := closing_field(heading):
        return MappingProxyType({closing: STRIPPED})
    if _OPT_OUT.search(words) and not _variant_points(
        _PARENTHESES.sub(" ", heading)
    ):  # of "Opted out of email: Marketing" the e-mail is not the point
        return MappingProxyType({"consent": STRIPPED})
    bare = fold_words(_PARENTHESES.sub(" ", heading)).split()
    points = {} if _sentence_points(words, _ASKED) else _linked_points(bare)
    if points:
        return MappingProxyType(points)
    points = _best_of_variants(_variants(heading)) or _variant_points(
        " ".join(_PARENTHESES.findall(heading))
    )
    if len(points) > 1 and "ignored" in points:
        del points["ignored"]
    if "country" in points:  # "Business Country/Region" is no region
        points.pop("state", None)
    if not points:
        points = _sentence_points(words) or _end_points(bare) or _fuzzy_points(words)
    return MappingProxyType(points)


def _best_of_variants(variants: list[str]) -> dict[str, int]:
    points: dict[str, int] = {}
    for place, variant in enumerate(variants):
        for field, value in _variant_points(variant).items():  # of "Survey - Budget" the latter
            points[field] = max(points.get(field, 0), min(value + place, EXACT - 1))
    return points


def _variants(heading: str) -> list[str]:
    """Return the heading without what stands in brackets, and each of its alternatives."""
    bare = _PARENTHESES.sub(" ", heading)
    alternatives = _ALTERNATIVES.split(bare) if len(bare) < 80 else []
    return [text for text in (bare, *alternatives) if text.strip()]


def _variant_points(variant: str) -> dict[str, int]:
    words = fold_words(variant.replace("#", " hashsign "))
    exact = _FIELDS_BY_KEY.get(words.replace(" ", ""))
    if exact:
        return dict.fromkeys(exact, VARIANT)
    kept = [word for word in words.split() if word not in QUALIFIERS]
    stripped = _FIELDS_BY_KEY.get("".join(kept))
    if not stripped:
        named = [word for word in words.split() if word not in NAME_WORDS]
        stripped = _FIELDS_BY_KEY.get("".join(named))
    return dict.fromkeys(stripped, STRIPPED) if stripped else {}


def _sentence_points(words: str, keywords=_KEYWORDS) -> dict[str, int]:
    for field, pattern in keywords:
        if pattern.search(words):
            return {field: KEYWORD}
    return {}


def _linked_points(words: list[str]) -> dict[str, int]:
    field = linked_head(words, _FIELDS_BY_KEY.get)
    return {field: HEAD} if field else {}


def _end_points(words: list[str]) -> dict[str, int]:
    own = [without_possessive(word) for word in words]
    field = next(iter(_FIELDS_BY_KEY.get("".join(own), ())), None) if own != words else None
    field = field or end_head(own, _FIELDS_BY_KEY.get)
    return {field: KEYWORD} if field else {}


def _fuzzy_points(words: str) -> dict[str, int]:
    """Return the field of the phrase this heading is most likely a misspelling of."""
    if words.count(" ") > _LONG_WORDS or len(words) < 5:
        return {}
    found = process.extractOne(
        words.replace(" ", ""), _LONG_KEYS, scorer=fuzz.ratio, score_cutoff=_FUZZY_RATIO
    )
    return dict.fromkeys(_FIELDS_BY_KEY[found[0]], FUZZY) if found else {}


def heading_says_work(heading: str) -> bool:
    """Tell whether a heading names somebody's place of work.

    >>> heading_says_work("Work Email"), heading_says_work("Email Address")
    (True, False)
    """
    return not WORK_WORDS.isdisjoint(fold_words(_CAMEL.sub(" ", heading)).split())


@lru_cache(maxsize=1024)
def is_refusal(heading: str) -> bool:
    """Tell whether "yes" below this heading means "do not write to me".

    >>> is_refusal("Do not e-mail"), is_refusal("OK to email?")
    (True, False)
    """
    words = fold_words(heading)
    bare = fold_compact(_PARENTHESES.sub(" ", _NUMBERED.sub("", heading)))
    return bare in _REFUSALS or bool(_REFUSAL_WORDS.search(words))


def looks_like_heading(cell: str) -> bool:
    """Tell whether a cell is more likely a heading than a value.

    >>> looks_like_heading("E-Mail"), looks_like_heading("a@b.example")
    (True, False)
    """
    return 0 < len(cell) < 120 and "@" not in cell and bool(heading_points(cell.strip()))
