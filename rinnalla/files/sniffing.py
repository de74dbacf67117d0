"""What a file is by its first bytes, whatever its name says; three types are taken."""

import re
from dataclasses import dataclass

MAGIC = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
}
ENDINGS = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
# What browsers say of a file that they do not know: nothing.
UNSAID = {"", "application/octet-stream"}
LONGEST_NAME = 120
_UNFIT = re.compile(r'[\x00-\x1f\x7f"<>|:*?\\/\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True)
class Upload:
    """A file as it came: its own name, the type that the browser said, its bytes.

    `size` is how much there was; a file beyond the limit has no bytes here.
    """

    name: str
    declared: str
    content: bytes
    size: int

    @property
    def sniffed(self) -> str:
        """The type by the first bytes; empty when it is none that is taken."""
        for kind, magic in MAGIC.items():
            if self.content.startswith(magic):
                return kind
        return ""

    @property
    def is_what_it_says(self) -> bool:
        """Name, browser and bytes agree, as far as they say anything."""
        ending = self.name.rpartition(".")[2].lower() if "." in self.name else ""
        said = {self.declared.lower()} - UNSAID
        if ending:
            said.add(ENDINGS.get(ending, ending))
        return said == {self.sniffed}

    @property
    def kept_name(self) -> str:
        """The name without what could lead a file system or a reader astray."""
        stem, _, ending = _UNFIT.sub("_", self.name).rpartition(".")
        room = LONGEST_NAME - len(ending) - 1
        return f"{stem.strip(' .')[:room] or 'liite'}.{ending.lower()}"
