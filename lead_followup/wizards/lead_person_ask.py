import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_STAY = ("mail.blacklist", "phone.blacklist", "lead.referral")  # when a person is erased


class LeadPersonAsk(models.TransientModel):
    """Asks before everything is stopped, allowed again, given away or erased for some people.

    It states how much the answer concerns, and of whom; leads out of the user's reach are stopped
    as well, and not told of.
    """

    _name = "lead.person.ask"
    _description = "Stop, Give Away or Erase All of a Person"

    kind = fields.Selection(
        [
            ("stop", "Stop everything"),
            ("allow", "Allow contact again"),
            ("export", "Everything we know"),
            ("erase", "Erase this person"),
        ],
        required=True,
        readonly=True,
        default="stop",
    )
    lead_ids = fields.Many2many(
        "crm.lead", string="Leads", readonly=True, context={"active_test": False}
    )
    partner_ids = fields.Many2many(
        "res.partner", string="Contacts", readonly=True, context={"active_test": False}
    )
    reason = fields.Char(help="It stands in the note on the leads.")
    question = fields.Text(compute="_compute_question")
    who = fields.Text("Who It Is", compute="_compute_question")
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    @api.model
    def _open(self, kind, leads=None, partners=None):
        """Return the action that asks about ``kind``, of these leads and contacts."""
        wizard = self.create(
            {
                "kind": kind,
                "lead_ids": [(6, 0, leads.ids if leads else [])],
                "partner_ids": [(6, 0, partners.ids if partners else [])],
            }
        )
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": kinds[kind],
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }

    @api.depends("kind", "lead_ids", "partner_ids")
    def _compute_question(self):
        for wizard in self:
            people, beyond = wizard._get_people()
            wizard.question = getattr(wizard, f"_ask_{wizard.kind}")(people, beyond)
            wizard.who = "\n".join(wizard._name_people(people))

    def _get_people(self):
        """Return ``(People, number of leads that are not told of)``, with leads in reach alone."""
        self.ensure_one()
        self.lead_ids.check_access("read")
        self.partner_ids.check_access("read")
        if self.kind in ("export", "erase"):
            return self.env["lead.privacy"]._get_people(self.lead_ids, self.partner_ids)
        people = self.env["crm.lead"]._find_people(self.lead_ids, self.partner_ids)
        seen = people.leads.with_env(self.env)._filtered_access("read")
        mine = people.leads.browse(seen.ids)
        return people._replace(leads=mine), len(people.leads) - len(mine)

    def _name_people(self, people):
        """Return a line for each lead and contact, the first ones of many."""
        lines = [
            " · ".join(filter(None, (lead.name, lead.contact_name, lead.email_from, lead.phone)))
            for lead in people.leads[:10]
        ]
        more = len(people.leads) - len(lines)
        if more > 0:
            lines.append(self.env._("… and %s more leads", more))
        return lines

    def _ask_stop(self, people, _beyond):
        live = self._count("lead.cadence.enrollment", people, state=("active", "paused"))
        touches = self._count(
            "lead.touch", people, state=("planned", "approval", "queued", "waiting")
        )
        return self.env._(
            "Leads of these people: %(leads)s. Cadences that go on: %(live)s, planned or queued "
            "in them: %(touches)s. E-mail addresses: %(emails)s.\n"
            "All of it ends at once: e-mails, calls and letters on their way, personal links, "
            "recycling, asks for a referral. The addresses get no mailing any more. Nothing is "
            "deleted; only a person can allow contact again.",
            leads=len(people.leads),
            live=live,
            touches=touches,
            emails=len(people.emails),
        )

    def _ask_allow(self, people, _beyond):
        return self.env._(
            "Leads for which everything was stopped: %s. They may be contacted again, and get "
            "mailings again. No cadence starts by itself.",
            len(people.leads.filtered("contact_stopped_at")),
        )

    def _ask_export(self, people, beyond):
        return self._tell_beyond(
            self.env._(
                "One file with all that is known of this person: %s.",
                ", ".join(self._describe_found(people)) or self.env._("nothing"),
            ),
            beyond,
        )

    def _ask_erase(self, people, beyond):
        rows = self.env["lead.privacy"]._find_import_rows(people)
        return self._tell_beyond(
            self.env._(
                "What tells who this is goes for good: names, addresses, texts, messages, photos, "
                "in: %(found)s. Files of imports that name the person go as a whole: %(jobs)s. "
                "Meetings lose their title.\n"
                "What counts stays, without a name, in the figures of imports, shows and reports: "
                "leads: %(leads)s. What stays on the list of those without e-mail, so that no "
                "later file brings the person back: e-mail addresses: %(emails)s. The contact and "
                "its documents stay: erase those with Odoo's own Privacy Lookup.",
                found=", ".join(self._describe_found(people, left_out=_STAY))
                or self.env._("nothing"),
                jobs=len(rows.import_id.filtered(lambda job: not job.forgotten_at)),
                leads=len(people.leads),
                emails=len(people.emails),
            ),
            beyond,
        )

    def _tell_beyond(self, text, beyond):
        if not beyond:
            return text
        more = self.env._(
            "Leads of this person in other companies: %s. They are not touched: ask there.", beyond
        )
        return f"{text}\n{more}"

    def _describe_found(self, people, left_out=()):
        privacy = self.env["lead.privacy"]
        found, texts = privacy._find_rows(people), privacy._get_found_texts()
        names = self.env["ir.model"]
        return [
            self.env._(
                "%(what)s: %(count)s",
                what=texts.get(model) or names._get(model).name,
                count=len(records),
            )
            for model, records in found.items()
            if model not in left_out
        ]

    def _count(self, model, people, **words):
        # sudo: a number only, of leads that the user may see
        domain = Domain("lead_id", "in", people.leads.ids)
        for name, values in words.items():
            domain &= Domain(name, "in", values)
        return self.env[model].sudo().search_count(domain)

    def action_apply(self):
        """Do what was asked."""
        self.ensure_one()
        return getattr(self, f"_do_{self.kind}")()

    def _do_stop(self):
        if self.partner_ids:
            return self.partner_ids.action_stop_everything(self.reason)
        return self.lead_ids.action_stop_everything(self.reason)

    def _do_allow(self):
        self.lead_ids._allow_contact(self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _do_export(self):
        """Make the file and hand it over; it goes with this question, within the hour."""
        people, _beyond = self._get_people()
        # sudo: the file is the program's
        self.sudo().write(
            {
                "file": base64.b64encode(self.env["lead.privacy"]._export(people)),
                "file_name": f"{self.env._('Everything we know')}.zip",
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/everything.zip?download=true",
            "target": "download",
        }

    def _do_erase(self):
        people, _beyond = self._get_people()
        if not self.reason:
            raise UserError(
                self.env._("Say why this person is erased: who asked, and when. Nothing changed.")
            )
        self.env["lead.privacy"]._erase(people, self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
