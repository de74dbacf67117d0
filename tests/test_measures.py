"""Measures of the code that no linter takes: functions, blanket ignores, kinds of the journal."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from django.conf import settings

HOME = Path(settings.BASE_DIR)
PARTS = ("rinnalla", "tests", "bench")
CODE = sorted(path for part in PARTS for path in (HOME / part).rglob("*.py"))
FILES = [path for path in CODE if "migrations" not in path.parts]
Function = ast.FunctionDef | ast.AsyncFunctionDef
KIND = re.compile(r"^[a-z_]+(\.[a-z_]+)?$")
# Rows that are written in SQL or through a definer function name their kind there.
WRITTEN = re.compile(r"(?:write_entry|record_job|record_act|record_account)\(\s*'([a-z_.]+)'")
# Written by `access.record_read`: any page.
READ = "read."


def functions() -> Iterator[tuple[str, int]]:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, Function):
                name = f"{path.relative_to(HOME)}: {node.name}"
                yield name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_stay_short() -> None:
    lengths = dict(functions())
    assert {name: length for name, length in lengths.items() if length > 40} == {}
    assert median(lengths.values()) <= 8


def test_no_fault_is_ignored_without_its_name() -> None:
    blanket = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!: [A-Z]))")
    found = [
        f"{path.relative_to(HOME)}: {line.strip()}"
        for path in FILES
        if path.name != Path(__file__).name
        for line in path.read_text().splitlines()
        if blanket.search(line)
    ]
    assert found == []


def declared() -> dict[str, str]:
    """Each kind of the journal by the name that its app's `events` gives it."""
    kinds = {}
    for path in (HOME / "rinnalla").glob("*/events.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                [target] = node.targets
                assert isinstance(target, ast.Name)
                kinds[f"{path.parent.name}.{target.id}"] = str(node.value.value)
    return kinds


def program() -> dict[Path, str]:
    """All that is not a test, migrations too."""
    paths = [path for path in CODE if path.is_relative_to(HOME / "rinnalla")]
    return {path: path.read_text() for path in paths if "tests" not in path.parts}


def test_kinds_are_well_named_and_each_has_one_name() -> None:
    kinds = list(declared().values())
    assert [kind for kind in kinds if not KIND.match(kind)] == []
    assert len(kinds) == len(set(kinds))


def test_each_kind_that_is_declared_is_written() -> None:
    texts = [text for path, text in program().items() if path.name != "events.py"]
    unused = [
        name
        for name, kind in declared().items()
        if not any(re.search(rf"\b{name.split('.')[1]}\b|'{kind}'", text) for text in texts)
    ]
    assert unused == []


def test_each_kind_that_is_written_is_declared() -> None:
    written = {kind for text in program().values() for kind in WRITTEN.findall(text)} - {READ}
    assert len(written) > 5
    assert written - set(declared().values()) == set()
