"""Two years of one lead, from the show to the repeat sale, as the mail server and the CRM saw them.

The chapters follow one another in the order in which they stand here: run the whole file. The
clock is moved; what happens is done by Odoo's scheduler, by what comes in (mail, clicks, forms)
and by what people do, each logged in as himself. Moments are UTC; Berlin is an hour ahead in
winter and two in summer, from 31 March to 27 October 2030 and 30 March to 26 October 2031.
"""

import re
import subprocess
from datetime import date, datetime

import pytest
from aiosmtpd.controller import Controller
from moved_clock import Letterbox, MovedClockServer
from readers import Form, follow, opt_out, write_answer
from servers import DATABASE, REPO, free_port
from show_company import HEADINGS, ShowCompany

ANNA, DORA = "anna@albers.example", "dora@dorn.example"
CLARA, BORIS, EMIL = "clara@claus.example", "boris@blank.example", "emil@ernst.example"
FELIX = "felix@friend.example"
VISITORS = (ANNA, DORA, CLARA, BORIS, EMIL)  # as the file has them
RIA, MARA = "ria@seller.example", "mara@seller.example"
MET = "Good to meet you at Pump Fair"
CHANGED, NEWS, WHEN = (
    "Has anything changed since we last spoke?",
    "What is new since you last looked",
    "When would be a better time?",
)
THANKS, HOW = "Thank you for your trust", "How is it going?"
WHOM, ASKED = "Whom do you know who should know us?", "An introduction"

# All that the mail server saw in two years, worked out by the rules:
# The show closes on Thursday 7 March at 18:00, so that no Tuesday to Thursday is left before the
# deadline: a working day, 9 to 17, spread at 0, 1/2, 1/4, 3/4, 1/8 in the order of the file. Lost
# on 25 March they rest until 25 June, a Tuesday: 9 to noon, at 0, 1/2, 1/4. Then every 30 days at
# the hour of the last by Berlin's clock, and where that is no Tuesday to Thursday the next Tuesday
# from nine; where Ria writes to another that day already, in the middle of what is left until noon.
SEEN = [
    ("2030-03-08 08:00", RIA, ANNA, MET),
    ("2030-03-08 09:00", RIA, EMIL, MET),
    ("2030-03-08 10:00", RIA, CLARA, MET),
    ("2030-03-08 12:00", RIA, DORA, MET),
    ("2030-03-08 14:00", RIA, BORIS, MET),
    ("2030-06-25 07:00", RIA, ANNA, CHANGED),
    ("2030-06-25 07:45", RIA, CLARA, CHANGED),  # opts out
    ("2030-06-25 08:30", RIA, DORA, CHANGED),
    ("2030-07-25 07:00", RIA, ANNA, NEWS),
    ("2030-07-25 09:15", RIA, DORA, NEWS),  # from 8:30, Anna has her place
    ("2030-08-27 07:00", RIA, ANNA, WHEN),  # 24 August is a Saturday; she comes back
    ("2030-08-27 08:30", RIA, DORA, WHEN),
    ("2030-09-26 09:15", RIA, DORA, CHANGED),  # Anna's place was hers still when it was planned
    ("2030-10-15 07:00", RIA, ANNA, THANKS),  # won on the 8th, five days: a Sunday
    ("2030-10-29 08:00", RIA, DORA, NEWS),  # 26 October is a Saturday
    ("2030-11-28 08:00", RIA, DORA, WHEN),
    ("2030-12-31 08:00", RIA, DORA, CHANGED),  # 28 December is a Saturday
    ("2031-01-14 08:00", RIA, ANNA, HOW),  # 90 days: Monday the 13th
    ("2031-01-30 08:00", RIA, DORA, NEWS),
    ("2031-02-13 08:00", RIA, ANNA, WHOM),  # 30 days, a Thursday
    ("2031-02-14 08:00", MARA, FELIX, ASKED),  # within 24 hours: the Friday from nine
    ("2031-03-04 08:00", RIA, DORA, WHEN),  # 1 March is a Saturday
    ("2031-04-03 07:00", RIA, DORA, CHANGED),  # nine by Berlin's clock, which is summer's now
    ("2031-05-06 07:00", RIA, DORA, NEWS),  # 3 May is a Saturday
    ("2031-05-14 07:00", RIA, ANNA, HOW),  # 90 days, a Wednesday
    ("2031-06-05 07:00", RIA, DORA, WHEN),  # the last: given up after twelve months, on 25 June
    # 30 days on she would be asked again, four months after the last time: not within half a year
    ("2031-08-12 07:00", RIA, ANNA, HOW),  # 90 days after the last that was written
    ("2031-09-11 07:00", RIA, ANNA, WHOM),  # 30 days, seven months after the last time
]


