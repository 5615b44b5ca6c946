# ruff: noqa: E501 - the lines of an export are as long as they are
"""More exports, made up after what the tools of eight countries write; small, and worked by hand.

Each is a file as an exhibitor has it, what was chosen for it, and what an import should make of
it. Phone numbers are of ranges kept for fiction where the country has one.
"""

from typing import Any, NamedTuple

import lead_followup_tools.intake as intake


class Export(NamedTuple):
    """A file and its expectation; row numbers count from 1 below the headings."""

    text: str
    encoding: str
    options: intake.Options
    fields: list[str | None]
    picked: dict[int, dict[str, Any]]
    flags: dict[int, list[str]] = {}
    rejected: list[int] = []
    groups: list[tuple[int, str, list[int]]] = []  # kept row, rule, rows
    delimiter: str = ","


SALON = Export(
    # Civilité and a Nom in capitals; "k€", "14h05", numbers in pairs
    text="""\
Salon de l'Eau 2026;;;;;;;;;;;;;;;;;
;;;;;;;;;;;;;;;;;
Civilité;Nom;Prénom;Société;Fonction;E-mail;Tél. fixe;Tél. portable;CP;Ville;Pays;Centre d'intérêt;Budget;Délai du projet;Niveau;Scanné le;Scanné par;Commentaires;Accepte de recevoir nos offres
Mme;LE GOFF;Maëlle;Filière & Cie;Directrice technique;m.legoff@filiere.example;01 99 00 12 01;06 39 98 12 01;29200;Brest;France;Pompes / Vannes;10 à 50 k€;Sous 3 mois;Chaud;18/03/2026 14h05;Julien;"Rappeler lundi ; devis";Oui
M.;ÉTIENNE;Rémi;Atelier Noël SARL;Acheteur;remi@noel.example;+33 1 99 00 12 02;;1000;Bourg;France;Vannes;Plus de 250 000 €;Plus d'un an;Tiède;18/03/2026 15h40;Julien;;Non
M.;Dupré;Loïc;Lycée Vauban;Étudiant;loic@vauban.example;;06 39 98 12 03;75011;Paris;France;;Pas de budget;Simple curiosité;Froid;19/03/2026 9h02;Inès;;
Mme;Le Goff;Maelle;Filière & Cie;;;01.99.00.12.01;;;;;;;;;19/03/2026 10h00;Inès;repassée le 2e jour;
;;;;;;;;;;;Pompes;;;;19/03/2026 11h00;Inès;;
Total;4;;;;;;;;;;;;;;;;;
""",
    encoding="cp1252",
    delimiter=";",
    options=intake.Options(default_country="FR", tz="Europe/Paris"),
    fields=[
        "salutation", "last_name", "first_name", "company", "job_title", "email", "phone",
        "mobile", "zip", "city", "country", "interest", "budget", "timeframe", "rating",
        "scanned_at", "captured_by", "note", "consent",
    ],
    picked={
        1: {
            "name": "Maëlle LE GOFF", "phone": "+33199001201", "mobile": "+33639981201",
            "country_code": "FR", "interest": ["Pompes", "Vannes"], "budget": "10k_50k",
            "timeframe": "0_3m", "rating": "hot", "scanned_at": "2026-03-18T13:05:00",
            "note": "Rappeler lundi ; devis", "consent": True,
        },
        2: {
            "zip": "01000", "budget": "gt250k", "timeframe": "gt12m", "rating": "warm",
            "scanned_at": "2026-03-18T14:40:00", "consent": False,
        },
        3: {"visitor_kind": "student", "budget": "none", "timeframe": "none", "consent": None},
    },
    flags={3: ["not_a_buyer:student"]},
    rejected=[5],
    groups=[(1, "phone", [1, 4])],
)  # fmt: skip

