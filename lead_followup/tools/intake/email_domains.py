"""Mail domains: the large providers, slips in their endings, and throw-away services."""

# Sorted, so that the same provider answers each time. Real neighbours of one another (mail.com,
# gmail.com, ymail.com) are all in here: a provider is never taken for a typo.
PROVIDERS = tuple(sorted(set("""
    gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.it hotmail.com
    hotmail.de hotmail.fr hotmail.es hotmail.it hotmail.co.uk hotmail.com.tr live.com live.de
    live.fr live.it live.co.uk msn.com yahoo.com yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.co.uk
    yahoo.com.tr yahoo.co.in yahoo.ca yahoo.com.br yahoo.com.mx ymail.com rocketmail.com icloud.com
    me.com mac.com aol.com aim.com mail.com email.com fastmail.com hushmail.com proton.me
    protonmail.com protonmail.ch pm.me tutanota.com tutanota.de zoho.com hey.com gmx.de gmx.net
    gmx.at gmx.ch gmx.com web.de t-online.de freenet.de arcor.de posteo.de mailbox.org vodafone.de
    1und1.de online.de orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr libero.it
    virgilio.it tiscali.it alice.it tin.it poste.it terra.es telefonica.net ya.com bluewin.ch
    sunrise.ch hispeed.ch aon.at chello.at a1.net mynet.com superonline.com ttmail.com chmail.ir
    yahoo.co.jp yandex.com yandex.ru yandex.com.tr mail.ru bk.ru inbox.ru list.ru rambler.ru qq.com
    163.com 126.com sina.com foxmail.com naver.com daum.net hanmail.net rediffmail.com uol.com.br
    bol.com.br terra.com.br comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net
    charter.net earthlink.net btinternet.com sky.com virginmedia.com ntlworld.com talktalk.net
    blueyonder.co.uk rogers.com shaw.ca sympatico.ca telus.net bigpond.com optusnet.com.au
    xtra.co.nz ziggo.nl kpnmail.nl planet.nl skynet.be telenet.be wp.pl onet.pl o2.pl interia.pl
    seznam.cz centrum.cz email.cz telia.com
    """.split())))  # fmt: skip
TOP_LEVEL_TYPOS = {
    "con": "com", "cmo": "com", "ocm": "com", "vom": "com", "xom": "com", "comm": "com",
    "cim": "com",
    "cpm": "com", "om": "com", "cm": "com", "co": "com", "coom": "com", "ccom": "com",
    "nett": "net",
    "ent": "net", "nte": "net", "ed": "de", "dee": "de", "rf": "fr", "ffr": "fr", "ti": "it",
}  # fmt: skip
DISPOSABLE = frozenset("""
    mailinator.com mailinator.net guerrillamail.com guerrillamail.net guerrillamail.org
    guerrillamail.biz guerrillamail.de guerrillamailblock.com sharklasers.com grr.la
    10minutemail.com 10minutemail.net 20minutemail.com 30minutemail.com 33mail.com temp-mail.org
    temp-mail.io tempmail.com tempmail.net tempmail.dev tempmailo.com tempail.com tempr.email
    tempinbox.com temporary-mail.net throwawaymail.com throwaway.email trashmail.com trashmail.de
    trashmail.net trashmail.me trash-mail.com trash-mail.de wegwerfmail.de wegwerfmail.net
    wegwerfmail.org wegwerfemail.de wegwerf-email.de yopmail.com yopmail.fr yopmail.net maildrop.cc
    mailnesia.com mailcatch.com mailnull.com mailsac.com mailexpire.com mailforspam.com
    mailmetrash.com mailtemp.info mailde.de dispostable.com discard.email discardmail.com
    discardmail.de disposablemail.com disposableaddress.com fakeinbox.com fakemail.net
    fakemailgenerator.com getairmail.com getnada.com nada.email inboxkitten.com inboxbear.com
    incognitomail.org jetable.org jetable.net kasmail.com mintemail.com moakt.com mohmal.com
    mt2015.com mytemp.email mytrashmail.com nomail.xl.cx nospam.ze.tc onetimeemail.net owlymail.com
    pookmail.com safetymail.info sneakemail.com sogetthis.com spam4.me spambog.com spambog.de
    spambox.us spamex.com spamgourmet.com spamhole.com spaml.com spammotel.com spamspot.com
    superrito.com supermailer.jp armyspy.com cuvox.de dayrep.com einrot.com fleckens.hu gustr.com
    jourrapide.com rhyta.com teleworm.us tmail.com tmailinator.com tmpmail.net tmpmail.org
    emailondeck.com email-fake.com emailfake.com emailtemporanea.com emltmp.com burnermail.io
    byom.de crazymailing.com deadaddress.com despam.it dropmail.me eyepaste.com filzmail.com
    harakirimail.com hidemail.de hmamail.com instant-mail.de linshiyou.com luxusmail.org
    mail-temp.com mailhazard.com minuteinbox.com muellmail.com mvrht.com oneoffemail.com
    spoofmail.de streetwisemail.com thisisnotmyrealemail.com anonbox.net 1secmail.com 1secmail.net
    1secmail.org vjuum.com laafd.com txcct.com rteet.com dcctb.com mail.tm mail.gw fexpost.com
    fexbox.org mailto.plus rover.info chitthi.in any.pink merepost.com
    """.split())  # fmt: skip
