"""Getting oriented to the role of a responsible worker."""

from django.db import transaction
from django.utils.translation import gettext as _

from rinnalla.access.actor import Actor
from rinnalla.access.recording import record
from rinnalla.cases import events
from rinnalla.cases.models import Orientation
from rinnalla.cases.queries.orientation import role_text
from rinnalla.lib.errors import RuleBroken


@transaction.atomic
def confirm_reading(*, by: Actor) -> Orientation:
    """Records that the actor has read the words in force; once for each version of them."""
    text = role_text(by.today)
    if text is None:
        raise RuleBroken(_("Tehtävää ei ole vielä kuvattu."))
    made, is_new = Orientation.objects.get_or_create(
        membership_id=by.membership_id, version=text.version, defaults={"read_at": by.now}
    )
    if is_new:
        version = text.version.isoformat()
        record(by, events.ROLE_READ, ("membership", by.membership_id), [], version=version)
    return made
