"""The child in which strange files are opened: what it gives up, and what becomes of it when it does not stop."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office_files import docx, paragraph, text_docx
from printed_files import one_page_pdf, stream

from luoshi.intake import DEFAULT, Limits, Opened, open_document, parent
from luoshi.intake.parent import read_in_child
from luoshi.intake.reading import Refusal

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="the system there cannot limit a process this way")


def refused(*args: Any, **more: Any) -> str:
    with pytest.raises(Refusal) as raised:
        read_in_child(*args, **more)
    return raised.value.remark.code


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Puts a program in the child's place."""

    def put(program: str) -> None:
        script = tmp_path / "child"
        script.write_text(f"#!{sys.executable}\nimport sys, os, time, json\n{program}\n", encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(script))

    return put


# ── limits ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@posix_only
def test_memory_is_limited_and_the_file_is_named(opened: Callable[..., Opened]) -> None:
    big = docx(paragraph("各位代表") + " " * (60 << 20))
    assert opened("报告.docx", big, Limits(part_ratio=10_000)).document is not None
    made = opened("报告.docx", big, Limits(memory_bytes=90 << 20, part_ratio=10_000))
    assert [found.code for found in made.problems] == ["I028"]


@posix_only
def test_computing_time_is_limited(opened: Callable[..., Opened]) -> None:
    big = docx("".join(paragraph(f"第{at}段。") for at in range(200_000)))
    made = opened("报告.docx", big, Limits(cpu_seconds=1, part_ratio=10_000))
    assert [found.code for found in made.problems] == ["I027"]


@posix_only
def test_a_child_that_only_waits_is_stopped_by_the_clock(stand_in: Callable[[str], None]) -> None:
    stand_in("time.sleep(600)")
    assert refused(b"x", "zip", Limits(wall_seconds=1)) == "I027"


@posix_only
def test_a_child_that_does_not_listen_is_stopped_too(stand_in: Callable[[str], None]) -> None:
    stand_in("time.sleep(600)")
    assert refused(b"x" * (4 << 20), "zip", Limits(wall_seconds=1)) == "I027"


@posix_only
def test_progress_renews_the_patience_of_recognition(stand_in: Callable[[str], None]) -> None:
    stand_in(
        "sys.stdin.buffer.read()\n"
        "for at in range(3):\n"
        "    time.sleep(0.6)\n"
        "    print(json.dumps({'progress': [at + 1, 3]}), flush=True)\n"
        "print(json.dumps({'kind': 'pdf', 'text': '好', 'marks': [], 'remarks': [], 'scanned': [], 'pages': 3}))"
    )
    seen: list[tuple[int, int]] = []
    limits = Limits(recognised_seconds=1)
    kind, reading = read_in_child(b"x", "pdf", limits, recognise=True, pages=3, progress=lambda *at: seen.append(at))
    assert (kind, reading.text, seen) == ("pdf", "好", [(1, 3), (2, 3), (3, 3)])


# ── what a child may not do ──────────────────────────────────────────────────────────────────────────────────────────

FORBIDDEN = {
    "write": "open({folder!r} + '/x', 'w')",
    "low-level-write": "os.open({folder!r} + '/x', os.O_WRONLY | os.O_CREAT)",
    "connect": "__import__('socket').socket().connect(('127.0.0.1', 9))",
    "start": "__import__('subprocess').run(['true'])",
    "system": "os.system('true')",
    "fork": "os.fork()",
    "remove": "os.remove({folder!r} + '/keep')",
    "rename": "os.rename({folder!r} + '/keep', {folder!r} + '/y')",
}


