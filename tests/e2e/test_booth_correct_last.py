"""Who was saved a moment ago is put right: sent already, or still waiting."""

from test_booth_capture import colleague, hall, make_phone, phone, playwright, show
from test_booth_corrections import sent

__all__ = ["colleague", "hall", "make_phone", "phone", "playwright", "sent", "show"]
CORRECT = ".o_booth_correct"


def test_what_is_sent_already_is_corrected_from_the_start_page(phone, sent):
    page = phone.page
    phone.type(name="Ada", email="ada@wrong-last.example")
    phone.wait_until_sent()
    [first] = sent[-1]

    page.click(CORRECT)
    page.wait_for_selector(".o_booth_correction")
    assert page.input_value("[name=name]") == "Ada"
    page.fill("[name=email]", "ada@right-last.example")
    page.click(".o_booth_save")
    page.wait_for_selector(".o_booth_saved")
    phone.wait_until_sent()

    [second] = sent[-1]
    assert (second["email"], second["replaces"]) == ("ada@right-last.example", first["key"])
    assert second["key"] != first["key"]
    assert page.inner_text(".o_booth_count") == "Today: 1"


def test_what_still_waits_is_corrected_in_its_place(hall, phone, sent):
    page = phone.page
    hall.is_open = False
    phone.type(name="Bea")  # too little: it is kept and not sent
    page.click(CORRECT)
    page.fill("[name=email]", "bea@last.example")
    page.click(".o_booth_save")
    page.wait_for_selector(".o_booth_saved")

    assert phone.waiting() == 1
    hall.is_open = True
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    phone.wait_until_sent()
    assert "replaces" not in sent[-1][0]


def test_a_correction_given_up_leaves_what_was_saved(phone, sent):
    page = phone.page
    phone.type(name="Cleo", email="cleo@last.example")
    phone.wait_until_sent()
    count = len(sent)

    page.click(CORRECT)
    page.fill("[name=name]", "Nobody")
    page.click(".o_booth_cancel")
    page.click(".o_booth_discard")
    page.wait_for_selector(".o_booth_home")

    assert (len(sent), phone.waiting()) == (count, 0)
