"""What the documents promise is there: files, commands, variables."""

import re
import tomllib
from pathlib import Path

import pytest

from rinnalla.__main__ import OURS
from rinnalla.config import commands
from rinnalla.config.keys import KEYS
from rinnalla.config.roles import ROLES
from rinnalla.organizations.configuring.tables import COLUMNS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGES = [
    *ROOT.glob("*.md"),
    *DOCS.rglob("*.md"),
    *(ROOT / "data").rglob("*.md"),
    *ROOT.glob("rinnalla/*/README.md"),
]
# Not the program's: of the test runner, of the machine, and names made of another.
FOREIGN = {"PATH", "PGPASSWORD", "DJANGO_SETTINGS_MODULE"}
# What a process gives to those it starts itself.
BETWEEN_OURSELVES = {"DATABASE_ADMIN_URL"}


def read(path: str) -> str:
    return (ROOT / path).read_text()


def told(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=told)
def test_links_lead_to_files(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.DOTALL)
    links = re.findall(r'\]\(([^)#\s]+)[^)]*\)|<img src="([^"]+)"', text)
    paths = [a or b for a, b in links if not (a or b).startswith(("http:", "https:", "mailto:"))]
    assert [path for path in paths if not (page.parent / path).exists()] == []


def test_each_command_is_explained() -> None:
    of_django = commands.apps_file("management/commands/[a-z]*.py")
    words = {name: word for word, name in commands.MODULE_OF.items()}
    ours = {*OURS, *(file.stem for file in of_django)}
    pages = (read("docs/administration.md") + read("docs/deployment.md")).replace("-", "_")
    missing = [
        command
        for command in ours
        if not re.search(rf"(`|bin/rinnalla ){words.get(command, command)}\b", pages)
    ]
    assert missing == []


def variables_read() -> set[str]:
    """Every variable that the program's code names as one it reads."""
    asked = re.compile(r'(?:env|env_flag|given|environ\.get|environ\.setdefault)\(\s*"([A-Z_]+)"')
    taken = re.compile(r'environ\[\s*"([A-Z_]+)"\s*\]|"([A-Z_]+)" (?:not )?in os\.environ')
    named = re.compile(r'^[A-Z]+ = "(RINNALLA_[A-Z_]+)"', re.MULTILINE)
    found = set(KEYS) | {f"DATABASE_{role.upper()}_URL" for role in ROLES}
    for file in ROOT.glob("rinnalla/**/*.py"):
        if "tests" not in file.parts:
            code = file.read_text()
            for match in (*asked.finditer(code), *taken.finditer(code), *named.finditer(code)):
                found.add(next(group for group in match.groups() if group))
    return found - FOREIGN - BETWEEN_OURSELVES


def test_each_variable_is_in_the_table() -> None:
    part = read("docs/deployment.md").split("## Environment variables")[1].split("\n## ")[0]
    table = re.findall(r"^\| `([A-Z_]+)`", part, flags=re.MULTILINE)
    assert len(table) == len(set(table))
    assert set(table) == variables_read()


def test_commands_in_the_documents_exist() -> None:
    for page in PAGES:
        for name in re.findall(r"(?<![\w/])bin/([a-z-]+)\b", page.read_text()):
            assert (ROOT / "bin" / name).exists(), f"{told(page)}: bin/{name}"


def test_each_column_of_the_county_is_explained() -> None:
    page = read("docs/administration.md")
    missing = [
        f"{file}: {column}"
        for file, columns in COLUMNS.items()
        for column in columns.split()
        if not re.search(rf"\b{column}\b", row_of(page, file))
    ]
    assert missing == []


def row_of(page: str, file: str) -> str:
    return " ".join(line for line in page.splitlines() if f"{file}.csv" in line)


def test_each_decision_is_listed() -> None:
    index = read("docs/decisions/README.md")
    pages = sorted(DOCS.glob("decisions/[0-9]*.md"))
    assert [page.name for page in pages if page.name not in index] == []
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))


def test_changes_have_a_place() -> None:
    assert "## Unreleased" in read("CHANGELOG.md")


def test_one_version() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert f'softwareVersion: "{version}"' in read("publiccode.yml")
    assert version in read("README.md")


def test_the_picture_shows_the_layers() -> None:
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["id"] == "layers"]
    order = [name.strip("() ") for layer in layers for name in layer.split("|")]
    there = [name for name in order if next(ROOT.glob(f"rinnalla/{name}*"), None)]
    picture = read("docs/architecture.md").split("```mermaid")[1].split("```")[0]
    arrows = re.findall(r"^ *(\w+)(?:\[[^]]*\])? --> (\w+)", picture, flags=re.MULTILINE)
    shown = [arrows[0][0], *(below for _above, below in arrows)]
    assert [name.strip("_") for name in there] == [name.strip("_") for name in shown]
    absent = set(order) - set(there)
    assert [name for name in absent if f"`{name}`" not in read("docs/architecture.md")] == []


def test_the_licence_is_whole() -> None:
    text = read("LICENSE")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "15.Applicable Law" in text and "Appendix" in text


def test_pictures_are_those_of_the_readme() -> None:
    shown = set(re.findall(r"docs/pictures/([\w-]+\.png)", read("README.md")))
    kept = {file.name for file in (DOCS / "pictures").glob("*.png")}
    assert shown == kept