FIERA = Export(
    # date and time apart, ratings A/B/C, "N. civico" of no use, accents in every word
    text="""\
Data|Ora|Cognome|Nome|Ragione sociale|Qualifica|Telefono|Cell.|E-mail|Indirizzo|CAP|Città|Prov.|Nazione|Prodotti di interesse|Valutazione (A/B/C)|Tempistica|Ruolo decisionale|Privacy|Note
18/03/2026|9:35|Colò|Niccolò|Tubèria S.p.A.|Responsabile acquisti|06 0000 0101||n.colo@tuberia.example|Via Così 1|00100|Roma|RM|Italia|Valvole; Pompe|A|Entro 3 mesi|Decisore|Sì|Perché così tardi?
18/03/2026|11:10|D'Amò|Giosuè|Acquè Srl|Titolare|+39 06 0000 0102|333 000 0102|giosue@acque.example;info@acque.example|||Forlì|FC|Italia|Pompe|B|da 6 a 12 mesi|Influenzatore|No|
19/03/2026|16:00|Perù|Totò|La Città Nuova|Giornalista|06 0000 0103||toto@citta.example|||Cantù|CO|IT||C|Nessun progetto||Sì|
19/03/2026||Colò|Niccolò|Tubèria S.p.A.|||||||||||||||
""",
    encoding="iso-8859-15",
    delimiter="|",
    options=intake.Options(default_country="IT", tz="Europe/Rome"),
    fields=[
        "scanned_at", "scanned_time", "last_name", "first_name", "company", "job_title", "phone",
        "mobile", "email", "street", "zip", "city", "state", "country", "interest", "rating",
        "timeframe", "authority", "consent", "note",
    ],
    picked={
        1: {
            "name": "Niccolò Colò", "scanned_at": "2026-03-18T08:35:00", "phone": "+390600000101",
            "zip": "00100", "state": "RM", "rating": "hot", "timeframe": "0_3m",
            "authority": "decision_maker", "consent": True, "interest": ["Valvole", "Pompe"],
        },
        2: {
            "email": "giosue@acque.example", "other_emails": ["info@acque.example"],
            "mobile": "+393330000102", "rating": "warm", "timeframe": "6_12m",
            "authority": "influencer", "consent": False,
        },
        3: {"country_code": "IT", "timeframe": "none", "visitor_kind": "press"},
    },
    flags={2: ["two_emails:info@acque.example"], 3: ["not_a_buyer:press"]},
    groups=[(1, "name_company", [1, 4])],
)  # fmt: skip

FERIA = Export(
    text="""\
Nombre\tApellidos\tEmpresa\tCargo\tCorreo electrónico\tTeléfono\tPoblación\tProvincia\tC.P.\tPaís\tProducto de interés\tPresupuesto\tPlazo de compra\tPrioridad (1-5)\tTipo de visitante\tNo deseo recibir publicidad\tFecha de registro\tAtendido por\tObservaciones
Íñigo\tPeñalver Ruiz\tAguas del Año, S.L.\tJefe de compras\tinigo@aguas.example\t910 000 101\tMóstoles\tMadrid\t28931\tEspaña\tBombas, Válvulas\tEntre 10.000 y 50.000 €\tDe 3 a 6 meses\t1\tProfesional\t\t17/3/26 10:15\tBegoña\t¿Llamar mañana?
Begoña\tMuñoz\tCaño Hnos.\tIngeniera\tbegona@gmial.com\t+34 910 000 102\t\t\t8001\tEspaña\tBombas\tMás de 250.000 €\tInmediato\t2\tProfesional\tSí\t17/3/26 12:40\tBegoña\t
Núria\tBañón\tRevista Agua\tRedactora\tnuria@revista.example\t\tBarcelona\t\t08001\tEspaña\t\t\t\t5\tPrensa\t\t18/3/26 09:05\tToño\t
Ramón\tIbáñez\tCaño Hnos.\t\tramon@cano.example\t+34 910 000 102\t\t\t\tEspaña\tVálvulas\tNinguno\tMás de un año\t3\tProfesional\tNo\t18/3/26 18:00\tToño\tMismo teléfono que la señora Muñoz
""",
    encoding="utf-16",
    delimiter="\t",
    options=intake.Options(default_country="ES", tz="Europe/Madrid", rating_scale="1_best"),
    fields=[
        "first_name", "last_name", "company", "job_title", "email", "phone", "city", "state", "zip",
        "country", "interest", "budget", "timeframe", "rating", "attendee_type", "consent",
        "scanned_at", "captured_by", "note",
    ],
    picked={
        1: {
            "name": "Íñigo Peñalver Ruiz", "phone": "+34910000101", "budget": "10k_50k",
            "timeframe": "3_6m", "rating": "hot", "consent": None, "state": "Madrid",
            "scanned_at": "2026-03-17T09:15:00", "interest": ["Bombas", "Válvulas"],
        },
        2: {"zip": "08001", "budget": "gt250k", "timeframe": "0_3m", "consent": False},
        3: {"visitor_kind": "press", "rating": "cold"},
        4: {"budget": "none", "timeframe": "gt12m", "rating": "warm", "consent": None},
    },
    flags={2: ["email_typo:gmail.com"], 3: ["not_a_buyer:press"]},
)  # fmt: skip