@pytest.mark.parametrize("deed", FORBIDDEN)
def test_a_confined_child_cannot(tmp_path: Path, deed: str) -> None:
    (tmp_path / "keep").write_text("x", encoding="utf-8")
    program = (
        "import os\nfrom luoshi.intake.child import confine\nfrom luoshi.intake.limits import DEFAULT\n"
        "import socket, subprocess\nconfine(DEFAULT, False, 0)\n"
        f"try:\n    {FORBIDDEN[deed].format(folder=str(tmp_path))}\nexcept PermissionError:\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "refused\n", done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["keep"]


@posix_only
def test_a_confined_child_has_its_limits() -> None:
    program = (
        "import resource\nfrom luoshi.intake.child import confine\nfrom luoshi.intake.limits import DEFAULT\n"
        "confine(DEFAULT, False, 0)\n"
        "names = ('AS', 'CPU', 'FSIZE', 'CORE', 'NOFILE')\n"
        "print([resource.getrlimit(getattr(resource, f'RLIMIT_{name}'))[0] for name in names])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout) == [DEFAULT.memory_bytes, DEFAULT.cpu_seconds, 0, 0, DEFAULT.open_files]


def test_the_child_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOSHI_SECRET", "x")
    seen: dict[str, Any] = {}

    def watched(*_: Any, **more: Any) -> Any:
        seen.update(more)
        raise OSError(12, "no")

    monkeypatch.setattr(parent.subprocess, "Popen", watched)
    assert refused(b"x", "zip", DEFAULT) == "I029"
    assert "LUOSHI_SECRET" not in seen["env"]


def test_modules_beside_the_report_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("json", "luoshi", "zipfile", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')", encoding="utf-8")
    (tmp_path / "报告.docx").write_bytes(text_docx("各位代表"))
    monkeypatch.chdir(tmp_path)
    assert open_document(Path("报告.docx")).document is not None
    assert not (tmp_path / "ran").exists()


# ── what a child may not say ─────────────────────────────────────────────────────────────────────────────────────────

GOOD = {"kind": "docx", "text": "各位代表", "marks": [], "remarks": [], "scanned": [], "pages": 0}
LIES = {
    "nothing": "",
    "noise": "os.write(1, b'\\xff' * 100)",
    "no-json": "print('各位')",
    "no-object": "print('[1]')",
    "no-text": "print('{}')",
    "mark-outside": f"print(json.dumps({GOOD | {'marks': [[0, 99, 'page', 1]]}}))",
    "mark-backwards": f"print(json.dumps({GOOD | {'marks': [[3, 1, 'page', 1]]}}))",
    "mark-unknown": f"print(json.dumps({GOOD | {'marks': [[0, 1, 'script', 1]]}}))",
    "remark-unknown": f"print(json.dumps({GOOD | {'remarks': [['X999', {}]]}}))",
    "remark-of-others": f"print(json.dumps({GOOD | {'remarks': [['W001', {'path': 'a', 'reason': 'b'}]]}}))",
    "remark-placed": f"print(json.dumps({GOOD | {'remarks': [['I030', {'start': 'x'}]]}}))",
    "remark-with-holes": f"print(json.dumps({GOOD | {'remarks': [['I025', {}]]}}))",
    "exit": "os._exit(3)",
    "endless-line": "\nwhile True: os.write(1, b'x' * 65536)",
}


@posix_only
@pytest.mark.parametrize("lie", LIES)
def test_a_lying_child_is_not_believed(stand_in: Callable[[str], None], lie: str) -> None:
    stand_in("sys.stdin.buffer.read()\n" + LIES[lie])
    assert refused(b"x", "zip", Limits(characters=1000)) == "I029"


@posix_only
def test_a_child_that_says_too_much_is_cut_off(stand_in: Callable[[str], None]) -> None:
    stand_in(f"print(json.dumps({GOOD | {'text': '长' * 2000}}))")
    assert refused(b"x", "zip", Limits(characters=1000)) == "I007"


@posix_only
@pytest.mark.parametrize(
    ("signal", "code"), [("SIGSEGV", "I029"), ("SIGKILL", "I028"), ("SIGXCPU", "I027"), ("SIGABRT", "I028")]
)
def test_the_way_a_child_died_is_told(stand_in: Callable[[str], None], signal: str, code: str) -> None:
    stand_in(f"import signal\nos.kill(os.getpid(), signal.{signal})")
    assert refused(b"x", "zip", DEFAULT) == code


def test_no_child_is_left_when_the_caller_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[Any] = []
    begin = subprocess.Popen.__init__

    def watched(self: Any, *args: Any, **more: Any) -> None:
        begin(self, *args, **more)
        children.append(self)

    monkeypatch.setattr(subprocess.Popen, "__init__", watched)

    class Stop(Exception):
        pass

    def stop(*_: int) -> None:
        raise Stop

    monkeypatch.setattr("luoshi.intake.parent._parsed", lambda line: {"progress": [1, 2]} if line else {})
    with pytest.raises(Stop):
        read_in_child(one_page_pdf(stream(b"BT ET")), "pdf", DEFAULT, progress=stop)
    assert [child.poll() is not None for child in children] == [True]


def test_files_can_be_opened_from_many_threads_at_once(tmp_path: Path) -> None:
    paths = []
    for at in range(4):
        paths.append(tmp_path / f"{at}.docx")
        paths[-1].write_bytes(text_docx(f"第{at}份报告"))
    found: dict[int, str] = {}

    def one(at: int) -> None:
        document = open_document(paths[at]).document
        found[at] = document.text if document else ""

    threads = [threading.Thread(target=one, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {at: f"第{at}份报告" for at in range(4)}
