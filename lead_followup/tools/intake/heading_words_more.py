"""How columns are called in Russian, Polish, Dutch and Portuguese, as in ``heading_words``."""

PHRASES_MORE: dict[str, str] = {
    "bare_name": "имя, имена, naam, nazwa",
    "bare_title": "обращение, tytuł, titulatuur, título",
    "name": """
        фио, ф и о, фамилия имя, фамилия имя отчество, имя фамилия, имя и фамилия, полное имя,
        контакт, контактное лицо, посетитель, участник, имя посетителя, фамилия и имя,
        imię i nazwisko, nazwisko i imię, osoba kontaktowa, kontakt, odwiedzający, uczestnik,
        pełne imię i nazwisko, volledige naam, naam contactpersoon, contactpersoon, bezoeker,
        naam bezoeker, voor en achternaam, deelnemer, nome completo, nome e sobrenome,
        pessoa de contato, contato, contacto, visitante, nome do visitante, nome do contato,
        participante""",
    "first_name": """
        имя контакта, имя отчество, imię, imiona, voornaam, voornamen, roepnaam, primeiro nome,
        nome próprio""",
    "last_name": """
        фамилия, nazwisko, achternaam, familienaam, sobrenome, apelido, último nome, ultimo nome""",
    "salutation": "пол, обращение г н, zwrot grzecznościowy, płeć, "
    "aanhef, geslacht, tratamento, gênero",
    "company": """
        компания, название компании, организация, название организации, фирма, предприятие,
        юридическое лицо, юр лицо, работодатель, место работы, наименование организации,
        наименование компании, firma, nazwa firmy, przedsiębiorstwo, organizacja, instytucja,
        pracodawca, spółka, bedrijf, bedrijfsnaam, naam bedrijf, organisatie, onderneming,
        werkgever, firmanaam, instelling, empresa, nome da empresa, companhia, organização,
        razão social, instituição, entidade""",
    "job_title": """
        должность, профессия, роль, позиция, должность в компании, stanowisko, funkcja, zawód,
        rola, stanowisko pracy, pozycja, functie, functietitel, beroep, rol, functieomschrijving,
        positie, cargo, função, profissão, posição, ocupação""",
    "email": """
        электронная почта, эл почта, почта, адрес электронной почты, имейл, емейл, е mail,
        e mail адрес, адрес почты, адрес e mail, рабочая почта, adres e mail, poczta elektroniczna,
        adres email, poczta, mailadres, e mailadres, emailadres, zakelijk e mailadres,
        endereço de e mail, endereço de email, correio eletrônico, correio electrónico""",
    "phone": """
        телефон, номер телефона, тел, тел номер, рабочий телефон, контактный телефон,
        городской телефон, номер, numer telefonu, nr telefonu, tel, telefon kontaktowy,
        telefon stacjonarny, telefon służbowy, telefoon, telefoonnummer, vast telefoonnummer,
        telefoonnr, tel nr, zakelijk telefoonnummer, telefone, número de telefone, fone,
        telefone comercial, telefone fixo, número do telefone, telefone de contato""",
    "mobile": """
        мобильный, мобильный телефон, сотовый, сотовый телефон, моб телефон, моб,
        номер мобильного, telefon komórkowy, komórka, numer komórkowy, nr komórki, komórkowy,
        mobiel, mobiele telefoon, mobiel nummer, gsm nummer, mobiele nummer, 06 nummer, celular,
        telemóvel, telefone celular, número de celular, telefone móvel""",
    "website": """
        сайт, веб сайт, вебсайт, адрес сайта, интернет сайт, strona internetowa, strona www, www,
        witryna, webpagina, website bedrijf, página web, página da web,
        sítio web, site da empresa""",
    "street": """
        адрес, улица, почтовый адрес, улица дом, юридический адрес, ulica, adres, ulica i numer,
        adres pocztowy, straat, straatnaam, straat en huisnummer, postadres, endereço, rua,
        logradouro, morada, endereço completo""",
    "city": "город, населенный пункт, нас пункт, miasto, miejscowość, plaats, woonplaats, "
    "stad, "
    "vestigingsplaats, cidade, município, localidade",
    "zip": "индекс, почтовый индекс, kod pocztowy, postcode, cep, código postal",
    "state": "регион, область, край, субъект рф, województwo, provincie, região, estado, uf, "
    "distrito",
    "country": "страна, государство, kraj, państwo, land, land van herkomst, país",
    "rating": """
        оценка, рейтинг, температура, приоритет, качество лида, оценка лида, ocena, priorytet,
        jakość leada, beoordeling, prioriteit, kwalificatie, avaliação, classificação, prioridade,
        temperatura, qualificação""",
    "budget": "бюджет, бюджет проекта, budżet, budżet projektu, budget project, orçamento, verba",
    "authority": """
        роль в принятии решения, роль в закупке, принятие решений, полномочия,
        rola w procesie decyzyjnym, rola w decyzji, uprawnienia decyzyjne, rol bij de aankoop,
        beslissingsbevoegdheid, rol in besluitvorming, papel na decisão, poder de decisão""",
    "timeframe": """
        срок покупки, сроки, срок, срок закупки, когда планируете покупку, сроки покупки,
        сроки проекта, termin zakupu, kiedy planowany zakup, planowany termin,
        aankooptermijn, wanneer koopt u, prazo, prazo de compra, prazo do projeto""",
    "interest": """
        интерес, интересы, интересует, интересующий продукт, интересующая продукция, продукт,
        продукты, продукция, тема, темы, zainteresowania, zainteresowanie, produkt, produkty,
        interesujące produkty, temat, interesse, interesses, producten, product,
        interesse in, onderwerp, produto, produtos, produto de interesse, produtos de interesse,
        área de interesse""",
    "scanned_at": """
        дата, дата сканирования, дата и время, дата визита, дата посещения, дата регистрации,
        дата создания, дата контакта, время сканирования, создано, отсканировано, добавлено, data,
        data skanowania, data wizyty, data rejestracji, data i godzina, data utworzenia,
        data kontaktu, czas skanowania, scandatum, datum, datum scan, datum en tijd, bezoekdatum,
        datum bezoek, registratiedatum, aangemaakt op, gescand op, data da captura, data e hora,
        data da visita, data de registro, data do contato, data de criação, capturado em""",
    "scanned_time": "время, час, godzina, czas, tijd, tijdstip, uur, horário",
    "captured_by": """
        менеджер, сотрудник, кто сканировал, ответственный, отсканировал, отсканировано кем,
        сотрудник стенда, менеджер стенда, продавец, handlowiec, pracownik, zeskanowane przez,
        opiekun, zeskanował, osoba na stoisku, gescand door, medewerker, verkoper,
        standmedewerker, vastgelegd door, aangemaakt door, capturado por, vendedor, atendido por,
        responsável, registrado por, criado por, escaneado por""",
    "device": "устройство, сканер, urządzenie, skaner, apparaat, toestel, dispositivo, leitor",
    "source": "источник, источник лида, źródło, źródło leada, bron, leadbron, herkomst, "
    "origem, fonte",
    "attendee_type": """
        тип посетителя, тип билета, категория, категория посетителя, тип участника, вид билета,
        typ uczestnika, typ biletu, kategoria, rodzaj biletu, typ odwiedzającego, type bezoeker,
        bezoekerstype, tickettype, categorie, type ticket, tipo de visitante, tipo de ingresso,
        tipo de participante, categoria""",
    "consent": """
        согласие, согласие на рассылку, согласие на обработку данных, рассылка, подписка,
        согласие на обработку персональных данных, zgoda, zgoda marketingowa, zgoda na kontakt,
        zgoda rodo, rodo, toestemming, akkoord, avg, avg toestemming, nieuwsbrief,
        consentimento, aceita e mails, autorização, lgpd, aceite""",
    "do_not_contact": """
        не связываться, не контактировать, черный список, nie kontaktować się, nie kontaktować,
        czarna lista, niet contacteren, niet benaderen, zwarte lijst, não contatar, não contactar,
        lista negra""",
    "do_not_call": "не звонить, без звонков, nie dzwonić, niet bellen, geen telefoon, não ligar, "
    "não telefonar",
    "note": """
        комментарий, комментарии, примечание, примечания, заметка, заметки, сообщение, описание,
        вопрос, komentarz, komentarze, notatka, notatki, uwagi, wiadomość, opis, opmerking,
        opmerkingen, notitie, notities, bericht, toelichting, observação, observações, nota,
        notas, anotações, comentário, comentários, mensagem, descrição""",
    "external_id": """
        идентификатор, номер бейджа, ид, номер билета, номер заказа, identyfikator, numer biletu,
        numer identyfikatora, badgenummer, ordernummer, identificador, número do crachá,
        número do pedido""",
    "lead_title": "тема лида, сделка, temat leada, onderwerp lead, oportunidade, assunto",
    "kept": """
        отдел, отрасль, число сотрудников, язык, дата рождения, branża, dział,
        liczba pracowników, język, data urodzenia, branche, afdeling, aantal medewerkers, taal,
        geboortedatum, setor, departamento, número de funcionários, data de nascimento""",
    "ignored": """
        номер строки, п п, количество, цена, статус, факс, lp, l p, ilość, cena, status, faks,
        aantal, prijs, quantidade, preço, situação""",
}

# A column whose "yes" forbids mail.
REFUSAL_PHRASES_MORE = """
    не писать, отписка, отписан, отказ от рассылки, отказ, не отправлять, rezygnacja, wypisany,
    nie wysyłać, sprzeciw, afgemeld, uitgeschreven, geen e mail, geen mail, niet mailen,
    geen nieuwsbrief, descadastrado, não enviar, cancelou inscrição, não enviar e mail"""
