"""The forms of a client's wills: permits, denials, and what is asked and told about them."""

from rinnalla.permits.forms.asking import AskForm, PaperForm, TellForm
from rinnalla.permits.forms.denial import DenialForm
from rinnalla.permits.forms.permit import PermitForm

__all__ = ["AskForm", "DenialForm", "PaperForm", "PermitForm", "TellForm"]
