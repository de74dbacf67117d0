"""Which database role a command works as, and what it needs before it can."""

from pathlib import Path

from rinnalla.config.places import REPOSITORY

# What is not named here works as the owner, which a command of the county's own people may.
ROLE_OF = {
    "serve": "app",
    "worker": "worker",
    "configure": "import",
    "create_administrator": "import",
    "demo": "app",
    "end_membership": "worker",
    "people": "app",
    "import_extract": "import",
}
# Words of Python that a command cannot have as its module's name.
MODULE_OF = {"import": "import_extract"}
# These work before the tables are there; all others find them made.
NEED_NO_TABLES = {
    "check", "collectstatic", "compile_texts", "help", "in_tests", "makemessages",
    "makemigrations", "migrate", "showmigrations", "sqlmigrate", "check_texts", "version",
}  # fmt: skip


def name_of(word: str) -> str:
    """The command that a person means: explain-access is explain_access, import import_extract."""
    return MODULE_OF.get(word, word.replace("-", "_"))


def role_of(command: str) -> str:
    """The database role that the command works as."""
    return ROLE_OF.get(command, "owner")


def exists(command: str) -> bool:
    """Whether an app of ours brings this command; asked without loading any of them."""
    return any(apps_file(f"management/commands/{command}.py"))


def apps_file(pattern: str) -> list[Path]:
    """The files of all apps that match."""
    return sorted((REPOSITORY / "rinnalla").glob(f"*/{pattern}"))
