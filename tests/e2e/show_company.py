"""A company that exhibits, as its administrator sets it up by the server's methods."""

import base64
import csv
import io

HEADINGS = ("First Name", "Last Name", "Company", "Email Address", "Work Phone")
HEADINGS += ("Work Address 1", "Work City", "Work ZIP/Postal Code", "Work Country")
HEADINGS += ("Date Captured", "Lead Rating", "What is your budget for this project?")
HEADINGS += ("What is your role in the purchase decision?", "When do you plan to buy?")
HEADINGS += ("Which products are you interested in?", "OK to email?")

# what runs of Odoo's own beside our jobs: the mail queue; no digest and nothing that calls out
_KEPT_JOBS = ("mail.ir_cron_mail_scheduler_action", "mass_mailing.ir_cron_mass_mailing_queue")
# what writes to nobody runs when it is woken, and once a week beside: two years are long
_SELDOM_JOBS = tuple(
    f"lead_followup.ir_cron_{name}"
    for name in ("run_imports", "preview_imports", "work_out_forecasts", "fill_identity_keys")
)
_SELDOM_JOBS += ("lead_followup.ir_cron_enroll_leads", "lead_scoring.ir_cron_refresh_segments")


class ShowCompany:
    """Marketing (Mara), a salesperson (Ria) and the administrator, each logged in.

    :param server: ``MovedClockServer``.
    :param smtp_port: of the mail server on loopback.
    """

    def __init__(self, server, smtp_port):
        self.admin = rpc = server.log_in("admin", "admin")
        self.server = server
        [user] = rpc("res.users", "read", [rpc.uid], ["company_id"])
        self.company_id = user["company_id"][0]
        self._set_jobs()
        self._set_mail(smtp_port)
        self.mara_id = self._make_user("mara", "Mara Marketing", "all_leads")
        self.ria_id = self._make_user("ria", "Ria Rep", "salesman")
        self.mara, self.ria = server.log_in("mara", "mara"), server.log_in("ria", "ria")
        self._set_sales()

    def _set_jobs(self):
        """Let our jobs and the mail queue run from the clock's now on."""
        rpc = self.admin
        now = self.server.now.isoformat(sep=" ")
        jobs = rpc("ir.cron", "search_read", [], ["cron_name"])
        kept = {rpc.ref(xmlid) for xmlid in _KEPT_JOBS}
        kept |= {job["id"] for job in jobs if job["cron_name"].startswith(("Leads", "Referrals"))}
        others = [job["id"] for job in jobs if job["id"] not in kept]
        rpc("ir.cron", "write", others, {"active": False})
        rpc("ir.cron", "write", sorted(kept), {"nextcall": now})
        seldom = {"interval_type": "weeks", "interval_number": 1}
        rpc("ir.cron", "write", [rpc.ref(xmlid) for xmlid in _SELDOM_JOBS], seldom)

    def _set_mail(self, smtp_port):
        rpc = self.admin
        smtp = {"name": "loopback", "smtp_host": "127.0.0.1", "smtp_port": smtp_port}
        smtp["from_filter"] = "seller.example"
        rpc("ir.mail_server", "create", smtp)
        domain = rpc("mail.alias.domain", "create", {"name": "seller.example"})
        rpc("ir.config_parameter", "set_param", "web.base.url", self.server.url)
        rpc("ir.config_parameter", "set_param", "web.base.url.freeze", "True")
        self._write_company(
            {
                "name": "Seller",
                "email": "office@seller.example",
                "alias_domain_id": domain,
                "street": "1 Sample St",
                "city": "Berlin",
                "zip": "10115",
                "country_id": rpc.ref("base.de"),
                "lead_offer_start_at": False,
            }
        )
        rpc("res.users", "write", [rpc.uid], {"email": "admin@seller.example"})

    def _write_company(self, vals):
        self.admin("res.company", "write", [self.company_id], vals)

    def _make_user(self, login, name, group):
        rpc = self.admin
        groups = [rpc.ref("base.group_user"), rpc.ref("crm.group_use_lead")]
        groups.append(rpc.ref(_GROUPS[group]))
        return rpc(
            "res.users",
            "create",
            {
                "login": login,
                "password": login,
                "name": name,
                "email": f"{login}@seller.example",
                "tz": "Europe/Berlin",
                "notification_type": "inbox",
                "group_ids": [(6, 0, groups)],
            },
            context={"no_reset_password": True},
        )

    def _set_sales(self):
        rpc = self.admin
        [calendar] = rpc("res.company", "read", [self.company_id], ["resource_calendar_id"])
        calendar = calendar["resource_calendar_id"][0]
        rpc("resource.calendar", "write", [calendar], {"tz": "Europe/Berlin"})
        team = rpc("crm.team", "create", {"name": "Pumps", "use_leads": True})
        rpc("crm.team.member", "create", {"crm_team_id": team, "user_id": self.ria_id})
        rule = {"name": "All", "team_id": team, "method": "round_robin"}
        rpc("lead.assignment.rule", "create", rule)
        self._write_company({"lead_marketing_user_id": self.mara_id, "lead_react_links": "/prices"})
        self.pump_id = rpc("lead.interest", "create", {"name": "Pump P-200"})

    def make_show(self, name, first_day, last_day):
        rpc = self.admin
        return rpc(
            "lead.trade.show",
            "create",
            {
                "name": name,
                "date_begin": str(first_day),
                "date_end": str(last_day),
                "country_id": rpc.ref("base.de"),
                "tz": "Europe/Berlin",
                "sender_id": self.mara_id,
            },
        )

    def import_file(self, show, rows):
        """Let Mara import ``rows`` (dicts by ``HEADINGS``); return the job."""
        text = io.StringIO()
        writer = csv.DictWriter(text, HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
        file = base64.b64encode(text.getvalue().encode()).decode()
        vals = {"trade_show_id": show, "file": file, "file_name": "visitors.csv"}
        job = self.mara("lead.import", "create", vals)
        self.mara("lead.import", "action_preview", [job])
        self.mara("lead.import", "action_import", [job])
        return job

    def take_care_of_customers(self):
        """Let who buys from now on enter the track after the sale, and buy again in a year."""
        rpc = self.admin
        track = rpc.ref("lead_nurture.lead_cadence_after_sale")
        self._write_company({"lead_after_sale_track_id": track, "lead_repeat_sales": True})
        rpc("lead.interest", "write", [self.pump_id], {"cycle_months": 12})

    def enroll(self, lead, cadence):
        """Let Mara enroll a lead, at the dialog that states the count."""
        vals = {"lead_ids": [(6, 0, [lead])], "cadence_id": self.admin.ref(cadence)}
        wizard = self.mara("lead.cadence.enroll", "create", vals)
        [said] = self.mara("lead.cadence.enroll", "read", [wizard], ["can_count"])
        assert said["can_count"] == 1
        self.mara("lead.cadence.enroll", "action_enroll", [wizard])

    def lead_of(self, address):
        """Return the id of the one lead of ``address``, lost ones included."""
        domain = [("email_normalized", "=", address), ("active", "in", [True, False])]
        [lead] = self.admin("crm.lead", "search", domain)
        return lead

    def read(self, lead, *names):
        [values] = self.admin("crm.lead", "read", [lead], list(names))
        return [values[name] for name in names] if len(names) > 1 else values[names[0]]

    def receive(self, text):
        """Let the mail gateway take in a message as the mail server would hand it over."""
        self.admin("mail.thread", "message_process", "crm.lead", text)


_GROUPS = {
    "salesman": "sales_team.group_sale_salesman",
    "all_leads": "sales_team.group_sale_salesman_all_leads",
}
