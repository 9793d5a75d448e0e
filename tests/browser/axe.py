"""Whether a page can be used by everybody, as far as axe-core can tell."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

SOURCE = Path("node_modules/axe-core/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]
# Only the colours differ between light and dark.
RULES: dict[Scheme, dict[str, Any]] = {
    "light": {"type": "tag", "values": TAGS},
    "dark": {"type": "rule", "values": ["color-contrast"]},
}
RUN = r"""async (rules) => (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]}))
  .violations.map(({id, help, nodes}) => `${id}: ${help}\n` +
    nodes.slice(0, 4).map(({html, any}) => `    ${html.slice(0, 200)}\n      ${
      any.map(({message}) => message.slice(0, 200)).join("; ")}`).join("\n"))"""


@cache
def _source() -> str:
    return SOURCE.read_text()


def faults(page: Page) -> list[str]:
    """What axe finds on the page, in light and in dark."""
    # The page's content policy does not hold for what the test evaluates.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    found = []
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {fault}" for fault in page.evaluate(RUN, rules)]
    return found
