"""Columns that close a way to somebody: "Do not contact" closes all, "Do not call" the phone.

Headings in eight languages; a question that asks for leave ("May we call you?") closes the phone
with its "no". Whatever also speaks of e-mail is a matter of consent to e-mail and not ours.
"""

import re
from functools import lru_cache

from .consent import names_leave, names_refusal, yes_or_no
from .folding import fold_words

CLOSINGS = ("do_not_contact", "do_not_call")

_MAIL = re.compile(
    r"\be ?mails?\b|\bmail\w*|\beposta\b|\be posta\b|newsletter|bulten|boletin|courriel|correos?\b"
    r"|posta elettronica|ایمیل|خبرنامه|برید|النشره"
)
_NO_CALLS = re.compile(
    r"\b(?:do not|don t|dont|never|no|not be|not allow) (?:cold )?(?:call(?:s|ed)?|phoned?"
    r"|telephoned?|(?:tele)?phone calls?)\b"
    r"|\b(?:do not|don t|not to be|not be) contact(?:ed)? by (?:tele)?phone\b"
    r"|\b(?:call|calls|phone|telephone) (?:opt(?:ed)? ?out|blacklist\w*|refused)\b"
    r"|\bopt(?:ed)? ?out (?:of|from) (?:phone|calls?|telephone)\b"
    r"|\bnicht (?:anrufen|telefonisch)|\bkeine? (?:anrufe?|telefon\w*)\b|anruf\w* unerwunscht"
    r"|\btelefon\w*(?:sperre|widerspruch)\b"
    r"|\bne (?:pas|plus) (?:appeler|telephoner)|\bpas d appels?\b|\bpas de telephone\b"
    r"|\bopposition telephon\w+|\bbloctel\b"
    r"|\bno (?:llamar|telefonear|desea llamadas)\b|\bsin llamadas\b"
    r"|\bnon (?:chiamare|telefonare)\b|\bnessuna (?:chiamata|telefonata)\b"
    r"|\baramayin\w*|\baranmasin\b|\b(?:telefonla )?aranmak istemiyor\w*|\barama istemiyor\w*"
    r"|\bне (?:звонить|звоните)\b|\bбез звонков\b|\bnie dzwonic\b|\bniet bellen\b"
    r"|\bnao (?:ligar|telefonar)\b"
    r"|(?:تلفن|زنگ) نزنید|عدم تماس تلفنی|تماس تلفنی نگیرید|لا تتصل هاتفیا|عدم الاتصال (?:ال)?هاتفی"
)
_NO_CONTACT = re.compile(
    r"\b(?:do not|don t|dont|never|no|not be|not to be|not being) contact(?:ed)?\b"
    r"|\b(?:do not|don t) (?:want|wish|like) (?:to be contacted|any contact)\b|\bblack ?list\w*"
    r"|\bnicht (?:mehr )?(?:zu )?kontaktieren\b|\bkein(?:en|e)? kontakt(?:aufnahme)?\b"
    r"|kontaktsperre"
    r"|\bkontakt\w* (?:nicht erwunscht|unerwunscht)\b|\bnicht kontaktiert werden\b"
    r"|\bne (?:pas|plus) (?:re)?contacter\b|\bne (?:souhaite|veut|veux) pas etre (?:re)?contacte"
    r"|\bliste noire\b|\bno (?:contactar|desea ser contactad\w)\b|\blista negra\b"
    r"|\bnon (?:contattare|desidera essere contattat\w)\b|\blista nera\b"
    r"|\biletisim(?:e)? (?:istemiyor|kurmayin|kurulmasin|gecmeyin|gecilmesin)\w*|\bkara liste"
    r"|\bне (?:связываться|контактировать)\b|\bnie kontaktowac\b|\bniet (?:contacteren"
    r"|benaderen)\b|\bnao (?:contatar|contactar)\b"
    r"|تماس نگیرید|عدم تماس|لیست سیاه|لا تتصل|لا تتواصل|عدم التواصل|عدم الاتصال|القایمه السوداء"
)
_MAY_CALL = re.compile(
    r"\b(?:may|can) we (?:call|phone)\b|\b(?:ok|okay|happy) to (?:call|phone|be called)\b"
    r"|\b(?:agree|consent|permission|opt ?in) (?:to )?(?:be called|(?:by |to |for )?(?:phone|calls?"
    r"|telephone))\b"
    r"|\b(?:phone|call|calls|telephone) (?:opt ?in|consent|permission|allowed|ok)\b"
    r"|\b(?:einwilligung|zustimmung) (?:\w+ )?(?:telefon\w*|anrufe?)\b|\banruf\w* erlaubt\b"
    r"|\btelefon\w* (?:einwilligung|zustimmung|(?:kontaktaufnahme )?erlaubt)\b"
    r"|\bconsentement telephon\w+|\baccepte les appels\b|\bconsentimiento telefon\w+"
    r"|\b(?:acepta|autoriza) llamadas\b|\bconsenso (?:telefon\w+|chiamate)"
    r"|\baccetta (?:chiamate|telefonate)\b|\b(?:telefon|arama) (?:izni|onayi)\b"
    r"|اجازه تماس تلفنی|(?:اذن|الموافقه علی) (?:ال)?اتصال (?:ال)?هاتفی"
)


@lru_cache(maxsize=4096)
def closing_field(heading: str) -> str | None:
    """Return "do_not_contact" or "do_not_call" where the heading asks that, else None.

    >>> closing_field("Please do not contact"), closing_field("Nicht anrufen")
    ('do_not_contact', 'do_not_call')
    >>> closing_field("May we call you?")
    'do_not_call'
    >>> closing_field("Do not e-mail"), closing_field("Contact number"), closing_field("Call notes")
    (None, None, None)
    """
    words = fold_words(heading)
    if _MAIL.search(words):
        return None
    if _NO_CALLS.search(words) or _MAY_CALL.search(words):
        return "do_not_call"
    return "do_not_contact" if _NO_CONTACT.search(words) else None


def closes(answer: str, heading: str) -> bool | None:
    """Tell whether an answer below such a heading closes the way; None for no clear answer.

    >>> closes("x", "Do not call"), closes("0", "Do not call"), closes("No", "May we call you?")
    (True, False, True)
    >>> closes("Do not call", "Calls"), closes("after 5 pm", "Do not call")
    (True, None)
    """
    if names_refusal(answer):
        return True
    if names_leave(answer):
        return False
    said = yes_or_no(answer)
    if said is None:
        return None
    words = fold_words(heading)
    return said is not bool(_MAY_CALL.search(words) and not _NO_CALLS.search(words))