class Story:
    """What the chapters share: the clock, the people, the mails, the leads by their address."""

    def __init__(self, clock, box, company):
        self.clock, self.box, self.company = clock, box, company
        self.leads = {}

    @property
    def anna(self):
        return self.leads[ANNA]

    def at(self, text):
        self.clock.move_to(datetime.fromisoformat(text))

    def seen_by(self, *addresses):
        return [(f"{mail.at:%Y-%m-%d %H:%M}", *_facts(mail)) for mail in self.mails(*addresses)]

    def mails(self, *addresses):
        return [mail for mail in self.box.mails if mail.recipient in addresses]

    def all(self, model, address, *names):
        """Return the values of what ``model`` has of a lead, the oldest first."""
        domain = [("lead_id", "=", self.leads[address])]
        found = self.company.admin(model, "search_read", domain, [*names], order="id")
        return [tuple(record[name] for name in names) for record in found]

    def one(self, model, address, *names):
        [values] = self.all(model, address, *names)
        return values

    def lifecycles(self, address):
        rows = self.all("lead.event", address, "kind", "note", "occurred_at")
        return [(at[:16], note) for kind, note, at in rows if kind == "lifecycle"]

    def lose(self, address, reason):
        """Let Ria close a lead as lost at the dialog."""
        ria = self.company.ria
        reason = self.company.admin.ref(reason)
        vals = {"lead_ids": [(6, 0, [self.leads[address]])], "lost_reason_id": reason}
        ria("crm.lead.lost", "action_lost_reason_apply", [ria("crm.lead.lost", "create", vals)])


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    database = f"{DATABASE}_story"
    subprocess.run(["bash", REPO / "dev/template.sh", database], check=True)
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    log = tmp_path_factory.mktemp("story") / "odoo.log"
    with MovedClockServer(database, datetime(2030, 3, 4, 6), log) as clock:
        box.clock = clock
        company = ShowCompany(clock, controller.port)
        _write_win_back(company)
        yield Story(clock, box, company)
    controller.stop()


def test_the_show_is_imported_and_who_qualifies_is_offered_at_once(story):
    company = story.company
    show = company.make_show("Pump Fair", date(2030, 3, 5), date(2030, 3, 7))
    story.at("2030-03-07 18:00")

    job = company.import_file(show, [_row(address, i) for i, address in enumerate(VISITORS)])
    story.clock.look_around()

    names = ["state", "new_count", "enriched_count", "duplicate_count", "rejected_count"]
    [done] = company.mara("lead.import", "read", [job], names)
    assert [done[name] for name in names] == ["done", 5, 0, 0, 0]
    story.leads = {address: company.lead_of(address) for address in VISITORS}
    # budget 12, decision maker 15, timeframe 11, an interest 8; scan 10 and warm 8, a day old
    assert company.read(story.anna, "score_fit", "score_engagement") == [46, 18]
    assert company.read(story.anna, "lifecycle", "user_id") == ["mql", [company.ria_id, "Ria Rep"]]
    offer = story.one("lead.handover", ANNA, "state", "offered_at", "score")
    assert offer == ("offered", "2030-03-07 18:00:00", 64)
    assert not story.box.mails

    story.clock.pass_time(minutes=30)
    company.ria("crm.lead", "action_accept_handover", list(story.leads.values()))
    assert company.read(story.anna, "lifecycle", "type") == ["sql", "opportunity"]


