"""Every method that RPC can call, and every route, is in the tables of who may."""

import importlib.util
from pathlib import Path

_path = Path(__file__).resolve().parents[3] / "dev" / "surface.py"
_spec = importlib.util.spec_from_file_location("lead_surface", _path)
surface = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(surface)


def test_each_callable_method_is_in_the_table_once():
    found = sorted(surface.find_methods())

    listed = [(line["model"], line["method"]) for line in surface.read_table("methods.csv")]

    assert sorted(listed) == found, "say who may call it, or make it private"


def test_each_route_is_in_the_table_once():
    found = [(path, methods, auth) for (path, methods), auth in surface.find_routes().items()]

    listed = [
        (line["path"], line["methods"], line["auth"]) for line in surface.read_table("routes.csv")
    ]

    assert sorted(listed) == sorted(found), "say who may open it"


def test_private_and_marked_methods_are_left_out():
    names = {name for _model, name in surface.find_methods()}

    assert "action_preview" in names
    assert not any(name.startswith("_") for name in names)


def test_the_page_is_made_from_the_tables():
    assert surface.PAGE.read_text(encoding="utf-8") == surface.make_page(), "python dev/surface.py"
