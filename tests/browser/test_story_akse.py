"""Story 1 in the browser, as each person: wide; and narrow, without JavaScript."""

from collections.abc import Iterator

import pytest

from tests.browser import telling, telling_outcome
from tests.browser.site import Site
from tests.browser.telling import Walk, Way

pytestmark = pytest.mark.browser
WAYS = [
    pytest.param(Way("120975-934F", "A100254", "A100001", "AKSE"), id="wide"),
    pytest.param(
        Way("120787-951H", "A100520", "A100293", kela_sees=True, width=320, script=False),
        id="narrow-without-script",
    ),
]


@pytest.fixture
def walk(site: Site, request: pytest.FixtureRequest) -> Iterator[Walk]:
    made = Walk(site, request.param)
    yield made
    made.close()
    assert site.complaints == []


@pytest.mark.parametrize("walk", WAYS, indirect=True)
def test_an_application_is_written_sent_asked_about_and_placed(walk: Walk) -> None:
    walk.site.clock("2026-10-31 09.00")
    telling.find(walk)
    telling.write(walk)
    telling.ask_permits(walk)
    telling.send(walk)
    telling.ask_and_answer(walk)
    telling.place(walk)


@pytest.mark.parametrize("walk", WAYS, indirect=True)
def test_a_case_is_consulted_recommended_taken_on_and_ended(walk: Walk) -> None:
    walk.site.clock("2026-11-03 09.05")
    telling_outcome.give_views(walk)
    telling_outcome.stay_out(walk)
    telling_outcome.mark_presence(walk)
    telling_outcome.disqualify_and_undo(walk)
    telling_outcome.recommend(walk)
    telling_outcome.take_on(walk)
    telling_outcome.see_what_is_late(walk)
    telling_outcome.close_by_withdrawing(walk)
    telling_outcome.end(walk)
