"""States and provinces that mail is sorted by: United States, Canada, Australia, Mexico, Brazil."""

import re
from functools import lru_cache

from .folding import fold_compact

_STATES = {
    "US": """
        AL:Alabama AK:Alaska AZ:Arizona AR:Arkansas CA:California CO:Colorado CT:Connecticut
        DE:Delaware DC:District_of_Columbia FL:Florida GA:Georgia HI:Hawaii ID:Idaho IL:Illinois
        IN:Indiana IA:Iowa KS:Kansas KY:Kentucky LA:Louisiana ME:Maine MD:Maryland MA:Massachusetts
        MI:Michigan MN:Minnesota MS:Mississippi MO:Missouri MT:Montana NE:Nebraska NV:Nevada
        NH:New_Hampshire NJ:New_Jersey NM:New_Mexico NY:New_York NC:North_Carolina ND:North_Dakota
        OH:Ohio OK:Oklahoma OR:Oregon PA:Pennsylvania RI:Rhode_Island SC:South_Carolina
        SD:South_Dakota TN:Tennessee TX:Texas UT:Utah VT:Vermont VA:Virginia WA:Washington
        WV:West_Virginia WI:Wisconsin WY:Wyoming PR:Puerto_Rico""",
    "CA": """
        AB:Alberta BC:British_Columbia MB:Manitoba NB:New_Brunswick NL:Newfoundland_and_Labrador
        NS:Nova_Scotia NT:Northwest_Territories NU:Nunavut ON:Ontario PE:Prince_Edward_Island
        QC:Quebec SK:Saskatchewan YT:Yukon""",
    "AU": """
        ACT:Australian_Capital_Territory NSW:New_South_Wales NT:Northern_Territory QLD:Queensland
        SA:South_Australia TAS:Tasmania VIC:Victoria WA:Western_Australia""",
    "BR": """
        AC:Acre AL:Alagoas AP:Amapá AM:Amazonas BA:Bahia CE:Ceará DF:Distrito_Federal
        ES:Espírito_Santo GO:Goiás MA:Maranhão MT:Mato_Grosso MS:Mato_Grosso_do_Sul MG:Minas_Gerais
        PA:Pará PB:Paraíba PR:Paraná PE:Pernambuco PI:Piauí RJ:Rio_de_Janeiro RN:Rio_Grande_do_Norte
        RS:Rio_Grande_do_Sul RO:Rondônia RR:Roraima SC:Santa_Catarina SP:São_Paulo SE:Sergipe
        TO:Tocantins""",
    "MX": """
        AGU:Aguascalientes BCN:Baja_California BCS:Baja_California_Sur CAM:Campeche CHP:Chiapas
        CHH:Chihuahua COA:Coahuila COL:Colima CMX:Ciudad_de_México CMX:CDMX CMX:DF DUR:Durango
        GUA:Guanajuato GRO:Guerrero HID:Hidalgo JAL:Jalisco MEX:México MEX:Estado_de_México
        MIC:Michoacán MOR:Morelos NAY:Nayarit NLE:Nuevo_León OAX:Oaxaca PUE:Puebla QUE:Querétaro
        ROO:Quintana_Roo SLP:San_Luis_Potosí SIN:Sinaloa SON:Sonora TAB:Tabasco TAM:Tamaulipas
        TLA:Tlaxcala VER:Veracruz YUC:Yucatán ZAC:Zacatecas""",
}
_PARTS = re.compile(r"[-–,()/]")


@lru_cache(maxsize=1)
def _codes() -> dict[tuple[str, str], str]:
    codes = {}
    for country, text in _STATES.items():
        for pair in text.split():
            code, name = pair.split(":")
            codes[country, code.casefold()] = code
            codes[country, fold_compact(name)] = code
    return codes


@lru_cache(maxsize=4096)
def state_code(text: str, country: str | None) -> str | None:
    """Return the state's code within ``country`` (ISO alpha-2); None: not one we know.

    >>> state_code("Illinois", "US"), state_code("or", "US"), state_code("Leeds", "GB")
    ('IL', 'OR', None)
    >>> state_code("US-TX", "US"), state_code("Texas (TX)", "US"), state_code("CDMX", "MX")
    ('TX', 'TX', 'CMX')
    """
    if not country:
        return None
    codes = _codes()
    if code := codes.get((country, fold_compact(text))):
        return code
    for part in reversed(_PARTS.split(text)):  # "US-TX", "Austin, TX", "Washington, D.C."
        if code := codes.get((country, fold_compact(part))):
            return code
    return None
