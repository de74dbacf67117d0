"""The mapping of a source: a small declarative file that says how its rows are read."""

import dataclasses
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a source's file and the field that it fills."""

    name: str
    field: str
    type: str
    required: bool
    longest: int
    code_list: str
    codes: frozenset[str]
    unknown: str
    system: str = ""
    instead: str = ""
    meanings: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """A thing marked done cannot lie in the future."""

    day: int
    outcome: int
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """What must hold between the columns of one record, by the columns' places."""

    periods: tuple[tuple[int, int], ...]
    done: Done | None
    born: tuple[int, int] | None
    not_self: tuple[int, tuple[int, ...]] | None
    changes: tuple[int, int] | None
    client: int | None


@dataclass(frozen=True, slots=True)
class WorkerInText:
    """The own worker is named inside another column's text, after a phrase."""

    place: int
    after: str

    def named(self, text: str) -> str:
        """The worker whom the text names, empty when it names nobody."""
        return text[len(self.after) :].strip() if text.startswith(self.after) else ""


@dataclass(frozen=True, slots=True)
class Source:
    """How one source's files are written and what their columns mean."""

    key: str
    into: str
    titles: dict[str, str]
    register: str
    encoding: str
    delimiter: str
    trailer: str
    dates: str
    decimal: str
    strip: bool
    key_place: int
    columns: tuple[Column, ...]
    rules: Rules
    fixed: dict[str, str]
    worker: WorkerInText | None
    ended: tuple[str, ...]
    system: str = ""
    retracted: str = ""
    parts: "Mapping[str, Source]" = dataclasses.field(default_factory=dict)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in the order in which a record's values come; empty where nothing is kept."""
        return tuple(column.field for column in self.columns)

    def place(self, field: str) -> int:
        """The place of a field among a record's values."""
        return self.fields.index(field)

    def title(self, language: str) -> str:
        """The source's name in a language, in Finnish when there is none."""
        return self.titles.get(language, self.titles["fi"])


def source_keys() -> tuple[str, ...]:
    """The names of all sources that have a mapping."""
    entries = files("rinnalla.imports").joinpath("sources").iterdir()
    return tuple(sorted(e.name[:-5] for e in entries if e.name.endswith(".toml")))


@cache
def load_source(key: str) -> Source:
    """The mapping of a source; raises KeyError when there is none of that name."""
    if key not in source_keys():
        raise KeyError(key)
    path = files("rinnalla.imports").joinpath("sources", f"{key}.toml")
    raw = tomllib.loads(path.read_text("utf-8"))
    return _bundle(key, raw) if "resources" in raw else _source(key, raw)


def _bundle(key: str, raw: dict[str, Any]) -> Source:
    """A source of several types of resources, each of which is mapped like a file's rows."""
    common = {"title": raw["title"], "register": raw["register"]}
    parts = {
        name: _source(key, common | _resource(name, of)) for name, of in raw["resources"].items()
    }
    whole = {
        "title": raw["title"],
        "system": raw["system"],
        "key_column": "",
        "columns": [{"name": ""}],
    }
    return dataclasses.replace(_source(key, common | whole), parts=parts)


def _resource(name: str, raw: dict[str, Any]) -> dict[str, Any]:
    """An element is told by its whole path, as people who know FHIR do: Encounter.period.start."""

    def full(place: Any) -> Any:
        if isinstance(place, str):
            return f"{name}.{place}"
        return [full(inner) for inner in place]

    columns = [column | {"name": full(column["name"])} for column in raw["columns"]]
    rules = {rule: full(places) for rule, places in raw.get("rules", {}).items() if rule != "done"}
    if done := raw.get("rules", {}).get("done"):
        rules["done"] = done | {"day": full(done["day"]), "outcome": full(done["outcome"])}
    return raw | {"columns": columns, "rules": rules, "key_column": full("id")}


def _source(key: str, raw: dict[str, Any]) -> Source:
    columns = tuple(map(_column, raw["columns"]))
    # An element that fills several fields is known by the first of them.
    places = {columns[place].name: place for place in reversed(range(len(columns)))}
    return Source(
        key=key,
        into=raw.get("into", ""),
        titles=raw["title"],
        register=raw.get("register", ""),
        encoding=raw.get("encoding", ""),
        delimiter=raw.get("delimiter", ""),
        trailer=raw.get("trailer", ""),
        dates=raw.get("dates", ""),
        decimal=raw.get("decimal", "."),
        strip=raw.get("strip", False),
        key_place=places[raw["key_column"]],
        columns=columns,
        rules=_rules(raw.get("rules", {}), places),
        fixed=raw.get("fixed", {}),
        worker=_worker(raw.get("worker"), places),
        ended=tuple(raw.get("ended", ())),
        system=raw.get("system", ""),
        retracted=raw.get("retracted", ""),
    )


def _worker(raw: dict[str, str] | None, places: dict[str, int]) -> WorkerInText | None:
    return WorkerInText(places[raw["column"]], raw["after"]) if raw else None


def _column(raw: dict[str, Any]) -> Column:
    codes = raw.get("codes", ())
    return Column(
        name=raw["name"],
        field=raw.get("field", ""),
        type=raw.get("type", "text"),
        required=raw.get("required", False),
        longest=raw.get("longest", 0),
        code_list=raw.get("list", ""),
        codes=frozenset(codes),
        unknown=raw.get("unknown", ""),
        system=raw.get("system", ""),
        instead=raw.get("instead", ""),
        meanings=codes if isinstance(codes, dict) else {},
    )


def _pair(names: Iterable[str], places: dict[str, int]) -> tuple[int, int]:
    first, second = (places[name] for name in names)
    return first, second


def _rules(raw: dict[str, Any], places: dict[str, int]) -> Rules:
    done, guardians = raw.get("done"), raw.get("not_self")
    return Rules(
        periods=tuple(_pair(pair, places) for pair in raw.get("periods", ())),
        done=done and Done(places[done["day"]], places[done["outcome"]], frozenset(done["values"])),
        born=_pair(raw["born"], places) if "born" in raw else None,
        not_self=guardians
        and (places[guardians["person"]], tuple(places[name] for name in guardians["others"])),
        changes=_pair(raw["changes"], places) if "changes" in raw else None,
        client=places[raw["client"]] if "client" in raw else None,
    )