ARABIC_FAIR = Export(
    text="""\
م;الاسم الكامل;اسم الشركة;المسمى الوظيفي;البريد الإلكتروني;رقم الجوال;المدينة;الدولة;المنتجات المطلوبة;الميزانية;موعد الشراء;درجة الاهتمام;هل توافق على التواصل عبر البريد؟;تاريخ الزيارة;سجل بواسطة;ملاحظات
1;سلمى الخطيب;شركة المياه الحديثة;مديرة المشتريات;salma@miyah.example;050 000 0101;الرياض;السعودية;مضخات؛ صمامات;أكثر من 250,000;خلال 3 أشهر;ساخن;نعم;17/03/2026 02:30 م;يوسف;تريد عرض سعر
2;خالد يوسف;مصنع الندى;مهندس;khaled@nada.example;+966 50 000 0102;جدة;المملكة العربية السعودية;صمامات;من 10 إلى 50 ألف;من 6 إلى 12 شهر;دافئ;لا;17/03/2026 10:05 ص;يوسف;
3;هدى منصور;جامعة النور;طالبة;huda@noor.example;0500000103;الدمام;السعودية;;لا يوجد;لا يوجد;بارد;;18/03/2026 11:00 ص;يوسف;
4;سلمي الخطيب;شركه المياه الحديثه;;;;;;;;;;;18/03/2026 01:00 م;ليلى;عادت
""",
    encoding="cp1256",
    delimiter=";",
    options=intake.Options(default_country="SA", tz="Asia/Riyadh"),
    fields=[
        None, "name", "company", "job_title", "email", "phone", "city", "country", "interest",
        "budget", "timeframe", "rating", "consent", "scanned_at", "captured_by", "note",
    ],
    picked={
        1: {
            "phone": "+966500000101", "country_code": "SA", "interest": ["مضخات", "صمامات"],
            "budget": "gt250k", "timeframe": "0_3m", "rating": "hot", "consent": True,
            "scanned_at": "2026-03-17T11:30:00",
        },
        2: {
            "budget": "10k_50k", "timeframe": "6_12m", "rating": "warm", "consent": False,
            "scanned_at": "2026-03-17T07:05:00",
        },
        3: {"visitor_kind": "student", "budget": "none", "timeframe": "none", "rating": "cold"},
    },
    flags={3: ["not_a_buyer:student"]},
    groups=[(1, "name_company", [1, 4])],
)  # fmt: skip

TURKISH_FAIR = Export(
    text="""\
Adı Soyadı;Firma Ünvanı;Görevi;E-posta;Cep Tel.;İş Tel.;İl;Ülke;İlgilendiği Ürünler;Bütçe;Alım Zamanı;Karar Yetkisi;Sıcaklık;Görüşme Tarihi;Görüşen;Açıklama;KVKK İzni
Işıl Çağlayan;Şölen Gıda A.Ş.;Satın Alma Müdürü;isil@solen.example;0500 000 01 01;0212 000 01 01 dahili 14;İstanbul;Türkiye;Pompa, Vana;10 bin - 50 bin TL;3 ay içinde;Karar verici;Sıcak;14.05.2026 15:30;Özgür;Teklif istiyor;Evet
IŞIL ÇAĞLAYAN;ŞÖLEN GIDA A.Ş.;;;;;;;;;;;;15.05.2026;Özgür;ikinci gün uğradı;
İlker Öğün;Işık Boru Ltd. Şti.;Mühendis;ILKER@ISIKBORU.EXAMPLE;0500 000 01 02;;Ankara;TÜRKİYE;Vana;250.000 TL üzeri;6-12 ay;Öneren;Ilık;14 Mayıs 2026 10:00;Pınar;;Hayır
Gül Öztürk;Çağ Üniversitesi;Öğrenci;gul@cag.example;;;Mersin;Türkiye;;Yok;Sadece bakıyor;Yok;Soğuk;15.05.2026 16:45;Pınar;;
""",
    encoding="cp1254",
    delimiter=";",
    options=intake.Options(default_country="TR", tz="Europe/Istanbul"),
    fields=[
        "name", "company", "job_title", "email", "mobile", "phone", "city", "country", "interest",
        "budget", "timeframe", "authority", "rating", "scanned_at", "captured_by", "note",
        "consent",
    ],
    picked={
        1: {
            "phone": "+902120000101", "phone_extension": "14", "mobile": "+905000000101",
            "budget": "10k_50k", "timeframe": "0_3m", "authority": "decision_maker",
            "rating": "hot", "scanned_at": "2026-05-14T12:30:00", "consent": True,
        },
        3: {
            "email": "ilker@isikboru.example", "budget": "gt250k", "timeframe": "6_12m",
            "authority": "influencer", "rating": "warm", "scanned_at": "2026-05-14T07:00:00",
            "consent": False,
        },
        4: {"authority": "none", "visitor_kind": "student"},
    },
    flags={1: ["phone_extension"], 4: ["not_a_buyer:student"]},
    groups=[(1, "name_company", [1, 2])],
)  # fmt: skip

