"""What is kept as an attachment, what is refused, and how it is handed out."""

import io
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pytest_django import Settings

from rinnalla.files import operations
from rinnalla.files.access import attachment_for
from rinnalla.files.models import Attachment
from rinnalla.files.operations import FileRefused
from rinnalla.files.queries import attached_to, content_of
from rinnalla.files.scanning import Infected, ScanFailed, scan
from rinnalla.files.sniffing import Upload
from rinnalla.files.stripping import stripped
from tests.world import COLLEAGUE, REFERRER, World

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf() -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(made)
    return made.getvalue()


def photo(kind: str = "JPEG", **about: object) -> bytes:
    """A picture that tells where and by whom it was taken, and lies on its side."""
    made, picture = io.BytesIO(), Image.new("RGB", (40, 20), "white")
    notes = Image.Exif()
    notes[0x0112], notes[0x010F] = 6, "Kamera Oy"
    notes.get_ifd(0x8825)[1] = "N"
    picture.save(made, kind, exif=notes, **about)
    return made.getvalue()


def upload(name: str, declared: str, content: bytes, size: int | None = None) -> Upload:
    return Upload(name, declared, content, len(content) if size is None else size)


GOOD: dict[str, Callable[[], Upload]] = {
    "a PDF": lambda: upload("lupa.pdf", "application/pdf", pdf()),
    "a photo": lambda: upload("KUVA.JPG", "image/jpeg", photo()),
    "a picture": lambda: upload("kuva.png", "image/png", photo("PNG")),
    "a browser that says nothing": lambda: upload("lupa.pdf", "application/octet-stream", pdf()),
}
BAD: dict[str, tuple[Callable[[], Upload], str]] = {
    "nothing": (lambda: upload("lupa.pdf", "application/pdf", b""), "tyhjä"),
    "a page": (lambda: upload("lupa.html", "text/html", b"<script>"), "muuta lajia"),
    "a page that says PDF": (
        lambda: upload("lupa.pdf", "application/pdf", b"<script>"),
        "muuta lajia",
    ),
    "a PDF that says PNG": (lambda: upload("lupa.png", "image/png", pdf()), "nimi sanoo"),
    "a PDF whose browser says page": (lambda: upload("a.pdf", "text/html", pdf()), "nimi sanoo"),
    "a PDF named as a program": (
        lambda: upload("lupa.pdf.exe", "application/pdf", pdf()),
        "nimi sanoo",
    ),
    "without a name's end": (lambda: upload("lupa", "", pdf()), "nimi sanoo"),
    "too large": (lambda: upload("lupa.pdf", "application/pdf", b"", 11 << 20), "liian suuri"),
    "a picture cut off": (lambda: upload("k.png", "image/png", photo("PNG")[:-20]), "rikki"),
    "a photo cut off": (lambda: upload("k.jpg", "image/jpeg", photo()[:-20]), "rikki"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_kept(name: str, world: World) -> None:
    client = world.client()
    with world.acting(REFERRER) as hilppa:
        kept = operations.attach(client, ("permit", client.pk), GOOD[name](), by=hilppa)
        assert kept.media_type == GOOD[name]().sniffed
        assert len(content_of(kept)) == kept.size
        assert attached_to(client, ("permit", client.pk)) == [kept]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_and_nothing_kept(name: str, world: World) -> None:
    client, (make, words) = world.client(), BAD[name]
    before = world.rows("select count(*) from journal_entry"), counts(world)
    with world.acting(REFERRER) as hilppa, pytest.raises(FileRefused, match=words):
        operations.attach(client, ("permit", client.pk), make(), by=hilppa)
    assert (world.rows("select count(*) from journal_entry"), counts(world)) == before


def counts(world: World) -> list[tuple[object, ...]]:
    return world.rows(
        "select (select count(*) from files_attachment),"
        " (select count(*) from files_attachmentcontent)"
    )


def test_the_county_chooses_the_limit(world: World) -> None:
    world.rows(
        "insert into organizations_setting (id, key, value, begins)"
        " values (gen_random_uuid(), 'attachment_max_mib', '1', '2020-01-01') returning 1"
    )
    large = upload("lupa.pdf", "application/pdf", b"", (1 << 20) + 1)
    with world.acting(REFERRER) as hilppa, pytest.raises(FileRefused, match="1 megatavua"):
        operations.attach(world.client(), ("permit", hilppa.unit_id), large, by=hilppa)


def test_removed_and_brought_back(world: World) -> None:
    client = world.client()
    with world.acting(REFERRER) as hilppa:
        kept = operations.attach(client, ("permit", client.pk), GOOD["a PDF"](), by=hilppa)
    browser = world.browser(COLLEAGUE)
    address = f"/liitteet/{kept.public_id}/"
    assert world.browser(REFERRER).get(address).status_code == 200
    assert browser.get(address).status_code == 404  # Has no circle.
    with world.acting(REFERRER) as hilppa:
        operations.remove_attachment(attachment_for(hilppa, kept.public_id), by=hilppa)
    assert world.browser(REFERRER).get(address).status_code == 404
    with world.acting(REFERRER) as hilppa:
        operations.restore_attachment(attachment_for(hilppa, kept.public_id), by=hilppa)
    assert world.browser(REFERRER).get(address).status_code == 200


def test_it_is_handed_out_as_a_file_that_runs_nothing(world: World) -> None:
    client = world.client()
    name = 'l"upa\r\n../../Äiti.pdf'
    with world.acting(REFERRER) as hilppa:
        sent = upload(name, "application/pdf", pdf())
        kept = operations.attach(client, ("permit", client.pk), sent, by=hilppa)
    answer = world.browser(REFERRER).get(f"/liitteet/{kept.public_id}/")
    assert answer.content == pdf() or answer.content.startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    shown = answer["Content-Disposition"]
    assert shown.startswith("attachment;") and "/" not in shown and "\n" not in shown
    assert "no-store" in answer["Cache-Control"]
    read = "select count(*) from journal_entry where kind = 'read.attachment' and subject = %s"
    assert world.rows(read, kept.pk) == [(1,)]


def test_the_kept_bytes_are_not_changed(world: World) -> None:
    client = world.client()
    with world.acting(REFERRER) as hilppa:
        operations.attach(client, ("permit", client.pk), GOOD["a PDF"](), by=hilppa)
        assert Attachment.objects.filter(client=client).exists()
    for statement in (
        "update files_attachmentcontent set content = ''",
        "delete from files_attachmentcontent",
        "update files_attachment set media_type = 'text/html'",
        "delete from files_attachment",
    ):
        with pytest.raises(Exception, match="permission denied"), world.acting(REFERRER):
            run(statement)


def run(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_tells_no_place(kind: str) -> None:
    taken = photo(kind)
    assert b"Kamera Oy" in taken
    kept = stripped(taken, f"image/{kind.lower()}")
    assert b"Kamera Oy" not in kept
    before, after = Image.open(io.BytesIO(taken)), Image.open(io.BytesIO(kept))
    assert before.tobytes() == after.tobytes()
    if kind == "JPEG":
        assert dict(after.getexif()) == {0x0112: 6}


# The scanner.


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[str]:
    """A stand-in for clamd that speaks its protocol."""
    path = str(tmp_path / "clamd")
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen()

    def answer() -> None:
        while True:
            try:
                wire, _ = server.accept()
            except OSError:
                return
            with wire, wire.makefile("rb") as heard:
                assert heard.read(10) == b"zINSTREAM\0"
                got = b""
                while length := struct.unpack(">I", heard.read(4))[0]:
                    got += heard.read(length)
                found = b"Eicar-Signature FOUND" if EICAR in got else b"OK"
                said = b"INSTREAM size limit exceeded. ERROR" if len(got) > 1 << 20 else found
                wire.sendall(b"stream: " + said + b"\0")

    threading.Thread(target=answer, daemon=True).start()
    yield path
    server.shutdown(socket.SHUT_RDWR)
    server.close()


def test_clamd_is_asked(clamd: str, settings: Settings) -> None:
    settings.SCANNER = f"clamd:{clamd}"
    scan(b"clean" * 50_000)
    with pytest.raises(Infected):
        scan(b"x" * 100_000 + EICAR)
    with pytest.raises(ScanFailed):
        scan(b"x" * ((1 << 20) + 1))


@pytest.mark.parametrize(
    ("scanner", "outcome"),
    [
        ("command:true", None),
        ("command:grep -q clean", None),
        ("command:sh -c 'exit 1'", Infected),
        ("command:sh -c 'exit 2'", ScanFailed),
        ("command:/no/such/command", ScanFailed),
        ("clamd:/no/such/socket", ScanFailed),
        ("clamd:127.0.0.1:1", ScanFailed),
        ("clamd:nonsense", ScanFailed),
        ("nonsense", ScanFailed),
        ("", ScanFailed),
        ("none", None),
    ],
)
def test_without_a_clear_answer_nothing_passes(
    scanner: str, outcome: type[Exception] | None, settings: Settings
) -> None:
    settings.SCANNER = scanner
    if outcome is None:
        scan(b"clean\n")
    else:
        with pytest.raises(outcome):
            scan(b"clean\n")


@pytest.mark.parametrize(
    ("scanner", "words"), [("command:sh -c 'exit 1'", "haittaohjelma"), ("", "ei voitu tarkistaa")]
)
def test_nothing_is_kept_that_was_not_found_clean(
    scanner: str, words: str, world: World, settings: Settings
) -> None:
    settings.SCANNER = scanner
    client, before = world.client(), counts(world)
    with world.acting(REFERRER) as hilppa, pytest.raises(FileRefused, match=words):
        operations.attach(client, ("permit", client.pk), GOOD["a PDF"](), by=hilppa)
    assert counts(world) == before
