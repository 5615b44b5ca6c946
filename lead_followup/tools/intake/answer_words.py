"""Words of survey answers in eight languages, as patterns over folded text."""

import re

# "under", "up to": what follows, or stands before, is the upper end
UNDER = re.compile(
    r"\bunder\b|\bless\b|\bup to\b|\bbelow\b|\bwithin\b|\bfewer\b|\bmax\b|\bsmaller|\buntil\b"
    r"|^\s*[<≤]|\bunter\b|\bbis\b|\bweniger\b|\binnerhalb\b|\bmaximal\b|\bhochstens\b|\bbinnen\b"
    r"|\bmoins\b|\bjusqu|\bd'ici\b|\bsous\b|\binferieur|\bdans les\b|\bmenos\b|\bhasta\b"
    r"|\binferior|\bdentro de\b|\bmeno\b|\bfino a\b|\bentro\b|\binferiore|\bsotto\b|\balti\b"
    r"|\baltinda|\bden az|\bkadar\b|\bicinde\b|\bdan az|کمتر|زیر|حداکثر|^تا\b|ظرف|در عرض|اقل|تحت"
    r"|\bдо\b|менее|меньше|в течение|^do \d|\bmniej|\bponizej|\bw ciagu\b|\bminder\b|\btot\b"
    r"|\bate\b|\babaixo\b"
    r"|حتی|خلال|دون|\bwithout exceeding\b"
)
OVER = re.compile(
    r"\bover\b|\bmore\b|\babove\b|\bexceed|\bbeyond\b|\blater\b|\blonger\b|\bgreater\b"
    r"|\bat least\b|\d\s*[kmKM]?\s*\+|\+\s*$|^\s*[>≥+]|\bafter\b|\bmin\b|\buber\b|\bueber\b"
    r"|\bmehr\b|\bspater\b|\blanger\b|\bab\b|\bmindestens\b|\bnach\b|\bplus\b|\bau-dela|\bau dela"
    r"|\bsuperieur|\bapres\b|\bmas\b|\bsuperior|\bdespues|\bpiu\b|\boltre\b|\bsuperiore|\bdopo\b"
    r"|\bsopra\b|\bfazla\b|\buzeri|\buzerinde|\bustu\b|\bustunde|\bsonra\b|بیش از|بیشتر|بالای"
    r"|بالاتر|اکثر|فوق|ازید|بعد|به بالا"
    r"|более|больше|свыше|\bот \d|\bponad|\bpowyzej|\bwiecej|\bmeer\b|\bmais\b|\bacima\b"
)
CURRENCY = re.compile(
    r"[$€£¥₺₹﷼]|\b(?:eur|usd|gbp|chf|tl|try|sar|aed|irr|rub|pln|zl|brl|cad|aud|euros?|dollars?|pounds?|lira"
    r"|riyal)\b|r\$|₽|руб|دلار|یورو|ریال|تومان|درهم|دولار|یورو"
)
# The bare word, whatever the question.
NO = re.compile(r"^(?:no|nein|non|hayir|yok|ninguno|нет|nie|nee|nao|خیر|نه|لا)$")
NO_BUDGET = re.compile(
    r"\bno\b.*budget|\bno budget|\bnone\b|\bnot (?:yet )?(?:defined|decided|known|planned"
    r"|allocated|approved|available|set)|\bunknown\b|\bundefined\b|\btbd\b|\bto be (?:defined"
    r"|determined)\b|\bno funds|\bkein\w*\b|\bnoch (?:kein|nicht|offen)|\boffen\b|\bunbekannt\b"
    r"|\baucun|\bpas de\b|\bpas encore|\bnon defini|\bsans\b|\bsin\b|\bno definido|\bninguno?\b"
    r"|\bno hay\b|\bnessun|\bsenza\b|\bnon (?:ancora|definito|disponibile)|\byok\b|\bbelirsiz"
    r"|\bbelli degil|\bhenuz|بدون|ندار|نامشخص|تعیین نشده|لا یوجد|لا توجد|بدون میزانیه|غیر محدد"
    r"|^n/?a$|^-+$|\bнет\b|не определ|\bbrak\b|\bnie (?:ma|okreslon)|\bgeen\b|\bnog (?:niet|geen)"
    r"|\bsem\b|\bnenhum|\bnao "
)
# "more than a year": an article that counts; "one" itself is a number
ONE = re.compile(
    r"\b(?:an?|une?|uno|una|un'|ein(?:e[mnrs]?)?|bir|within|d'un|plus d'un)\b|سنه|عام|شهر|سال|ماه"
)
SEVERAL = re.compile(
    r"\bfew\b|\bseveral|\bcouple|\bmehrere|\beinige|\bplusieurs|\bquelques|\bvari[oae]s?\b"
    r"|\balgun|\balcun|\bqualche|\bbirkac|چند|عده|بضع"
)
HALF = re.compile(r"\bhalf\b|\bhalbe[nsr]?\b|\bdemi|\bmedio\b|\bmezzo\b|\byarim\b|نیم|نصف")
DECISION_MAKER = re.compile(
    r"decision[ -]?mak|\bdecider\b|\bdecides?\b|\bi decide|final (?:decision|say|authority"
    r"|approver)|\bapprover\b|\bapproves?\b|budget (?:owner|holder)|economic buyer|\bsigns? off"
    r"|sole (?:decision|authority)|\bfull authority|\bentscheider|\balleinentscheid"
    r"|entscheidungstrager|\bentscheidet\b|entscheidungsbefugt|\bdecideur|\bdecisionnaire"
    r"|prise de decision|prend la decision|decision finale|\bdecisor|toma(?:dor)?(?:a)? (?:de"
    r"|la) decision|\bdecide\b|responsable de la decision|\bdecisore|\bdecisionale\b"
    r"|decisore finale|prende la decisione|karar verici|karar veren|son karar|karari ben"
    r"|karar sahibi|\bonaylayan\b|تصمیم ?گیر|تصمیم گیرنده|متخذ القرار|صانع القرار|صاحب القرار"
    r"|^full$|^high$|\bлпр\b|принима\w+ решени|\bdecydent|\bdecyduj|\bbeslis(?:ser|t)"
    r"|tom\w+ (?:de |a )?decisao"
)
INFLUENCER = re.compile(
    r"\brecommend|\binfluenc|\badvis|\bspecif(?:y|ier|ies)|\bevaluat|\bco-?deci|\bco-?entscheid"
    r"|\bcontribut"
    r"|part of (?:the )?(?:buying |decision |purchasing )?(?:team|committee|group)|\bchampion\b"
    r"|\bshared? (?:decision|authority)|\binvolved|\bmitentscheid|\bempfehl|\bbeeinfluss|\bberat"
    r"|\bbeteiligt|\bvorschlag|\bevaluier|\bprescripteur|\binfluenceur|\bconseil|\brecomiend"
    r"|\brecomenda|\binfluy|\binfluen[cz]|\bprescriptor|\basesor|\bconsiglia|\braccomand"
    r"|\bpartecipa|\bparticipa|\bparticipe|\binfluente\b|\bconsulente|\binfluisce|\betkile"
    r"|\boner|\btavsiye|پیشنهاد ?دهنده|پیشنهاددهنده|تاثیر ?گذار"
    r"|توصیه|مشاور|موثر|یوصی|موثر|توصی|استشار|مساهم|рекоменд|влия|\brekomend|\bdoradz|\bwplyw|\badviseur|\bbeinvloed|^partial$|^medium$|^some$"
)
END_USER = re.compile(
    r"\bend[ -]?users?\b|\busers?\b|\boperator\b|\bhands[ -]on\b|\banwender|\bnutzer|\bbenutzer"
    r"|\bbediener|\butilisat|\busuari|\butent[ei]\b|\butilizzator|\bkullanici|\bkullanan|کاربر"
    r"|пользовател|\buzytkownik|\bgebruiker|\butilizador"
    r"|مصرف ?کننده|المستخدم|مستخدم"
)
NO_AUTHORITY = re.compile(
    r"\bno\b.*\b(?:role|influence|authority|involve|say|part)|\bnone\b|\bnot (?:involved"
    r"|applicable)|^no$|\bno role|\bkein\w*\b|\bnicht beteiligt|\bohne\b|\baucun|\bpas de\b"
    r"|\bpas implique|\bsans\b|\bsin\b|\bningun|\bno participa|\bnessun|\bnon coinvolt|\bsenza\b"
    r"|\byok\b|\broluyok|\byetkisi yok|بدون|هیچ|ندار|لا دور|لا یوجد|لیس|^n/?a$|^-+$|\bunknown\b"
    r"|^low$|\bnot (?:a|the|an) (?:decision|decider|buyer)|\bno (?:decision|purchasing|buying)"
    r"|\bnicht entscheid|\bn'est pas (?:le )?decid|\bno (?:decide|toma)|\bnon (?:decide|prende)"
    r"|karar verici degil|تصمیم ?گیرنده نیست|لیس صاحب"
)
NO_TIMEFRAME = re.compile(
    r"just looking|\bjust browsing|\bno (?:plan|need|immediate|timeline|timeframe|time frame"
    r"|intention|date|project)|\bnone\b|\bnot (?:sure|planned|planning|yet|known|decided|defined"
    r"|applicable|interested)|\bunknown\b|\bundecided\b|\bresearch|\bgathering info"
    r"|\binformation only|\bnever\b|\btbd\b|\bkein\w*\b|\bnur (?:schauen|information|umschauen)"
    r"|\boffen\b|\bunbestimmt|\bunbekannt|\bnicht geplant|\baucun|\bpas de\b|\bpas (?:prevu"
    r"|defini)|simple (?:curio|visite)|juste (?:pour|regard|un)|\bje regarde|\bsolo (?:miran|mirar"
    r"|inform|viendo|guarda|curios|un'occhiata)|\bsin (?:plan|fecha|prisa)|\bninguno?\b"
    r"|\bno (?:definido|previsto)|\bnessun|\bnon (?:previsto|definito|so|pianificato)|sadece bak"
    r"|\byok\b|\bbelirsiz|\bplan yok|\bbilgi (?:almak|topla)|فقط بازدید|فقط نگاه|فقط جهت"
    r"|بدون برنامه|برنامه ای ندار|نامشخص|نیاز ندار|مجرد (?:تصفح|نظر|استطلاع|مشاهده)|لا یوجد"
    r"|لا توجد|غیر محدد|فقط للاطلاع|просто смотр|не планир|\bнет\b|\bbrak\b|\bnie plan|\bgeen\b"
    r"|\b(?:apenas|so) olhando|\bsem (?:plano|data|prazo)|^n/?a$|^-+$|\bsolo esploraz|^no$"
)
AT_ONCE = re.compile(
    r"\bimmediate|\basap\b|as soon as|\bnow\b|\burgent|\bright away|\bat once|this (?:month"
    r"|quarter)|next month|\bsofort|\bumgehend|schnellstmoglich|\bdringend|dieses quartal"
    r"|\bimmediat|des que possible|tout de suite|ce trimestre|\binmediat|cuanto antes|\bya\b"
    r"|este (?:mes|trimestre)|\bsubito\b|il prima possibile|questo (?:mese|trimestre)|\bhemen\b"
    r"|\bacil\b|bu (?:ay|ceyrek)|فوری|بلافاصله|در اسرع|همین ماه|فورا|فوری|حالا|هذا الشهر|عاجل"
)
NEXT_YEAR = re.compile(
    r"next year|nachstes jahr|nachsten jahr|l'annee prochaine|annee prochaine|proximo ano"
    r"|el ano que viene|prossimo anno|l'anno prossimo|anno prossimo|gelecek yil|onumuzdeki yil"
    r"|سال آینده|سال اینده|العام القادم|السنه القادمه"
)
# months in one of the unit; the first that matches
TIME_UNITS = (
    (1.0, re.compile(r"\bmonths?\b|\bmos?\b|\bmonat|\bmois\b|\bmes(?:es)?\b|\bmes[ei]\b|\bay(?:dan"
        r"|lik|da|a)?\b|месяц|\bмес\b|\bmiesi[ae]c|\bmaand|ماه|شهر|اشهر|شهور")),
    (12.0, re.compile(r"\byears?\b|\byrs?\b|\bjahr|\bans?\b|\bannees?\b|\banos?\b|\bann[oi]\b"
        r"|\byil(?:dan|da)?\b|\bгода?\b|\bлет\b|\brok[ui]?\b|\blat\b|\bjaar|سال|سنه|سنوات|عام")),
    (3.0, re.compile(r"\bquarters?\b|\bquartal|\btrimestr|\bceyrek|квартал|\bkwarta"
        r"a?l|فصل|ربع")),
    (0.25, re.compile(r"\bweeks?\b|\bwochen?\b|\bsemaines?\b|\bsemanas?\b|\bsettiman|\bhafta|недел"
        r"|\btygod|\bweken\b|هفته"
        r"|اسبوع|اسابیع")),
    (1 / 30, re.compile(r"\bdays?\b|\btage?n?\b|\bjours?\b|\bdias?\b|\bgiorn[oi]\b|\bgun\b|روز|یوم"
        r"|ایام")),
)  # fmt: skip
