"""Takes files in memory, never to a disk, and no more of them than the county allows."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from rinnalla.access.actor import Actor
from rinnalla.files.sniffing import Upload
from rinnalla.organizations.queries import setting

MIB = 1024 * 1024
LIMIT = "attachment_max_mib"


def limit_mib(actor: Actor) -> int:
    """How many MiB an attachment may have: the county's choice, or ten."""
    chosen = setting(LIMIT, actor.today)
    return int(chosen) if chosen.isdecimal() else 10


class BoundedUploadHandler(FileUploadHandler):
    """Counts what comes; beyond the limit of all files together it keeps nothing."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.room: int | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A further file of the same request shares the room of the first."""
        super().new_file(*args, **kwargs)
        if self.room is None:
            actor = getattr(self.request, "actor", None)
            self.room = limit_mib(actor) * MIB if actor else 0
        self.kept = BytesIO()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keeps the chunk while there is room for all of the file."""
        self.size += len(raw_data)
        self.room = (self.room or 0) - len(raw_data)
        if self.room >= 0:
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, with the size that it had also when its bytes were let go."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            self.size,
            self.charset,
            self.content_type_extra,
        )


def taken(file: Any) -> Upload:
    """An upload from a form's field."""
    file.seek(0)
    return Upload(file.name, file.content_type or "", file.read(), file.size)
