from datetime import timedelta

from odoo import api, fields, models

_AGAIN_AFTER = timedelta(days=30)  # since the last notice, where that is done with
_LIVE = ("active", "paused")


class LeadCadence(models.Model):
    """A track tells one person, once, that there is no content, or none any more, for leads.

    The notice is an activity: counted anew while it stands, taken away once nobody is without.
    Where it is done and leads still are, the next comes after a month at the earliest.
    """

    _name = "lead.cadence"
    _inherit = ["lead.cadence", "mail.thread", "mail.activity.mixin"]

    content_user_id = fields.Many2one(
        "res.users",
        "Author",
        domain="[('share', '=', False)]",
        help="Is told when the content of this track is used up. Empty: the owner of nurtured "
        "leads in the settings, else whoever owns the newest content.",
    )
    content_used_up_count = fields.Integer(
        "Content Used Up", compute="_compute_content_used_up_count", compute_sudo=True
    )
    is_from_library = fields.Boolean(compute="_compute_is_from_library")
    content_notice_id = fields.Many2one(
        "mail.activity", ondelete="set null", copy=False, readonly=True
    )
    content_noticed_at = fields.Datetime(copy=False, readonly=True)

    @api.depends("enrollment_ids.content_used_up", "enrollment_ids.state")
    def _compute_content_used_up_count(self):
        count_by_cadence = self._count_content_used_up()
        for cadence in self:
            cadence.content_used_up_count = sum(
                count_by_cadence.get(version, 0) for version in cadence._get_versions()
            )

    @api.depends("step_ids.content_source")
    def _compute_is_from_library(self):
        for cadence in self:
            cadence.is_from_library = "library" in cadence.step_ids.mapped("content_source")

    def action_open_content_used_up(self):
        """Open the leads that have had all content for them."""
        self.ensure_one()
        action = self.action_open_enrollments()
        action["domain"] = [
            ("cadence_id", "in", self._get_versions().ids),
            ("state", "in", _LIVE),
            ("content_used_up", "=", True),
        ]
        return action

    def _count_content_used_up(self):
        """Return ``{cadence: count}`` of these and their old versions; one query."""
        return dict(
            self.env["lead.cadence.enrollment"]._read_group(
                [
                    ("cadence_id", "in", self._get_versions().ids),
                    ("state", "in", _LIVE),
                    ("content_used_up", "=", True),
                ],
                ["cadence_id"],
                ["__count"],
            )
        )

    def _refresh_content_notice(self):
        """Tell the author of each of these tracks how many leads wait for content; or no more."""
        if self.env.context.get("lead_forecast"):
            return
        # sudo: the notice is the program's, whoever's lead it is
        tracks = self.sudo().version_of_id | self.sudo().filtered(
            lambda cadence: not cadence.version_of_id
        )
        tracks.invalidate_recordset(["content_used_up_count"])
        for track in tracks:
            notice, count = track.content_notice_id, track.content_used_up_count
            is_open = notice and notice.active
            if is_open and not count:
                notice.unlink()
            elif is_open:
                notice.summary = track._get_content_notice(count)
            elif count and track._may_notice_content():
                track._make_content_notice(count)

    def _may_notice_content(self):
        last = self.content_noticed_at
        return not last or last + _AGAIN_AFTER <= fields.Datetime.now()

    def _make_content_notice(self, count):
        self.ensure_one()
        author = self._get_content_author()
        if not author:
            return
        notice = self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self._get_content_notice(count),
            note=self.env._(
                "These leads have had everything in the library that fits them, or nothing in it "
                "does. Add content, or tags and translations to what is there: they go on by "
                "themselves, each at its next turn."
            ),
            user_id=author.id,
        )
        if notice:  # whoever runs it may have activities switched off
            now = fields.Datetime.now()
            self.write({"content_notice_id": notice.id, "content_noticed_at": now})

    def _get_content_notice(self, count):
        self.ensure_one()
        return self.env._(
            "“%(track)s” has no content left, leads without: %(count)s",
            track=self.name,
            count=count,
        )

    def _get_content_author(self):
        """Return who is told: the track's author, marketing, or the owner of the newest content."""
        company = self.company_id or self.env.company
        newest = self.env["mailing.mailing"].search(
            [("is_lead_content", "=", True)], order="id desc", limit=1
        )
        people = self.content_user_id, company.lead_marketing_user_id, newest.user_id
        return next((user for user in people if self._may_tell(user)), self.env["res.users"])

    def _may_tell(self, user):
        """Tell whether ``user`` may see this track, and so what is noted on it."""
        return user.active and self.with_user(user).has_access("read")
