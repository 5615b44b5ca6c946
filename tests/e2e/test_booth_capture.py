"""Leads taken down at a booth on a phone, in Chromium: scanned, offline, killed, sent once."""

import base64
import io

import pytest
from booth_phone import Hall, Phone, film_code
from PIL import Image
from playwright.sync_api import sync_playwright
from servers import wait_for

CARD = """BEGIN:VCARD
VERSION:3.0
N:Lind;Anna;;;
FN:Anna Lind
ORG:Ample Pumps
TITLE:Head of Purchasing
EMAIL:anna.lind@ample-pumps.example
TEL;TYPE=WORK:+12025550143
END:VCARD"""
CONTACT = ["contact_name", "partner_name", "email_from", "function", "phone", "booth_rating"]


@pytest.fixture(scope="module")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture
def hall(server):
    network = Hall(server.url)
    yield network
    network.close()


@pytest.fixture
def show(server):
    vals = {"name": "Booth Expo", "date_begin": "2026-03-17", "date_end": "2026-03-19"}
    return server.rpc("lead.trade.show", "create", {**vals, "tz": "Europe/Berlin"})


@pytest.fixture(scope="module")
def colleague(server):
    if not server.rpc("res.users", "search", [("login", "=", "booth_other")]):
        group = server.rpc.ref("sales_team.group_sale_salesman")
        vals = {"name": "Otto Other", "login": "booth_other", "password": "booth_other"}
        server.rpc("res.users", "create", {**vals, "group_ids": [(4, group)]})
    return "booth_other"


@pytest.fixture
def make_phone(playwright, tmp_path):
    phones = []

    def make(camera=None):
        phones.append(Phone(playwright, tmp_path, camera))
        return phones[-1]

    yield make
    for phone in phones:
        phone.kill()
        assert not phone.errors, phone.errors


@pytest.fixture
def phone(make_phone, hall, show):
    """A phone with the booth open, its page kept."""
    made = make_phone()
    made.log_in(hall.url, show)
    made.wait_until_kept()
    return made


def leads_of(server, show, fields=("contact_name",)):
    domain = [("visit_ids.trade_show_id", "=", show)]
    found = server.rpc("crm.lead", "search_read", domain, list(fields), order="contact_name")
    return [{field: lead[field] for field in fields} for lead in found]


def names_of(server, show):
    return [lead["contact_name"] for lead in leads_of(server, show)]


def kept_pages(page):
    names = page.evaluate("async () => await caches.keys()")
    return [name for name in names if name.startswith("lead-booth")]


def picture(width, height):
    content = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, "PNG")
    return {"name": "card.png", "mimeType": "image/png", "buffer": content.getvalue()}


def test_scanned_card_becomes_a_lead_with_its_answers(server, hall, show, make_phone, tmp_path):
    film_code(CARD, tmp_path / "card.y4m")
    phone = make_phone(tmp_path / "card.y4m")
    phone.log_in(hall.url, show)
    page = phone.page

    page.click(".o_booth_scan")
    page.wait_for_selector(".o_booth_card", timeout=60_000)
    assert page.inner_text(".o_booth_card h2") == "Anna Lind"
    page.click("[data-rating=hot]")
    page.click("[data-qualifier=budget] [data-answer=gt250k]")
    page.click("[data-option=yes]")
    page.set_input_files("input[type=file]", picture(2400, 1200))
    page.wait_for_selector(".o_booth_photo")
    page.click(".o_booth_save")
    page.wait_for_selector(".o_booth_saved")
    phone.wait_until_sent()

    [lead] = leads_of(server, show, [*CONTACT, "email_consent", "qualification_ids", "id"])
    assert [lead[field] for field in CONTACT] == [
        "Anna Lind",
        "Ample Pumps",
        "anna.lind@ample-pumps.example",
        "Head of Purchasing",
        "+12025550143",
        "hot",
    ]
    assert lead["email_consent"] == "yes"
    answers = server.rpc("lead.qualification", "read", lead["qualification_ids"], ["answer_id"])
    codes = server.rpc(
        "lead.qualifier.answer", "read", [one["answer_id"][0] for one in answers], ["code"]
    )
    assert "gt250k" in [one["code"] for one in codes]
    domain = [("res_model", "=", "crm.lead"), ("res_id", "=", lead["id"])]
    newest = {"order": "id desc", "limit": 1}
    [photo] = server.rpc("ir.attachment", "search_read", domain, ["datas", "mimetype"], **newest)
    assert photo["mimetype"] == "image/jpeg"
    assert Image.open(io.BytesIO(base64.b64decode(photo["datas"]))).size == (1600, 800)


