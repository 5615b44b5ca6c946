# ruff: noqa: E501 - a heading is as long as it is
"""How forms and exports head their columns: what people of eight languages write, by field.

Collected from memory of registration forms, scanner apps and sheets, not from the dictionary
under test, so that a heading the dictionary lacks has to be met by its rules.
"""

WORDINGS = {
    "first_name": """
        First Name *|Given name(s)|Contact First Name|Registrant: First name|FIRSTNAME|first_name
        Vorname*|Ihr Vorname|Vorname des Besuchers|Prénom *|Votre prénom|Prénom du contact
        Nombre(s) de pila|Su nombre de pila|Nome (proprio)|Ön Adı|نام کوچک*|الاسم الأول *""",
    "last_name": """
        Last Name *|Family Name / Surname|Contact Last Name|Your surname|LASTNAME|last-name
        Nachname*|Ihr Nachname|Familienname (Nachname)|Nom de famille *|Votre nom de famille
        Apellido(s)|Sus apellidos|Primer apellido|Il tuo cognome|Cognome*|Soyadınız|Soyadı *
        نام خانوادگی*|اسم العائلة *""",
    "name": """
        Full Name *|Contact's name|Name of visitor|Visitor's full name|Lead Name|Contact Person
        Vor- und Zuname|Name des Ansprechpartners|Vollständiger Name|Nom et prénom du visiteur
        Nom complet *|Nombre y apellidos *|Nombre del visitante|Nome e cognome *|Nome del visitatore
        Adı Soyadı *|Ziyaretçi Adı Soyadı|نام و نام خانوادگی بازدیدکننده|الاسم الكامل *""",
    "company": """
        Company *|Company / Organisation|Organisation Name|Company/Institution|Name of company
        Employer Name|Firma*|Firma / Institution|Name des Unternehmens|Unternehmen / Organisation
        Société *|Nom de l'entreprise|Société / Organisme|Entreprise ou organisme|Empresa *
        Empresa / Institución|Nombre de su empresa|Razón Social|Azienda *|Nome dell'azienda
        Azienda / Ente|Şirket Adı *|Firma / Kurum|Çalıştığınız Kurum|نام شرکت / سازمان|شرکت محل کار
        اسم الشركة *|الشركة / المؤسسة""",
    "job_title": """
        Job Title *|Position / Title|Job title / role|Your role|Function in company|Position in Company
        Position im Betrieb|Berufliche Position|Funktion / Position|Stellung im Beruf
        Fonction *|Fonction dans l'entreprise|Poste / Fonction|Cargo / Puesto|Cargo que ocupa
        Ruolo in azienda|Mansione / Ruolo|Görevi / Ünvanı|Pozisyonunuz|Ünvan / Görev|سمت شغلی
        سمت در شرکت|المسمى الوظيفي *|المنصب الوظيفي""",
    "email": """
        E-mail *|E-mail address (work)|Business E-Mail|Work email|Email (business)|Corporate email
        E-Mail geschäftlich|E-Mail (dienstlich)|Ihre E-Mail-Adresse|Geschäftliche E-Mail-Adresse
        Adresse mail professionnelle|Courriel professionnel|Adresse électronique|Votre e-mail
        Correo electrónico *|Correo corporativo|E-mail de contacto|Su correo electrónico
        Indirizzo di posta elettronica|E-mail aziendale|Indirizzo e-mail *|E-posta Adresiniz
        Kurumsal E-posta|E-Posta *|ایمیل سازمانی|آدرس ایمیل *|البريد الإلكتروني *|الايميل""",
    "phone": """
        Phone *|Telephone No.|Phone (work)|Office phone|Direct line|Business Phone Number|Tel. No.
        Telefon (geschäftlich)|Telefonnr.|Tel. dienstlich|Rufnummer geschäftlich|Telefon Büro
        Téléphone *|Téléphone professionnel|N° de téléphone|Tél. bureau|Teléfono *|Teléfono de contacto
        Teléfono de la empresa|Telefono ufficio|Recapito telefonico|N. di telefono|Telefon Numarası *
        İş telefonu|Telefonunuz|شماره تلفن ثابت|تلفن شرکت|شماره تماس *|رقم الهاتف *|هاتف المكتب""",
    "mobile": """
        Mobile *|Mobile / Cell|Cell Phone Number|Mobile telephone|Mobile No. (with country code)
        Mobiltelefon *|Handy-Nr.|Mobilnummer geschäftlich|Portable *|Tél. portable professionnel
        N° de mobile|Móvil *|Teléfono móvil de contacto|Nº de celular|Cellulare *|Numero cellulare
        Cep Telefonu *|Cep Telefonunuz|Mobil No|شماره موبایل *|تلفن همراه *|رقم الجوال *|رقم الموبايل""",
    "street": """
        Street Address|Address Line 1|Company address|Street and number|Straße, Hausnummer
        Straße + Nr.|Adresse (rue)|Adresse postale|Dirección postal|Calle y n.º|Indirizzo (via e n.)
        Açık Adres|Adresiniz|آدرس پستی|نشانی شرکت|عنوان الشارع|العنوان بالتفصيل""",
    "city": """
        City *|City / Town|Company City|Town/City|Ort*|Stadt / Ort|Ville *|Ville de résidence|Ciudad *
        Ciudad de residencia|Città *|Città di residenza|Şehir *|Bulunduğunuz Şehir|شهر *|شهر محل سکونت
        المدينة *""",
    "zip": """
        ZIP / Postal Code|Postal Code *|Post code|PLZ*|Postleitzahl (PLZ)|Code postal *|C.P.
        Código Postal *|CAP *|Codice Avviamento Postale|Posta Kodu *|کد پستی *|الرمز البريدي *""",
    "country": """
        Country *|Country of residence|Country / Region|Country of origin|Land*|Herkunftsland
        Land (Sitz der Firma)|Pays *|Pays de résidence|Pays d'origine|País *|País de origen
        Paese *|Paese di provenienza|Ülke *|Ülkeniz|کشور *|کشور محل فعالیت|الدولة *|بلد المنشأ""",
    "rating": """
        Lead rating *|Hot / Warm / Cold|Lead temperature|Priority (A-C)|Lead quality|Interest rating
        Lead-Bewertung|Priorität (1-3)|Lead-Einstufung|Kontaktqualität|Niveau d'intérêt *|Priorité du lead
        Nivel de interés *|Prioridad del lead|Calificación del lead|Livello di interesse *
        Priorità del lead|İlgi Seviyesi|Öncelik Derecesi|میزان علاقه‌مندی|درجه اولویت|درجة الأولوية
        مستوى الاهتمام *""",
    "budget": """
        Budget *|Estimated budget|Budget available (USD)|What is your budget?|Approved budget
        Budget (in EUR)|Geplantes Budget|Verfügbares Budget|Budget estimé|Votre budget|Budget prévu (€)
        Presupuesto estimado|¿Cuál es su presupuesto?|Presupuesto aproximado|Budget stimato
        Budget disponibile|Qual è il budget?|Tahmini Bütçe|Ayrılan bütçe|Bütçeniz|بودجه تقریبی
        بودجه در نظر گرفته شده|الميزانية التقديرية|الميزانية المخصصة""",
    "authority": """
        Decision maker?|Purchasing role|Role in buying decision|Decision-making authority|Buying influence
        What is your role in the purchase decision?|Entscheidungsträger|Entscheidungsbefugnis?
        Rolle im Kaufprozess|Rôle dans l'achat|Pouvoir décisionnel|Rôle dans la décision d'achat
        Papel en la decisión de compra|¿Toma usted la decisión?|Poder de decisión *|Ruolo nella decisione d'acquisto
        Potere decisionale|Karar vericilik|Satın alma kararındaki rolünüz|نقش در تصمیم خرید
        اختیارات خرید|دورك في قرار الشراء|صلاحية اتخاذ القرار""",
    "timeframe": """
        Purchase timeframe *|When do you intend to buy?|Buying timeline|Expected purchase date|Project timeframe
        Zeitrahmen des Projekts|Wann soll gekauft werden?|Geplanter Kaufzeitpunkt|Realisierungszeitraum
        Échéance du projet|Quand souhaitez-vous acheter ?|Délai de réalisation|Plazo previsto
        ¿Cuándo tiene previsto comprar?|Fecha prevista de compra|Quando prevede l'acquisto?|Tempi di realizzazione
        Satın alma tarihi|Ne zaman almayı düşünüyorsunuz?|زمان تقریبی خرید|چه زمانی قصد خرید دارید؟
        الموعد المتوقع للشراء|متى تنوي الشراء؟""",
    "interest": """
        Products of interest *|Product(s) interested in|Which products are you interested in?|Topics of interest
        Interested products|Interessante Produkte|Welche Produkte interessieren Sie?|Produktinteresse *
        Interessenschwerpunkte|Produits recherchés|Quels produits vous intéressent ?|Centres d'intérêt *
        Productos que le interesan|¿Qué productos busca?|Productos de interés *|Prodotti di interesse *
        A quali prodotti è interessato?|Prodotti richiesti|İlgilendiğiniz ürünler|Hangi ürünlerle ilgileniyorsunuz?
        محصولات مورد نظر|به کدام محصولات علاقه دارید؟|المنتجات المهتم بها *|ما المنتجات التي تهمك؟""",
    "note": """
        Notes / Comments|Additional notes|Booth notes|Rep notes|Comments from staff|Further remarks|Meeting notes
        Notizen zum Gespräch|Bemerkungen / Notizen|Sonstige Bemerkungen|Gesprächsinhalt|Remarques éventuelles
        Notes de l'entretien|Compte rendu|Observaciones generales|Notas de la reunión|Comentarios adicionales
        Note aggiuntive|Note del colloquio|Osservazioni varie|Görüşme Notları *|Ek Notlar|Ek açıklamalar
        توضیحات تکمیلی|یادداشت کارشناس|ملاحظات إضافية|ملاحظات المندوب""",
    "consent": """
        Consent to contact|I agree to receive emails|Email marketing consent|GDPR opt-in|Newsletter (Y/N)
        May we keep in touch by email?|Einwilligung zur Kontaktaufnahme|Newsletter gewünscht|DSGVO-Zustimmung
        Darf kontaktiert werden|J'accepte d'être contacté|Inscription à la newsletter|Consentement marketing
        Acepta recibir información|Autoriza el envío de correos|Consentimiento RGPD|Consenso al trattamento dati
        Acconsento a ricevere comunicazioni|Iscrizione newsletter|E-posta almak istiyorum|İletişim izni var mı?
        Ticari ileti onayı|اجازه ارسال پیامک و ایمیل|موافقت با دریافت ایمیل|الموافقة على تلقي الرسائل""",
    "scanned_at": """
        Scan Date & Time|Date/Time Scanned|Captured date|Lead captured on|Date of contact|Scan timestamp
        Scan-Datum|Datum/Uhrzeit|Datum des Gesprächs|Scanzeitpunkt|Date du scan|Date et heure de capture
        Date de l'échange|Fecha/hora de captura|Fecha de contacto|Fecha del escaneo|Data e ora scansione
        Data del contatto|Data di acquisizione lead|Tarama Tarihi/Saati|Görüşme tarihi ve saati|Kayıt Zamanı
        تاریخ و زمان ثبت|تاریخ ملاقات|تاريخ ووقت التسجيل|تاريخ اللقاء""",
    "captured_by": """
        Scanned By (user)|Lead captured by|Collected by staff|Booth representative|Sales Representative
        Erfasst durch|Gescannt von (Mitarbeiter)|Standbetreuer|Vertriebsmitarbeiter|Scanné par (utilisateur)
        Collecté par|Commercial en charge|Capturado por (usuario)|Comercial asignado|Recogido por
        Acquisito da (utente)|Raccolto da|Commerciale di riferimento|Kaydı yapan kişi|Görüşmeyi yapan personel
        Satış Temsilcisi *|ثبت توسط کاربر|کارشناس غرفه|تم التسجيل من قبل|مندوب المبيعات المسؤول""",
    "attendee_type": """
        Visitor Type *|Attendee category|Badge Category|Type of attendee|Ticket Type Name|Registrant type
        Besucherart *|Besucherstatus|Art des Tickets|Type de participant *|Profil du visiteur|Type de badge *
        Tipo de visitante *|Tipo de acreditación|Categoría de asistente|Tipologia di visitatore|Tipo di badge
        Ziyaretçi Türü *|Katılımcı Tipi|Bilet Türü|نوع بازدید کننده|نوع شرکت‌کننده *|نوع الزائر *|فئة المشارك""",
    "salutation": """
        Salutation *|Mr/Mrs/Ms|Form of address|Anrede *|Anrede (Herr/Frau)|Civilité *|Civilité (M./Mme)
        Tratamiento *|Sr./Sra.|Titolo (Sig./Sig.ra)|Hitap Şekli|جنسیت *|الجنس *""",
    "website": """
        Company website|Web site|Website URL|Webseite der Firma|Homepage *|Site web de la société
        Página web|Sitio web de la empresa|Sito web aziendale|Web sitesi *|İnternet adresi|وب‌سایت شرکت
        موقع الشركة الإلكتروني""",
    "state": """
        State / Province|State or region|US State|Bundesland *|Kanton / Bundesland|Région / Département
        Provincia / Estado|Comunidad Autónoma|Provincia *|Regione / Provincia|Eyalet / Bölge|استان *
        المحافظة *""",
    "external_id": """
        Lead ID|Badge ID|Registration No.|Scan ID|Ticket number|Besucher-ID|Badge-Nr.|N° de badge
        ID del visitante|Número de registro|Numero badge|Kayıt ID|شناسه بازدیدکننده|رقم البطاقة""",
}
# Headings near these words that mean something else: left alone or kept as an answer.
OTHERS = """
    Number of employees|Company size|Annual revenue|Date of birth|Next follow-up date|Department
    Event name|Show name|Exhibitor name|Booth number|Session title|Ticket price|Order total
    Fax|Fax number|LinkedIn profile|Twitter handle|Preferred language|Industry|Industry sector
    Anzahl Mitarbeiter|Branche|Abteilung|Geburtsdatum|Umsatz|Wiedervorlage am|Hallennummer
    Secteur d'activité|Effectif|Date de naissance|Nom du salon|Numéro de stand
    Sector de actividad|Número de empleados|Fecha de nacimiento|Nombre de la feria
    Settore di attività|Numero di dipendenti|Data di nascita|Nome della fiera
    Sektör|Çalışan Sayısı|Doğum Tarihi|Fuar Adı|Stant No|تعداد کارکنان|تاریخ تولد|نام نمایشگاه
    عدد الموظفين|تاريخ الميلاد|اسم المعرض"""
