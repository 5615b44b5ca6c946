"""On a phone Odoo shows cards instead of a list: what is first there is first here."""

from pathlib import Path

import pytest
from lxml import etree

REPO = Path(__file__).resolve().parents[3]


def read_orders(path):
    """Return ``{model: {view id: default order}}`` of the lists and cards that stand in a file."""
    orders = {}
    for record in etree.parse(path).iterfind(".//record[@model='ir.ui.view']"):
        views = record.xpath("field[@name='arch']/list | field[@name='arch']/kanban")
        if views and record.find("field[@name='inherit_id']") is None:
            model = record.findtext("field[@name='model']")
            orders.setdefault(model, {})[record.get("id")] = views[0].get("default_order")
    return orders


PATHS = [path for path in sorted(REPO.glob("lead_*/views/*.xml")) if read_orders(path)]


@pytest.mark.parametrize("path", PATHS, ids=[path.name for path in PATHS])
def test_cards_stand_in_the_order_of_the_list(path):
    for model, orders in read_orders(path).items():
        assert len(set(orders.values())) == 1, f"{model}: {orders}"


def test_the_touches_are_among_them():
    path = REPO / "lead_followup/views/lead_touch_views.xml"

    assert set(read_orders(path)["lead.touch"].values()) == {"planned_at, id"}