REGISTRATION_US = Export(
    # a registration system: questions as headings, an opt-out column, UTC times, a test badge
    text="""\
Lead ID,Captured On (UTC),Captured By,First Name,Last Name,Title,Company Name,Work Email,Work Phone,Mobile Phone,City,State/Province,Country/Region,Registration Type,Do Not Email,Qualifier: What is your role in the purchasing process?,Qualifier: When do you plan to purchase?,Qualifier: What is your budget?,Qualifier: Product Interest,Lead Rating,Free Form Notes
L-1001,2026-03-17T18:05:00Z,Dana Whit,Oona,Marlow,VP Operations,Brightwater Mills LLC,oona.marlow@brightwater.example,(202) 555-0101 ext. 7,,Reno,NV,United States,Attendee,No,Final decision maker,0-3 months,"$50,000 - $250,000",Pumps|Valves,Hot,"Wants ""asap"" demo"
L-1002,2026-03-17T18:20:00Z,Dana Whit,Pete,Quill,Editor-in-Chief,Pump Weekly,pete@pumpweekly.example,202-555-0102,,Austin,Texas,USA,Press,Yes,,,,,Cold,
L-1003,2026-03-17T19:00:00Z,Rob Cast,Test,Badge,,Acme Exhibits,test@test.com,,,,,,Attendee,No,,,,,,
L-1004,2026-03-18T00:10:00Z,Rob Cast,Quinn,Rho,Buyer,Rho & Sons,,202-555-0104,202-555-0105,Toronto,ON,Canada,Attendee,,I recommend,More than 12 months,No budget,Pumps,Warm,
L-1005,2026-03-18T00:12:00Z,Rob Cast,,,,,,,,,,,Attendee,,,,,,,walked past
""",
    encoding="utf-8-sig",
    options=intake.Options(default_country="US", tz="America/Los_Angeles"),
    fields=[
        "external_id", "scanned_at", "captured_by", "first_name", "last_name", "job_title",
        "company", "email", "phone", "mobile", "city", "state", "country", "attendee_type",
        "consent", "authority", "timeframe", "budget", "interest", "rating", "note",
    ],
    picked={
        1: {
            "scanned_at": "2026-03-17T18:05:00", "phone": "+12025550101", "phone_extension": "7",
            "state_code": "NV", "country_code": "US", "consent": None, "rating": "hot",
            "authority": "decision_maker", "timeframe": "0_3m", "budget": "50k_250k",
            "interest": ["Pumps", "Valves"], "note": 'Wants "asap" demo',
        },
        2: {"visitor_kind": "press", "consent": False, "state_code": "TX"},
        4: {
            "authority": "influencer", "timeframe": "gt12m", "budget": "none", "consent": None,
            "state_code": "ON", "country_code": "CA", "mobile": "+12025550105",
        },
    },
    flags={1: ["phone_extension"], 2: ["not_a_buyer:press"], 3: ["test_row"]},
    rejected=[5],
)  # fmt: skip

