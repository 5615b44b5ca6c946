"""How columns are called, field by field, in English, German, French, Spanish, Italian, Turkish,
Persian and Arabic. Phrases are parted by commas; case, accents and spaces do not count.
"""

# "bare_name" and "bare_title" are settled by the other columns and by the contents.
# "kept" is no field of a lead, whatever a part of it says: it stays a further answer.
# "ignored" is left alone and not kept as a further answer: it describes the export, not the lead.
PHRASES: dict[str, str] = {
    "bare_name": """
        name, names, ad, adi, isim, ismi, nom, nome, nombre, نام, اسم, الاسم, الإسم, nominativo""",
    "bare_title": "title, titel, titre, titulo, titolo, unvan, ünvanı, unvani, لقب, prefix, suffix",
    "name": """
        full name, fullname, contact name, contact person, contact, person, your name,
        attendee name, visitor name, visitor, attendee, participant, participant name, delegate,
        delegate name, lead name, person name, badge name, display name, guest name,
        first and last name, name and surname, name surname, naam, imię i nazwisko,
        nome e sobrenome, prospect name, registrant name, who, prospect, guest, vor und nachname,
        vorname nachname, vor- und zuname, vollständiger name, ansprechpartner, ansprechpartnerin,
        kontaktperson, kontakt, kontaktname, besucher, besuchername, teilnehmer, teilnehmername,
        name des besuchers, gesprächspartner, name vorname, name und vorname, nom complet,
        nom et prénom, prénom et nom, nom prénom, prénom nom, nom du contact, nom du visiteur,
        visiteur, personne, interlocuteur, participant nom, nom & prénom, nombre completo,
        nombre y apellidos, nombre y apellido, nombre apellidos, contacto, persona de contacto,
        nombre del contacto, nombre de contacto, visitante, asistente, nombre del visitante,
        nome completo, nome e cognome, cognome e nome, nome cognome, contatto, referente,
        persona di contatto, nome contatto, nome del contatto, visitatore, partecipante, ad soyad,
        adı soyadı, ad soyadı, adınız soyadınız, isim soyisim, ad ve soyad, ad-soyad, ziyaretçi,
        ziyaretçi adı, katılımcı, katılımcı adı, ilgili kişi, yetkili kişi, tam ad, tam adı, kişi,
        iletişim kişisi, adı ve soyadı, isim soyad, müşteri adı soyadı, نام و نام خانوادگی,
        نام کامل, نام‌ونام‌خانوادگی, نام بازدیدکننده, بازدیدکننده, مخاطب, نام مخاطب, شخص تماس,
        نام شخص, نام نام خانوادگی, رابط, فرد رابط, شرکت کننده, الاسم الكامل, الإسم الكامل,
        الاسم بالكامل, اسم الزائر, الزائر, جهة الاتصال, اسم جهة الاتصال, اسم الشخص, الشخص المسؤول,
        اسم المشارك, الاسم واللقب, الاسم الثلاثي""",
    "first_name": """
        first name, firstname, first, given name, given names, forename, fname, christian name,
        voornaam, imię, vorname, vornamen, rufname, prénom, prenom, prénoms, nombre de pila,
        primer nombre, nombres, nome di battesimo, primo nome, ön ad, ön adı, önad, ilk ad,
        ilk isim, adınız, نام کوچک, اسم کوچک, الاسم الأول, الإسم الأول, الاسم الاول,
        الاسم الشخصي""",
    "last_name": """
        last name, lastname, last, surname, family name, lname, second name, familyname, achternaam,
        nazwisko, sobrenome, nachname, familienname, zuname, nom de famille, nom famille, patronyme,
        apellido, apellidos, primer apellido, cognome, soyad, soyadı, soyisim, soy ad, soyadınız,
        soy isim, نام خانوادگی, نام فامیل, فامیل, فامیلی, نام‌خانوادگی, شهرت, اسم العائلة,
        الاسم الأخير, الاسم الاخير, اللقب, الكنية, العائلة, اسم الأسرة, لقب العائلة""",
    "salutation": """
        salutation, courtesy title, honorific, form of address, gender, mr/ms, mr mrs, sex,
        greeting, anrede, geschlecht, briefanrede, civilité, civilite, politesse, titre de civilité,
        tratamiento, saludo, género, sexo, sr/sra, appellativo, sesso, titolo di cortesia, hitap,
        cinsiyet, sayın, جنسیت, خطاب, عنوان خطاب, آقا خانم, اللقب التشريفي, الجنس, صيغة المخاطبة""",
    "academic_title": "academic title, degree, akademischer titel, akad titel, titre académique, "
    "título académico, titolo di studio, akademik unvan, مدرک, مدرک تحصیلی, اللقب العلمي",
    "company": """
        company, company name, companyname, organisation, organization, organisation name,
        organization name, employer, account, account name, business name, firm, firm name,
        customer name, customer, institution, company organisation, employer name, affiliation,
        business, corporation, enterprise, org, exhibitor visitor company, company or organisation,
        bedrijf, bedrijfsnaam, przedsiębiorstwo, firma, firmenname, unternehmen, unternehmensname,
        organisation firma, betrieb, arbeitgeber, firmierung, gesellschaft, kunde, kundenname,
        name der firma, institution firma, société, societe, entreprise, raison sociale,
        nom de la société, nom de l'entreprise, organisme, employeur, nom société, nom entreprise,
        établissement, compagnie, empresa, compañía, nombre de la empresa, nombre empresa,
        organización, razón social, entidad, sociedad, azienda, società, ditta, ragione sociale,
        nome azienda, impresa, nome della società, organizzazione, ente, nome dell'azienda,
        denominazione, firma adı, şirket, şirket adı, kurum, kurum adı, kuruluş, işyeri, iş yeri,
        firma ismi, firma ünvanı, ticari ünvan, şirket ismi, işletme, kuruluş adı, firma unvanı,
        çalıştığı kurum, شرکت, نام شرکت, سازمان, نام سازمان, موسسه, کارخانه, محل کار, نام موسسه,
        شرکت/سازمان, نام مجموعه, بنگاه, الشركة, اسم الشركة, المؤسسة, اسم المؤسسة, المنشأة,
        جهة العمل, المنظمة, شركة, اسم المنشأة, الجهة""",
    "job_title": """
        job title, job, jobtitle, job position, position, function, job function, occupation,
        designation, profession, role, job role, position title, title position, business title,
        current position, job description, title at company, your job title, position held, functie,
        stanowisko, funktion, stellung, beruf, berufsbezeichnung, stelle, tätigkeit, jobtitel,
        rolle, stellenbezeichnung, position im unternehmen, funktion im unternehmen, aufgabe, amt,
        fonction, poste, intitulé du poste, titre du poste, métier, emploi, poste occupé,
        profession, cargo, puesto, puesto de trabajo, función, profesión, ocupación,
        cargo en la empresa, ruolo, posizione, funzione, mansione, qualifica, professione, incarico,
        ruolo aziendale, posizione lavorativa, görev, görevi, pozisyon, pozisyonu, meslek, mesleği,
        iş ünvanı, iş unvanı, mesleki unvan, görev ünvanı, iş tanımı, unvan görev, سمت, عنوان شغلی,
        شغل, پست سازمانی, مقام, سمت سازمانی, جایگاه شغلی, رده شغلی, مسئولیت, المسمى الوظيفي,
        الوظيفة, المنصب, المهنة, مسمى الوظيفة, الصفة, الدور الوظيفي, الموقع الوظيفي""",
    "email": """
        email, e-mail, email address, e-mail address, mail, mail address, emailaddress, emails,
        electronic mail, business email address, your email, e mail id, email id, e-mail-adresse,
        emailadresse, mailadresse, mail adresse, elektronische post, e-mailadresse, adresse e-mail,
        adresse email, courriel, adresse électronique, mél, adresse mail, adresse de courriel,
        correo, correo electrónico, correo-e, dirección de correo, dirección de correo electrónico,
        dirección email, direccion de email, posta elettronica, indirizzo email, indirizzo e-mail,
        indirizzo di posta elettronica, indirizzo mail, e-posta, eposta, e-posta adresi,
        eposta adresi, mail adresi, elektronik posta, e-mail adresi, ایمیل, پست الکترونیک,
        پست الکترونیکی, رایانامه, آدرس ایمیل, نشانی ایمیل, آدرس پست الکترونیک, البريد الإلكتروني,
        البريد الالكتروني, بريد إلكتروني, الإيميل, ايميل, عنوان البريد الإلكتروني, البريد""",
    "other_email": "other email, second email, email 2, secondary email, alternative email, "
    "private email, personal email, cc email, zweite e-mail, email secondaire, altro email",
    "phone": """
        phone, telephone, phone number, tel, tel no, telephone number, landline, phone no, tel nr,
        direct phone, direct line, switchboard, phone 1, business telephone, contact number, number,
        company phone, call back number, tel number, direct dial, contact phone, ph, telno, telefon,
        telefonnummer, tel nummer, festnetz, rufnummer, durchwahl, telefon geschäftlich,
        telefon dienstlich, tel geschäftlich, fernsprecher, telefon direkt, téléphone,
        numéro de téléphone, tél, no de téléphone, téléphone fixe, fixe, n° de téléphone,
        ligne directe, teléfono, telefono, número de teléfono, tel fijo, teléfono fijo, tfno,
        numero di telefono, telefono fisso, recapito telefonico, recapito, n telefono,
        telefon numarası, telefon no, iş telefonu, sabit telefon, tel no, ofis telefonu, telefonu,
        irtibat telefonu, iletişim numarası, تلفن, شماره تلفن, تلفن ثابت, شماره تماس, تلفن تماس,
        تلفن شرکت, تلفن محل کار, شماره, الهاتف, رقم الهاتف, هاتف, التلفون, هاتف العمل, رقم التواصل,
        الهاتف الثابت, رقم الاتصال, تليفون""",
    "mobile": """
        mobile, mobile phone, cell, cell phone, cellphone, cellular, mobile number, handphone,
        mobile no, gsm, smartphone, whatsapp, phone 2, mobile telephone, cell number, mobil, handy,
        handynummer, mobiltelefon, mobilnummer, mobilfunk, handy nr, mobilfunknummer, mobile pro,
        téléphone mobile, téléphone portable, portable, gsm, numéro de portable, tél mobile,
        tél portable, móvil, teléfono móvil, celular, número de móvil, teléfono celular, cellulare,
        telefono cellulare, numero di cellulare, telefonino, n cellulare, tel cellulare, cep,
        cep telefonu, cep tel, cep no, mobil telefon, gsm no, cep numarası, cep telefon, تلفن همراه,
        موبایل, شماره موبایل, همراه, شماره همراه, شماره تلفن همراه, گوشی, الجوال, رقم الجوال,
        الهاتف المحمول, المحمول, الموبايل, موبايل, رقم الموبايل, الهاتف الجوال, رقم المحمول,
        الهاتف النقال, الهاتف الخلوي""",
    "website": """
        website url, web url, website, web site, web, url, homepage, home page, web address,
        web page, company website, internet, internetseite, webseite, internetadresse, site web,
        site internet, site, sitio web, página web, web de la empresa, sito web, sito internet,
        sito, pagina web, web sitesi, internet sitesi, web adresi, internet adresi, وب سایت, وبسایت,
        سایت, تارنما, آدرس سایت, الموقع الإلكتروني, موقع, موقع الويب, الموقع, الموقع الالكتروني""",
    "street": """
        street, address, street address, address 1, address line 1, address line, street 1,
        mailing address, postal address, address1, company address, addr, road, location address,
        straße, strasse, str, anschrift, adresse, straße und hausnummer, straße hausnummer,
        straße nr, postanschrift, straße/nr, firmenanschrift, rue, adresse postale, adresse 1, voie,
        adresse ligne 1, rue et numéro, n° et rue, calle, dirección, direccion, domicilio,
        dirección postal, calle y número, dirección 1, via, indirizzo, indirizzo postale, strada,
        via e numero, adres, sokak, cadde, açık adres, adresi, adres 1, posta adresi, iş adresi,
        آدرس, نشانی, خیابان, آدرس شرکت, نشانی پستی, آدرس پستی, العنوان, الشارع, عنوان الشارع, شارع,
        العنوان البريدي, عنوان الشركة""",
    "street2": "street 2, street2, address 2, address line 2, address2, adresszusatz, suite, "
    "complément d'adresse, adresse 2, dirección 2, indirizzo 2, adres 2, adres satırı 2, آدرس 2, "
    "apartment, building, العنوان 2, adresse ligne 2, zusatz",
    "city": """
        plaats, miasto, cidade, city, town, city town, locality, place, municipality, ort, stadt,
        wohnort, gemeinde, ort/stadt, ville, commune, localité, ciudad, población, localidad,
        municipio, città, citta, comune, località, şehir, sehir, il, ilçe, kent, şehir/ilçe, شهر,
        شهرستان, المدينة, مدينة, البلدة, firmensitz, standort""",
    "zip": """
        zip, zip code, zipcode, postal code, postcode, post code, postalcode, zip postal code, plz,
        postleitzahl, code postal, cp, código postal, codigo postal, c.p., cap, codice postale,
        codice di avviamento postale, posta kodu, posta kod, pk, کد پستی, کدپستی, الرمز البريدي,
        الرمز البريدى, رمز بريدي""",
    "state": """
        state, province, state province, region, county, state region, us state, state code,
        bundesland, kanton, land/bundesland, département, departement, région, provincia, estado,
        estado provincia, región, comunidad autónoma, regione, prov, eyalet, bölge, استان, ایالت,
        ناحیه, الولاية, المحافظة, المنطقة, الإقليم, المقاطعة""",
    "country": """
        kraj, land van herkomst, country, country name, nation, country code, country region,
        nationality, land, staat, herkunftsland, ländercode, länderkennung, nation land, pays,
        code pays, nationalité, país, pais, código país, nación, país de residencia, paese, nazione,
        stato, paese nazione, ülke, ulke, ülkesi, ülke adı, memleket, کشور, نام کشور, کد کشور,
        البلد, الدولة, دولة, بلد, بلد الإقامة, اسم الدولة""",
    "rating": """
        rating, lead rating, score, lead score, priority, temperature, lead temperature, h/w/c,
        a/b/c, hot/warm/cold, hot warm cold, quality, lead quality, grade, classification, ranking,
        interest level, level of interest, hotness, lead status rating, importance, stars, abc,
        lead priority, lead grade, lead temperature rating, qualification, urgency, heat, warmth,
        bewertung, priorität, einstufung, klassifizierung, leadqualität, note abc, wertung,
        kategorie, abc bewertung, lead bewertung, interessegrad, interessensgrad, dringlichkeit,
        leadstufe, évaluation, priorité, qualité du lead, température, classement, niveau d'intérêt,
        notation, qualité, prioridad, calificación, valoración, temperatura, clasificación,
        nivel de interés, valutazione, priorità, punteggio, livello di interesse, classificazione,
        temperatura lead, öncelik, önceliği, derece, değerlendirme, puan, sıcaklık, önem derecesi,
        ilgi düzeyi, اولویت, درجه, امتیاز, ارزیابی, رتبه, دما, میزان علاقه, سطح علاقه, درجه اهمیت,
        رتبه‌بندی, التقييم, الأولوية, التصنيف, درجة الاهتمام, الأهمية, مستوى الاهتمام, تقييم,
        درجة الحرارة""",
    "budget": """
        budget, budget range, project budget, available budget, planned budget, investment, spend,
        budgetrahmen, projektbudget, investitionsvolumen, investition, budget disponible,
        enveloppe budgétaire, budget prévu, montant, presupuesto, inversión, presupuesto disponible,
        investimento, budget previsto, bütçe, bütçesi, proje bütçesi, yatırım bütçesi, yatırım,
        بودجه, بودجه پروژه, میزان بودجه, الميزانية, ميزانية المشروع, الميزانية المتاحة, الموازنة""",
    "authority": """
        authority, decision maker, decision role, buying role, purchase role, purchasing authority,
        decision authority, role in decision, role in purchase, buying influence, purchasing role,
        decision making, decision power, influence, entscheider, entscheidungskompetenz,
        entscheidungsbefugnis, rolle im einkauf, kaufentscheidung, einfluss,
        rolle bei der kaufentscheidung, entscheidungsrolle, rôle dans la décision,
        pouvoir de décision, décideur, rôle d'achat, rôle décisionnel, autorité, poder de decisión,
        rol en la decisión, autoridad, decisor, rol de compra, capacidad de decisión,
        ruolo decisionale, potere decisionale, autorità, ruolo nell'acquisto, decisore, yetki,
        yetkisi, karar yetkisi, karar rolü, satın alma rolü, karar verme yetkisi, اختیار,
        اختیار تصمیم, نقش در خرید, نقش در تصمیم, اختیارات, تصمیم‌گیری, اختیار تصمیم‌گیری,
        قدرت تصمیم, صلاحية القرار, الصلاحية, دور الشراء, دور القرار, سلطة القرار, صلاحية الشراء,
        صانع القرار""",
    "timeframe": """
        timeframe, time frame, timeline, purchase timeframe, buying timeframe, purchase timeline,
        time horizon, buying horizon, when, project timing, timing, purchase date, project start,
        planned purchase, implementation date, decision timeframe, buying time, purchase horizon,
        zeithorizont, zeitrahmen, kaufzeitpunkt, kaufabsicht, projektstart, bedarfszeitpunkt,
        realisierung, anschaffung geplant, zeitplan, bedarf wann, horizon, délai, échéance,
        délai d'achat, horizon d'achat, calendrier, date d'achat, plazo, plazo de compra, horizonte,
        cuándo, horizonte temporal, fecha de compra, tempistica, tempi, orizzonte temporale, quando,
        tempi di acquisto, scadenza, tempistiche, satın alma zamanı, zaman, süre, satın alma süresi,
        alım zamanı, zamanlama, zaman çizelgesi, proje zamanı, زمان خرید, بازه زمانی, زمان‌بندی,
        زمانبندی, افق زمانی, زمان تصمیم, موعد خرید, زمان پروژه, الإطار الزمني, موعد الشراء,
        وقت الشراء, المدة الزمنية, زمن الشراء, الجدول الزمني""",
    "interest": """
        interest, interests, interested in, product interest, products, product,
        products of interest, product of interest, solution interest, topics, topic,
        area of interest, areas of interest, product interests, products interested in, demo seen,
        solutions, items of interest, need, produktinteresse, interesse, interessen, produkte,
        produkt, interessengebiet, thema, themen, interesse an, interessiert an, produktinteressen,
        gezeigte produkte, bedarf, produktgruppe, produits, produit, intérêt, intérêts,
        centre d'intérêt, centres d'intérêt, produits d'intérêt, produit d'intérêt, intéressé par,
        sujets, besoin, interés, intereses, productos, producto, producto de interés,
        productos de interés, área de interés, interesado en, necesidad, interessi, prodotto,
        prodotti, prodotto di interesse, prodotti di interesse, area di interesse, interessato a,
        argomenti, ilgi, ilgi alanı, ilgi alanları, ürün, ürünler, ilgilendiği ürün,
        ilgilendiği ürünler, ilgilenilen ürün, ilgilenilen ürünler, ürün ilgisi, ihtiyaç, محصول,
        محصولات, محصول مورد علاقه, محصولات مورد علاقه, علاقه‌مندی, علاقه‌مندی‌ها, زمینه علاقه,
        محصول مورد نظر, علاقمندی, موضوع مورد علاقه, نیاز, المنتج, المنتجات, المنتجات المهتم بها,
        المنتج المطلوب, الاهتمام, الاهتمامات, مجال الاهتمام, مهتم بـ, المنتجات ذات الاهتمام,
        منتجات الاهتمام""",
    "scanned_at": """
        date captured, captured, captured at, capture date, capture time, scan date, scanned,
        scanned at, scan time, scanned on, date scanned, date, date time, datetime, time stamp,
        timestamp, created, created at, created on, created time, created_time, date created,
        creation date, visit date, date of visit, date met, date time met, met on, met at,
        submitted, submitted at, submission date, submitted on, submit date, order date,
        registration date, registered, registered at, date added, added on, recorded at, when met,
        date and time, lead date, entry date, collected at, contact date, meeting date, last scan,
        first scan, check in, check in time, erfasst am, erfassungsdatum, datum, scan datum,
        scandatum, zeitstempel, erstellt am, besuchsdatum, aufgenommen am, datum uhrzeit, zeitpunkt,
        datum und uhrzeit, gescannt am, erfasst, erfassungszeit, erstelldatum, kontaktdatum,
        date de capture, date de scan, date de saisie, date de visite, horodatage, créé le,
        saisi le, date et heure, date de création, scanné le, enregistré le, date d'enregistrement,
        date du contact, fecha, fecha de captura, fecha de registro, fecha y hora, capturado el,
        fecha de escaneo, fecha de visita, fecha de creación, registrado el, creado el,
        escaneado el, data, data di acquisizione, data acquisizione, data e ora,
        data di registrazione, acquisito il, data scansione, data visita, data di scansione,
        creato il, registrato il, data contatto, tarih, kayıt tarihi, kayıt zamanı, tarama tarihi,
        görüşme tarihi, ziyaret tarihi, oluşturulma, tarih saat, tarih ve saat, eklenme tarihi,
        oluşturma tarihi, tarama zamanı, kayıt tarih, تاریخ, تاریخ ثبت, تاریخ بازدید, زمان ثبت,
        تاریخ اسکن, تاریخ و ساعت, تاریخ ایجاد, تاریخ مراجعه, زمان اسکن, تاریخ ملاقات, ثبت شده در,
        التاريخ, تاريخ, تاريخ التسجيل, تاريخ المسح, وقت التسجيل, تاريخ الزيارة, التاريخ والوقت,
        تاريخ الإنشاء, تاريخ الالتقاط, وقت المسح, تم التسجيل في""",
    "scanned_time": "time, hour, time captured, uhrzeit, zeit, heure, hora, ora, saat, ساعت, "
    "الوقت, "
    "الساعة, time met, scan hour, time of scan, visit time, زمان",
    "captured_by": """
        captured by, scanned by, sales rep, rep, collected by, salesperson, booth staff, owner,
        lead owner, staff, staff member, met by, created by, recorded by, spoke to, spoke with,
        taken by, entered by, user, scanner user, assigned to, booth rep, met with, our contact,
        handled by, team member, exhibitor staff, scanned by user, lead captured by, host,
        erfasst von, aufgenommen von, gescannt von, mitarbeiter, standmitarbeiter, bearbeiter,
        verkäufer, standpersonal, erfasser, erstellt von, betreuer, gesprächsführer, vertriebler,
        mitarbeiter am stand, capturé par, saisi par, scanné par, collaborateur, commercial,
        enregistré par, vendeur, responsable commercial, créé par, recueilli par, rencontré par,
        capturado por, escaneado por, registrado por, comercial, vendedor, atendido por, creado por,
        acquisito da, registrato da, scansionato da, venditore, commerciale, raccolto da, creato da,
        addetto stand, inserito da, görüşen kişi, görüşen, kaydeden, tarayan, satış temsilcisi,
        temsilci, kaydı alan, görüşmeyi yapan, kaydı yapan, stand görevlisi, ekleyen, sorumlu,
        ثبت‌کننده, ثبت کننده, ثبت توسط, کارشناس, کارشناس فروش, اسکن توسط, ثبت شده توسط, مسئول غرفه,
        فروشنده, همکار, المسجل, سجل بواسطة, تم التسجيل بواسطة, مندوب المبيعات, الموظف, المندوب,
        التقط بواسطة, مسجل بواسطة, تم المسح بواسطة, الموظف المسؤول""",
    "device": "device, device name, scanner, scanner name, scanner id, device id, reader, gerät, "
    "gerätename, appareil, lecteur, dispositivo, lector, lettore, cihaz, cihaz adı, tarayıcı,"
    " okuyucu, "
    "دستگاه, نام دستگاه, اسکنر, الجهاز, اسم الجهاز, الماسح, terminal, scanner gerät, nom de"
    " l'appareil, "
    "nombre del dispositivo, nome dispositivo",
    "source": "source, lead source, origin, capture method, capture type, scan type, entry method, "
    "method, quelle, leadquelle, herkunft, erfassungsart, source du lead, origine, fuente, origen, "
    "fuente del lead, fonte, origine lead, provenienza, kaynak, kaynağı, lead kaynağı, منبع,"
    " منبع سرنخ, "
    "نحوه آشنایی, المصدر, مصدر, مصدر العميل, how captured",
    "attendee_type": """
        attendee type, visitor type, ticket type, registration type, badge type, participant type,
        visitor category, attendee category, delegate type, contact type, type of visitor, ticket,
        category, registration category, badge category, pass type, ticket name, admission item,
        ticket class, visitor kind, type, besuchertyp, besucherart, ticketart, tickettyp,
        teilnehmertyp, besucherkategorie, ausweisart, ticketkategorie, besuchergruppe, kartenart,
        type de visiteur, type de billet, catégorie, catégorie de visiteur, type de badge, profil,
        type de participant, tipo de visitante, tipo de entrada, categoría, tipo de asistente,
        tipo de participante, perfil, tipo visitatore, tipo di visitatore, tipo biglietto,
        categoria, tipo di biglietto, tipologia visitatore, tipologia, tipo partecipante,
        ziyaretçi tipi, ziyaretçi türü, bilet tipi, bilet türü, katılımcı türü, kategori,
        katılımcı tipi, نوع بازدیدکننده, نوع بلیت, نوع بلیط, دسته, نوع شرکت‌کننده, گروه بازدیدکننده,
        نوع کارت, نوع الزائر, نوع التذكرة, فئة الزائر, الفئة, نوع المشارك, فئة التذكرة""",
    "consent": """
        consent, opt in, optin, opt-in, email opt in, marketing consent, gdpr, gdpr consent,
        newsletter, marketing opt in, permission, ok to email, ok to contact, may we email,
        email consent, contact permission, privacy consent, email permission, subscribe, subscribed,
        agree to be contacted, may we contact you, mailing consent, email ok, accepts marketing,
        einwilligung, einwilligung newsletter, newsletter anmeldung, werbeeinwilligung, dsgvo,
        zustimmung, einverständnis, dsgvo einwilligung, datenschutz, kontakt erlaubt,
        werbung erlaubt, einwilligung e-mail, newsletter ja/nein, consentement, rgpd, accord,
        consentement email, accepte les e-mails, accord de contact, inscription newsletter,
        opt in email, consentimiento, rgpd consentimiento, acepta, boletín, autorización,
        acepta correos, consentimiento email, permiso de contacto, lopd, consenso, consenso privacy,
        consenso marketing, privacy, autorizzazione, consenso email, consenso newsletter, kvkk,
        kvkk onayı, onay, izin, iletişim izni, e-posta izni, bülten, açık rıza, ticari ileti izni,
        kvkk izni, e-bülten, ileti izni, اجازه تماس, رضایت, اجازه ارسال ایمیل, موافقت, خبرنامه,
        اجازه ایمیل, رضایت‌نامه, موافق با تماس, الموافقة, موافقة, إذن التواصل, الموافقة على التواصل,
        النشرة البريدية, الموافقة على البريد""",
    "do_not_contact": """
        do not contact, no contact, blacklist, blacklisted, do not disturb, nicht kontaktieren,
        kein kontakt, kontaktsperre, ne pas contacter, no contactar, non contattare,
        iletişim istemiyor, تماس نگیرید, عدم تماس, لا تتصل, عدم التواصل, عدم الاتصال""",
    "do_not_call": """
        do not call, do not phone, no phone, no phone calls, no calls, dnc, nicht anrufen,
        keine anrufe, kein telefon, ne pas appeler, ne pas téléphoner, pas d'appel, no llamar,
        non chiamare, non telefonare, aramayın, arama istemiyor, زنگ نزنید, تلفن نزنید,
        عدم تماس تلفنی, عدم الاتصال الهاتفي""",
    "note": """
        note, notes, comment, comments, remark, remarks, message, description, free text, memo,
        additional information, additional info, lead notes, other, further information, feedback,
        conversation, conversation notes, sales notes, follow up notes, next step, next steps,
        details, observations, special requests, internal notes, your message, question,
        opmerkingen, opmerking, uwagi, observações, visit report, besuchsbericht, gesprächsbericht,
        bemerkung, bemerkungen, notiz, notizen, kommentar, kommentare, anmerkung, anmerkungen,
        nachricht, gesprächsnotiz, hinweis, hinweise, freitext, gesprächsnotizen, sonstiges,
        ihre nachricht, remarque, remarques, commentaire, commentaires, observations, observation,
        message libre, votre message, notes de visite, nota, notas, comentario, comentarios,
        observaciones, observación, mensaje, anotaciones, note commento, commento, commenti,
        osservazioni, messaggio, annotazioni, appunti, not, notlar, açıklama, açıklamalar, mesaj,
        yorum, yorumlar, görüşme notu, görüşme notları, mesajınız, düşünceler, توضیحات, توضیح,
        یادداشت, یادداشت‌ها, پیام, شرح, ملاحظات, نظر, نظرات, الملاحظات, ملاحظة, تعليق, تعليقات,
        التعليقات, الرسالة, رسالة, شرح وملاحظات""",
    "external_id": """
        id, external id, lead id, record id, badge id, badge number, badge no, registration id,
        registration number, badge nr, order #, order number, order id, order no, order,
        confirmation number,
        kontakt id, besucher id, visitor id, contact id, scan id, barcode, badge, uid, guid,
        customer id, reference, reference number, ausweisnummer, besuchernummer, externe id,
        bestellnummer, bestellung #, référence, identifiant, numéro de commande, numéro de badge,
        id externe, commande #, identificador, número de pedido, id externo, pedido #, referencia,
        identificativo, numero ordine, id esterno, ordine #, kimlik, sipariş no, harici id,
        kayıt no, sipariş numarası, sipariş #, شناسه, شماره سفارش, شناسه خارجی, کد رهگیری, المعرف,
        رقم الطلب, رقم التسجيل, المعرف الخارجي, kayıt numarası, کد""",
    "lead_title": """
        lead title, opportunity, opportunity name, subject, lead subject, enquiry, inquiry, deal,
        deal name, betreff, anfrage, objet, sujet, asunto, oportunidad, oggetto, opportunità, konu,
        fırsat, فرصت, موضوع, عنوان سرنخ, الموضوع, الفرصة, topic of enquiry, opportunité""",
    "kept": """
        company size, number of employees, employees, industry, sector, nature of business,
        department, division, business unit, annual revenue, revenue, turnover,
        linkedin,
        linkedin profile, linkedin profile url, linkedin url, profile url, xing profile, twitter,
        facebook, instagram, xing, skype, birthday, date of birth,
        follow up, follow up date, language, preferred language, business type, company type,
        industry sector, main activity, next contact, abteilung, branche, mitarbeiterzahl,
        anzahl mitarbeiter, umsatz, sprache, wiedervorlage, unternehmensgröße, firmengröße,
        geburtsdatum, secteur, secteur d'activité, effectif, service, langue, chiffre d'affaires,
        taille de l'entreprise, date de naissance, sector de actividad, departamento, idioma,
        tamaño de la empresa, fecha de nacimiento, facturación, settore, reparto, lingua,
        numero dipendenti, fatturato, data di nascita, sektör, departman, bölüm, dil,
        çalışan sayısı, doğum tarihi, ciro, صنعت, حوزه فعالیت, واحد, زبان, تعداد کارکنان,
        تاریخ تولد, القطاع, القسم, اللغة, عدد الموظفين, تاريخ الميلاد, النشاط""",
    "ignored": """
        #, no, nr, row, line, row number, s no, sr no, serial, lfd nr, sıra, sıra no, ردیف, م,
        quantity, qty, price tier, price, group, order type, currency, total paid, total, amount,
        lead gen form, attendee #, attendee number, attendee no, attendee id, attendee status,
        status, lead status, ad id, ad name, ad account name, campaign group name, adset id,
        adset name, campaign id, campaign name,
        form id, form name, is organic, platform, stage, fax, fax number, telefax, faxnummer,
        sales team, tags, tag, medium, campaign, active, company id, event, event name, event id,
        show, show name, exhibitor, booth, booth number, stand, last modified, modified, updated,
        updated at, last updated, ip, ip address, user agent, referrer, utm source, utm medium,
        utm campaign, ticket price, fees, eventbrite fees, taxes, payment type, payment status,
        photo, image, picture, anzahl, menge, preis, währung, gesamt, quantité, prix, devise,
        cantidad, precio, moneda, quantità, prezzo, valuta, adet, fiyat, para birimi, تعداد, قیمت,
        ارز, الكمية, السعر, العملة, durum, وضعیت, الحالة, statut, estado del lead, stato lead,
        duration, scan count, number of scans, guest #""",
}

