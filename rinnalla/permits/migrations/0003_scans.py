"""A permit's signed form is read by whoever may read the permit, too."""

from django.db import migrations

from rinnalla.access.policies import REACH

OF_MY_PERMIT = (
    "files_attachment.subject_type = 'permit' and (select true from permits.mine m"
    " where m.client = files_attachment.client_id and m.permit = files_attachment.subject_id"
    " limit 1)"
)
# Asked with the reader's eyes: the attachment's own policies decide.
OF_READABLE = (
    "(select true from files_attachment a where a.id = files_attachmentcontent.attachment_id"
    " limit 1)"
)


def basis(table: str, more: str) -> migrations.RunSQL:
    reach = REACH.format(t=table)
    return migrations.RunSQL(
        f"alter policy basis on {table} using ({reach} or ({more}))",
        f"alter policy basis on {table} using ({reach})",
    )


class Migration(migrations.Migration):
    dependencies = [("permits", "0002_rights"), ("files", "0002_rights")]

    operations = [
        basis("files_attachment", OF_MY_PERMIT),
        basis("files_attachmentcontent", OF_READABLE),
    ]
