"""The site: what it is made of, what it refuses, and that nothing on it comes from elsewhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from dialspec.cli.root import root as dialspec
from dialspec.docsite import build as docsite_build
from dialspec.docsite import preview
from dialspec.docsite.build import build_site, stage_site
from dialspec.docsite.configuration import FILE_NAME
from dialspec.docsite.navigation import Menu, navigation
from dialspec.docsite.pages import SiteError, Sources, collect_pages, relink
from dialspec.docsite.preview import fingerprint, serve_site

ELSEWHERE = re.compile(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["']?(https?:)?//""")


def running(program: str) -> Callable[..., list[str]]:
    """A small Python program in the place of the site generator."""

    def command(*_arguments: str) -> list[str]:
        return [sys.executable, "-c", program]

    return command


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """Two hand-written pages and two generated ones, as they lie in a repository."""
    written, generated = tmp_path / "docs", tmp_path / "generated" / "docs"
    texts = {
        written / "index.md": "# Home\n\n[Acme](../generated/docs/acme/index.md#paging)\n",
        written
        / "concepts/names.md": "# Names\n\n[home](../index.md), [the licence](../../LICENSE)\n",
        generated / "providers.md": "# Providers\n\n[Acme](acme/index.md)\n",
        generated / "acme/index.md": "# Acme\n\n## Paging\n\n[all](../providers.md)\n",
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "LICENSE").write_text("MIT")
    return Sources(written, generated)


@pytest.fixture(scope="module")
def our_site(root: Path, tmp_path_factory: pytest.TempPathFactory, pages: dict[str, str]) -> Path:
    """The site of this very project, as it would be after `dialspec generate`."""
    folder = tmp_path_factory.mktemp("site")
    for path, text in pages.items():
        target = folder / "generated" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    written = folder / "docs"
    shutil.copytree(root / "docs", written)
    for name in ("CONTRIBUTING.md", "README.md"):
        (folder / name).write_text((root / name).read_text(encoding="utf-8"), encoding="utf-8")
    build_site(Sources(written, folder / "generated" / "docs"), folder / "site")
    return folder / "site"


def test_the_site_of_this_project_builds_without_a_warning(our_site: Path) -> None:
    assert (our_site / "index.html").is_file()
    assert (our_site / "nio/preview_tasks/list_numbers/index.html").is_file()


def test_no_page_loads_anything_from_another_server(our_site: Path) -> None:
    for page in our_site.rglob("*.html"):
        assert ELSEWHERE.search(page.read_text(encoding="utf-8")) is None, page
    for style in our_site.rglob("*.css"):
        assert re.search(r"url\(\s*[\"']?(?:https?:)?//", style.read_text(encoding="utf-8")) is None


def test_the_search_knows_wire_names_and_chinese_labels(our_site: Path) -> None:
    index = (our_site / "search.json").read_text(encoding="utf-8")
    assert "statusList" in index
    assert "时间戳过期" in index


def test_labels_from_specs_are_text_on_the_page(our_site: Path) -> None:
    page = (our_site / "laaffic/preview_tasks/list/index.html").read_text(encoding="utf-8")
    assert "任务状态" in page
    assert "<table>" in page


def test_a_link_between_the_folders_fits_the_site(sources: Sources) -> None:
    pages = collect_pages(sources)
    assert pages["index.md"].endswith("[Acme](acme/index.md#paging)\n")
    assert "[all](../providers.md)" in pages["acme/index.md"]


def test_a_link_to_a_file_that_is_no_page_keeps_only_its_words(sources: Sources) -> None:
    assert "[home](../index.md), the licence\n" in collect_pages(sources)["concepts/names.md"]


def test_a_picture_beside_a_page_comes_along(sources: Sources, tmp_path: Path) -> None:
    (sources.written / "plots").mkdir()
    (sources.written / "plots/a.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (sources.written / "concepts/names.md").write_text("# Names\n\n![A](../plots/a.svg)\n")
    out = tmp_path / "site"
    build_site(sources, out)
    assert (out / "plots/a.svg").read_bytes() == b"<svg xmlns='http://www.w3.org/2000/svg'/>"
    page = (out / "concepts/names/index.html").read_text(encoding="utf-8")
    assert re.search(r"""<img[^>]+src=["']?\.\./\.\./plots/a\.svg""", page)


def test_a_picture_that_went_away_goes_from_the_stage_too(sources: Sources, tmp_path: Path) -> None:
    pages, stage = collect_pages(sources), tmp_path / "stage"
    stage_site(pages, stage, "Docs", {"plots/a.svg": b"<svg/>"})
    assert (stage / "docs/plots/a.svg").read_bytes() == b"<svg/>"
    stage_site(pages, stage, "Docs")
    assert not (stage / "docs/plots/a.svg").exists()


def test_a_page_about_the_project_is_not_among_the_providers(sources: Sources) -> None:
    (sources.written / "benchmarks.md").write_text("# Benchmarks\n")
    menu = navigation(collect_pages(sources))
    assert {"Benchmarks": "benchmarks.md"} in menu


def test_links_in_code_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    text = "`[a](a.md)` and\n\n```text\n[a](a.md)\n```\n[a](a.md), [web](https://a.example)\n"
    moved = relink(text, tmp_path / "b.md", "b.md", {tmp_path / "a.md": "elsewhere/a.md"})
    assert moved == text.replace("\n[a](a.md),", "\n[a](elsewhere/a.md),")


def test_two_pages_at_one_place_are_refused(sources: Sources) -> None:
    (sources.written / "providers.md").write_text("# Mine\n")
    with pytest.raises(SiteError, match="would be the same page"):
        collect_pages(sources)


def test_missing_generated_pages_are_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="dialspec generate"):
        collect_pages(Sources(tmp_path / "docs", tmp_path / "generated"))


