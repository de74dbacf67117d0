"""What was imported, and the rows that were set aside."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rinnalla.access.acting import acting
from rinnalla.imports.access import require_reader, run_for
from rinnalla.imports.queries import rejections_page, run_shown, runs_page


def runs(request: HttpRequest) -> HttpResponse:
    """The imports, newest first."""
    require_reader(acting(request))
    page, shown = runs_page(request.GET.get("sivu", "1"))
    return render(request, "imports/runs.html", {"page": page, "runs": shown})


def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One import: its counts, and each row that was set aside with the reason."""
    found = run_for(acting(request), run_id)
    page, rows = rejections_page(found, request.GET.get("sivu", "1"))
    context = {"shown": run_shown(found), "run": found, "page": page, "rows": rows}
    return render(request, "imports/run.html", context)