EVENT_APP = Export(
    # an app's contact list: camel case, tags, a score up to 100 that is no rating
    text="""\
firstName;lastName;jobTitle;organization;email;mobilePhone;landlinePhone;address;zipCode;city;country;biography;Lead score;Connection date;Connected by;Notes;Tags
Ada;Lind;Chief Engineer;Nordkvist AB;ada.lind@nordkvist.example;;+46 8 46 50 04 01;;111 20;Stockholm;Sweden;Builds things;5;2026-03-17 09:30:00;Mia;Needs a quote;VIP
Bela;Moro;Procurement Lead;Moro & Figli;bela@moro.example;+39 333 000 0105;;;;Torino;Italy;;3;2026-03-17 10:00:00;Mia;;
Cato;Nim;Owner;Nim Ltd;cato@nim.example;;+44 20 7946 0103;;;London;United Kingdom;;1;2026-03-18 16:45:00;Sam;;
cato;NIM;Owner;Nim Ltd;CATO@NIM.EXAMPLE;;;;;;;;;2026-03-18 16:50:00;Sam;second scan;
""",
    encoding="utf-8",
    delimiter=";",
    options=intake.Options(tz="Europe/Paris"),
    fields=[
        "first_name", "last_name", "job_title", "company", "email", "mobile", "phone", "street",
        "zip", "city", "country", None, "rating", "scanned_at", "captured_by", "note", None,
    ],
    picked={
        1: {"phone": "+46846500401", "rating": "hot", "scanned_at": "2026-03-17T08:30:00"},
        2: {"mobile": "+393330000105", "rating": "warm"},
        3: {"country_code": "GB", "rating": "cold"},
    },
    groups=[(3, "email", [3, 4])],
)  # fmt: skip

CRM_CONTACTS = Export(
    # a CRM's contacts: record ids, owner, life cycle, dates in ISO with offset, opt-in as TRUE
    text="""\
Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Company name,Job Title,Street Address,City,State/Region,Postal Code,Country/Region,Website URL,Contact owner,Lead Status,Lifecycle Stage,Create Date,Original Source,Opted out of email: Marketing,Message
51,Hana,Ito,hana@ito.example,+1 202-555-0131,,Ito Fluid Inc,Director,1 Sample St,Chicago,Illinois,60601,United States,https://ito.example,Dana Whit,NEW,Lead,2026-03-17T14:00:00-05:00,Offline Sources,FALSE,Please send the price list
52,Ivo,Jansen,ivo@jansen.example,,+31 6 00000132,Jansen Waterbouw BV,Inkoper,,Utrecht,,,Netherlands,,Dana Whit,NEW,Lead,2026-03-18T09:30:00+01:00,Offline Sources,TRUE,
53,,,info@lone.example,,,,,,,,,,,,NEW,Lead,2026-03-18T09:31:00+01:00,,,
""",
    encoding="utf-8",
    options=intake.Options(default_country="US", tz="America/Chicago"),
    fields=[
        "external_id", "first_name", "last_name", "email", "phone", "mobile", "company",
        "job_title", "street", "city", "state", "zip", "country", "website", "captured_by", None,
        None, "scanned_at", "source", "consent", "note",
    ],
    picked={
        1: {"scanned_at": "2026-03-17T19:00:00", "consent": None, "state_code": "IL"},
        2: {"scanned_at": "2026-03-18T08:30:00", "consent": False, "mobile": "+31600000132"},
        3: {"name": None, "company": None, "email": "info@lone.example"},
    },
)  # fmt: skip

