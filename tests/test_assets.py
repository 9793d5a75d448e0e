import json
import os

import pytest

from app.assets import Assets


@pytest.fixture
def folder(tmp_path, app):
    """A folder of built assets."""

    def build(**names):
        manifest = tmp_path / "manifest.json"
        manifest.write_text(
            json.dumps({name.replace("_", "."): file for name, file in names.items()})
        )
        build.time += 10
        os.utime(manifest, (build.time, build.time))
        return tmp_path

    build.time = 1_000_000
    return build


def test_an_asset_is_found_under_the_name_with_its_hash(app, folder):
    assets = Assets(folder(main_js="main-1a2b.js"))
    with app.test_request_context():
        assert assets.url("main.js") == "/static/dist/main-1a2b.js"


def test_a_new_build_is_seen_without_a_restart(app, folder, monkeypatch):
    assets = Assets(folder(main_js="main-1a2b.js"))
    with app.test_request_context():
        assets.url("main.js")
        folder(main_js="main-3c4d.js")
        assert assets.url("main.js") == "/static/dist/main-1a2b.js", "it looks once a second"
        monkeypatch.setattr("time.monotonic", lambda: assets._look_at + 1)
        assert assets.url("main.js") == "/static/dist/main-3c4d.js"


def test_what_was_never_built_says_what_to_do(tmp_path, app, folder):
    with pytest.raises(KeyError, match="make assets"):
        Assets(tmp_path / "nowhere").url("main.js")
    with app.test_request_context(), pytest.raises(KeyError, match="make assets"):
        Assets(folder(main_js="main-1a2b.js")).url("other.js")


def test_built_assets_are_kept_for_ever_and_nothing_else_is(app, browser):
    with app.test_request_context():
        url = app.jinja_env.globals["asset"]("main.js")
    kept = browser().get(url)
    assert kept.status_code == 200
    assert kept.cache_control.immutable
    assert kept.cache_control.max_age == 365 * 24 * 3600
    kept.close()
    assert not browser().get("/static/dist/nothing.js").cache_control.immutable
