"""Words of survey answers in eight languages, as patterns over folded text."""

import re

# "under", "up to": what follows, or stands before, is the upper end
UNDER = re.compile(
    r"\bunder\b|\bless\b|\bup to\b|\bbelow\b|\bwithin\b|\bfewer\b|\bmax\b|\bsmaller|\buntil\b"
    r"|^\s*[<≤]"
    r"|\bunter\b|\bbis\b|\bweniger\b|\binnerhalb\b|\bmaximal\b|\bhochstens\b|\bbinnen\b"
    r"|\bmoins\b|\bjusqu|\bd'ici\b|\bsous\b|\binferieur|\bdans les\b|\bmenos\b|\bhasta\b|\binferior"
    r"|\bdentro de\b|\bmeno\b|\bfino a\b|\bentro\b|\binferiore|\bsotto\b|\balti\b|\baltinda"
    r"|\bden az"
    r"|\bkadar\b|\bicinde\b|\bdan az|کمتر|زیر|حداکثر|^تا\b|ظرف|در عرض|اقل|تحت|حتی|خلال|دون|"
    r"\bwithout exceeding\b"
)
OVER = re.compile(
    r"\bover\b|\bmore\b|\babove\b|\bexceed|\bbeyond\b|\blater\b|\blonger\b|\bgreater\b|\bat least\b"
    r"|\d\s*[kmKM]?\s*\+|\+\s*$|^\s*[>≥+]|\bafter\b|\bmin\b"
    r"|\buber\b|\bueber\b|\bmehr\b|\bspater\b|\blanger\b|\bab\b|\bmindestens\b|\bnach\b"
    r"|\bplus\b|\bau-dela|\bau dela|\bsuperieur|\bapres\b|\bmas\b|\bsuperior|\bdespues|\bpiu\b"
    r"|\boltre\b"
    r"|\bsuperiore|\bdopo\b|\bsopra\b|\bfazla\b|\buzeri|\buzerinde|\bustu\b|\bustunde|\bsonra\b"
    r"|بیش از|بیشتر|بالای|بالاتر|اکثر|فوق|ازید|بعد|به بالا"
)
NO_BUDGET = re.compile(
    r"\bno\b.*budget|\bno budget|\bnone\b|\bnot (?:yet )?(?:defined|decided|known|planned"
    r"|allocated|approved"
    r"|available|set)|\bunknown\b|\bundefined\b|\btbd\b|\bto be (?:defined|determined)\b|\bno funds"
    r"|\bkein\w*\b|\bnoch (?:kein|nicht|offen)|\boffen\b|\bunbekannt\b|\baucun|\bpas de\b"
    r"|\bpas encore"
    r"|\bnon defini|\bsans\b|\bsin\b|\bno definido|\bninguno?\b|\bno hay\b|\bnessun|\bsenza\b"
    r"|\bnon (?:ancora|definito|disponibile)|\byok\b|\bbelirsiz|\bbelli degil|\bhenuz|بدون|ندار"
    r"|نامشخص"
    r"|تعیین نشده|لا یوجد|لا توجد|بدون میزانیه|غیر محدد|^n/?a$|^-+$"
)
DECISION_MAKER = re.compile(
    r"decision[ -]?mak|\bdecider\b|\bdecides?\b|\bi decide|final (?:decision|say|authority"
    r"|approver)|\bapprover\b"
    r"|\bapproves?\b|budget (?:owner|holder)|economic buyer|\bsigns? off|sole (?:decision"
    r"|authority)|\bfull authority"
    r"|\bentscheider|\balleinentscheid|entscheidungstrager|\bentscheidet\b|entscheidungsbefugt"
    r"|\bdecideur|\bdecisionnaire|prise de decision|prend la decision|decision finale|\bdecisor"
    r"|toma(?:dor)?(?:a)? (?:de|la)"
    r" decision|\bdecide\b|responsable de la decision|\bdecisore|\bdecisionale\b"
    r"|decisore finale|prende la decisione"
    r"|karar verici|karar veren|son karar|karari ben|karar sahibi|تصمیم ?گیر|تصمیم گیرنده"
    r"|متخذ القرار"
    r"|صانع القرار|صاحب القرار|^full$|^high$"
)
INFLUENCER = re.compile(
    r"\brecommend|\binfluenc|\badvis|\bspecif(?:y|ier|ies)|\bevaluat|\bco-?deci|\bcontribut"
    r"|part of (?:the )?(?:buying"
    r" |decision |purchasing )?(?:team|committee|group)|\bchampion\b|\bshared? (?:decision"
    r"|authority)|\binvolved"
    r"|\bmitentscheid|\bempfehl|\bbeeinfluss|\bberat|\bbeteiligt|\bvorschlag|\bevaluier"
    r"|\bprescripteur"
    r"|\binfluenceur|\bconseil|\brecomiend|\brecomenda|\binfluy|\binfluen[cz]|\bprescriptor"
    r"|\basesor|\bconsiglia"
    r"|\braccomand|\bconsulente|\binfluisce|\betkile|\boner|\btavsiye|پیشنهاد ?دهنده"
    r"|پیشنهاددهنده|تاثیر ?گذار"
    r"|توصیه|مشاور|موثر|یوصی|موثر|توصی|استشار|مساهم|^partial$|^medium$|^some$"
)
END_USER = re.compile(
    r"\bend[ -]?users?\b|\busers?\b|\boperator\b|\bhands[ -]on\b|\banwender|\bnutzer|\bbenutzer"
    r"|\bbediener"
    r"|\butilisat|\busuari|\butent[ei]\b|\butilizzator|\bkullanici|\bkullanan|کاربر|مصرف ?کننده"
    r"|المستخدم|مستخدم"
)
NO_AUTHORITY = re.compile(
    r"\bno\b.*\b(?:role|influence|authority|involve|say|part)|\bnone\b|\bnot (?:involved"
    r"|applicable)|^no$|\bno role"
    r"|\bkein\w*\b|\bnicht beteiligt|\bohne\b|\baucun|\bpas de\b|\bpas implique|\bsans\b"
    r"|\bsin\b|\bningun"
    r"|\bno participa|\bnessun|\bnon coinvolt|\bsenza\b|\byok\b|\broluyok|\byetkisi yok|بدون"
    r"|هیچ|ندار|لا دور|لا یوجد"
    r"|لیس|^n/?a$|^-+$|\bunknown\b|^low$"
)
NO_TIMEFRAME = re.compile(
    r"just looking|\bjust browsing|\bno (?:plan|need|immediate|timeline|timeframe|time frame"
    r"|intention|date|project)"
    r"|\bnone\b|\bnot (?:sure|planned|planning|yet|known|decided|defined|applicable|interested)"
    r"|\bunknown\b|\bundecided\b"
    r"|\bresearch|\bgathering info|\binformation only|\bnever\b|\btbd\b|\bkein\w*\b"
    r"|\bnur (?:schauen|information|umschauen)"
    r"|\boffen\b|\bunbestimmt|\bunbekannt|\bnicht geplant|\baucun|\bpas de\b|\bpas (?:prevu"
    r"|defini)|simple (?:curio|visite)"
    r"|juste (?:pour|regard|un)|\bje regarde|\bsolo (?:miran|mirar|inform|viendo|guarda|curios"
    r"|un'occhiata)|\bsin (?:plan|fecha|prisa)"
    r"|\bninguno?\b|\bno (?:definido|previsto)|\bnessun|\bnon (?:previsto|definito|so"
    r"|pianificato)|sadece bak|\byok\b|\bbelirsiz"
    r"|\bplan yok|\bbilgi (?:almak|topla)|فقط بازدید|فقط نگاه|فقط جهت|بدون برنامه"
    r"|برنامه ای ندار|نامشخص|نیاز ندار"
    r"|مجرد (?:تصفح|نظر|استطلاع|مشاهده)|لا یوجد|لا توجد|غیر محدد|فقط للاطلاع|^n/?a$|^-+$"
    r"|\bsolo esploraz|^no$"
)
AT_ONCE = re.compile(
    r"\bimmediate|\basap\b|as soon as|\bnow\b|\burgent|\bright away|\bat once|this (?:month"
    r"|quarter)|next month"
    r"|\bsofort|\bumgehend|schnellstmoglich|\bdringend|dieses quartal|\bimmediat"
    r"|des que possible|tout de suite|ce trimestre"
    r"|\binmediat|cuanto antes|\bya\b|este (?:mes|trimestre)|\bsubito\b|il prima possibile"
    r"|questo (?:mese|trimestre)"
    r"|\bhemen\b|\bacil\b|bu (?:ay|ceyrek)|فوری|بلافاصله|در اسرع|همین ماه|فورا|فوری|حالا"
    r"|هذا الشهر|عاجل"
)
NEXT_YEAR = re.compile(
    r"next year|nachstes jahr|nachsten jahr|l'annee prochaine|annee prochaine|proximo ano"
    r"|el ano que viene|prossimo anno"
    r"|l'anno prossimo|anno prossimo|gelecek yil|onumuzdeki yil|سال آینده|سال اینده"
    r"|العام القادم|السنه القادمه"
)
# months in one of the unit; the first that matches
TIME_UNITS = (
    (1.0, re.compile(r"\bmonths?\b|\bmos?\b|\bmonat|\bmois\b|\bmes(?:es)?\b|\bmes[ei]\b|\bay(?:dan|lik|da|a)?\b|ماه|شهر|اشهر|شهور")),
    (12.0, re.compile(r"\byears?\b|\byrs?\b|\bjahr|\bans?\b|\bannees?\b|\banos?\b|\bann[oi]\b|\byil(?:dan|da)?\b|سال|سنه|سنوات|عام")),
    (3.0, re.compile(r"\bquarters?\b|\bquartal|\btrimestr|\bceyrek|فصل|ربع")),
    (0.25, re.compile(r"\bweeks?\b|\bwochen?\b|\bsemaines?\b|\bsemanas?\b|\bsettiman|\bhafta|هفته|اسبوع|اسابیع")),
    (1 / 30, re.compile(r"\bdays?\b|\btage?n?\b|\bjours?\b|\bdias?\b|\bgiorn[oi]\b|\bgun\b|روز|یوم|ایام")),
)  # fmt: skip
