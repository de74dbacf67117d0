"""Finnish alphabetical order in a query."""

from django.db.models import F, Func, TextField


def alphabetical(*fields: str) -> list[Func]:
    """Expressions to order by: the fields' sort keys, made by the database's own function."""
    return [
        Func(F(field), function="rinnalla.sort_key", output_field=TextField()) for field in fields
    ]
