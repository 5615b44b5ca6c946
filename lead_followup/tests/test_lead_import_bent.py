import base64
import importlib
import os
import sys
from collections import Counter
from pathlib import Path
from unittest import SkipTest

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import LeadFollowupCase

_REPO = Path(__file__).resolve().parents[2]
_COUNT = int(os.environ.get("LEAD_FUZZ_PREVIEWS", "15"))
_FIRST = int(os.environ.get("LEAD_FUZZ_SEED", "1"))
_LONG = 400_000  # bytes: what a database adds is seen on short files as well


@tagged("post_install", "-at_install")
class TestLeadImportBent(LeadFollowupCase):
    """Files as nobody should send them: a preview that adds up, or a sentence that refuses.

    The files are those of ``dev/fuzz``; ``make fuzz`` takes more of them.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not (_REPO / "dev" / "fuzz").is_dir():
            raise SkipTest("the addon stands without its repository, which makes the files")
        sys.path.insert(0, str(_REPO))
        cls.addClassCleanup(sys.path.remove, str(_REPO))
        cls.make_file = staticmethod(importlib.import_module("dev.fuzz.mutate").make_file)

    @mute_logger("vobject.base", "odoo.addons.lead_followup.models.lead_import")
    def test_a_bent_file_is_refused_in_words_or_its_rows_add_up(self):
        found, seed = Counter(), _FIRST
        while sum(found.values()) < _COUNT:
            way, content, name = self.make_file(seed)
            if len(content) <= _LONG:
                with self.subTest(seed=seed, way=way), self.env.cr.savepoint() as savepoint:
                    found[self._preview_bent(content, name)] += 1
                    savepoint.close(rollback=True)
            seed += 1

        self.assertEqual(sum(found.values()), _COUNT)
        self.assertTrue(found["previewed"] and found["refused"])

    def _preview_bent(self, content, name):
        vals = {"file": base64.b64encode(content), "file_name": name}
        job = self.env["lead.import"].create({"trade_show_id": self.show.id, **vals})
        try:
            job.action_preview()
        except UserError as refusal:
            self.assertTrue(str(refusal).strip().endswith("."))
            return "refused"
        if job.state == "failed":
            self.assertTrue(job.message)
            return "refused"
        self.env.flush_all()
        self.assertEqual(job.state, "previewed")
        counts = (job.new_count, job.enriched_count, job.duplicate_count, job.rejected_count)
        self.assertEqual(sum(counts), job.row_count)
        self.assertEqual(len(job.row_ids), job.row_count)
        return "previewed"
