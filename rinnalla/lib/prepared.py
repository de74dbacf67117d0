"""Querysets whose SQL is made once a process: for pages, that costs more than running it."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connection, models
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)
# Stands for a number while the SQL is made: no queryset of ours has it as a number of its own.
_NUMBER = 31_607


class Prepared(Generic[M]):
    """A queryset that differs from call to call only in the keys that are put into it.

    `make` gets a key of each of the types and returns the queryset. Its related rows and
    annotations come as usual, its prefetches do not.
    """

    def __init__(
        self, make: "Callable[..., models.QuerySet[M]]", *types: type[UUID] | type[int]
    ) -> None:
        self._make = make
        self._markers = [uuid4() if one is UUID else _NUMBER + n for n, one in enumerate(types)]
        self._statement: tuple[str, list[Any]] | None = None

    def rows(self, *keys: UUID | int) -> list[M]:
        """The rows for these keys."""
        return [self._object(row) for row in self.tuples(*keys)]

    def tuples(self, *keys: UUID | int) -> list[tuple[Any, ...]]:
        """The rows as PostgreSQL gives them, for a queryset of values."""
        if self._statement is None:
            self._prepare()
        sql, parameters = self._statement or ("", [])
        given = dict(zip(self._markers, keys, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(one, one) for one in parameters])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def first(self, *keys: UUID | int) -> M | None:
        """The first row, if there is one."""
        return next(iter(self.rows(*keys)), None)

    def _prepare(self) -> None:
        query = self._make(*self._markers).query
        compiler = query.get_compiler(using=connection.alias)
        sql, parameters = compiler.as_sql()
        if info := compiler.klass_info:
            self._learn(compiler, info)
        # Last, so that another thread never sees a half-made one.
        self._statement = sql, list(parameters)

    def _learn(self, compiler: Any, info: dict[str, Any]) -> None:
        """Which columns make which object."""
        if compiler.get_converters([column[0] for column in compiler.select]):
            raise TypeError("A prepared queryset has only columns that need no conversion.")
        places = info["select_fields"]
        self._model = info["model"]
        self._own = slice(places[0], places[-1] + 1)
        self._names = [column[0].target.attname for column in compiler.select[self._own]]
        self._related = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]
        self._annotations = dict(compiler.annotation_col_map or {})

    def _object(self, row: tuple[Any, ...]) -> M:
        made: M = self._model.from_db(connection.alias, self._names, row[self._own])
        for populator in self._related:
            populator.populate(row, made)
        for name, place in self._annotations.items():
            setattr(made, name, row[place])
        return made
