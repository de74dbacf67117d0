"""A draft may lack anything; only what is needed before sending is not called optional."""

from rinnalla.applications.forms.drafts import DraftForm
from rinnalla.applications.models import ApplicationText
from rinnalla.applications.operations.drafting import missing


def form(**written: str) -> DraftForm:
    made = DraftForm({"version": "1", **written})
    # Teams are in the database; nothing of them is asked here.
    del made.fields["team"]
    return made


def test_an_empty_draft_can_be_saved() -> None:
    made = form()
    assert made.is_valid()
    assert set(made.texts().values()) == {""}


def test_needed_before_sending_is_what_the_form_does_not_call_optional() -> None:
    needed = {name for name, field in form().fields.items() if field.required} - {"version"}
    assert needed == {"question", "wish", "situation", "agreed"}
    assert len(missing(ApplicationText())) == len(needed)


def test_a_draft_without_its_version_is_not_saved() -> None:
    made = form(version="")
    assert not made.is_valid()