def test_three_touches_in_their_hours(story):
    company = story.company
    story.at("2030-03-13 09:10")

    # Wednesday from ten, by Ria's list
    [call] = company.ria("mail.activity", "search_read", _of(story.anna), ["summary", "user_id"])
    assert call["summary"] == "Call after the show, from 10:00"
    company.ria("crm.lead", "action_log_call", [story.anna], "no_answer", call["id"])
    story.at("2030-03-18 13:00")
    [letter] = company.mara("lead.touch", "search", [*_to_post(story.anna)])
    company.mara("lead.touch", "action_make_letters", [letter])
    [touch] = company.mara("lead.touch", "read", [letter], ["letter_batch_id"])
    batch = touch["letter_batch_id"][:1]
    company.mara("lead.letter.batch", "action_print", batch)
    company.mara("lead.letter.batch", "action_mark_posted", batch)

    touches = story.all("lead.touch", ANNA, "channel", "state", "planned_at", "outcome")
    assert touches[:3] == [
        ("email", "done", "2030-03-08 08:00:00", False),
        ("call", "done", "2030-03-13 09:00:00", "no_answer"),
        # three working days after the call
        ("letter", "done", "2030-03-18 09:10:00", False),
    ]
    assert story.seen_by(ANNA) == [SEEN[0]]


def test_lost_for_budget_they_rest_for_three_months_in_silence(story):
    company = story.company
    story.at("2030-03-25 10:00")
    before = len(story.box.mails)

    for address in (ANNA, DORA, CLARA, BORIS):
        story.lose(address, "crm.lost_reason_1")
    story.lose(EMIL, "crm.lost_reason_2")
    company.ria("crm.lead", "write", [story.leads[BORIS]], {"do_not_contact": True})
    story.at("2030-06-25 05:00")

    assert len(story.box.mails) == before
    rows = {address: story.one("lead.recycle", address, *_ROW) for address in VISITORS}
    rests = ("lost", "2030-03-25 10:00:00", "2030-06-25")
    assert rows[ANNA][:3] == rows[DORA][:3] == rows[CLARA][:3] == rests
    assert rows[BORIS][3:] == ("never", "do_not_contact")
    assert rows[EMIL][3:] == ("never", "rule_never")
    assert company.read(story.anna, "active", "won_status") == [False, "lost"]


def test_then_a_mail_a_month_until_one_opts_out(story):
    company = story.company
    story.at("2030-06-25 08:00")
    [mail] = story.mails(CLARA)[1:]

    opt_out(mail)

    assert story.one("lead.recycle", CLARA, "state", "reason") == ("over", "opted_out")
    assert company.read(story.leads[CLARA], "next_touch_at", "enrollment_id") == [False, False]
    story.at("2030-08-27 19:40")
    assert story.seen_by(ANNA, DORA, CLARA)[3:] == SEEN[5:12]
    assert story.one("lead.recycle", ANNA, "state", "track_until") == ("track", "2031-06-25")


