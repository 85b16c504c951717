"""Formatting: black's shape, without black where the result is known."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dialspec.cache.formatted import FormatCache
from dialspec.cache.seal import Seal
from dialspec.cache.store import Store
from dialspec.formatting import Formatter, FormattingError, format_module, format_modules
from dialspec.rendering.check import UnexpectedShape, check_module

UNTIDY = "x = {  'a':1 }\n"
TIDY = 'x = {"a": 1}\n'


@pytest.fixture
def cache(tmp_path: Path) -> FormatCache:
    """An empty cache."""
    return FormatCache(_store(tmp_path), "test")


def _store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", Seal(b"k" * 32), 100)


def entries(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "cache").iterdir())


def test_modules_come_out_in_blacks_shape(cache: FormatCache) -> None:
    assert format_module(UNTIDY, cache) == TIDY
    assert format_module(TIDY, cache) == TIDY
    assert format_modules({"b": UNTIDY, "a": TIDY}, cache) == {"b": TIDY, "a": TIDY}
    assert list(format_modules({"b": UNTIDY, "a": TIDY}, cache)) == ["b", "a"]


def test_lines_may_be_a_hundred_columns_long(cache: FormatCache) -> None:
    line = f"x = f({'a' * 45}, {'b' * 45})\n"
    assert len(line) == 100
    assert format_module(line, cache) == line


def test_what_is_no_python_is_refused_with_its_path(cache: FormatCache) -> None:
    with pytest.raises(FormattingError, match=r"m\.py: rendered text that is no Python"):
        format_modules({"m.py": "x = ("}, cache)


def test_results_are_remembered(cache: FormatCache, tmp_path: Path) -> None:
    assert cache.get(UNTIDY) is None
    format_modules({"a": UNTIDY, "b": TIDY}, cache)
    assert (cache.get(UNTIDY), cache.get(TIDY)) == (TIDY, TIDY)
    assert len(entries(tmp_path)) == 2


def test_black_is_not_loaded_when_all_is_remembered(tmp_path: Path) -> None:
    script = (
        "import sys; from dialspec.formatting import format_module;"
        f"print(format_module({UNTIDY!r}), 'black' in sys.modules)"
    )
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    for expected in ("True", "False"):
        ran = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, check=True
        )
        assert ran.stdout.decode() == f"{TIDY} {expected}\n"


def test_a_damaged_entry_is_made_again(cache: FormatCache, tmp_path: Path) -> None:
    format_module(UNTIDY, cache)
    (entry,) = entries(tmp_path)
    entry.write_bytes(entry.read_bytes().replace(b"a", b"b"))
    assert cache.get(UNTIDY) is None
    assert format_module(UNTIDY, cache) == TIDY
    assert cache.get(UNTIDY) == TIDY


def test_other_settings_are_other_entries(cache: FormatCache, tmp_path: Path) -> None:
    cache.put(UNTIDY, TIDY)
    assert FormatCache(_store(tmp_path), "other").get(UNTIDY) is None


def test_a_folder_that_can_not_be_used_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file", encoding="utf-8")
    cache = FormatCache(_store(tmp_path), "test")
    assert format_module(UNTIDY, cache) == TIDY
    assert cache.get(UNTIDY) is None


def test_many_modules_are_formatted_by_several_processes(cache: FormatCache) -> None:
    modules = {f"m{number}.py": f"x = {{  'a':{number} }}\n" for number in range(4)}
    formatted = format_modules(modules, cache, threshold=0)
    assert formatted == {f"m{number}.py": f'x = {{"a": {number}}}\n' for number in range(4)}


DOCUMENTED = '"""Doc."""\n'
UNEXPECTED = '"""Doc."""\n\nimport os\n'


def checked(modules: dict[str, str], cache: FormatCache, threshold: int) -> dict[str, str]:
    """Format modules, and let the shape of each be looked at."""
    with Formatter(cache, check_module, threshold) as formatter:
        for path, source in modules.items():
            formatter.add(path, source)
        return formatter.finish()


@pytest.mark.parametrize("threshold", [0, 10**9], ids=["several processes", "one process"])
def test_a_module_of_an_unexpected_shape_is_refused_where_it_is_formatted(
    cache: FormatCache, threshold: int
) -> None:
    modules = {"a.py": DOCUMENTED, "b.py": UNEXPECTED, "c.py": DOCUMENTED}
    with pytest.raises(UnexpectedShape, match=r"^b\.py:3: an import of a whole module") as refused:
        checked(modules, cache, threshold)
    assert (refused.value.path, refused.value.line) == ("b.py", 3)


def test_what_is_remembered_is_looked_at_again(cache: FormatCache) -> None:
    cache.put(DOCUMENTED, UNEXPECTED)
    with pytest.raises(UnexpectedShape):
        checked({"a.py": DOCUMENTED}, cache, 10**9)


LONG_WORK = """
from pathlib import Path
from dialspec.cache.formatted import FormatCache
from dialspec.cache.seal import Seal
from dialspec.cache.store import Store
from dialspec.formatting import format_modules

if __name__ == "__main__":
    modules = {str(n): f"x = {{'a': {n}}}\\n" * 20_000 for n in range(8)}
    format_modules(modules, FormatCache.of_user("test"), threshold=0)
"""


def children(process: int) -> set[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False
    )
    return {int(pid) for pid in listed.stdout.split()}


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except FileNotFoundError:
        return False
    return state[0] != "Z"


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor formats in one process")
def test_helping_processes_end_when_the_generator_is_killed(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text(LONG_WORK, encoding="utf-8")
    run = subprocess.Popen([sys.executable, "work.py"], cwd=tmp_path)
    until = time.monotonic() + 60
    while len(children(run.pid)) < 3 and time.monotonic() < until:
        time.sleep(0.05)
    workers = children(run.pid)
    assert len(workers) >= 3  # two workers and the tracker of what they share
    time.sleep(1)
    run.kill()
    run.wait()
    until = time.monotonic() + 30
    while any(map(is_running, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(is_running, workers))


INTERRUPTED_WORK = """
import os, signal, time
from pathlib import Path
from dialspec.formatting import Formatter

started = Path("started")
if __name__ == "__mp_main__":  # in a helping process
    started.touch()
    time.sleep(0.5)
if __name__ == "__main__":
    try:
        with Formatter(threshold=1) as formatter:
            formatter.add("a.py", "x = 1\\n" * 20_000)
            for _ in range(3000):
                if started.exists():
                    break
                time.sleep(0.01)
            os.killpg(0, signal.SIGINT)
            time.sleep(60)
    except KeyboardInterrupt:
        print("interrupted")
"""


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one processor has no helping processes")
def test_an_interrupt_ends_helping_processes_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text(INTERRUPTED_WORK, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "work.py"],
        cwd=tmp_path,
        env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
        start_new_session=True,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("interrupted\n", "")
