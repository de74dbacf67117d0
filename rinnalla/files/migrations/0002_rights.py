"""An attachment is read like whatever its unit recorded; its unit removes it from sight and brings it back."""

from django.db import migrations

from rinnalla.access.policies import REACH, client_owned

HERE = "{t}.unit_id = (select unit from access.me)"
AUTHOR = f"{HERE} and {{t}}.membership_id = (select membership from access.me)"
SAME_CLIENT = """
alter table files_attachmentcontent add constraint content_of_the_same_client
    foreign key (attachment_id, client_id) references files_attachment (id, client_id);
-- Pictures and PDFs are compressed already.
alter table files_attachmentcontent alter column content set storage external;
"""


class Migration(migrations.Migration):
    dependencies = [("files", "0001_initial"), ("access", "0002_rights_below")]

    operations = [
        migrations.RunSQL(
            SAME_CLIENT,
            "alter table files_attachmentcontent drop constraint content_of_the_same_client",
        ),
        client_owned(
            "files_attachment",
            REACH,
            insert=AUTHOR,
            update=HERE,
            columns=["removed_at", "removed_by_id"],
        ),
        client_owned("files_attachmentcontent", REACH, insert=HERE),
    ]
