"""Draws Django forms the house way: labels, help, messages at the field, summary on top."""

from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Textarea,
    Widget,
)
from django.forms.renderers import DjangoTemplates

from rinnalla.ui.fields import ReadLine
from rinnalla.ui.forms import ReadForm
from rinnalla.ui.readers import Readers


class HouseField(BoundField):
    """A field that carries the class of the design system and knows its shape."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        """Attributes of the control, with the class that gives it its look."""
        attrs = super().build_widget_attrs(attrs, widget)
        given = (widget or self.field.widget).attrs.get("class", "")
        attrs["class"] = f"ds-input {given}".strip()
        if isinstance(widget or self.field.widget, Textarea):
            attrs["rows"] = "4"
        return attrs

    @property
    def is_choice_list(self) -> bool:
        """Radios or many checkboxes, drawn one under the other in a fieldset."""
        return isinstance(self.field.widget, RadioSelect | CheckboxSelectMultiple)

    @property
    def is_single_checkbox(self) -> bool:
        """One tick, drawn before its label."""
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def readers(self) -> Readers | None:
        """Who could read the text, when the field is one that others than its writer read."""
        if isinstance(self.field.widget, Textarea | ReadLine):
            return self.form.who_reads() if isinstance(self.form, ReadForm) else None
        return None

    @property
    def first_id(self) -> str:
        """The control that a link of the error summary takes the reader to."""
        if self.is_choice_list:
            return str(self.subwidgets[0].id_for_label) if len(self) else self.auto_id
        return self.id_for_label or self.auto_id


class Renderer(DjangoTemplates):
    """FORM_RENDERER of the house."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"
    formset_template_name = "ui/forms/formset.html"
    bound_field_class = HouseField
