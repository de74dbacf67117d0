"""`create_administrator`: an account with a password, as the county's administrator."""

import json
import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rinnalla.accounts.models import User
from rinnalla.journal import clock
from rinnalla.lib.days import helsinki_day
from rinnalla.organizations.events import ADMINISTRATOR_CREATED
from rinnalla.organizations.models import Membership, Unit
from rinnalla.organizations.queries import setting

QUESTIONS = {
    "username": gettext_lazy("Tunnus"),
    "first_name": gettext_lazy("Etunimi"),
    "last_name": gettext_lazy("Sukunimi"),
    "phone": gettext_lazy("Puhelin"),
}
PASSWORD = "RINNALLA_ADMIN_PASSWORD"  # noqa: S105 (a variable's name)


class Command(BaseCommand):
    help = str(gettext_lazy("Tekee pääkäyttäjän tunnuksen; salasana kysytään."))

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in QUESTIONS:
            parser.add_argument(f"--{name.replace('_', '-')}", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        answers = {name: options[name] or _ask(name) for name in QUESTIONS}
        phone = answers.pop("phone")
        if User.objects.filter(username=answers["username"]).exists():
            raise CommandError(_("Tunnus %s on jo käytössä.") % answers["username"])
        password = _password(User(**answers))
        with transaction.atomic():
            unit = _create(answers, phone, password)
        done = _("Pääkäyttäjä %(username)s on valmis yksikössä %(unit)s.")
        self.stdout.write(done % {"username": answers["username"], "unit": unit.name})


def _ask(name: str) -> str:
    question = str(QUESTIONS[name])
    answer = input(f"{question}: ").strip() if sys.stdin.isatty() else ""
    if not answer:
        raise CommandError(
            _("Puuttuu: --%(option)s (%(question)s).")
            % {"option": name.replace("_", "-"), "question": question}
        )
    return answer


def _password(user: User) -> str:
    password = os.environ.get(PASSWORD) or _asked_twice()
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password


def _asked_twice() -> str:
    if not sys.stdin.isatty():
        raise CommandError(_("Anna salasana muuttujassa %s.") % PASSWORD)
    first = getpass(_("Salasana: "))
    if getpass(_("Salasana uudelleen: ")) != first:
        raise CommandError(_("Salasanat eivät ole samat."))
    return first


def _create(names: dict[str, str], phone: str, password: str) -> Unit:
    with connection.cursor() as cursor:
        today = helsinki_day(clock.now(cursor))
        unit = Unit.objects.filter(code=setting("leading_unit", today)).first()
        if unit is None:
            raise CommandError(_("Hyvinvointialueen johtoa ei ole: aja ensin configure."))
        user = User.objects.create_user(**names, password=password)
        membership = Membership.objects.create(
            user=user,
            unit=unit,
            role=Membership.Role.ADMINISTRATOR,
            title=str(Membership.Role.ADMINISTRATOR.label),
            phone=phone,
            begins=today,
        )
        cursor.execute(
            "select rinnalla.record_job(%s, 'membership', %s, %s::jsonb, '{}')",
            [ADMINISTRATOR_CREATED, membership.id, json.dumps({"account": str(user.id)})],
        )
    return unit
