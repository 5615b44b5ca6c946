"""What goes wrong at a booth and is put right: corrected, refused, thrown away, another's phone."""

import base64
import json

import pytest
from booth_phone import film_code
from test_booth_capture import (
    CARD,
    colleague,
    hall,
    kept_pages,
    leads_of,
    make_phone,
    names_of,
    phone,
    picture,
    playwright,
    show,
)

__all__ = ["colleague", "hall", "make_phone", "phone", "playwright", "show"]
EDIT = ".o_booth_entry .o_booth_row button:first-child"
SEND = ".o_booth_footer .o_booth_primary"
WAKE = "() => window.dispatchEvent(new Event('online'))"


@pytest.fixture
def sent(phone):
    """The records of each request that the phone makes, as they leave it."""
    requests = []

    def note(request):
        if request.url.endswith("/capture"):
            requests.append(request.post_data_json["params"]["records"])

    phone.page.on("request", note)
    return requests


def refuse(phone, name, message):
    """Let the server answer every capture with an error."""
    error = {"code": 0, "data": {"name": f"odoo.exceptions.{name}", "message": message}}
    body = json.dumps({"jsonrpc": "2.0", "error": error})
    phone.page.unroute("**/capture")
    phone.page.route("**/capture", lambda route: route.fulfill(body=body))


def log_in_elsewhere(phone, hall, show, login):
    phone.page.context.clear_cookies()
    second = phone.page.context.new_page()
    second.goto(f"{hall.url}/web/login?redirect=/lead/booth/{show}")
    second.fill("input[name=login]", login)
    second.fill("input[name=password]", login)
    second.click("button[type=submit]")
    second.wait_for_selector(".o_lead_booth[data-kept=yes]")
    return second


def test_what_is_being_corrected_is_not_sent_meanwhile(server, hall, show, phone, sent):
    page = phone.page
    hall.is_open = False
    phone.type(name="Ada", company="Wrong Ltd")
    page.wait_for_selector(".o_lead_booth[data-status=offline]")
    old_key = sent[0][0]["key"]
    page.click(".o_booth_waiting")
    page.click(EDIT)
    page.wait_for_selector(".o_booth_form")

    hall.is_open = True
    page.evaluate(WAKE)
    page.wait_for_selector(".o_lead_booth[data-status=idle]")
    assert names_of(server, show) == []
    page.fill("[name=company]", "Right Ltd")
    page.click(".o_booth_save")
    phone.wait_until_sent()

    [lead] = leads_of(server, show, ["contact_name", "partner_name"])
    assert lead == {"contact_name": "Ada", "partner_name": "Right Ltd"}
    [record] = sent[-1]
    # the server may have had the first one: the phone was never told
    assert record["replaces"] == old_key != record["key"]


@pytest.mark.parametrize("way", ["discarded", "thrown away"])
def test_given_up_correction_is_sent_as_it_was(server, hall, show, phone, way):
    page = phone.page
    hall.is_open = False
    phone.type(name="Bea", company="As Written Ltd")
    page.click(".o_booth_waiting")
    page.click(EDIT)
    page.fill("[name=company]", "Never Saved Ltd")
    hall.is_open = True
    if way == "thrown away":  # the draft comes back, its capture stays held
        page.wait_for_timeout(600)
        page.reload()
        page.wait_for_selector(".o_booth_form")
        assert page.input_value("[name=company]") == "Never Saved Ltd"
        page.wait_for_selector(".o_lead_booth[data-kept=yes]")
        assert (names_of(server, show), phone.waiting()) == ([], 1)

    page.click(".o_booth_cancel")
    page.wait_for_function("() => document.activeElement.textContent === 'Keep writing'")
    page.click(".o_booth_discard")
    phone.wait_until_sent()

    [lead] = leads_of(server, show, ["contact_name", "partner_name"])
    assert lead == {"contact_name": "Bea", "partner_name": "As Written Ltd"}


