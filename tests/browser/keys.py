"""What a person does by keyboard alone: each stop of Tab is seen, and each press is counted."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

MOST_TABS = 80
# The element with the focus: its name, whether it shows the focus, and that no bar hides it.
FOCUS = """() => {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    const box = node.getBoundingClientRect();
    const ringed = one => one && (getComputedStyle(one).outlineStyle !== "none"
        || getComputedStyle(one).boxShadow !== "none");
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const bars = ".actions, .identity, header";
    const covered = top && !node.contains(top) && top.closest(bars) && !node.closest(bars);
    const label = node.matches("input") && node.labels && node.labels[0];
    const name = node.getAttribute("aria-label") || node.innerText
        || (label && label.innerText) || node.value || node.name;
    const ring = [node, node.parentElement, node.nextElementSibling].some(ringed);
    return { name: (name || "").trim(), seen: ring && box.width > 0 && !covered };
}"""

# The options of the group that has the focus.
OPTIONS = """() => {
    const node = document.activeElement;
    if (!node || node.type !== "radio") return [];
    return [...document.getElementsByName(node.name)].map(one => one.labels[0].innerText.trim());
}"""


@dataclass(frozen=True)
class Stop:
    """Where Tab has come: the control's name, and whether one sees that it has the focus."""

    name: str
    seen: bool


@dataclass
class Keyboard:
    """A page without a mouse; what is typed into a field counts as one press."""

    page: Page
    pressed: int = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += 1

    def stop(self) -> Stop:
        """The next stop of Tab."""
        self.press("Tab")
        at = self.page.evaluate(FOCUS)
        return Stop(at["name"], at["seen"]) if at else Stop("", True)

    def to(self, name: str) -> None:
        """By Tab to the control of that name; every stop before it is seen, too."""
        for _tab in range(MOST_TABS):
            at = self.stop()
            assert at.seen, f"{self.page.url}: one does not see that {at.name} has the focus"
            if re.search(name, at.name):
                return
        raise AssertionError(f"{self.page.url}: Tab does not come to {name}")

    def go(self, name: str) -> None:
        """By Tab to the link or button of that name, and Enter."""
        self.to(name)
        with self.page.expect_navigation():
            self.press("Enter")

    def mark(self, name: str) -> None:
        """By Tab to the box of that name, and Space."""
        self.to(name)
        self.press("Space")

    def choose(self, name: str) -> None:
        """By Tab to a group of options, and on by the arrows to the one of that name."""
        for _tab in range(MOST_TABS):
            at = self.stop()
            assert at.seen, f"{self.page.url}: one does not see that {at.name} has the focus"
            options = self.page.evaluate(OPTIONS)
            if name in options:
                here = self.page.evaluate("document.activeElement.labels[0].innerText.trim()")
                for _arrow in range(options.index(name) - options.index(here)):
                    self.press("ArrowDown")
                if here == name:
                    self.press("Space")
                return
        raise AssertionError(f"{self.page.url}: Tab does not come to {name}")
