"""Cases in the told world: proposed by the convener, answered, named, as tests need them."""

from rinnalla.access.actor import Actor
from rinnalla.cases.models import Assignment, Case
from rinnalla.cases.operations import naming, proposing
from rinnalla.cases.operations.naming import Choice
from rinnalla.cases.operations.proposing import Said, Told
from tests.world import CONVENER, SOCIAL, VEIKKO, Who, World


def propose(world: World, by: Actor, *numbers: str) -> list[Case]:
    clients = [world.client(number) for number in numbers or (VEIKKO,)]
    return proposing.propose(clients, by=by, told=Told("Monta palvelua.", "meeting", by.today))


def answer(case: Case, by: Actor, said: str = "yes", words: str = "Haluan yhden ihmisen.") -> None:
    proposing.record_answer(case, by=by, said=Said(said, words, by.today))


def agreed_case(world: World) -> Case:
    with world.acting(CONVENER) as sirkka:
        [case] = propose(world, sirkka)
        answer(case, sirkka)
    return case


def named(world: World, case: Case, who: Who, *, agreed: bool = True, first: bool = True) -> None:
    """Asked by whoever carries the case, and accepted."""
    asked = ask(world, case, who, agreed=agreed, first=first)
    with world.acting(who) as actor:
        naming.accept(asked, by=actor)


def ask(
    world: World, case: Case, who: Who, *, agreed: bool = True, first: bool = True
) -> Assignment:
    member = world.member(who)
    carrier = CONVENER if now(world, case).state in Case.HELD else SOCIAL
    with world.acting(carrier) as by:
        return naming.name_worker(case, by=by, choice=Choice(member.pk, agreed, first))[0]


def now(world: World, case: Case) -> Case:
    with world.owner():
        return Case.objects.select_related("worker__membership__user", "holder__user").get(
            pk=case.pk
        )


def sees(world: World, who: Who, case: Case) -> bool:
    with world.acting(who):
        return Case.objects.filter(pk=case.pk).exists()