def test_a_site_without_hand_written_pages_still_has_a_home(
    sources: Sources, tmp_path: Path
) -> None:
    pages = collect_pages(Sources(tmp_path / "nowhere", sources.generated))
    assert "(providers.md)" in pages["index.md"]


def listed(menu: Menu) -> Iterator[str]:
    for entry in menu:
        assert isinstance(entry, dict)
        for value in entry.values():
            if isinstance(value, str):
                yield value
            else:
                yield from listed(value)


def test_every_page_is_in_the_menu_once(root: Path, pages: dict[str, str]) -> None:
    generated = {path.removeprefix("docs/"): text for path, text in pages.items()}
    written = {
        path.relative_to(root / "docs").as_posix(): path.read_text(encoding="utf-8")
        for path in (root / "docs").rglob("*.md")
    }
    everything = generated | written
    assert sorted(listed(navigation(everything))) == sorted(everything)


def test_menu_entries_are_plain_words(sources: Sources) -> None:
    (sources.generated / "acme/index.md").write_text("# Acme &#124; \\*Co\\* `x`\n")
    menu = json.dumps(navigation(collect_pages(sources)))
    assert "Acme | *Co* x" in menu


def test_a_page_outside_the_known_folders_is_still_in_the_menu(sources: Sources) -> None:
    (sources.written / "extra").mkdir()
    (sources.written / "extra/page.md").write_text("no heading\n")
    assert "extra/page.md" in set(listed(navigation(collect_pages(sources))))


def test_a_broken_link_fails_the_build_and_leaves_the_old_site(
    sources: Sources, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    assert build_site(sources, out) == 4
    before = (out / "index.html").read_text(encoding="utf-8")
    (sources.written / "index.md").write_text("# Home\n\n[gone](gone.md)\n")
    with pytest.raises(SiteError, match=r"index\.md:3"):
        build_site(sources, out)
    assert (out / "index.html").read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".site")] == []


def test_a_broken_anchor_fails_the_build(sources: Sources, tmp_path: Path) -> None:
    (sources.written / "index.md").write_text("# Home\n\n[x](../generated/docs/acme/index.md#no)\n")
    with pytest.raises(SiteError, match="anchor"):
        build_site(sources, tmp_path / "site")


def test_pages_that_went_away_go_from_the_site_too(sources: Sources, tmp_path: Path) -> None:
    out = tmp_path / "site"
    build_site(sources, out)
    (sources.written / "concepts/names.md").unlink()
    build_site(sources, out)
    assert not (out / "concepts").exists()