def test_offline_captures_survive_a_crash_and_a_lost_answer(server, hall, show, phone):
    """Nobody is lost and nobody is there twice, whatever hall and phone do."""
    hall.is_open = False
    for name in ("Ada", "Bea", "Cleo"):
        phone.type(name=name, company="Offline Ltd", email=f"{name.lower()}@offline.example")
    phone.kill()
    phone.start()
    phone.page.goto(f"{hall.url}/lead/booth/{show}")
    phone.page.wait_for_selector(".o_booth_waiting[data-count='3']")
    phone.page.click(".o_booth_waiting")
    listed = [title.split(" · ")[0] for title in phone.page.locator("h2").all_inner_texts()]
    assert listed == ["Ada", "Bea", "Cleo"]
    assert names_of(server, show) == []

    hall.loses_answers = hall.is_open = True
    phone.page.click(".o_booth_footer .o_booth_primary")
    wait_for(lambda: hall.lost and len(names_of(server, show)) == 3, 60)
    assert phone.waiting() == 3  # for all it knows
    hall.loses_answers = False
    phone.page.click(".o_booth_footer .o_booth_primary")
    phone.wait_until_sent()

    assert names_of(server, show) == ["Ada", "Bea", "Cleo"]
    rows = server.rpc("lead.import.row", "search_count", [("import_id.trade_show_id", "=", show)])
    assert rows == 3


def test_what_is_saved_while_the_network_is_away_goes_by_itself(server, hall, show, phone):
    hall.is_open = False
    phone.type(name="Dora", company="Later Ltd")
    phone.page.wait_for_selector(".o_lead_booth[data-status=offline]")
    hall.is_open = True

    phone.wait_until_sent()  # no button is pressed

    assert names_of(server, show) == ["Dora"]


def test_refused_capture_stays_with_its_reason_and_is_corrected(server, hall, show, phone):
    page = phone.page
    hall.is_open = False
    phone.type(name="Edda", email="edda at nowhere")
    hall.is_open = True

    page.click(".o_booth_waiting")
    page.click(".o_booth_footer .o_booth_primary")
    page.wait_for_selector("[data-state=rejected] .o_booth_reason")
    assert page.inner_text("[data-state=rejected] .o_booth_reason").strip()
    page.click("[data-state=rejected] .o_booth_row button:first-child")
    page.fill("[name=email]", "edda@somewhere.example")
    page.click(".o_booth_save")
    phone.wait_until_sent()

    assert names_of(server, show) == ["Edda"]


def test_too_little_for_a_lead_is_kept_to_be_completed(server, show, phone):
    phone.type(name="Only A Name")
    assert phone.waiting() == 1

    phone.page.click(".o_booth_waiting")
    phone.page.wait_for_selector("[data-state=unfinished]")
    phone.page.click(".o_booth_entry .o_booth_row button:first-child")
    phone.page.fill("[name=company]", "And A Company")
    phone.page.click(".o_booth_save")
    phone.wait_until_sent()

    assert names_of(server, show) == ["Only A Name"]


def test_deleting_by_hand_asks_once_more(server, hall, show, phone):
    hall.is_open = False
    phone.type(name="Fay", company="Gone Ltd")
    phone.page.click(".o_booth_waiting")
    delete = phone.page.locator(".o_booth_entry .o_booth_row button").nth(1)

    delete.click()
    assert phone.waiting() == 1
    delete.click()

    phone.page.wait_for_selector(".o_booth_waiting[data-count='0']")


def test_expired_session_keeps_all_until_the_next_login(server, hall, show, phone):
    phone.page.context.clear_cookies()
    phone.type(name="Gro", company="Patient Ltd")
    phone.page.wait_for_selector(".o_lead_booth[data-status=login]")
    assert phone.waiting() == 1

    phone.page.click(".o_booth_notice a")
    phone.page.fill("input[name=login]", "admin")
    phone.page.fill("input[name=password]", "admin")
    phone.page.click("button[type=submit]")
    phone.page.wait_for_selector(".o_booth_home")
    phone.wait_until_sent()

    assert names_of(server, show) == ["Gro"]


