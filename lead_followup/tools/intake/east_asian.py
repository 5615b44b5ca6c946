"""Which East Asian encoding bytes are in: the one under which they are signs of everyday writing.

Each of these sets has the signs in daily use in a range of its own. Bytes of another encoding come
out as rare signs, or not at all.
"""

import re

# (codec, what kind of letters it must show, first and second bytes of the signs in daily use)
_SETS = (
    ("cp949", "hangul", range(0xB0, 0xC9), range(0xA1, 0xFF)),
    ("cp932", "kana", range(0x81, 0x98), range(0x40, 0xFD)),
    ("euc_jp", "kana", range(0xA4, 0xD0), range(0xA1, 0xFF)),
    ("gb18030", "han", range(0xB0, 0xD8), range(0xA1, 0xFF)),
    ("big5", "han", range(0xA4, 0xC7), range(0x40, 0xFF)),
)
_LEAST_SHARE = 0.9
_LEAST_KANA = 0.1  # of what is Japanese; Chinese has none
_MOST_IN_LATIN = 0.2  # more signs than this next to a small Latin letter are accents misread
_IN_LATIN = re.compile(r"(?<=[a-z])[^\x00-\x7f]|[^\x00-\x7f](?=[a-z])")


def guess_east_asian(sample: bytes) -> str | None:
    """Return the codec's name; None: most likely none of them.

    >>> guess_east_asian("姓名,公司\\n王伟,水泵有限公司".encode("gb18030"))
    'gb18030'
    >>> guess_east_asian("氏名,メール\\n山田,やまだ".encode("cp932"))
    'cp932'
    >>> guess_east_asian("Фамилия;Насосы".encode("cp1251")) is None
    True
    """
    shares = {
        codec: share
        for codec, kind, *ranges in _SETS
        if (share := _share(sample, codec, kind, *ranges)) >= _LEAST_SHARE
    }
    return max(shares, key=shares.get, default=None)


def _share(sample: bytes, codec: str, kind: str, first: range, second: range) -> float:
    """Return which share of the signs beyond ASCII is in daily use, 0 where it is another kind."""
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    signs = [sign for sign in text if _is_letter(sign)]
    if not signs or len(_IN_LATIN.findall(text)) > _MOST_IN_LATIN * len(signs):
        return 0.0
    kana = sum("\u3041" <= sign <= "\u30ff" for sign in signs)
    hangul = sum("\uac00" <= sign <= "\ud7a3" for sign in signs)
    if (kana >= _LEAST_KANA * len(signs)) != (kind == "kana"):
        return 0.0
    if (hangul > 0) != (kind == "hangul"):
        return 0.0
    coded = [sign.encode(codec) for sign in signs]
    common = [two for two in coded if len(two) == 2 and two[0] in first and two[1] in second]
    return len(common) / len(signs)


def _is_letter(sign: str) -> bool:
    """Tell letters and signs of words from ASCII, wide forms and punctuation."""
    return sign > "\x7f" and not ("\u3000" <= sign <= "\u303f" or "\uff00" <= sign <= "\uffef")
