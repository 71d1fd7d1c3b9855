"""`zhibi numbers`, `zhibi check` and `zhibi draft`: their public shapes, exit codes and messages."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.commands.running import Ran, zhibi

NOTES = """王敏 09:12
3.8号搞了三下乡，去了30多个单位，发宣传单2800 份
3月12日组织志愿者45人在滨河路植树120棵
罗湾社区清理楼道杂物56处
收到，辛苦了
罗湾刚补报，楼道杂物应该是65处
"""
FAITHFUL = "3月8日，组织30余个单位开展“三下乡”活动，发放宣传单2800份。3月12日，组织志愿者45人植树120棵。\n"
FINDING = {
    "start", "end", "text", "kind", "verdict", "band", "rule", "message", "suggestion", "formula", "evidence",
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "notes.txt").write_text(NOTES, encoding="utf-8")
    (tmp_path / "draft.txt").write_text(FAITHFUL, encoding="utf-8")
    return tmp_path / "home"


def _draft(home: Path, *more: str | Path) -> Ran:
    asked = ("--notes", "notes.txt", "--genre", "progress", "--unit", "云汐街道", "--period", "2024年一季度")
    return zhibi("draft", *asked, *more, home=home)


def test_numbers_have_the_public_shape_and_true_offsets(home: Path) -> None:
    text = "\ufeff清运垃圾2.5万余方\r\n近两年来"
    found = zhibi("numbers", "-", "--json", home=home, stdin=text.encode())
    assert found.code == 0
    first = next(one for one in found.json if one["text"] == "2.5万余方")
    assert first == {
        "start": 5,
        "end": 11,
        "text": "2.5万余方",
        "role": "claim",
        "kind": "measure",
        "lo": "25001",
        "hi": "25999",
        "unit": "方",
        "approx": "over",
        "reason": None,
        "clock": None,
    }
    assert all(text[one["start"] : one["end"]] == one["text"] for one in found.json)


def test_a_faithful_draft_passes_with_its_evidence(home: Path) -> None:
    ran = zhibi(
        "check", "--notes", "notes.txt", "--draft", "draft.txt", "--period", "2024年一季度", "--json", home=home
    )
    assert ran.code == 0
    assert ran.json["findings"] == []
    assert {"claims", "pass", "warn", "block", "undecided", "placeholders", "overlap_chars", "overlap_source"} == set(
        ran.json["summary"]
    )
    for one in ran.json["passed"]:
        assert set(one) >= FINDING
        assert FAITHFUL[one["start"] : one["end"]] == one["text"]
        for evidence in one["evidence"]:
            assert NOTES[evidence["start"] : evidence["end"]] == evidence["text"]
            assert NOTES[: evidence["start"]].count("\n") + 1 == evidence["line"]


def test_an_invented_number_blocks_and_says_so_by_the_exit_code(home: Path) -> None:
    (home.parent / "draft.txt").write_text("发放宣传单9600份。\n", encoding="utf-8")
    ran = zhibi("check", "--notes", "notes.txt", "--draft", "draft.txt", "--json", home=home)
    assert ran.code == 1
    assert [one["band"] for one in ran.json["findings"]] == ["block"]
    plain = zhibi("check", "--notes", "notes.txt", "--draft", "draft.txt", home=home)
    assert plain.code == 1
    assert "9600" in plain.out


def test_a_number_only_in_a_past_report_is_leaked(home: Path) -> None:
    (home.parent / "old.txt").write_text("全年发放宣传单9600份，劝导不文明行为730起。\n", encoding="utf-8")
    (home.parent / "draft.txt").write_text("劝导不文明行为730起。\n", encoding="utf-8")
    ran = zhibi("check", "--notes", "notes.txt", "--draft", "draft.txt", "--exemplar", "old.txt", "--json", home=home)
    assert ran.code == 1
    assert [one["verdict"] for one in ran.json["findings"]] == ["leaked"]


def test_a_draft_has_the_public_shape_and_every_sentence_its_lines(home: Path) -> None:
    ran = _draft(home, "--json")
    assert ran.code in (0, 1)
    draft = ran.json
    named = "id genre unit period title text sections missing unused_notes exemplars check provenance"
    assert set(named.split()) <= set(draft)
    assert {"composer", "prompts", "degraded", "usage"} <= set(draft["provenance"])
    assert draft["provenance"]["composer"] == "rules"
    assert "2800份" in draft["text"]
    assert "65处" in draft["text"]
    assert "56处" not in draft["text"]
    for section in draft["sections"]:
        assert draft["text"][section["start"] :].startswith(section["text"])
        for sentence in section["sentences"]:
            assert sentence["kind"] in ("fact", "formula", "placeholder")
            assert bool(sentence["note_lines"]) or sentence["kind"] != "fact"
    assert _draft(home, "--json").out == ran.out


@pytest.mark.parametrize("ending", [".docx", ".md", ".json"])
def test_a_draft_is_written_whole_in_the_asked_form(home: Path, ending: str) -> None:
    out = home.parent / f"汇报{ending}"
    ran = _draft(home, "--out", out)
    assert ran.code in (0, 1)
    content = out.read_bytes()
    if ending == ".docx":
        with zipfile.ZipFile(out) as word:
            assert "2800份" in word.read("word/document.xml").decode("utf-8")
    else:
        assert "2800份" in content.decode("utf-8")
    assert [path.name for path in home.parent.iterdir() if path.name.startswith(".")] == []


def test_bad_arguments_say_what_which_and_what_to_do(home: Path) -> None:
    asked = ("draft", "--unit", "甲", "--notes")
    refused = [
        (zhibi(*asked, "notes.txt", "--genre", "诗", "--period", "2024年", home=home), "诗"),
        (zhibi(*asked, "notes.txt", "--genre", "plan", "--period", "昨天", home=home), "昨天"),
        (zhibi(*asked, "absent.txt", "--genre", "plan", "--period", "2024年", home=home), "absent"),
        (_draft(home, "--out", "汇报.pdf"), "汇报.pdf"),
        (_draft(home, "--out", "absent/汇报.md"), "absent"),
        (zhibi("check", "--notes", "notes.txt", home=home), "--draft"),
        (zhibi("numbers", home.parent, home=home), home.parent.name),
        (zhibi("unknown", home=home), "unknown"),
    ]
    for ran, named in refused:
        assert (ran.code, ran.out) == (2, ""), ran
        assert named in ran.err
        assert "Traceback" not in ran.err


@pytest.mark.parametrize("notes", [b"", b"  \n\n", "收到\n辛苦了[抱拳]\n哈哈\n".encode()])
def test_notes_without_a_fact_are_refused_in_chinese(home: Path, notes: bytes) -> None:
    (home.parent / "notes.txt").write_bytes(notes)
    ran = _draft(home)
    assert ran.code == 2
    assert "笔记" in ran.err


def test_notes_of_a_hundred_thousand_characters_are_drafted_and_one_more_is_refused(home: Path) -> None:
    line = "3月12日组织志愿者45人在滨河路植树120棵\n"
    (home.parent / "notes.txt").write_text((line * 5000)[:100_000], encoding="utf-8")
    assert _draft(home).code in (0, 1)
    (home.parent / "notes.txt").write_text((line * 5000)[:100_001], encoding="utf-8")
    ran = _draft(home)
    assert ran.code == 2
    assert "10万字" in ran.err


def test_notes_in_the_old_encoding_are_read(home: Path) -> None:
    (home.parent / "notes.txt").write_bytes(NOTES.encode("gb18030"))
    assert "2800份" in _draft(home).out


def test_half_broken_bytes_are_refused_with_their_line(home: Path) -> None:
    (home.parent / "notes.txt").write_bytes(NOTES.encode()[:60] + b"\xff\xff" + NOTES.encode()[60:])
    ran = _draft(home)
    assert ran.code == 2
    assert "第2行" in ran.err


def test_a_word_file_that_is_none_is_refused(home: Path) -> None:
    (home.parent / "notes.docx").write_bytes(b"PK\x03\x04 not a zip")
    ran = zhibi("draft", "--notes", "notes.docx", "--genre", "plan", "--unit", "甲", "--period", "2024年", home=home)
    assert ran.code == 2
    assert "notes.docx" in ran.err


def test_a_full_disk_for_the_home_is_named(home: Path) -> None:
    # /dev/full refuses every write as a full disk does; as a home it is also no folder.
    ran = zhibi("search", "志愿者", home=Path("/dev/full/zhibi"))
    assert ran.code == 3
    assert "ZHIBI_HOME" in ran.err
    assert ran.out == ""
