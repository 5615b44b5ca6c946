"""The picture of the data model is the one that the code gives."""

import ast
import importlib.util
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def data_model():
    spec = importlib.util.spec_from_file_location("data_model", REPO / "dev/data_model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_code_gives(data_model):
    assert data_model.PAGE.read_text(encoding="utf-8") == data_model.render(), (
        "docs/data-model.md is out of date. Call: python dev/data_model.py"
    )


def read(data_model, text):
    [node] = ast.parse(text).body
    return data_model.read_class("a", "a/models/b.py", node)


def test_a_model_is_found_with_the_fields_that_point_somewhere(data_model):
    model, links = read(
        data_model,
        """
class Touch(models.Model):
    _name = "lead.touch"
    _description = "Touch"
    lead_id = fields.Many2one("crm.lead", required=True)
    tag_ids = fields.Many2many(comodel_name="crm.tag")
    kept_id = fields.Many2one("utm.source", compute="_compute_kept_id", store=True)
    name = fields.Char()
""",
    )

    assert (model.name, model.title) == ("lead.touch", "Touch")
    told = [(link.field, link.target, link.to_many) for link in links]
    assert told == [
        ("lead_id", "crm.lead", False),
        ("tag_ids", "crm.tag", True),
        ("kept_id", "utm.source", False),
    ]


def test_what_is_worked_out_and_wizards_are_left_out(data_model):
    model, links = read(
        data_model,
        """
class Lead(models.Model):
    _inherit = "crm.lead"
    shown_id = fields.Many2one("utm.source", compute="_compute_shown_id")
    read_id = fields.Many2one("utm.source", related="lead_id.source_id")
""",
    )
    assert (model, links) == (None, [])

    wizard = read(
        data_model,
        """
class Ask(models.TransientModel):
    _name = "lead.ask"
    lead_id = fields.Many2one("crm.lead")
""",
    )
    assert wizard == (None, [])