def test_a_click_on_the_price_list_brings_anna_back(story):
    company = story.company
    mail = story.mails(ANNA)[-1]
    prices = _links(story, mail)["Prices"]

    assert follow(prices).startswith("https://seller.example/prices")
    story.clock.pass_time(minutes=2)  # it is judged when a scanner would be through, at 19:41

    assert company.read(story.anna, "active", "won_status", "rotation") == [True, "pending", 1]
    assert company.read(story.anna, "lifecycle", "user_id") == ["mql", [company.ria_id, "Ria Rep"]]
    # fit as before; of all she did only the click counts
    assert company.read(story.anna, "score_fit", "score_engagement") == [46, 5]
    assert company.read(story.anna, "first_touch_deadline") == "2030-08-28 19:41:00"
    assert story.lifecycles(ANNA) == [
        ("2030-03-07 18:00", "Inquiry → Qualified by marketing"),
        ("2030-03-07 18:30", "Qualified by marketing → Accepted by sales"),
        ("2030-06-25 05:00", "Accepted by sales → Nurtured"),
        ("2030-08-27 19:41", "Nurtured → Inquiry"),
        ("2030-08-27 19:41", "Inquiry → Qualified by marketing"),
    ]
    events = story.all("lead.event", ANNA, "kind", "note", "occurred_at", "confidence")
    [click] = [event for event in events if event[0] == "click"]
    assert click[2:] == ("2030-08-27 19:40:00", "human")
    [reason] = [note for kind, note, *_rest in events if kind == "interest_shown"]
    assert reason.startswith("It followed a link: Win back 3: ")
    # 25 March 10:00 to 27 August 19:40: 6 + 30 + 31 + 30 + 31 + 27
    row = story.one("lead.recycle", ANNA, "state", "came_back_kind", "days_away", "message_count")
    assert row == ("back", "click", 155, 3)
    tracks = story.all("lead.cadence.enrollment", ANNA, "state", "stop_reason")
    assert tracks == [("stopped", "lost"), ("stopped", "came_back")]
    [todo] = company.ria("mail.activity", "search_read", _of(story.anna), ["summary", "note"])
    assert "shows interest again" in todo["summary"] and "prices" in todo["note"]

    story.at("2030-08-28 07:30")
    company.ria("crm.lead", "action_accept_handover", [story.anna])
    company.ria("crm.lead", "action_log_call", [story.anna], "interested", todo["id"])
    assert [state for (state,) in story.all("lead.handover", ANNA, "state")] == ["accepted"] * 2
    assert company.read(story.anna, "first_human_touch_at") == "2030-08-28 07:30:00"


def test_after_the_sale_thanks_and_at_the_right_time_the_ask(story):
    company = story.company
    story.at("2030-10-08 09:00")
    company.take_care_of_customers()

    contact = company.ria("res.partner", "create", {"name": "Anna Albers", "email": ANNA})
    sale = {"partner_id": contact, "expected_revenue": 20000}
    company.ria("crm.lead", "write", [story.anna], sale)
    company.ria("crm.lead", "action_set_won", [story.anna])
    story.at("2031-02-13 18:00")

    assert story.seen_by(ANNA)[4:] == [SEEN[13], SEEN[17], SEEN[19]]
    assert company.read(story.anna, "lifecycle", "repeat_date") == ["customer", "2031-10-08"]
    row = story.one("lead.recycle", ANNA, "won_at", "won_revenue")
    assert row == ("2030-10-08 09:00:00", 20000)


def test_the_friend_she_names_is_written_to_in_her_name(story):
    company = story.company
    [page] = re.findall(r'href="([^"]+/lead/refer/[^"]+)"', story.mails(ANNA)[-1].html)

    form = Form(page)
    story.clock.pass_time(minutes=5)
    friend = {"name": "Felix Friend", "company": "Friend AG", "email": FELIX, "consent": "1"}
    form.send(**friend, phone="", note="", may_name="1")
    story.clock.look_around()

    story.leads[FELIX] = felix = company.lead_of(FELIX)
    assert company.read(felix, "referrer_name", "lifecycle") == ["Anna Albers", "inquiry"]
    story.at("2031-02-14 07:00")
    company.enroll(felix, "lead_followup.lead_cadence_general")
    story.at("2031-02-17 12:00")
    assert story.seen_by(FELIX) == [SEEN[20]]
    [mail] = story.mails(FELIX)
    assert "Anna Albers thought that we should get to know each other" in mail.html

    company.receive(write_answer(mail, "Yes, please call me.", "felix1"))
    story.clock.look_around()
    enrollment = story.one("lead.cadence.enrollment", FELIX, "state", "stop_reason")
    assert enrollment == ("stopped", "replied")


