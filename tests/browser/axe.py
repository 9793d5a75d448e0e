"""Whether a page can be used by everybody, as far as axe-core can tell."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

SOURCE = Path("node_modules/axe-core/axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Only the colours differ between light and dark.
LIGHT: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}}
DARK: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
RUN = """async (options) => (await axe.run(document, {...options, resultTypes: ["violations"]}))
  .violations.map(({id, help, nodes}) => `${id}: ${help}\n` +
    nodes.slice(0, 4).map(({html, any}) => `    ${html.slice(0, 200)}\n      ${
      any.map(({message}) => message.slice(0, 200)).join("; ")}`).join("\n"))"""


@cache
def _source() -> str:
    return SOURCE.read_text()


def faults(page: Page) -> list[str]:
    """What axe finds on the page, in light and in dark."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    return _run(page, "light", LIGHT) + _run(page, "dark", DARK)


def _run(page: Page, scheme: Literal["light", "dark"], options: dict[str, Any]) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = page.evaluate(RUN, options)
    page.emulate_media(color_scheme=None, reduced_motion=None)
    return [f"{scheme}: {fault}" for fault in found]
