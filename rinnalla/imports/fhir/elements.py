"""Finds elements inside a resource, and says when something else stands where they should be."""

from typing import Any

from rinnalla.imports.values import Malformed

MISSING = "required_element_missing"
WRONG_TYPE = "wrong_json_type"


def text_at(resource: dict[str, Any], path: str) -> str:
    """The text at a path such as `period.start` or `type[].text`; empty when there is none."""
    return _text(found_at(resource, path))


def found_at(resource: Any, path: str) -> Any:
    """What stands at the path, of a list the first that has it; None when nothing does."""
    name, _dot, rest = path.partition(".")
    if not isinstance(resource, dict):
        raise Malformed(WRONG_TYPE)
    told = resource.get(name.removesuffix("[]"))
    if told is None:
        return None
    if isinstance(told, list) != name.endswith("[]"):
        raise Malformed(WRONG_TYPE)
    if not isinstance(told, list):
        return found_at(told, rest) if rest else told
    found = (found_at(item, rest) if rest else item for item in told)
    return next((item for item in found if item is not None), None)


def identified(told: Any, system: str) -> str:
    """The value of the identifier of a system; old ones do not count, and two are one too many."""
    values = set()
    for identifier in told or []:
        if not isinstance(identifier, dict):
            raise Malformed(WRONG_TYPE)
        if identifier.get("system") == system and identifier.get("use") != "old":
            values.add(_text(identifier.get("value")))
    values.discard("")
    if len(values) > 1:
        raise Malformed("identifier_ambiguous")
    return values.pop() if values else ""


def list_at(resource: dict[str, Any], name: str) -> list[Any]:
    """The list of that name, empty when there is none."""
    told = resource.get(name)
    if told is not None and not isinstance(told, list):
        raise Malformed(WRONG_TYPE)
    return told or []


def _text(told: Any) -> str:
    if told is None:
        return ""
    if not isinstance(told, str):
        raise Malformed(WRONG_TYPE)
    if "\0" in told:
        raise Malformed("nul_character")
    if any("\ud800" <= sign <= "\udfff" for sign in told):
        raise Malformed("encoding_invalid")
    return told


def reference_at(resource: dict[str, Any], path: str, system: str) -> tuple[str, str]:
    """What a reference points to, and the identifier that it may carry instead."""
    told = found_at(resource, path)
    if told is None:
        return "", ""
    if not isinstance(told, dict):
        raise Malformed(WRONG_TYPE)
    pointed = _text(told.get("reference")).partition("/_history/")[0]
    identifier = told.get("identifier")
    return pointed, identified([identifier] if identifier is not None else [], system)
