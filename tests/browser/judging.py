"""What is judged on a page as it stands: accessibility, its ids, and whether it fits its window."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import axe_playwright_python
from playwright.sync_api import Locator, Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL: dict[str, Any] = {"type": "tag", "values": TAGS}
# A narrow window draws the same page in other places and sizes; its names, roles and colours stay.
PLACES: dict[str, Any] = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
# Darkness changes colours and nothing else.
COLOURS: dict[str, Any] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """async rules => (await axe.run({
    runOnly: rules, resultTypes: ["violations"], preload: false,
    rules: { "target-size": { enabled: true } },
})).violations.map(rule => rule.id + ": " + rule.nodes.slice(0, 3).map(
    node => node.target.join(" ")).join(", "))"""
FAULTS = """() => {
    const ids = [...document.querySelectorAll("[id]")].map(node => node.id);
    const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
    const root = document.documentElement;
    const wide = root.scrollWidth > root.clientWidth ? ["goes off the screen"] : [];
    return [...twice.map(id => "two ids " + id), ...wide];
}"""


def violations(page: Page, rules: dict[str, Any] = ALL) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, rules)
    return [f"{page.url} {fault}" for fault in found]


def faults(page: Page) -> list[str]:
    """Ids that stand twice, and a page wider than its window."""
    found: list[str] = page.evaluate(FAULTS)
    return [f"{page.url} {fault}" for fault in found]


def judged(page: Page) -> list[str]:
    """All that is wrong with the page: light and dark, wide and narrow."""
    found: list[str] = []
    for width, rules in ((1280, ALL), (320, PLACES)):
        page.set_viewport_size({"width": width, "height": 900})
        # Without motion, since colours that still change on their way are nobody's colours.
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        found += [f"{width} {fault}" for fault in violations(page, rules) + faults(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    return found + [f"dark {fault}" for fault in violations(page, COLOURS)]


@dataclass
class Hand:
    """What a person does by hand, counted: a press of a control, a spell of typing in a field."""

    page: Page
    done: int = 0

    def press(self, control: Locator) -> None:
        control.click()
        self.done += 1

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)
        self.done += 1

    def enter(self) -> None:
        self.page.keyboard.press("Enter")
        self.done += 1


class Within(Protocol):
    """Says what a numbered task took by hand, of how many interactions, and how many presses
    by keyboard alone."""

    def __call__(
        self, number: int, task: str, most: int, took: int | None = None, keys: int | None = None
    ) -> None: ...
