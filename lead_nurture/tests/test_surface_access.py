from psycopg2 import Error as DatabaseError

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.orm.models import MAGIC_COLUMNS
from odoo.tests import tagged
from odoo.tools import mute_logger

from .surface_common import ROLES, SCOPES, SECRET, SurfaceCase, read_table


@tagged("post_install", "-at_install")
class TestSurfaceAccess(SurfaceCase):
    """Who may read, write, create and delete what, as ``surface/access.csv`` says it.

    Its cells read ``own/others'/nobody's/another company's``: the letters of read, write, create
    and delete, ``-`` where none of it may be. The rights are those found by doing it, so that
    what refuses in Python counts as much as what the rules say.
    """

    @mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.models.unlink")
    def test_each_role_has_the_rights_of_the_table(self):
        expected = {line["model"]: line for line in read_table("access.csv")}

        self.assertEqual(set(expected), {"crm.lead", *self._get_models()})
        for model, line in expected.items():
            for role in ROLES:
                with self.subTest(model=model, role=role):
                    self.assertEqual(self._find_rights(model, role), line[role])

    def test_fields_of_ours_are_kept_as_the_table_says(self):
        expected = {
            (line["model"], line["field"]): line["groups"] for line in read_table("fields.csv")
        }
        found = {
            (name, field.name): field.groups
            for name, model in self.env.items()
            if not model._inherits
            for field in model._fields.values()
            if field.groups and any(module.startswith("lead_") for module in field._modules)
        }

        self.assertEqual(found, expected)
        for (model, name), groups in expected.items():
            for role in ("salesman", "all_leads", "manager"):
                with self.subTest(model=model, field=name, role=role):
                    user = self.users[role]
                    seen = self.env[model].with_user(user).fields_get([name])
                    self.assertEqual(name in seen, user.has_group(groups))

    def _find_rights(self, model, role):
        return "/".join(self._try_all(model, role, scope) for scope in SCOPES)

    def _try_all(self, model, role, scope):
        """Return the letters of what ``role`` may do with the record of ``scope``."""
        place = role if scope == "own" else scope
        record = self.records[model][place].with_env(self.env(user=self.users[role], su=False))
        tries = {"r": (record.has_access("read"), lambda: self._read(record))}
        if record._auto and model != "lead.score":
            may_create = record.browse().has_access("create")
            tries |= {
                "w": (record.has_access("write"), lambda: self._write_same(record)),
                "c": (may_create, lambda: self._create_like(record, place)),
                "d": (record.has_access("unlink"), record.unlink),
            }
        letters = ""
        for letter, (may, act) in tries.items():
            is_done = self._try(act, record)
            self.assertFalse(is_done and not may, f"{role} did “{letter}” on {record} in {scope}")
            letters += letter if is_done is not None and may else ""
        return letters or "-"

    def _read(self, record):
        if record not in record.with_context(active_test=False).search([("id", "=", record.id)]):
            raise AccessError(record._name)  # out of sight
        record.read(["display_name"])

    def _write_same(self, record):
        """Write a value that ``record`` has already: nothing but the right to is asked."""
        names = [
            name
            for name, field in record._fields.items()
            if name not in MAGIC_COLUMNS and field.store and not field.compute
        ]
        names.sort(key=lambda name: record._fields[name].readonly)
        if not names:
            record.check_access("write")
        for name in names[:1]:
            value = record._fields[name].convert_to_write(record.sudo()[name], record)
            record.write({name: value})

    def _create_like(self, record, place):
        """Create a record of the same values; where there can be one only, ask the rules of it."""
        try:
            with self.env.cr.savepoint():
                record.browse().create(self.vals[record._name][place])
        except AccessError:
            raise
        except (DatabaseError, UserError):
            record.check_access("create")
            raise

    def _try(self, act, record):
        """Undo ``act``; return whether it was done, None where the rights were refused.

        What a rule of business refuses, one has the right to. Such a refusal tells nothing to
        whoever may not read ``record``.
        """
        refusal = None
        savepoint = self.env.cr.savepoint()
        try:
            act()
            self.env.flush_all()
        except (AccessError, MissingError):
            return None
        except (DatabaseError, UserError) as error:
            refusal = error
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)
        if refusal and not record.has_access("read"):
            self.assertNotIn(SECRET, str(refusal).partition("DETAIL")[0])
        return not refusal