def test_scanned_badge_outlives_a_tab_thrown_away_at_once(hall, show, make_phone, tmp_path):
    film_code("10042", tmp_path / "badge.y4m")
    phone = make_phone(tmp_path / "badge.y4m")
    phone.log_in(hall.url, show)
    page = phone.page

    page.click(".o_booth_scan")
    page.wait_for_selector(".o_booth_code", timeout=60_000)
    page.reload()
    page.wait_for_selector(".o_booth_code")
    assert "10042" in page.inner_text(".o_booth_code")

    page.click("[data-rating=hot]")
    page.click(".o_booth_save")
    page.wait_for_selector(".o_booth_saved")
    assert "then it is sent" in page.inner_text(".o_booth_status .o_booth_warning")
    page.click(".o_booth_waiting")
    page.wait_for_selector("[data-state=unfinished]")


def test_password_in_a_code_is_not_kept(hall, show, make_phone, tmp_path):
    film_code("WIFI:S:booth;T:WPA;P:secret;;", tmp_path / "wifi.y4m")
    phone = make_phone(tmp_path / "wifi.y4m")
    phone.log_in(hall.url, show)

    phone.page.click(".o_booth_scan")
    phone.page.wait_for_selector(".o_booth_remark", timeout=60_000)

    assert "password" in phone.page.inner_text(".o_booth_remark")
    phone.page.wait_for_selector(".o_booth_home")
    assert phone.waiting() == 0


REACHABLE = [
    ({"code": "10042"}, False),
    ({"code": "https://badge.example/r/123"}, False),
    ({"code": "MECARD:N:Bell,Ann;;"}, False),
    ({"code": "MECARD:N:Bell,Ann;;", "company": "Acme"}, True),
    ({"code": CARD}, True),
    ({"code": "MATMSG:TO:ann@acme.example;SUB:Hi;;"}, True),
    ({"code": "badge 7 ann@acme.example"}, True),
    ({"name": "Ann"}, False),
    ({"name": "Ann", "company": "Acme"}, True),
    ({"code": "10042", "phone": "+12025550143"}, True),
]


def test_a_number_alone_reaches_nobody(phone):
    found = phone.page.evaluate(
        """(forms) => {
            const words = odoo.loader.modules.get("@lead_followup/lead_booth/booth_words");
            return forms.map((form) => words.isReachable({ ...words.blankForm(), ...form }));
        }""",
        [form for form, _expected in REACHABLE],
    )

    assert found == [expected for _form, expected in REACHABLE]


def test_photo_still_being_shrunk_is_saved_and_leaves_no_ghost(server, show, phone):
    page = phone.page
    page.evaluate(
        """() => {
            const decode = HTMLImageElement.prototype.decode;
            HTMLImageElement.prototype.decode = async function () {
                await new Promise((resolve) => setTimeout(resolve, 1500));
                return decode.call(this);
            };
        }"""
    )
    page.click(".o_booth_type")
    page.fill("[name=name]", "Cleo")
    page.fill("[name=company]", "Photo Ltd")
    page.set_input_files("input[type=file]", picture(1200, 600))
    page.click(".o_booth_save")
    page.wait_for_selector(".o_booth_saved")
    phone.wait_until_sent()

    [lead] = leads_of(server, show, ["contact_name", "id"])
    domain = [("res_model", "=", "crm.lead"), ("res_id", "=", lead["id"])]
    photos = server.rpc("ir.attachment", "search_read", domain, ["datas", "mimetype"])
    [photo] = [one for one in photos if one["mimetype"] == "image/jpeg"]
    assert base64.b64decode(photo["datas"])[:2] == b"\xff\xd8"
    page.click(".o_booth_type")
    page.set_input_files("input[type=file]", picture(1200, 600))
    page.click(".o_booth_cancel")
    page.wait_for_timeout(2200)  # the picture is ready after the form is gone
    page.reload()
    page.wait_for_selector(".o_booth_home")


