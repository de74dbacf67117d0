"""`migrate` for the tests' databases: the same statements, without drawing all models anew.

Django draws every related model again whenever a model, an index or a constraint is added; of a
house of this size that takes longer than all of the statements.
"""

import sys
from typing import Any

from django.core.management import execute_from_command_line
from django.db.migrations.state import ModelState, ProjectState


def add_model(self: ProjectState, model_state: ModelState) -> None:
    """A new model refers to others; none refers to it yet."""
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if vars(self).get("_relations") is not None:
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])


def append_option(self: ProjectState, app_label: str, model_name: str, name: str, obj: Any) -> None:
    """An index or a constraint changes nothing of how a model is drawn."""
    options = self.models[app_label, model_name].options
    options[name] = [*options.get(name, []), obj]


if __name__ == "__main__":
    ProjectState.add_model = add_model  # type: ignore[method-assign]
    ProjectState._append_option = append_option  # type: ignore[attr-defined]
    execute_from_command_line(sys.argv)