# Words that say whose or which kind it is, and nothing about what it is.
QUALIFIERS = frozenset("""
    work business office primary main contact lead visitor attendee badge delegate participant
    registrant guest customer client prospect person persons personal professional your the of my
    company organisation organization home preferred best current original latest please enter
    required optional
    geschaftlich dienstlich privat beruflich firmen ihr ihre professionnel professionnelle pro
    bureau votre trabajo empresa laboral oficina su lavoro aziendale ufficio is sirket firma ofis
    کار محل شرکت العمل المكتب
    """.split())  # fmt: skip

# Of several addresses of one kind, the one of the firm.
WORK_WORDS = frozenset("""
    work business office corporate geschaftlich geschaftliche dienstlich dienstliche professionnel
    professionnelle trabajo laboral corporativo lavoro aziendale kurumsal sirket zakelijk sluzbowy
    рабочий рабочая profissional comercial سازمانی کاری العمل
    """.split())  # fmt: skip

# "Name of the city" is the city.
NAME_WORDS = frozenset(
    "name names نام اسم nom nombre nome adi ad ismi isim of de der des del la il".split()
)

# A column whose "yes" forbids: its answers are turned round.
REFUSAL_PHRASES = """
    opt out, optout, opted out, do not email, do not e-mail, no email, no emails,
    do not mail, unsubscribe, unsubscribed, no marketing, no newsletter, do not send,
    email opt out, refuse, refused, objects,
    keine werbung, keine e-mail, keine e-mails, keine emails, kein newsletter,
    abgemeldet, werbewiderspruch, widerspruch, pas d'e-mail,
    désabonné, désinscrit, opposition, ne pas envoyer, refus, no enviar, baja,
    no desea, disiscritto, non inviare, nessuna email,
    e-posta gönderme, abonelikten çıktı, istemiyor, göndermeyin,
    لغو عضویت, ایمیل نفرستید, عدم تمایل, إلغاء الاشتراك, لا ترسل"""