CRM_LEADS = Export(
    # another CRM's leads: "Company / Account", 0 and 1 for an opt-out, "Last, First" owners
    text="""\
"Salutation","First Name","Last Name","Title","Company / Account","Lead Source","Street","City","State/Province","Zip/Postal Code","Country","Phone","Mobile","Email","Email Opt Out","Do Not Call","Rating","Industry","Annual Revenue","Lead Owner","Create Date","Description"
"Ms.","Juno","Karr","Head of Maintenance","Karr Chemicals, Inc.","Trade Show","2 Sample Ave","Boston","MA","2108","USA","617 555-0141","","juno@karr.example","0","0","Hot","Chemicals","1200000","Whit, Dana","3/17/2026","=HYPERLINK(""http://x.example"")"
"Mr.","Kofi","Lamb","Buyer","Lamb Foods","Trade Show","","Denver","CO","80202","USA","(720) 555-0142 x9","","kofi@lamb.example","1","0","Warm","Food","","Whit, Dana","3/18/2026",""
"","Lou","","","","Trade Show","","","","","","","","","0","0","Cold","","","Whit, Dana","3/18/2026",""
""",
    encoding="iso-8859-1",
    options=intake.Options(default_country="US", tz="America/New_York"),
    fields=[
        "salutation", "first_name", "last_name", "job_title", "company", "source", "street", "city",
        "state", "zip", "country", "phone", "mobile", "email", "consent", "do_not_call", "rating",
        None,
        None, "captured_by", "scanned_at", "note",
    ],
    picked={
        1: {
            "zip": "02108", "phone": "+16175550141", "consent": None, "rating": "hot",
            "company": "Karr Chemicals, Inc.", "scanned_at": "2026-03-17T04:00:00",
        },
        2: {"consent": False, "phone_extension": "9", "scanned_at": "2026-03-18T04:00:00"},
    },
    flags={1: ["formula_cell"], 2: ["phone_extension"]},
    rejected=[3],
)  # fmt: skip

BOOTH_NOTES = Export(
    # typed at the booth by several hands: free remarks, numbers in any shape, no rule kept
    text="""\
Leads from our booth (Hall 4),,,,,,
typed by Sam & Mia,,,,,,
,,,,,,
who,where from,how to reach,phone,hot?,what they want,remarks
"Okafor, Nkechi",Delta Bottling,nkechi@delta.example,202 555 0151,hot,pumps,decides herself. call monday!!!
Pia Quist,Quist & Co.,pia@quist.example / office@quist.example,(202) 555-0152 (cell),warm,valves + pumps,
rene SOTO,Soto Brothers,see card,2025550153,cold,,"talks a lot, buys nothing"
Tove,,,,warm,pumps,"first name only, lost the card"
Pia Quist,quist & co.,,,,,forgot: wants training too
Ugo Vail,Vail Works,UGO@VAIL.EXAMPLE.,tba,,"pumps, valves",
,,,,,,
hot = call this week,,,,,,
""",
    encoding="utf-8",
    options=intake.Options(default_country="US", tz="America/Chicago"),
    fields=["name", "company", "email", "phone", "rating", "interest", "note"],
    picked={
        1: {"name": "Nkechi Okafor", "phone": "+12025550151", "rating": "hot"},
        2: {"email": "pia@quist.example", "phone": "+12025550152", "interest": ["valves", "pumps"]},
        3: {"email": None, "phone": "+12025550153", "rating": "cold"},
        6: {"email": "ugo@vail.example", "phone": None, "interest": ["pumps", "valves"]},
    },
    flags={
        2: ["two_emails:office@quist.example"], 3: ["invalid_email"], 6: ["email_repaired"],
    },
    rejected=[4],
    groups=[(2, "name_company", [2, 5])],
)  # fmt: skip

SUBJECT_SHEET = Export(
    # "Name" is the subject, "Title" is Mr or Ms, "Position" the job, "Account" the company
    text="""\
Name;Contact;Title;Position;Account;Mail;Tel;Priority
Enquiry pumps;Vera Wolf;Ms;Buyer;Wolf AG;vera@wolf.example;030 23125141;1
Enquiry valves;Xaver Yilmaz;Mr;CTO;Yilmaz GmbH;xaver@yilmaz.example;030 23125142;3
Spare parts;Zita Abel;Ms;Owner;Abel KG;zita@abel.example;030 23125143;5
""",
    encoding="utf-8",
    delimiter=";",
    options=intake.Options(default_country="DE", tz="Europe/Berlin"),
    fields=[
        "lead_title", "name", "salutation", "job_title", "company", "email", "phone", "rating",
    ],
    picked={
        1: {"subject": "Enquiry pumps", "name": "Vera Wolf", "rating": "hot"},
        3: {"company": "Abel KG", "salutation": "Ms", "rating": "cold"},
    },
)  # fmt: skip

