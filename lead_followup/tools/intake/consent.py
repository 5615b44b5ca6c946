"""Yes and no in many languages; blank is neither."""

import re
from functools import lru_cache

from .folding import fold_compact, fold_words

_YES = frozenset("""
    yes y true 1 x ok okay agree agreed agrees iagree iconsent consent consented granted given
    accept accepted accepts optin optedin subscribed subscribe on checked allowed permitted
    confirmed yesplease ido allow expressconsent ja j wahr zugestimmt einverstanden erteilt stimmezu
    ichstimmezu akzeptiert oui o vrai accepte daccord jaccepte si s verdadero cierto acepto
    aceptado deacuerdo
    vero accetto accettato acconsento evet e dogru onayladi onay onaylandi onayliyorum kabul
    kabulediyorum izinverildi izinvar onayvar بله بلی آری موافقم موافقت رضایت رضایتدارم دارد دارم
    نعم اجل موافق صحیح اوافق درست تایید تاییدشد
    да д согласен согласна tak t zgoda zgadzamsie akkoord sim aceito concordo
    samtycker samtykker kylla ano souhlasim igen acord ναι はい 同意する 同意
    可 是 同意接收 有 예 네 동의 동의함
    """.split())  # fmt: skip
_NO = frozenset("""
    no n false 0 none disagree disagreed declined decline denied refused refuse optout optedout
    unsubscribed off unchecked notallowed withdrawn revoked nothanks idonotagree notgiven dontagree
    nein falsch abgelehnt nichterteilt widerrufen verweigert non faux refus refuse pasdaccord
    jerefuse falso rechazado noacepto rifiuto rifiutato nonaccetto nonacconsento hayir h yanlis
    reddetti red onaylamadi vermedi onaylamiyorum kabuletmiyorum verilmedi izinyok onayyok yok خیر
    نه ندارد
    ندارم رضایتندارم مخالف مخالفم
    لا کلا غیرموافق ارفض مرفوض لااوافق نادرست رد
    нет н несогласен несогласна nie niezgadzamsie nee niet nao naoaceito
    nej nei ei nesouhlasim nem nu όχι いいえ 同意しない 不同意 不可 否 不
    无 아니오 아니요 동의안함 미동의
    """.split())  # fmt: skip
_YES_KEYS = frozenset(map(fold_compact, _YES)) | {"✓", "✔", "☑"}
_NO_KEYS = frozenset(map(fold_compact, _NO)) | {"✗", "✘", "☐", "-"}
_NEGATIONS = frozenset(
    "не нет nie nee niet geen nao nej nei ei ikke inte nem nu"
    " not no don dont never nicht kein keine pas non ne nein hayir degil istemiyorum vermiyorum yok"
    " نه لا عدم غیر نیستم ندارم نمی نمیخواهم ندارد".split()
)
_GIVEN = frozenset(
    "erteilt given granted gegeben verildi accorde otorgado fornito concesso".split()
)
# Cells that say by themselves that somebody does not want to be written to, called or both.
_REFUSES = re.compile(
    r"\bopt(?:ed)? ?out\b|\bunsubscribed?\b|\b(?:do not|don t) (?:allow|contact|call|phone|e ?mail"
    r"|mail|send|disturb)\b|\bblack ?listed\b|\babgemeldet\b|\bwidersprochen\b"
    r"|\bnicht (?:anrufen|kontaktieren)\b|\bdesabonne\w*|\bdesinscrit\w*"
    r"|\bne (?:pas|plus) (?:contacter|appeler|envoyer)\b|\bno (?:contactar|llamar|enviar)\b"
    r"|\bnon (?:contattare|chiamare|inviare)\b|\bdisiscritt\w|\baramayin\w*|\bgondermeyin\w*"
    r"|تماس نگیرید|زنگ نزنید|ایمیل نفرستید|لا تتصل|لا ترسل"
)

_GIVES_LEAVE = frozenset(
    "allow allowed permitted subscribed optin optedin erlaubt autorise".split()
)


@lru_cache(maxsize=4096)
def names_refusal(text: str) -> bool:
    """Tell whether a short answer refuses by itself, whatever it stands below.

    >>> names_refusal("Unsubscribed"), names_refusal("Do Not Allow"), names_refusal("No")
    (True, True, False)
    """
    return len(text) <= 60 and bool(_REFUSES.search(fold_words(text)))


def names_leave(text: str) -> bool:
    """Tell whether a cell gives leave by itself: "Allow", also below "Do not allow e-mails"."""
    return fold_compact(text) in _GIVES_LEAVE


def read_consent(text: str, *, refuses: bool) -> bool | None:
    """Return what a cell says of consent to e-mail: True, False, or None for neither.

    :param refuses: its heading asks who does *not* want mail. Who has not refused there has not
        consented either.

    >>> [read_consent(text, refuses=True) for text in ("Yes", "No", "0", "")]
    [False, None, None, None]
    >>> [read_consent(text, refuses=False) for text in ("Yes", "No", "0", "")]
    [True, False, False, None]
    """
    if names_refusal(text):
        return False
    answer = yes_or_no(text)
    if not refuses:
        return answer
    return False if answer and not names_leave(text) else None


@lru_cache(maxsize=4096)
def yes_or_no(text: str) -> bool | None:
    """Return True, False, or None for a blank or anything else.

    >>> yes_or_no("I agree"), yes_or_no("Hayır"), yes_or_no("بله")
    (True, False, True)
    >>> yes_or_no("Nein danke"), yes_or_no("موافق نیستم"), yes_or_no("Einwilligung erteilt")
    (False, False, True)
    >>> yes_or_no(""), yes_or_no("maybe"), yes_or_no("Y/N")
    (None, None, None)
    """
    stripped = text.strip()
    if not stripped or len(stripped) > 200:
        return None
    key = fold_compact(stripped) or stripped
    if key in _YES_KEYS:
        return True
    if key in _NO_KEYS:
        return False
    words = fold_words(stripped).split()
    if len(words) < 2:
        return None
    if words in (["y", "n"], ["yes", "no"], ["ja", "nein"], ["oui", "non"], ["evet", "hayir"]):
        return None  # "Y/N" asks and does not answer
    if any(word in _NEGATIONS for word in words):
        return False
    if words[-1] in _GIVEN:
        return True
    return True if words[0] in _YES_KEYS or "".join(words[:2]) in _YES_KEYS else None