def test_a_folder_with_other_peoples_files_is_not_replaced(
    sources: Sources, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(SiteError, match="not a site of ours"):
        build_site(sources, out)
    assert (out / "thesis.txt").read_text() == "years of work"


def test_a_file_or_link_in_the_place_of_the_site_is_refused(
    sources: Sources, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path / "docs")
    for name in ("file", "link"):
        with pytest.raises(SiteError, match="is not a folder"):
            build_site(sources, tmp_path / name)


def test_the_working_folder_is_not_replaced(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "empty" / "inside"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    for out in (Path(), Path(".."), inside):
        with pytest.raises(SiteError, match="is the working folder or above it"):
            build_site(sources, out)


def test_a_page_in_another_encoding_is_refused_with_its_line(
    sources: Sources, tmp_path: Path
) -> None:
    page = sources.written / "concepts" / "names.md"
    page.write_bytes(b"# Names\n\nFran\xe7ais\n")
    with pytest.raises(SiteError, match=r"names\.md:3: the page is not in UTF-8"):
        build_site(sources, tmp_path / "site")


def test_a_site_that_can_not_be_written_is_told(sources: Sources, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SiteError, match="file: cannot read or write this: "):
        build_site(sources, tmp_path / "file" / "site")


def test_a_page_that_does_not_come_out_is_noticed(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docsite_build, "generator_command", running("print('fine')"))
    with pytest.raises(SiteError, match="did not come out"):
        build_site(sources, tmp_path / "site")


def test_an_error_that_is_only_printed_fails_the_build(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        docsite_build,
        "generator_command",
        running("print('Error: could not render')"),
    )
    with pytest.raises(SiteError, match="could not render"):
        build_site(sources, tmp_path / "site")


def not_found(_name: str) -> None:
    return None


def test_without_the_extra_the_remedy_is_named(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", not_found)
    with pytest.raises(SiteError, match=r"dialspec\[docs\]"):
        build_site(sources, tmp_path / "site")


def test_staging_again_writes_only_what_changed(sources: Sources, tmp_path: Path) -> None:
    stage = tmp_path / "stage"
    stage_site(collect_pages(sources), stage, "Docs")
    kept, gone = stage / "docs/index.md", stage / "docs/concepts/names.md"
    before = kept.stat().st_mtime_ns
    (sources.written / "concepts/names.md").unlink()
    stage_site(collect_pages(sources), stage, "Docs")
    assert kept.stat().st_mtime_ns == before
    assert not gone.exists()
    assert json.loads((stage / FILE_NAME).read_text())["theme"]["font"] is False


def test_the_command_builds_and_says_how_many_pages(sources: Sources, tmp_path: Path) -> None:
    options = ["--docs", str(sources.written), "--generated", str(sources.generated)]
    done = CliRunner().invoke(
        dialspec, ["docs", *options, "build", "--out", str(tmp_path / "site")]
    )
    assert done.exit_code == 0, done.output
    assert "4 pages" in done.output


def test_the_command_refuses_with_status_1_and_no_traceback(tmp_path: Path) -> None:
    for verb in ("build", "serve"):
        done = CliRunner().invoke(dialspec, ["docs", "--generated", str(tmp_path / "no"), verb])
        assert done.exit_code == 1
        assert "dialspec generate" in done.output
        assert "Traceback" not in done.output


def test_a_name_of_the_site_that_could_be_html_is_wrong_usage(tmp_path: Path) -> None:
    for title in ("<b>Acme</b>", 'Acme" onclick="alert(1)'):
        done = CliRunner().invoke(dialspec, ["docs", "--title", title, "build"])
        assert done.exit_code == 2
        assert "the name of a site cannot hold" in done.output


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def fetched(address: str, wanted: str) -> bool:
    """Wait until the page at `address` holds `wanted`."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            if wanted in httpx.get(address, timeout=2).text:
                return True
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    return False


def test_the_preview_follows_changes_and_ends_with_an_interrupt(
    sources: Sources, tmp_path: Path
) -> None:
    port = free_port()
    command = [sys.executable, "-c", "from dialspec.cli import main; main()", "docs"]
    command += ["--docs", str(sources.written), "--generated", str(sources.generated)]
    with subprocess.Popen(
        [*command, "serve", "--address", f"127.0.0.1:{port}"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            assert fetched(f"http://127.0.0.1:{port}/", "Home")
            (sources.written / "index.md").write_text("# Home again\n")
            assert fetched(f"http://127.0.0.1:{port}/", "Home again")
        finally:
            os.killpg(server.pid, signal.SIGINT)
            assert server.wait(15) == 0


def test_a_preview_whose_server_dies_says_so(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "generator_command", running("exit(3)"))
    monkeypatch.setattr(preview, "_PAUSE", 0.01)
    with pytest.raises(SiteError, match="status 3"):
        serve_site(sources, "127.0.0.1:1")


def test_a_preview_reports_a_page_in_the_way_and_goes_on(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import time; time.sleep(2)"
    monkeypatch.setattr(preview, "generator_command", running(program))
    monkeypatch.setattr(preview, "_PAUSE", 0.05)
    reported: list[str] = []
    timer = threading.Timer(0.3, lambda: (sources.written / "providers.md").write_text("# Mine\n"))
    timer.start()
    with pytest.raises(SiteError, match="ended with status 0"):
        serve_site(sources, "127.0.0.1:1", report=reported.append)
    timer.join()
    assert len(reported) == 1
    assert "would be the same page" in reported[0]


def test_an_interrupted_preview_leaves_no_server_behind(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def interrupted(
        _sources: Sources,
        _stage: Path,
        _title: str,
        server: subprocess.Popen[bytes],
        _report: Callable[[str], None],
    ) -> None:
        started.append(server)
        raise KeyboardInterrupt

    program = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    monkeypatch.setattr(preview, "generator_command", running(program))
    monkeypatch.setattr(preview, "_keep_fresh", interrupted)
    monkeypatch.setattr(preview, "_GRACE", 0.3)
    with pytest.raises(KeyboardInterrupt):
        serve_site(sources, "127.0.0.1:1")
    (server,) = started
    assert server.poll() is not None


@pytest.mark.parametrize("name", ["index.md", "plot.svg"])
def test_a_changed_page_or_picture_changes_the_fingerprint(sources: Sources, name: str) -> None:
    before = fingerprint(sources)
    (sources.written / name).write_text("# Another length\n")
    assert fingerprint(sources) != before