def test_a_year_after_the_sale_she_is_due_to_buy_again(story):
    company = story.company

    story.at("2031-10-08 12:00")

    [repeat] = company.ria("crm.lead", "search", [("repeat_of_id", "=", story.anna)])
    assert company.read(repeat, "user_id", "email_from") == [[company.ria_id, "Ria Rep"], ANNA]
    [todo] = company.ria("mail.activity", "search_read", _of(repeat), ["summary", "note"])
    assert todo["summary"] == "Due to buy again: get in touch"
    assert "20,000" in todo["note"]
    last = story.all("lead.cadence.enrollment", ANNA, "state", "stop_reason")[-1]
    assert last == ("paused", "repeat_open")


def test_the_mail_server_saw_this_and_nothing_else(story):
    story.at("2032-03-07 18:00")

    seen = [(f"{mail.at:%Y-%m-%d %H:%M}", *_facts(mail)) for mail in story.box.mails]
    assert seen == SEEN
    assert all(mail.dated == mail.at for mail in story.box.mails)
    assert story.one("lead.recycle", DORA, "state", "reason") == ("over", "track_over")
    assert not story.company.read(story.leads[DORA], "active")


def test_nothing_went_wrong_meanwhile(story):
    log = story.clock.log.read_text()
    assert not re.findall(r"^\S+ \S+ \d+ (?:ERROR|CRITICAL) .*", log, re.MULTILINE)


_ROW = ("way", "ended_at", "rest_until", "state", "reason")


def _facts(mail):
    return mail.sender, mail.recipient, mail.subject


def _of(lead):
    return [("res_model", "=", "crm.lead"), ("res_id", "=", lead)]


def _to_post(lead):
    return [("lead_id", "=", lead), ("channel", "=", "letter"), ("state", "=", "queued")]


def _row(address, number):
    """Return what the badge scanner noted of a visitor."""
    first, last = (part.split(".")[0].title() for part in address.split("@"))
    answers = ("$50,000 - $250,000", "Final decision maker", "3-6 months", "Pump P-200", "Yes")
    values = (first, last, f"{last} GmbH", address, f"+49 30 2312510{number}")
    values += ("12 Musterweg", "Berlin", "10115", "Germany", "2030-03-06 10:15", "Warm", *answers)
    return dict(zip(HEADINGS, values, strict=True))


def _links(story, mail):
    """Return ``{text: address}`` of the tracked links of ``mail``."""
    link = rf'<a[^>]*href="({story.clock.url}/r/\w+/m/\d+)"[^>]*>(\w+)</a>'
    return {text: url for url, text in re.findall(link, mail.html)}


def _write_win_back(company):
    """Give each step of the track a mailing and two links; who lacks skills is left in peace."""
    rpc = company.admin
    for number in (1, 2, 3):
        vals = {"subject": f"Win back {number}", "mailing_model_id": rpc.ref("crm.model_crm_lead")}
        mailing = rpc("mailing.mailing", "create", vals)
        step = rpc.ref(f"lead_nurture.lead_cadence_step_win_back_{number}")
        rpc("lead.cadence.step", "write", [step], {"mailing_id": mailing})
        template = rpc.ref(f"lead_nurture.mail_template_win_back_{number}")
        [read] = rpc("mail.template", "read", [template], ["body_html"])
        links = "".join(
            f'<p><a href="https://seller.example/{name.lower()}">{name}</a></p>'
            for name in ("Prices", "News")
        )
        body = {"body_html": read["body_html"] + links}
        rpc("mail.template", "write", [template], body)
    reason = rpc.ref("crm.lost_reason_2")
    never = {"name": "No skills", "sequence": 1, "is_never": True}
    rpc("lead.recycle.rule", "create", {**never, "lost_reason_ids": [(6, 0, [reason])]})