def test_another_user_neither_sees_nor_sends_mine(server, hall, show, phone, colleague):
    hall.is_open = False
    phone.type(name="Hilda", company="Mine Ltd")
    phone.page.wait_for_selector(".o_lead_booth[data-status=offline]")
    phone.page.context.clear_cookies()
    hall.is_open = True

    phone.log_in(hall.url, show, colleague)
    phone.page.click(".o_booth_waiting")

    phone.page.wait_for_selector(".o_booth_others")
    assert phone.waiting() == 0
    assert "Hilda" not in phone.page.inner_text("body")
    assert names_of(server, show) == []


def test_page_left_open_sends_nothing_as_another_user(server, hall, show, phone, colleague):
    page = phone.page
    page.context.clear_cookies()
    second = page.context.new_page()
    second.goto(f"{hall.url}/web/login?redirect=/lead/booth/{show}")
    second.fill("input[name=login]", colleague)
    second.fill("input[name=password]", colleague)
    second.click("button[type=submit]")
    second.wait_for_selector(".o_booth_home")
    second.close()

    phone.type(name="Ida", company="Mine Ltd")
    page.wait_for_selector(".o_lead_booth[data-status=other]")

    assert "Otto Other" in page.inner_text(".o_booth_notice")
    assert phone.waiting() == 1
    assert names_of(server, show) == []


def test_half_written_visitor_survives_a_reload(hall, show, phone):
    page = phone.page
    hall.is_open = False
    page.click(".o_booth_type")
    page.fill("[name=name]", "Jo Half")
    page.click("[data-rating=warm]")
    page.wait_for_timeout(1000)

    page.reload()
    page.wait_for_selector(".o_booth_form")

    assert page.input_value("[name=name]") == "Jo Half"
    assert page.get_attribute("[data-rating=warm]", "aria-pressed") == "true"


def test_known_visitor_is_shown_as_known(server, hall, show, phone):
    vals = {"name": "Pumps", "contact_name": "Kim Known", "email_from": "kim@known.example"}
    lead = server.rpc("crm.lead", "create", {**vals, "user_id": server.rpc.uid})
    note = {"body": "Send the price list first.", "message_type": "comment"}
    server.rpc("crm.lead", "message_post", lead, **note, subtype_xmlid="mail.mt_note")

    phone.page.click(".o_booth_type")
    phone.page.fill("[name=email]", "kim@known.example")
    phone.page.wait_for_selector(".o_booth_known")

    told = phone.page.inner_text(".o_booth_known")
    owner = server.rpc("res.users", "read", [server.rpc.uid], ["name"])[0]["name"]
    assert owner in told and note["body"] in told


def test_camera_that_is_not_allowed_says_what_to_do(phone):
    phone.page.click(".o_booth_scan")
    phone.page.wait_for_selector(".o_booth_trouble")

    assert "allow the camera" in phone.page.inner_text(".o_booth_trouble")
    phone.page.click(".o_booth_type")
    phone.page.wait_for_selector(".o_booth_form")


def test_full_phone_says_so_and_keeps_the_form(phone):
    page = phone.page
    page.evaluate(
        """() => { IDBObjectStore.prototype.put = () => {
            throw new DOMException("full", "QuotaExceededError"); }; }"""
    )
    page.click(".o_booth_type")
    page.fill("[name=name]", "Lia")
    page.fill("[name=company]", "Full Ltd")
    page.click(".o_booth_save")
    page.wait_for_selector(".o_booth_form > .o_booth_warning")

    assert "no room" in page.inner_text(".o_booth_form > .o_booth_warning")
    assert page.input_value("[name=name]") == "Lia"


def test_logging_out_takes_the_kept_page_away_but_no_capture(hall, show, phone):
    page = phone.page
    hall.is_open = False
    phone.type(name="Mia", company="Stays Ltd")
    hall.is_open = True

    page.click(".o_booth_status .o_booth_muted a")
    page.click("text=Log out")
    page.wait_for_url("**/web/login**")

    assert not kept_pages(page)
    phone.log_in(hall.url, show)
    phone.wait_until_sent()


def test_logging_out_of_odoo_takes_the_kept_page_away_too(hall, phone):
    page = phone.page
    page.set_viewport_size({"width": 1366, "height": 900})
    page.goto(f"{hall.url}/odoo/trade-shows")
    page.wait_for_selector(".o_kanban_view")
    assert kept_pages(page)

    page.click(".o_user_menu button")
    page.click("[data-menu=logout]")
    page.wait_for_url("**/web/login**")

    assert not kept_pages(page)


