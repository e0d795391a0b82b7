"""Changes apply wholly or not at all; diffs and writing to disk lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backwright.edits.change import Change, CreateFile, DeleteFile, Edit, EditFile, Stale, apply
from backwright.edits.diff import line_edits, unified_diff
from backwright.edits.disk import write
from backwright.text.snapshot import Snapshot
from backwright.text.span import Span

A = Snapshot.on_disk("a.py", b"one\ntwo\nthree\n")
B = Snapshot("b.py", b"x\r\ny\r\n", 7)
DOCUMENTS = {"a.py": A, "b.py": B}


def test_edits_apply_in_any_order_and_take_the_line_ends_of_the_document() -> None:
    change = Change(
        (
            EditFile("a.py", A.version, (Edit(Span(8, 13), "drei"), Edit(Span(0, 3), "eins"))),
            EditFile("b.py", 7, (Edit(Span(3, 3), "new\n"),)),
            CreateFile("c.py", "made\n"),
        )
    )
    assert apply(DOCUMENTS, change) == {
        "a.py": b"eins\ntwo\ndrei\n",
        "b.py": b"x\r\nnew\r\ny\r\n",
        "c.py": b"made\n",
    }


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (EditFile("a.py", "sha256:other", (Edit(Span(0, 3), "eins"),)), "changed"),
        (EditFile("b.py", 6, (Edit(Span(0, 1), "z"),)), "changed"),
        (EditFile("gone.py", 1, ()), "missing"),
        (DeleteFile("gone.py", 1), "missing"),
        (CreateFile("a.py", ""), "exists"),
    ],
)
def test_a_change_for_another_state_is_refused_whole(file: object, reason: str) -> None:
    good = EditFile("b.py", 7, (Edit(Span(0, 1), "z"),))
    files = (file,) if getattr(file, "path", "") == "b.py" else (good, file)
    stale = apply(DOCUMENTS, Change(files))
    assert isinstance(stale, Stale)
    assert stale.reason == reason
    assert stale.path in str(stale)


def test_overlapping_edits_are_a_fault_of_their_maker() -> None:
    edits = (Edit(Span(0, 5), "x"), Edit(Span(4, 6), "y"))
    with pytest.raises(ValueError, match="overlap"):
        apply(DOCUMENTS, Change((EditFile("a.py", A.version, edits),)))


lines = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\r\n", b"\n", b"  d\n"]), max_size=12)


@given(lines, lines, st.booleans())
def test_line_edits_turn_one_text_into_the_other(
    before: list[bytes], after: list[bytes], ended: bool
) -> None:
    old = Snapshot.on_disk("x.py", b"".join(before))
    new = b"".join(after) + (b"" if ended else b"end")
    new = new.replace(b"\r\n", b"\n").replace(b"\n", old.newline.encode())
    changed = apply({"x.py": old}, Change((EditFile("x.py", old.version, line_edits(old, new)),)))
    assert changed == {"x.py": new}


def test_unified_diff_names_new_and_deleted_files_and_a_missing_line_end() -> None:
    diff = unified_diff(
        {"a": b"1\n", "b": None, "c": b"x\n"}, {"a": b"1\n2", "b": b"n\n", "c": None}
    )
    assert "--- a/a\n+++ b/a\n" in diff
    assert "+2\n\\ No newline at end of file\n" in diff
    assert "--- /dev/null\n+++ b/b\n" in diff
    assert "--- a/c\n+++ /dev/null\n" in diff


def test_what_was_written_is_taken_back_when_one_file_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"old\n")
    (tmp_path / "blocked").write_bytes(b"a file, not a folder\n")
    before = {"a.py": b"old\n", "blocked/b.py": None}
    with pytest.raises(OSError, match="blocked"):
        write(tmp_path, before, {"a.py": b"new\n", "blocked/b.py": b"x\n"})
    assert (tmp_path / "a.py").read_bytes() == b"old\n"
    assert sorted(it.name for it in tmp_path.iterdir()) == ["a.py", "blocked"]


def test_writing_keeps_the_mode_follows_links_and_deletes(tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_bytes(b"old\n")
    (tmp_path / "run.sh").chmod(0o755)
    (tmp_path / "link.py").symlink_to("run.sh")
    (tmp_path / "gone.py").write_bytes(b"x\n")
    write(tmp_path, {}, {"link.py": b"new\n", "gone.py": None, "deep/er.py": b"y\n"})
    assert (tmp_path / "run.sh").read_bytes() == b"new\n"
    assert (tmp_path / "run.sh").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "link.py").is_symlink()
    assert not (tmp_path / "gone.py").exists()
    assert (tmp_path / "deep" / "er.py").read_bytes() == b"y\n"
