"""The twelve screens as they are drawn, whatever fonts a machine has: nothing cut, covered or out of scale.

Pictures are not compared point by point: another machine has other Chinese fonts, and every letter would differ. What
a person would see at once in such a comparison is measured instead.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.web.browsing import CHROMIUM
from tests.web.take_screens import walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
ROOT = Path(__file__).parents[2]
SCREENS = {path.stem for path in (ROOT / "docs" / "screens").glob("*.png")}
STYLES = ROOT / "service" / "web" / "static"

_DRAWN = """() => {
  const found = {cut: [], covered: [], outside: [], small: [], sizes: {}, colours: {}};
  const over = document.querySelector("dialog[open]") || document.querySelector("#popover:not([hidden])");
  const root = over || document.body;
  const wide = document.documentElement.clientWidth, high = document.documentElement.clientHeight;
  const told = (one) => (one.id || one.className || one.tagName) + ":" + one.textContent.trim().slice(0, 20);
  for (const one of root.querySelectorAll("*")) {
    const style = getComputedStyle(one);
    if (!one.checkVisibility({checkVisibilityCSS: true}) || one.closest(".unseen, [aria-hidden=true]"))
      continue;
    const own = Array.from(one.childNodes).filter((each) => each.nodeType === 3 && each.textContent.trim());
    if (one.matches("button, a.button, a.small-button, select, input:not([type=radio]):not([type=checkbox])")) {
      const box = one.getBoundingClientRect();
      if (box.height < 24 || box.width < 24) found.small.push(told(one));
    }
    if (!own.length) continue;
    const size = style.fontSize;
    found.sizes[size] = found.sizes[size] || told(one);
    for (const kind of ["color", "backgroundColor"])
      found.colours[style[kind]] = found.colours[style[kind]] || told(one);
    if (style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1 && !one.title
        && !one.matches("textarea, select")) found.cut.push(told(one));
    const range = document.createRange();
    for (const node of own) {
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        // Left of the edge nobody can scroll: what waits there, as the way past the menu, is not drawn.
        const middle = box.top + box.height / 2;
        if (middle < 0 || middle >= high || box.right < 0) continue;
        if (box.left < -1 || box.right > wide + 1) found.outside.push(told(one));
        // What a scrolling pane hides is not covered; it is further down.
        let pane = one.parentElement, hidden = false;
        for (; pane; pane = pane.parentElement) {
          const clip = pane.getBoundingClientRect();
          if (getComputedStyle(pane).overflowY !== "visible"
              && (middle > clip.bottom || middle < clip.top)) hidden = true;
        }
        if (hidden) continue;
        for (const x of [box.left + 2, box.right - 2]) {
          const top = document.elementFromPoint(Math.min(Math.max(x, 0), wide - 1), middle);
          const near = top && (top === one || one.contains(top) || top.contains(one)
            // A card is chosen by the choice that lies over its words.
            || top.matches("input") && top.closest("label") === one.closest("label"));
          const held = top && top.closest("textarea, .section-tools, .result-bar, .card-head");
          if (!near && !held) found.covered.push(told(one) + " by " + (top ? told(top) : "nothing"));
        }
      }
    }
  }
  return found;
}"""


def scale() -> set[str]:
    """The sizes of the one type scale, as the browser gives them."""
    names = re.findall(r"--(?:tiny|small|text|large|title): (\d+px)", (STYLES / "app.css").read_text(encoding="utf-8"))
    assert len(names) == 5
    return set(names)


def hue_of(colour: str) -> float | None:
    """The hue of `rgb(…)` in degrees; None where it is near grey, or shines through."""
    import colorsys

    parts = [float(each) for each in re.findall(r"[\d.]+", colour)]
    if len(parts) == 4 and parts[3] == 0:
        return None
    hue, _, saturation = colorsys.rgb_to_hls(*(each / 255 for each in parts[:3]))
    return None if max(parts[:3]) - min(parts[:3]) < 24 or saturation < 0.2 else hue * 360


def test_every_screen_is_drawn_whole_in_one_scale_with_one_accent(chromium: Browser) -> None:
    seen: dict[str, dict[str, Any]] = {}
    walk(chromium, lambda page, name: seen.setdefault(name, page.evaluate(_DRAWN)))
    assert set(seen) == SCREENS
    for what in ("cut", "covered", "outside", "small"):
        assert {name: one[what] for name, one in seen.items() if one[what]} == {}, what
    sizes = {size: (name, where) for name, one in seen.items() for size, where in one["sizes"].items()}
    assert {size: where for size, where in sizes.items() if size not in scale()} == {}
    # Teal is the accent; red, amber and yellow belong to marks; the green and red of a comparison to its words.
    allowed = ((165, 200), (0, 12), (25, 60), (100, 160), (350, 360))
    strange = {
        colour: (name, where)
        for name, one in seen.items()
        for colour, where in one["colours"].items()
        if (hue := hue_of(colour)) is not None and not any(low <= hue <= high for low, high in allowed)
    }
    assert strange == {}


def test_sizes_of_letters_come_from_the_scale_alone() -> None:
    for path in sorted(STYLES.glob("*.css")):
        for value in re.findall(r"[;{ ]font(?:-size)?:([^;}]*)", path.read_text(encoding="utf-8")):
            # What follows the slash is the height of a line; paper is set in points.
            assert not re.search(r"\d(?:px|em|rem|%)", re.sub(r"/\S+", "", value)), (path.name, value)
