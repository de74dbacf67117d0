"""Seals: writers never wait, what was open comes later, every tampering is found, roots are
told."""

import json
import logging
import random
import subprocess
import sys
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from pytest_django import Settings

from rinnalla.journal.jobs import seal_journal
from rinnalla.journal.sealing import checkpoints, sealer
from rinnalla.journal.sealing.form import root
from rinnalla.journal.sealing.verifying import verify
from tests.drills.journal import campaign
from tests.tampering import KINDS, ask, fill, unlock
from tests.world import World

TRIES = 120
WRITE = (
    "select rinnalla.write_entry(%s, null, null, null, null, null, null,"
    " array[rinnalla.uuid7()], array['own'])"
)


@pytest.fixture
def witness(tmp_path: Path, settings: Settings) -> Path:
    settings.CHECKPOINTS = str(tmp_path / "checkpoints.jsonl")
    return Path(settings.CHECKPOINTS)


def batch_of(kind: str) -> list[int]:
    rows = ask(
        "select d.seal from journal_entry e join rinnalla.sealed d on d.entry = e.id"
        " where e.kind = %s",
        kind,
    )
    return [row[0] for row in rows]


@pytest.mark.django_db
@pytest.mark.server
def test_every_tampering_is_found_and_nothing_else(witness: Path) -> None:
    done = campaign(TRIES, 7, witness.parent)
    assert done.faults == []
    assert done.placed == TRIES
    assert set(done.tried) == set(KINDS)
    assert done.clean > 10


@pytest.mark.server
def test_what_was_open_comes_later_and_nobody_waits(own_world: World, witness: Path) -> None:
    with (
        psycopg.connect(own_world.urls["DATABASE_OWNER_URL"]) as held,
        psycopg.connect(own_world.urls["DATABASE_OWNER_URL"], autocommit=True) as other,
    ):
        held.execute(WRITE, ["test.held"])
        other.execute(WRITE, ["test.before"])
        with own_world.job("rinnalla_worker"):
            assert sealer.seal_all() > 0
            # While the seals of this transaction are not committed yet, another writes.
            other.execute(WRITE, ["test.meanwhile"])
        held.commit()
        with own_world.job("rinnalla_worker"):
            assert sealer.seal_all() == 2
            assert sealer.seal_all() == 0
    with own_world.owner():
        assert batch_of("test.before") == [1]
        assert batch_of("test.held") == batch_of("test.meanwhile") == [2]
        assert verify(witness).ok


@pytest.mark.server
def test_the_job_has_no_rights_but_these(own_world: World, witness: Path) -> None:
    with own_world.job("rinnalla_worker"):
        seal_journal.func(0)
    for statement in (
        "select * from journal_entry",
        "select * from rinnalla.sealed",
        "insert into rinnalla.sealed values (rinnalla.uuid7(), 1)",
        "update rinnalla.seal set rows = 1",
        "delete from rinnalla.seal",
    ):
        with pytest.raises(Exception, match="permission denied"), own_world.job("rinnalla_worker"):
            ask(statement)
    for statement in (
        "update rinnalla.seal set rows = 1",
        "delete from rinnalla.sealed",
        "truncate rinnalla.seal",
    ):
        with pytest.raises(Exception, match="append-only"), own_world.owner():
            ask(statement)
    with pytest.raises(Exception, match="permission denied"):
        ask("select * from rinnalla.unsealed_leaves(1)")


@pytest.mark.django_db
def test_each_root_is_told_outside(
    witness: Path, caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    fill(random.Random(1), 25)
    with caplog.at_level(logging.INFO):
        assert sealer.seal_all(10) == 25
    told = [json.loads(line) for line in witness.read_text().splitlines()]
    assert [(line["number"], line["rows"]) for line in told] == [(1, 10), (2, 10), (3, 5)]
    assert all(line["root"] in caplog.text for line in told)
    # A job that died between the database and the file: the next one says it.
    witness.write_text(witness.read_text().splitlines(keepends=True)[0])
    assert sealer.seal_all() == 0
    assert [json.loads(line) for line in witness.read_text().splitlines()] == told
    settings.SEAL_KEY = settings.SEAL_PUBLIC_KEYS = ""
    assert verify(witness).ok, "the checkpoint alone is enough to verify"
    with pytest.raises(ImproperlyConfigured, match="RINNALLA_SEAL_KEY"):
        sealer.seal_all()


@pytest.mark.django_db
def test_nothing_is_built_upon_what_the_witness_has_seen_otherwise(
    witness: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(random.Random(1), 25)
    sealer.seal_all(10)
    unlock()
    ask("delete from rinnalla.sealed where seal = 3")
    ask("delete from rinnalla.seal where number = 3")
    with pytest.raises(sealer.WitnessDisagrees):
        sealer.seal_all()
    assert "nothing is sealed" in caplog.text


@pytest.mark.django_db
def test_after_a_restore_elsewhere_transactions_count_anew(witness: Path) -> None:
    fill(random.Random(1), 5)
    sealer.seal_all()
    unlock()
    ask("update rinnalla.seal set floor = floor + 1000000, cluster = 'another'")
    fill(random.Random(2), 5)
    assert sealer.seal_all() == 5


@pytest.mark.django_db
def test_the_commands_say_it_plainly(witness: Path, tmp_path: Path) -> None:
    fill(random.Random(1), 20)
    sealer.seal_all(10)
    fill(random.Random(2), 3)
    assert "Sinetöimättä on 3 riviä" in told("verify")
    assert "Loki on ehjä." in told("verify")
    exported = tmp_path / "export.jsonl"
    told("export", str(exported))
    assert exported.stat().st_mode & 0o077 == 0
    assert "Holds: 2 seals, 20 rows" in judged(exported, witness)
    assert ask("select count(*) from journal_entry where kind = 'journal.exported'") == [(1,)]
    unlock()
    ask(
        "update journal_entry set kind = 'x' where id = (select entry from rinnalla.sealed"
        " where seal = 2 limit 1)"
    )
    assert "Erän 2 rivejä on muutettu" in told("verify", code=1)
    lines = exported.read_text().replace('"own"', '"permit"', 1)
    exported.write_text(lines)
    assert judged(exported, witness, code=1) == "WRONG: a row of batch 1 is not what was sealed.\n"
    exported.write_text(lines.rpartition('{"end"')[0])
    assert judged(exported, witness, code=1) == "WRONG: the export is cut off.\n"


def told(*words: str, code: int = 0) -> str:
    out = StringIO()
    if not code:
        call_command("journal", *words, stdout=out)
    else:
        with pytest.raises(SystemExit) as ended:
            call_command("journal", *words, stdout=out)
        assert ended.value.code == code
    return out.getvalue()


def judged(exported: Path, witness: Path, code: int = 0) -> str:
    """What the standalone program says, which imports nothing of Rinnalla."""
    program = Path(__file__).parents[3] / "tools" / "verify_journal.py"
    assert "rinnalla" not in [word for word in program.read_text().split() if word == "import"]
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(exported), "--checkpoints", str(witness)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    return done.stdout


def test_one_leaf_is_its_own_root() -> None:
    leaves = [bytes([n]) * 32 for n in range(3)]
    assert root(leaves[:1]) == leaves[0]
    assert root(leaves) != root([leaves[1], leaves[0], leaves[2]])


def test_an_unreadable_checkpoint_is_told(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints.jsonl"
    path.write_text("{}\n")
    with pytest.raises(checkpoints.Unreadable):
        checkpoints.last(path)