def test_one_that_a_firewall_stops_holds_up_no_other(server, hall, show, phone):
    page = phone.page

    def guard(route):
        if "union select" in (route.request.post_data or ""):
            route.fulfill(status=403, content_type="text/html", body="<h1>Forbidden</h1>")
        else:
            route.fallback()

    page.route("**/capture", guard)
    hall.is_open = False
    phone.type(name="Bad", company="union select")
    for name in ("Ada", "Bea"):
        phone.type(name=name, company="Good Ltd")
    hall.is_open = True

    page.evaluate(WAKE)
    page.wait_for_selector(".o_booth_waiting[data-count='1']", timeout=30_000)
    page.wait_for_selector(".o_lead_booth[data-status=trouble]")

    assert names_of(server, show) == ["Ada", "Bea"]
    assert "No network" not in page.inner_text(".o_booth_notice")


def test_refusals_that_pass_are_sent_again(server, hall, show, phone):
    page = phone.page
    refuse(phone, "AccessError", "Ask for the sales rights.")
    phone.type(name="Ada", company="Rights Ltd")
    page.wait_for_selector(".o_lead_booth[data-status=trouble]")
    assert "Ask for the sales rights." in page.inner_text(".o_booth_notice")
    page.click(".o_booth_waiting")
    page.wait_for_selector("[data-state=waiting]")

    refuse(phone, "UserError", "This show is gone.")
    page.click(SEND)
    page.wait_for_selector("[data-state=rejected]")
    assert "This show is gone." in page.inner_text(".o_booth_reason")

    page.unroute("**/capture")
    page.click(SEND)
    phone.wait_until_sent()
    assert names_of(server, show) == ["Ada"]


def test_the_servers_remarks_are_shown(server, show, phone):
    phone.type(name="Dora", company="Typo Ltd", email="dora@gmial.com")
    phone.page.wait_for_selector(".o_booth_remarks")

    told = phone.page.inner_text(".o_booth_remarks")
    assert "Dora" in told and "gmail.com" in told
    phone.page.click(".o_booth_remarks button")
    phone.page.wait_for_selector(".o_booth_remarks", state="detached")
    phone.type(name="Edda", company="Plain Ltd")
    phone.wait_until_sent()
    assert not phone.page.locator(".o_booth_remarks").count()


def test_phone_handed_on_shows_whose_it_is_and_can_be_taken_back(hall, show, phone, colleague):
    page = phone.page
    assert [name.split("|")[-1] for name in kept_pages(page)] == [str(show)]
    mine = kept_pages(page)
    second = log_in_elsewhere(phone, hall, show, colleague)

    assert "Otto Other" in second.inner_text(".o_booth_bar")
    assert len(kept_pages(page)) == 1 and kept_pages(page) != mine
    second.close()
    phone.type(name="Ida", company="Mine Ltd")
    page.wait_for_selector(".o_lead_booth[data-status=other]")
    page.click(".o_booth_notice a")
    page.wait_for_selector("input[name=login]")
    page.fill("input[name=login]", "admin")
    page.fill("input[name=password]", "admin")
    page.click("button[type=submit]")
    page.wait_for_selector(".o_booth_home")
    phone.wait_until_sent()


def test_connection_to_the_store_that_was_closed_is_opened_again(phone):
    page = phone.page
    page.click(".o_booth_status .o_booth_muted a")
    page.wait_for_selector(".o_booth_status .o_booth_muted a[aria-expanded=true]")
    page.evaluate(
        """() => {
            const transaction = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function (...args) {
                IDBDatabase.prototype.transaction = transaction;
                this.close();
                return transaction.apply(this, args);
            };
        }"""
    )

    page.click(".o_booth_type")
    page.fill("[name=name]", "Gro")
    page.fill("[name=company]", "Closed Ltd")
    page.click(".o_booth_waiting")
    assert "Save or discard" in page.inner_text(".o_booth_remark")
    page.click(".o_booth_save")
    page.wait_for_selector(".o_booth_saved")
    phone.wait_until_sent()
