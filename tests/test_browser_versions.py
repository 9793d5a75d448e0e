"""What is built for browsers is understood by the oldest that CONTRIBUTING.md names."""

import json
import re
from pathlib import Path

DIST = Path("app/static/dist")

# Each is younger than one of those browsers, and nobody rewrites it.
# Turbo asks first whether there is startViewTransition or moveBefore.
TOO_NEW = {
    ".js": r"""
        AbortSignal\.(any|timeout) Array\.fromAsync Promise\.(try|withResolvers)
        URL\.(canParse|parse)\( Object\.groupBy Map\.groupBy
        \.to(Sorted|Spliced|Reversed)\( \.isWellFormed
        crypto\.(randomUUID|subtle) navigator\.(locks|wakeLock) new\sFormData\([^,()]+,
        \.checkVisibility\( \.showPicker\( \.(show|hide|toggle)Popover\(
        scrollend requestIdleCallback new\sCSSStyleSheet adoptedStyleSheets \(\?<[=!]
    """,
    ".css": r"""
        @container @layer @property @scope @starting-style light-dark\( oklch\( oklab\( \bround\(
        :user-(in)?valid :popover-open @media\([^)]*[<>] [\d.](cq[whib]|lh|rlh)\b subgrid
    """,
}


def test_nothing_is_newer_than_the_browsers_that_are_meant():
    names = json.loads((DIST / "manifest.json").read_text()).values()
    built = [DIST / name for name in names if Path(name).suffix in TOO_NEW]
    assert {file.suffix for file in built} == set(TOO_NEW)
    for file in built:
        text, patterns = file.read_text(), TOO_NEW[file.suffix].split()
        assert [p for p in patterns if re.search(p, text)] == [], file.name