PERSIAN_LIST = Export(
    # names of months in words, numbers in Persian and Arabic digits, ي and ك beside ی and ک
    text="""\
نام و نام خانوادگی,شرکت,سمت,همراه,ایمیل,شهر,محصول مورد علاقه,بودجه,زمان خرید,درجه,تاریخ,توضیحات,رضایت تماس
مینا کیانی,صنایع نیکو,مدیر خرید,۰۹۱۲۰۰۰۰۱۰۱,mina@nikoo.example,تهران,پمپ، شیر,۱۰ تا ۵۰ هزار دلار,۳ تا ۶ ماه,داغ,۱۲ اردیبهشت ۱۴۰۵ ساعت ۱۰:۳۰,پیش‌فاکتور می‌خواهد,بله
مينا كياني,صنايع نيكو,,,,,,,,,۱۳ اردیبهشت ۱۴۰۵,,
علی‌رضا فرهمند,پخش البرز,کارشناس,٠٩١٢٠٠٠٠١٠٢,,کرج,شیر,ندارد,فقط بازدید,سرد,۱۴۰۵/۰۲/۱۳,,موافق نیستم
علیرضا فرهمند,پخش البرز,,+989120000102,,,,,,,۱۴۰۵/۰۲/۱۴,دوباره آمد,
""",
    encoding="utf-8",
    options=intake.Options(default_country="IR", tz="Asia/Tehran"),
    fields=[
        "name", "company", "job_title", "phone", "email", "city", "interest", "budget",
        "timeframe", "rating", "scanned_at", "note", "consent",
    ],
    picked={
        1: {
            "phone": "+989120000101", "scanned_at": "2026-05-02T07:00:00", "rating": "hot",
            "budget": "10k_50k", "timeframe": "3_6m", "consent": True, "interest": ["پمپ", "شیر"],
        },
        3: {
            "phone": "+989120000102", "budget": "none", "timeframe": "none", "consent": False,
            "scanned_at": "2026-05-02T20:30:00",
        },
    },
    groups=[(1, "name_company", [1, 2]), (3, "phone", [3, 4])],
)  # fmt: skip

GERMAN_HALL = Export(
    # vehicle codes for countries, "Dr." in its own column, name as "Nachname, Vorname", "TEUR"
    text="""\
Lfd. Nr.;Name, Vorname;Titel;Firma / Institution;Abteilung;Strasse;PLZ/Ort;Land;Telefon;E-Mail-Adresse;Investitionsvolumen;Projektstart;Einstufung;Gespräch am;Uhrzeit;Gesprächspartner am Stand;Bemerkungen;Werbewiderspruch
1;Größler, Jörg;Dr.;Weißbach Rohr GmbH;Einkauf;Musterweg 1;04109 Leipzig;D;0341 23125-151;joerg@weissbach.example;10 - 50 TEUR;in 3-6 Monaten;A;17.03.26;9.15;Käthe;Angebot schicken;
2;Müller-Lüdenscheid, Käte;;Nußknacker AG;;;8001 Zürich;CH;+41 44 000 01 52;kaete@nuss.example;über 250 TEUR;sofort;B;17.03.26;14.30;Käthe;;ja
3;Höß, Änne;Prof. Dr.;Hochschule Süd;;;1010 Wien;A;;aenne@hs.example;kein Budget;unbestimmt;C;18.03.26;10.00;Uwe;;nein
""",
    encoding="cp1252",
    delimiter=";",
    options=intake.Options(default_country="DE", tz="Europe/Berlin"),
    fields=[
        None, "name", "academic_title", "company", None, "street", "city", "country", "phone",
        "email", "budget", "timeframe", "rating", "scanned_at", "scanned_time", "captured_by",
        "note", "consent",
    ],
    picked={
        1: {
            "name": "Jörg Größler", "academic_title": "Dr.", "country_code": "DE",
            "phone": "+4934123125151", "budget": "10k_50k", "timeframe": "3_6m", "rating": "hot",
            "scanned_at": "2026-03-17T08:15:00", "consent": None,
        },
        2: {
            "country_code": "CH", "budget": "gt250k", "timeframe": "0_3m", "consent": False,
            "phone": "+41440000152", "scanned_at": "2026-03-17T13:30:00",
        },
        3: {"country_code": "AT", "budget": "none", "timeframe": "none", "consent": None},
    },
)  # fmt: skip

EXPORTS = {name: export for name, export in globals().items() if isinstance(export, Export)}
