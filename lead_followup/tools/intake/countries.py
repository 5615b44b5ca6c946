"""Countries by name in many languages, by code, and as people shorten them."""

import re
from functools import lru_cache

from babel import Locale

from .folding import fold_compact

# the first wins where two languages call two countries the same
_LANGUAGES = (
    "en", "de", "fr", "es", "it", "tr", "fa", "ar", "pt", "nl", "pl", "ru", "sv", "da", "nb", "fi",
    "cs", "sk", "hu", "ro", "el", "uk", "he", "id", "ja", "zh_Hans", "zh_Hant", "ko",
)  # fmt: skip
_SHORT = {
    "US": "usa, u.s.a., u.s., america, the united states, united states of america, états-unis "
    "d'amérique, vereinigte staaten von amerika, ee.uu., eeuu, eua, estados unidos de américa,"
    " abd, "
    "amerika, amerika birleşik devletleri, stati uniti d'america, آمریکا, امریکا, ایالات متحده"
    " آمریکا, "
    "أمريكا, الولايات المتحدة الأمريكية",
    "GB": "united kingdom of great britain and northern ireland, uk, u.k., "
    "great britain, britain, england, scotland, wales, northern ireland, "
    "großbritannien, grossbritannien, schottland, vereinigtes königreich, grande-bretagne,"
    " angleterre, "
    "écosse, royaume uni, gran bretaña, inglaterra, escocia, gran bretagna, inghilterra, scozia, "
    "i̇ngiltere, ingiltere, büyük britanya, انگلستان, انگلیس, بریتانیا, بریتانیای کبیر,"
    " إنجلترا, بريطانيا",
    "AE": "emiratos árabes, emirats arabes, emirati arabi, uae, u.a.e., emirates, dubai, abu "
    "dhabi, emirate, vae, v.a.e., émirats, eau, emiratos, "
    "emirati, eau, bae, امارات, امارات متحده, الإمارات, الامارات, دبی, دبي",
    "DE": "brd, germany, deutschland, federal republic of germany, bundesrepublik deutschland, ger",
    "BA": "bosnia, bosnien, bosnie", "AT": "oesterreich", "DK": "daenemark", "EG": "aegypten",
    "RO": "rumaenien", "NL": "holland, the netherlands, netherlands, niederlande, hollande, pays "
    "bas, holanda, "
          "olanda, "
    "hollanda, هلند, هولندا",
    "TR": "turkey, turkei, tuerkei, türkei, turquie, turquía, turchia, turkiye, türkiye "
    "cumhuriyeti, "
          "ترکیه, تركيا",
    "CZ": "czech republic, tschechische republik, république tchèque, república checa, repubblica "
    "ceca, çek cumhuriyeti, جمهوری چک, التشيك",
    "RU": "рф, российская федерация, "
    "russian federation, russische föderation, fédération de russie, rusya federasyonu",
    "KR": "south korea, suedkorea, republic of korea, korea, südkorea, corée du sud, corea del "
    "sur, corea "
          "del sud, "
    "güney kore, کره جنوبی, كوريا الجنوبية, korea republic of",
    "IR": "islamic republic of iran, persia, iran islamic republic of, جمهوری اسلامی ایران, ایران",
    "SA": "ksa, saudi, saudi-arabien, k.s.a., عربستان, السعودية",
    "CI": "ivory coast, elfenbeinküste", "MK": "macedonia, mazedonien", "CV": "cape verde",
    "VA": "vatican", "TW": "taiwan roc, chinese taipei", "HK": "hong kong, hongkong, hong kong sar",
    "CN": "pr china, p.r. china, people's republic of china, volksrepublik china, prc, mainland "
          "china",
    "VN": "viet nam, vietnam", "SY": "syria, syrien", "MD": "moldova, moldawien", "LA": "laos",
    "BO": "bolivia", "VE": "venezuela", "TZ": "tanzania", "BN": "brunei", "PS": "palestine",
    "CD": "dr congo, democratic republic of the congo", "MM": "burma, birma", "SZ": "swaziland",
    "CH": "sui, swiss, confoederatio helvetica", "BY": "weißrussland", "IE": "republic of "
    "ireland, eire",
}  # fmt: skip
_ALPHA3 = """
    AND:AD ARE:AE AFG:AF ALB:AL ARM:AM AGO:AO ARG:AR AUT:AT AUS:AU AZE:AZ BIH:BA BGD:BD BEL:BE
    BGR:BG BHR:BH BOL:BO BRA:BR BLR:BY CAN:CA CHE:CH CIV:CI CHL:CL CMR:CM CHN:CN COL:CO CRI:CR
    CUB:CU CYP:CY CZE:CZ DEU:DE DNK:DK DOM:DO DZA:DZ ECU:EC EST:EE EGY:EG ESP:ES ETH:ET FIN:FI
    FRA:FR GBR:GB GEO:GE GHA:GH GRC:GR GTM:GT HKG:HK HND:HN HRV:HR HUN:HU IDN:ID IRL:IE ISR:IL
    IND:IN IRQ:IQ IRN:IR ISL:IS ITA:IT JAM:JM JOR:JO JPN:JP KEN:KE KGZ:KG KHM:KH KOR:KR KWT:KW
    KAZ:KZ LBN:LB LIE:LI LKA:LK LTU:LT LUX:LU LVA:LV LBY:LY MAR:MA MCO:MC MDA:MD MNE:ME MKD:MK
    MLT:MT MEX:MX MYS:MY MOZ:MZ NAM:NA NGA:NG NIC:NI NLD:NL NOR:NO NPL:NP NZL:NZ OMN:OM PAN:PA
    PER:PE PHL:PH PAK:PK POL:PL PRI:PR PRT:PT PRY:PY QAT:QA ROU:RO SRB:RS RUS:RU RWA:RW SAU:SA
    SDN:SD SWE:SE SGP:SG SVN:SI SVK:SK SEN:SN SLV:SV SYR:SY THA:TH TJK:TJ TKM:TM TUN:TN TUR:TR
    TTO:TT TWN:TW TZA:TZ UKR:UA UGA:UG USA:US URY:UY UZB:UZ VEN:VE VNM:VN YEM:YE ZAF:ZA ZMB:ZM
    ZWE:ZW
"""
# As on number plates; lists of German-speaking fairs shorten countries so.
_PLATES = dict(
    zip("D A F I E B L P N S H".split(), "DE AT FR IT ES BE LU PT NO SE HU".split(), strict=True)
)
_FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_PARTS = re.compile(r"[(),/]|\s[-–]\s")
_CODE_FIRST = re.compile(r"([A-Z]{2})\s*[-–:]\s*\w{4}")


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    codes: dict[str, str] = {}
    for language in reversed(_LANGUAGES):
        for code, name in Locale.parse(language).territories.items():
            if (
                len(code) == 2
                and code.isalpha()
                and code not in ("ZZ", "XA", "XB", "EU", "EZ", "UN")
            ):
                codes[fold_compact(name)] = code
                codes[code.casefold()] = code
    for pair in _ALPHA3.split():
        alpha3, code = pair.split(":")
        codes[alpha3.casefold()] = code
    for code, names in _SHORT.items():
        for name in names.split(","):
            codes[fold_compact(name)] = code
    codes["uk"] = "GB"
    return codes


@lru_cache(maxsize=4096)
def country_code(text: str) -> str | None:
    """Return the ISO alpha-2 code of a country's name or code; None: not a country we know.

    >>> country_code("Alemania"), country_code("U.S.A."), country_code("آلمان"), country_code("deu")
    ('DE', 'US', 'DE', 'DE')
    >>> country_code("D"), country_code("Oesterreich"), country_code("Germany - DE")
    ('DE', 'AT', 'DE')
    >>> country_code("Bavaria") is None
    True
    """
    codes = _codes_by_name()
    if code := codes.get(fold_compact(text)) or _PLATES.get(text.strip().upper()):
        return code
    for part in _PARTS.split(text):
        if len(part.strip()) > 3 and (code := codes.get(fold_compact(part))):
            return code
    if found := _CODE_FIRST.match(text.strip()):  # "DE-Deutschland"
        return codes.get(found[1].casefold())
    if found := _FLAG.search(text):
        return codes.get("".join(chr(ord(sign) - 0x1F1E6 + ord("a")) for sign in found.groups()))
    return None
