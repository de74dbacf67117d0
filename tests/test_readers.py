"""Beside every text field stands who could read it; each form that has one takes its readers."""

import importlib
import pkgutil
import re
from typing import Any

from django.db import connection
from django.forms import Field, Form, Textarea
from django.test.utils import CaptureQueriesContext

import rinnalla
from rinnalla.ui.fields import ReadLine
from rinnalla.ui.forms import ReadForm
from tests.pages import browsers, visits
from tests.world import World

BEFORE = {"send-application", "receipt-application", "permit-paper", "letter", "log-request"}
LABEL = re.compile(r"<summary>.*?</summary>", re.DOTALL)
FIELD = re.compile(r"<textarea\b|<input[^>]*\bdata-read\b")
BLOCK = re.compile(r'<details class="readers no-print">.*?</details>', re.DOTALL)


def test_beside_every_text_field_it_is_said_once_a_page_and_names_nobody(world: World) -> None:
    """Each page as each who gets it; the database is asked once, however many fields."""
    everybody = browsers(world)
    names = {" ".join(row) for row in world.rows("select first_name, last_name from accounts_user")}
    names |= {row[0] for row in world.rows("select family_name from clients_client")}
    names -= {"", " "}
    fields = 0
    for visit in visits(world):
        with CaptureQueriesContext(connection) as captured:
            page = everybody[visit.role].get(visit.address).content.decode()
        blocks = BLOCK.findall(page)
        fields += len(FIELD.findall(page))
        assert len(FIELD.findall(page)) <= len(blocks), visit
        assert all("<li>" in block for block in blocks), visit
        said = [str(query["sql"]) for query in captured.captured_queries]  # None: not to be printed
        asked = [sql for sql in said if "access.audience" in sql]
        assert len(asked) <= bool(blocks), visit
        for block in blocks:
            told_of = {name for name in names if name in LABEL.sub("", block)}
            assert told_of <= {"Hilppa Kokeilija", "Ulpu Näytenen"}, visit
    assert fields > 30


def test_before_sending_and_on_the_receipt_it_is_said(world: World) -> None:
    everybody = browsers(world)
    pages = [visit for visit in visits(world) if visit.name in BEFORE]
    assert {visit.name for visit in pages} == BEFORE
    for visit in pages:
        assert BLOCK.search(everybody[visit.role].get(visit.address).content.decode()), visit


def test_every_form_with_a_text_to_read_takes_its_readers() -> None:
    for module in pkgutil.walk_packages(rinnalla.__path__, "rinnalla."):
        if ".forms" in module.name and ".tests" not in module.name:
            importlib.import_module(module.name)
    found = [form for form in subclasses(Form) if any(map(is_read, form.base_fields.values()))]
    ours = [form for form in found if form.__module__.startswith("rinnalla.")]
    assert len(ours) > 12
    assert [form for form in ours if not issubclass(form, ReadForm)] == []


def is_read(field: Field) -> bool:
    return isinstance(field.widget, Textarea | ReadLine)


def subclasses(kind: Any) -> list[Any]:
    return [kind, *(found for below in kind.__subclasses__() for found in subclasses(below))]
