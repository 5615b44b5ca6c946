import json

from psycopg2 import Error as DatabaseError

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .surface_common import LEAD_SECRET, ROLES, SCOPES, SECRET, SurfaceCase, read_table

_WHO = {
    "sales": {"salesman", "all_leads", "manager"},
    "all_leads": {"all_leads", "manager"},
    "manager": {"manager"},
    "mailing, system": {"mailing", "system"},
    "system": {"system"},
}
_SALES = _WHO["sales"]
_UNSEEN = ("bus_bus", "ir_attachment")  # what opens a page writes there whoever opens it


@tagged("post_install", "-at_install")
class TestSurfaceMethods(SurfaceCase):
    """Who may call what by RPC, as ``surface/methods.csv`` says it.

    Whoever may not is refused, or learns and changes nothing: neither does anybody on a record
    that he may not read, nor by a question of his own that names such a record.
    """

    def test_what_the_table_calls_private_is(self):
        for line in read_table("methods.csv"):
            with self.subTest(**line):
                if line["who"] == "nobody":
                    with self.assertRaises(AccessError):
                        get_public_method(self.env[line["model"]], line["method"])
                elif line["model"] in self.env:  # else of a bridge that is not installed
                    get_public_method(self.env[line["model"]], line["method"])

    @mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_rule", "odoo.models.unlink")
    def test_each_role_calls_what_the_table_says(self):
        lines = [line for line in read_table("methods.csv") if line["who"] in _WHO]
        odd = []
        for line in lines:
            outcomes = set()
            for role in ROLES:
                # who may nothing reads nothing of anybody: one record says as much as four
                for scope in SCOPES if role in _SALES else SCOPES[:1]:
                    place = role if scope == "own" else scope
                    with self.subTest(line=(line["model"], line["method"]), role=role, scope=scope):
                        outcomes.add(self._check_call(line, role, place))
            # what is always refused by a rule of business says nothing about rights
            if (not outcomes & {"done", "nothing", "told"}) != (line["given"] == "-"):
                odd.append((line["model"], line["method"], outcomes))
        self.assertEqual(odd, [])

    def _check_call(self, line, role, place):
        """Call it as ``role``; return what came of it where he may, else None."""
        env = self.env(user=self.users[role], su=False)
        outcome = self._call(line, env, place)
        if role in _WHO[line["who"]] and self._may_reach(line, env, place):
            self.assertNotEqual(outcome, "refused")
            return outcome
        message = f"{role} called {line} on a record of {place}"
        self.assertIn(outcome, ("refused", "nothing", "asked"), message)
        return None

    def _may_reach(self, line, env, place):
        """Say whether the record that the call is about is one that the user may speak of."""
        model = env[line["model"]]
        if line["reach"] == "company":
            return place != "elsewhere"
        if line["reach"] == "all":
            return True
        if line["reach"] == "own":
            return self.users[place] == env.user
        if line["reach"] == "own, or a manager's":
            is_manager = env.user.has_group(ROLES["manager"])
            return self.users[place] == env.user or (is_manager and place != "elsewhere")
        is_loose = model._abstract or model._transient
        record = self.records[line["reach"] or ("crm.lead" if is_loose else model._name)][place]
        return record.with_env(env).has_access("read")

    def _call(self, line, env, place):
        """Call it and undo it: “refused”, “asked” (by a rule of business), “nothing” or “done”.

        “nothing”: nothing is written, and nothing of what the user may not read is told.
        """
        savepoint = self.env.cr.savepoint()
        try:
            arguments = self._prepare(line, env, place)
            self.env.invalidate_all()  # what is in the cache is read without asking
            before = self._count_writes()
            result = call_kw(env[line["model"]], line["method"], *arguments)
            self.env.flush_all()
            if self._count_writes() != before:
                return "done"
            return "nothing" if self._is_silent(line, env, place, result) else "told"
        except (AccessError, MissingError) as error:
            self.assertTrue(self._is_silent(line, env, place, str(error)), str(error))
            return "refused"
        except (UserError, DatabaseError) as error:
            return "asked" if self._is_silent(line, env, place, str(error)) else "told"
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all(flush=False)

    def _prepare(self, line, env, place):
        """Return ``(args, kwargs)`` as RPC passes them, on the record of ``place``."""
        model = env[line["model"]]
        self._arrange(line, place)
        kwargs = json.loads(line["args"] or "{}", object_hook=lambda found: self._put(found, place))
        if getattr(get_public_method(model, line["method"]), "_api_model", False):
            return [], kwargs
        if model._transient:  # one's own question, about that record
            given = self._put(self._get_given(line).get(model._name, {}), place)
            vals = self.vals.get(model._name, {}).get(place, {})
            return [model.create({**vals, **given}).ids], kwargs
        record = self.records[line["model"]][place]
        return [record.ids], kwargs

    def _arrange(self, line, place):
        """Write what the records of ``place`` are to be, for the method to have something to do."""
        for name, vals in self._get_given(line).items():
            if name in self.records:
                self.records[name][place].sudo().write(self._put(vals, place))
        self.env.flush_all()

    def _get_given(self, line):
        return {} if line["given"] == "-" else json.loads(line["given"] or "{}")

    def _put(self, found, place):
        """Put the records of ``place`` where the table names them."""
        own = {"@email": self.records["crm.lead"][place].email_from, "@user": self.users[place].id}
        for name, value in found.items():
            if isinstance(value, str) and value in self.records:
                found[name] = self.records[value][place].id
            elif isinstance(value, str) and value in own:
                found[name] = own[value]
        return found

    def _count_writes(self):
        [[count]] = self.env.execute_query(
            SQL(
                """SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0)
                     FROM pg_stat_xact_user_tables WHERE relname NOT IN %s""",
                _UNSEEN,
            )
        )
        return count

    def _is_silent(self, line, env, place, result):
        """Say whether ``result`` tells nothing of what the user may not read."""
        text = str(result)
        leads = self.records["crm.lead"]
        if any(
            f"{LEAD_SECRET} {scope} " in text and not lead.with_env(env).has_access("read")
            for scope, lead in leads.items()
        ):
            return False
        return self._may_reach(line, env, place) or f"{SECRET} {place} " not in text