def test_two_tabs_send_a_capture_once(server, hall, show, phone):
    hall.is_open = False
    phone.type(name="Nora", company="Once Ltd")
    second = phone.page.context.new_page()
    second.goto(f"{hall.url}/lead/booth/{show}")
    second.wait_for_selector(".o_booth_waiting[data-count='1']")

    hall.is_open = True
    for page in (phone.page, second):
        page.evaluate("() => window.dispatchEvent(new Event('online'))")
    phone.wait_until_sent()
    second.wait_for_selector(".o_booth_waiting[data-count='0']")

    rows = server.rpc("lead.import.row", "search_count", [("import_id.trade_show_id", "=", show)])
    assert rows == 1


def test_plain_http_says_what_is_missing_and_typing_works(server, hall, show, make_phone):
    phone = make_phone()
    phone.log_in(hall.plain_url, show)
    assert "no https" in phone.page.inner_text(".o_booth_status")
    phone.page.click(".o_booth_scan")
    assert "https" in phone.page.inner_text(".o_booth_trouble")
    phone.page.click(".o_booth_footer button:first-child")

    phone.type(name="Olga", company="Plain Ltd")
    phone.wait_until_sent()

    assert names_of(server, show) == ["Olga"]


def test_back_and_enter_lose_nothing(phone):
    page = phone.page
    page.click(".o_booth_type")
    page.keyboard.type("Pia")
    page.keyboard.press("Enter")
    page.keyboard.type("Enter Ltd")

    page.go_back()

    assert page.input_value("[name=name]") == "Pia"
    assert page.input_value("[name=company]") == "Enter Ltd"
    page.click(".o_booth_save")
    page.wait_for_selector(".o_booth_saved")
    page.click(".o_booth_waiting")
    page.go_back()
    page.wait_for_selector(".o_booth_home")


CODES = [
    (CARD, {"name": "Anna Lind", "company": "Ample Pumps", "job_title": "Head of Purchasing",
            "email": "anna.lind@ample-pumps.example", "phone": "+12025550143"}),
    ("MECARD:N:Bell,Ann;TEL:+12025550111;EMAIL:ann@acme.example;;",
     {"name": "Ann Bell", "phone": "+12025550111", "email": "ann@acme.example"}),
    (r"MECARD:N:O\;Neill\, Sr,Pat;ORG:Pumps\: more;;",
     {"name": "Pat O;Neill, Sr", "company": "Pumps: more"}),
    ("BIZCARD:N:Sean;X:Owen;T:Engineer;C:Acme;B:+12125551212;E:sean@acme.example;;",
     {"name": "Sean Owen", "job_title": "Engineer", "company": "Acme", "phone": "+12125551212",
      "email": "sean@acme.example"}),
    ("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\n"
     "TEL;CELL:+4915112345678\r\nTEL;FAX:+4930999\r\nEND:VCARD",
     {"name": "Jörg Müller", "mobile": "+4915112345678"}),
    ("BEGIN:VCARD\nVERSION:4.0\nFN:مریم رضایی\nitem1.ORG:Sanat\\, Ltd;Sales\n"
     "TEL;VALUE=uri;TYPE=\"cell\":tel:+98-912\nEMAIL:maryam@\n sanat.example\nEND:VCARD",
     {"name": "مریم رضایی", "company": "Sanat, Ltd", "mobile": "+98-912",
      "email": "maryam@sanat.example"}),
    ("mailto:ann%2Bshow@acme.example?subject=Hi", {"email": "ann+show@acme.example"}),
    ("tel:+12025550143", {"phone": "+12025550143"}),
    ("https://badge.example/r/123", {}),
    ("10042", {}),
    ("BEGIN:VCARD", {}),
    ("MECARD:", {}),
    ("", {}),
]  # fmt: skip


def test_codes_are_read_on_the_phone(phone):
    read = phone.page.evaluate(
        """(texts) => texts.map(
            odoo.loader.modules.get("@lead_followup/lead_booth/code_reader").readCode)""",
        [text for text, _words in CODES],
    )

    for (text, words), found in zip(CODES, read, strict=True):
        assert found == words, text
