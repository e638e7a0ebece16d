"""Whatever the bytes are, the answer is a document or named problems; never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import text_docx, text_ofd
from old_word_files import text_doc
from printed_files import pdf

from luoshi.intake import Opened, open_document
from luoshi.intake.child import _reader
from luoshi.intake.limits import DEFAULT
from luoshi.intake.reading import Reading, Refusal
from luoshi.problems import catalogue, has_errors

TEXT = "政府工作报告\n各位代表：\n全年增长5.8%，新增学位2400个。"
WHOLE = {"docx": text_docx(TEXT), "ofd": text_ofd(TEXT), "doc": text_doc(TEXT), "pdf": pdf(TEXT)}
KIND = {"docx": "zip", "ofd": "zip", "doc": "ole", "pdf": "pdf"}


def sound(opened: Opened) -> None:
    assert (opened.document is None) == has_errors(opened.problems)
    assert all(found.code in catalogue() and found.message and found.advice for found in opened.problems)
    if opened.document:
        text = opened.document.text
        assert text.strip()
        assert "\r" not in text
        assert "\0" not in text
        assert all(0 <= one.start <= one.end <= len(text) for one in opened.document.marks)


def open_bytes(name: str, data: bytes) -> Opened:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        return open_document(path)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.docx", "a.pdf", "a.md", "a"]))
@settings(max_examples=60)
def test_any_bytes(data: bytes, name: str) -> None:
    sound(open_bytes(name, data))


@given(
    st.sampled_from(["PK\x03\x04", "%PDF-1.7\n", "<html>", "MIME-Version: 1.0\nContent-Type: text/html\n", "{\\rtf"]),
    st.binary(max_size=300),
)
@settings(max_examples=25)
def test_any_bytes_after_a_signature(head: str, data: bytes) -> None:
    sound(open_bytes("a.bin", head.encode() + data))


@pytest.mark.parametrize("form", WHOLE)
@given(data=st.data())
@settings(max_examples=60)
def test_a_sound_file_with_a_stretch_overwritten(form: str, data: st.DataObject) -> None:
    """Read by the child's own reader in this process, so that many can be tried."""
    whole = bytearray(WHOLE[form])
    at = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.binary(max_size=40))
    whole[at : at + len(junk)] = junk
    if data.draw(st.booleans()):
        del whole[data.draw(st.integers(1, len(whole))) :]
    try:
        _, reading = _reader(KIND[form], False)(bytes(whole), DEFAULT, lambda *_: None)
    except Refusal as refusal:
        assert refusal.remark.problem().severity == "error"  # noqa: PT017
    else:
        assert isinstance(reading, Reading)


@pytest.mark.parametrize("form", WHOLE)
def test_the_same_file_gives_the_same_document(form: str) -> None:
    first, second = (open_bytes(f"报告.{form}", WHOLE[form]) for _ in range(2))
    assert first == second
    assert first.document is not None
    assert first.problems == ()
    assert "".join(TEXT.split()) in "".join(first.document.text.split())
