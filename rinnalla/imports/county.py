"""What a reading is told of the county, asked of the database batch by batch."""

from collections.abc import Collection, Mapping
from functools import cached_property

from django.db import connection

from rinnalla.clients.identifiers import hetu_digest
from rinnalla.organizations.models import CodeEntry, Municipality, Organization, Unit

MOST_REMEMBERED = 20_000


class County:
    """The county's units, code lists and known clients, as one import needs them."""

    def __init__(self) -> None:
        self._clients: dict[str, str | None] = {}

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The register of each unit by the unit's code."""
        return dict(Unit.objects.values_list("code", "register__name"))

    @cached_property
    def unit_ids(self) -> Mapping[str, str]:
        """The key of each unit by the unit's code."""
        return {code: key.hex for code, key in Unit.objects.values_list("code", "id")}

    @cached_property
    def codes(self) -> Mapping[str, frozenset[str]]:
        """The codes of each code list by the list's name."""
        lists: dict[str, set[str]] = {}
        for name, code in CodeEntry.objects.values_list("code_list", "code"):
            lists.setdefault(name, set()).add(code)
        return {name: frozenset(codes) for name, codes in lists.items()}

    @cached_property
    def municipalities(self) -> frozenset[str]:
        """The codes of the municipalities that the county knows."""
        return frozenset(Municipality.objects.values_list("code", flat=True))

    @cached_property
    def master_unit(self) -> str:
        """The key of the unit that keeps the client master."""
        return Unit.objects.only("id").get(keeps_master=True).id.hex

    @cached_property
    def kela_unit(self) -> str:
        """The key of the unit that stands for Kela, whose files name none."""
        return Unit.objects.only("id").get(organization__kind=Organization.Kind.KELA).id.hex

    def known(self, hetus: Collection[str]) -> Collection[str]:
        """Those of the codes that are, or were, a known client's."""
        if len(self._clients) > MOST_REMEMBERED:
            self._clients.clear()
        if unseen := [hetu for hetu in hetus if hetu not in self._clients]:
            self._look_up(unseen)
        return {hetu for hetu in hetus if self._clients[hetu]}

    def client_id(self, hetu: str) -> str | None:
        """The key of a client of the batch that was asked for last."""
        return self._clients[hetu]

    def _look_up(self, hetus: list[str]) -> None:
        by_digest = {hetu_digest(hetu): hetu for hetu in hetus}
        self._clients.update(dict.fromkeys(hetus))
        with connection.cursor() as cursor:
            cursor.execute(
                "select digest, client_id from clients_clientidentifier"
                " where from_master and digest = any(%s)",
                [list(by_digest)],
            )
            for digest, client in cursor.fetchall():
                self._clients[by_digest[bytes(digest)]] = client.hex
