"""Connections of the web to PostgreSQL."""

from typing import Any

import psycopg


class Connection(psycopg.Connection[Any]):
    """A connection that keeps all statements of the pages prepared, not only a hundred of them.

    Planning one of them with its policies takes longer than running it many times over.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.prepared_max = 500
