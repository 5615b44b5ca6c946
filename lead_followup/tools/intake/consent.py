"""Yes and no in eight languages; blank is neither."""

from functools import lru_cache

from .folding import fold_compact, fold_words

_YES = frozenset("""
    yes y true 1 x ok okay agree agreed agrees iagree iconsent consent consented granted given
    accept accepted accepts optin optedin subscribed subscribe on checked allowed permitted
    confirmed yesplease ido expressconsent ja j wahr zugestimmt einverstanden erteilt stimmezu
    ichstimmezu akzeptiert oui o vrai accepte daccord jaccepte si s verdadero cierto acepto
    aceptado deacuerdo
    vero accetto accettato acconsento evet e dogru onayladi onay onaylandi onayliyorum kabul
    kabulediyorum izinverildi izinvar onayvar بله بلی آری موافقم موافقت رضایت رضایتدارم دارد دارم
    نعم اجل موافق صحیح اوافق درست تایید تاییدشد
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
    """.split())  # fmt: skip
_YES_KEYS = frozenset(map(fold_compact, _YES)) | {"✓", "✔", "☑"}
_NO_KEYS = frozenset(map(fold_compact, _NO)) | {"✗", "✘", "☐", "-"}
_NEGATIONS = frozenset(
    "not no don dont never nicht kein keine pas non ne nein hayir degil istemiyorum vermiyorum yok"
    " نه لا عدم غیر نیستم ندارم نمی نمیخواهم ندارد".split()
)
_GIVEN = frozenset(
    "erteilt given granted gegeben verildi accorde otorgado fornito concesso".split()
)


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
