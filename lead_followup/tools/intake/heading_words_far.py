"""How columns are called in further languages, as in ``heading_words``.

Swedish, Danish, Norwegian, Finnish, Czech, Hungarian, Romanian, Greek, Japanese, Chinese, Korean.
"""

PHRASES_FAR: dict[str, str] = {
    "bare_name": "namn, navn, nimi, jméno, név, nume, όνομα, 名前, お名前, 名称, 名字, 이름",
    "name": """
        för och efternamn, fullständigt namn, kontaktperson, kontaktnamn, besökare, deltagare,
        fulde navn, fullt navn, for og efternavn, for og etternavn, besøgende, besøkende, deltager,
        koko nimi, yhteyshenkilö, kävijä, osallistuja, celé jméno, jméno a příjmení,
        kontaktní osoba, návštěvník, účastník, teljes név, kapcsolattartó, látogató, résztvevő,
        nume complet, nume și prenume, prenume și nume, persoană de contact, vizitator, participant,
        ονοματεπώνυμο, πλήρες όνομα, επισκέπτης, υπεύθυνος επικοινωνίας, 氏名, フルネーム,
        担当者名, ご担当者名, 来場者名, 来場者, 姓名, 联系人, 联系人姓名, 聯絡人, 聯絡人姓名,
        访客姓名, 參觀者姓名, 성명, 성함, 담당자명, 방문자명, 참가자명""",
    "first_name": """
        förnamn, tilltalsnamn, fornavn, etunimi, křestní jméno, keresztnév, utónév, prenume,
        μικρό όνομα, 名, ファーストネーム""",
    "last_name": """
        efternamn, etternavn, sukunimi, příjmení, vezetéknév, családnév, nume de familie, επώνυμο,
        επίθετο, 姓, 苗字, 성""",
    "salutation": "tilltal, tiltale, puhuttelu, oslovení, megszólítás, formulă de adresare, "
    "προσφώνηση, 敬称, 性別, 称呼, 稱謂, 性别, 호칭, 성별",
    "company": """
        företag, företagsnamn, bolag, organisationsnamn, arbetsgivare, virksomhed, virksomhedsnavn,
        firmanavn, bedrift, bedriftsnavn, selskap, selskab, yritys, yrityksen nimi, organisaatio,
        společnost, název společnosti, název firmy, podnik, organizace, cég, cégnév, vállalat,
        szervezet, munkahely, companie, numele companiei, firmă, denumire firmă, societate,
        organizație, εταιρεία, εταιρία, επωνυμία, οργανισμός, 会社名, 会社, 貴社名, 企業名, 社名,
        勤務先, 御社名, 法人名, 公司, 公司名称, 公司名稱, 单位, 单位名称, 企业, 企业名称,
        회사, 회사명, 소속, 기업명, 업체명""",
    "job_title": """
        befattning, yrkestitel, yrkesroll, arbetstitel, stilling, stillingsbetegnelse,
        stillingstittel, jobtitel, jobbtittel, tehtävänimike, tehtävä, ammattinimike, asema,
        pozice, pracovní pozice, funkce, pracovní zařazení, beosztás, munkakör, pozíció,
        funcție, funcția, poziție, θέση, θέση εργασίας, ιδιότητα, 役職, 役職名, 肩書き, 肩書,
        职位, 職位, 职务, 職務, 职称, 職稱, 직책, 직위, 직함, 직급""",
    "email": """
        epost, epostadress, mejl, mejladress, e postadress, epostadresse, sähköposti,
        sähköpostiosoite, elektronická pošta, mailová adresa, emailová adresa, e mail cím,
        email cím, villámposta, adresă de email, adresă e mail, poștă electronică,
        ηλεκτρονικό ταχυδρομείο, ηλεκτρονική διεύθυνση, διεύθυνση email, メールアドレス, メール,
        eメール, 電子メール, 邮箱, 郵箱, 电子邮箱, 电子邮件, 電子郵件, 邮箱地址, 電郵, 이메일,
        이메일 주소, 메일, 전자우편""",
    "phone": """
        telefonnummer, telefonnr, tlf, tlf nr, telefonnumret, puhelin, puhelinnumero, puh,
        telefonní číslo, číslo telefonu, telefonszám, număr de telefon, nr telefon, τηλέφωνο,
        αριθμός τηλεφώνου, τηλ, 電話番号, 電話, tel番号, 电话, 电话号码, 電話號碼, 联系电话,
        聯絡電話, 座机, 전화, 전화번호, 연락처""",
    "mobile": """
        mobilnummer, mobilnr, mobiltelefon, mobiltelefonnummer, matkapuhelin, matkapuhelinnumero,
        gsm, mobilní telefon, mobil telefon, mobilszám, telefon mobil, κινητό, κινητό τηλέφωνο,
        携帯電話, 携帯, 携帯番号, 携帯電話番号, 手机, 手机号, 手机号码, 手機, 手機號碼, 移动电话,
        휴대폰, 휴대전화, 핸드폰, 휴대폰번호, 휴대폰 번호""",
    "website": "webbplats, hemsida, hjemmeside, nettside, nettsted, verkkosivusto, kotisivu, "
    "webové stránky, weboldal, honlap, site web, ιστοσελίδα, ウェブサイト, ホームページ, 网站,"
    " 網站, 网址, 網址, 홈페이지, 웹사이트",
    "street": """
        gatuadress, gata, vejnavn, gade, gateadresse, katuosoite, osoite, lähiosoite, ulice,
        adresa, utca, cím, lakcím, strada, adresă, οδός, διεύθυνση, 住所, 番地, 町名番地, 所在地,
        地址, 街道, 详细地址, 通訊地址, 주소, 상세주소""",
    "city": "postort, stad, poststed, kaupunki, postitoimipaikka, paikkakunta, město, obec, "
    "város, település, oraș, localitate, πόλη, 市区町村, 市, 都市, 城市, 도시, 시군구",
    "zip": "postnummer, postnr, postinumero, psč, směrovací číslo, irányítószám, cod poștal, "
    "ταχυδρομικός κώδικας, τκ, τ κ, 郵便番号, 邮编, 邮政编码, 郵遞區號, 우편번호",
    "state": "län, landskap, fylke, maakunta, kraj, megye, județ, νομός, περιφέρεια, 都道府県, 省, "
    "省份, 州, 시도",
    "country": "maa, země, stát, ország, țară, țara, χώρα, 国, 国名, 国家, 國家, "
    "国家地区, 국가, 나라",
    "rating": """
        betyg, omdöme, prioritet, kundbetyg, vurdering, bedømmelse, arvio, arvosana, prioriteetti,
        hodnocení, priorita, értékelés, minősítés, prioritás, evaluare, calificativ, prioritate,
        αξιολόγηση, προτεραιότητα, ランク, 評価, 優先度, 見込み度, 确度, 意向, 意向等级, 意向程度,
        等级, 优先级, 評分, 優先級, 등급, 평가, 우선순위, 관심도""",
    "budget": "budjetti, rozpočet, költségvetés, keret, buget, προϋπολογισμός, 予算, ご予算, 预算, "
    "預算, 采购预算, 예산",
    "authority": """
        beslutsroll, beslutsfattare, roll i beslutet, beslutningsrolle, beslutningstager,
        päätösvalta, rooli päätöksessä, rozhodovací pravomoc, role v rozhodování, döntési jogkör,
        döntéshozó, rol în decizie, putere de decizie, ρόλος στην απόφαση, 決裁権, 決裁権限,
        導入における立場, 决策权, 决策角色, 採購角色, 采购角色, 의사결정 권한, 결정권, 구매 역할""",
    "timeframe": """
        tidsram, tidplan, inköpstidpunkt, tidsramme, tidshorisont, købstidspunkt, aikataulu,
        hankinta ajankohta, ostoaikataulu, termín nákupu, časový horizont, vásárlás ideje,
        időkeret, termen de achiziție, orizont de timp, χρονοδιάγραμμα, χρόνος αγοράς, 導入時期,
        導入予定時期, 購入時期, 検討時期, 采购时间, 採購時間, 采购周期, 预计采购时间,
        购买时间, 도입 시기, 도입시기, 구매 시기, 구매시기, 구매 예정 시기""",
    "interest": """
        intresse, intressen, intresserad av, produktintresse, produkter, interesser,
        interesseret i, interessert i, produktinteresse, kiinnostus, kiinnostuksen kohteet,
        kiinnostavat tuotteet, tuotteet, zájem, zájmy, zájem o produkt, produkty zájmu,
        érdeklődés, érdeklődési kör, termék, termékek, interese, interesat de, produse,
        ενδιαφέρον, ενδιαφέροντα, προϊόντα, προϊόν ενδιαφέροντος, 興味のある製品, 関心のある製品,
        ご興味のある製品, 興味, 関心, 製品, 興味のある商品, 感兴趣的产品, 感興趣的產品, 兴趣,
        意向产品, 关注产品, 产品, 產品, 관심 제품, 관심제품, 관심 분야, 관심분야, 관심사, 제품""",
    "scanned_at": """
        besöksdatum, skannad, registreringsdatum, skannad datum, dato, besøgsdato, besøksdato,
        scannet, skannet, registreringsdato, oprettet, opprettet, dato og tid, dato og klokkeslæt,
        päivämäärä, pvm, käyntipäivä, skannattu, datum návštěvy, datum skenování, datum a čas,
        dátum, látogatás dátuma, beolvasás ideje, data vizitei, data scanării, data și ora,
        ημερομηνία, ημερομηνία επίσκεψης, ημερομηνία και ώρα, 来場日時, 来場日, 日時, 日付,
        スキャン日時, 登録日時, 名刺交換日, 扫描时间, 掃描時間, 日期, 来访时间, 登记时间, 创建时间,
        參觀時間, 录入时间, 스캔 일시, 스캔일시, 방문 일시, 방문일시, 방문일, 일시, 날짜, 등록일""",
    "scanned_time": "klockslag, tid, klokkeslæt, klokkeslett, aika, kellonaika, čas, idő, időpont, "
    "ora, ώρα, 時刻, 時間, 时间, 시간",
    "captured_by": """
        skannad av, registrerad av, säljare, scannet af, skannet av, sælger, selger,
        registreret af, skannasi, skannaaja, myyjä, naskenoval, obchodník, zaznamenal, rögzítette,
        értékesítő, scanat de, vânzător, agent de vânzări, καταχωρήθηκε από, πωλητής, 担当者,
        対応者, 当社担当者, 営業担当, 接待人, 接待人员, 扫描人, 销售, 业务员, 業務員, 负责人,
        담당자, 응대자, 스캔 담당자, 영업 담당자""",
    "source": "källa, kilde, lähde, zdroj, forrás, sursă, πηγή, 流入元, 獲得経路, 来源, 來源, "
    "客户来源, 출처, 유입 경로",
    "attendee_type": "besökartyp, biljettyp, besøgstype, billettype, kävijätyyppi, lipputyyppi, "
    "typ návštěvníka, typ vstupenky, látogató típusa, jegytípus, tip vizitator, tip bilet, "
    "τύπος επισκέπτη, 来場者区分, 来場者種別, 参观者类型, 觀眾類型, 방문자 유형, 참가자 유형",
    "consent": """
        samtycke, godkännande, nyhetsbrev, samtykke, samtykker, nyhedsbrev, nyhetsbrev ja,
        suostumus, uutiskirje, markkinointilupa, souhlas, souhlas se zpracováním,
        marketingový souhlas, hozzájárulás, hírlevél, acord, consimțământ, acord gdpr,
        συγκατάθεση, συναίνεση, 同意, メール配信, メール配信可否, 個人情報同意, 同意接收邮件,
        同意接收郵件, 是否同意, 동의, 수신 동의, 마케팅 동의, 개인정보 동의""",
    "do_not_call": "ring ej, ring inte, ring ikke, ei saa soittaa, nevolat, ne hívja, nu sunați, "
    "μην καλείτε, 電話不可, 勿致电, 전화 금지",
    "note": """
        anteckning, anteckningar, kommentar, kommentarer, noteringar, notering, bemærkning,
        bemærkninger, noter, merknad, merknader, notater, notat, huomautus, huomautukset,
        muistiinpanot, kommentit, lisätiedot, poznámka, poznámky, komentář, megjegyzés,
        megjegyzések, jegyzet, observații, notițe, comentarii, σημειώσεις, σχόλια, παρατηρήσεις,
        備考, メモ, コメント, 商談内容, 备注, 備註, 说明, 留言, 评论, 沟通记录, 비고, 메모, 참고,
        상담 내용, 코멘트""",
    "external_id": "badge id, biljettnummer, bricknummer, číslo vstupenky, jegyszám, "
    "バッジ番号, 来場者番号, 受付番号, 证件号, 胸卡号, 배지 번호, 등록번호",
    "kept": """
        avdelning, bransch, antal anställda, språk, afdeling, branche, antal ansatte, sprog,
        osasto, toimiala, henkilöstömäärä, kieli, oddělení, odvětví, počet zaměstnanců, jazyk,
        osztály, iparág, létszám, nyelv, departament, domeniu de activitate, τμήμα, κλάδος,
        部署, 部署名, 業種, 従業員数, 部门, 部門, 行业, 行業, 员工人数, 부서, 업종, 직원수""",
    "ignored": "nr, antal, pris, status, tila, číslo, stav, sorszám, állapot, preț, "
    "fax, faxnummer, faks, ファックス, 传真, 傳真, 序号, 序號, 番号, 번호, 팩스",
}

REFUSAL_PHRASES_FAR = """
    avregistrerad, vill ej ha mejl, ingen e post, frameldt, avmeldt, ingen mail, peruutettu,
    ei sähköpostia, odhlášen, neposílat, leiratkozott, ne küldjön, dezabonat, nu trimiteți,
    διαγραφή, όχι email, 配信停止, メール不可, 退订, 退訂, 请勿发邮件, 수신 거부, 수신거부"""
