"""Files of every sort are read or refused with a Chinese message that names the file and says what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from corpus.read.limits import ReadLimits
from corpus.read.read_file import read_file
from corpus.understand import understand_file
from service.domain.errors import InputTooLarge, UnusableInput
from tests.corpus import pages

LIMITS = ReadLimits()


def _write(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    path = _write(tmp_path, "汇报.txt", pages.TOWN.encode(encoding))
    assert read_file(path, LIMITS).text == pages.TOWN


TRADITIONAL = """潮汐鎮文明村鎮創建工作自查報告
縣文明辦：
根據縣裡的統一安排，我鎮對照文明村鎮測評細則逐項開展自查，現將有關情況報告如下：
一、基本情況
我鎮轄九個村、一個社區。今年以來，共發放宣傳單1200份，組織志願者清理溝渠38公里，投入資金46萬元。
二、存在問題
（一）保潔不夠經常
個別村民小組清運垃圾310噸後沒有及時復查，宣傳形式比較單一。
三、下一步打算
我們將逐條建立臺賬，限期整改到位，鞏固創建成果。
潮汐鎮人民政府
2023年9月18日
"""


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("a.txt", "cp950"), ("a.txt", "big5hkscs"), ("a.txt", "utf-16"), ("a.md", "cp950"), ("a.html", "cp950")],
)
def test_a_report_in_traditional_characters_comes_in_whole(tmp_path: Path, name: str, encoding: str) -> None:
    text = TRADITIONAL
    if name.endswith(".html"):
        lines = "".join(f"<p>{line}</p>" for line in TRADITIONAL.splitlines())
        text = f'<html><head><meta charset="utf-8"></head><body>{lines}</body></html>'
    (report,) = understand_file(_write(tmp_path, name, text.encode(encoding)), LIMITS).reports
    assert (report.title, report.genre, report.year) == ("潮汐镇文明村镇创建工作自查报告", "self-inspection", 2023)
    headings = [section.heading for section in report.sections if section.heading]
    assert headings == ["一、基本情况", "二、存在问题", "（一）保洁不够经常", "三、下一步打算"]
    assert "清运垃圾310吨后没有及时复查" in report.text


def test_big5_is_read_to_the_letter_and_damaged_big5_as_far_as_it_goes(tmp_path: Path) -> None:
    raw = TRADITIONAL.encode("cp950")
    assert read_file(_write(tmp_path, "a.txt", raw), LIMITS).text == TRADITIONAL
    cut = read_file(_write(tmp_path, "半.txt", raw[:-41]), LIMITS)
    assert cut.text[:-1] == TRADITIONAL[: len(cut.text) - 1]
    assert "半.txt" in cut.warnings[0]


def test_a_text_broken_in_a_few_places_is_read_and_one_whose_second_half_is_gone_says_where(tmp_path: Path) -> None:
    raw = bytearray(pages.TOWN.encode("utf-8"))
    for place in range(40, len(raw), len(raw) // 8):
        raw[place] = 0xFF
    assert "8处" in read_file(_write(tmp_path, "a.txt", bytes(raw)), LIMITS).warnings[0]
    half = pages.TOWN.encode("utf-8")[:700] + bytes(range(0x80, 0x100)) * 6
    with pytest.raises(UnusableInput, match=rf"从第{half[:700].count(10) + 1}行起读不出来"):
        read_file(_write(tmp_path, "半.txt", half), LIMITS)


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252", "gb18030"])
def test_a_text_that_was_saved_garbled_says_so(tmp_path: Path, wrong: str) -> None:
    garbled = TRADITIONAL.encode("utf-8").decode(wrong, errors="replace")
    with pytest.raises(UnusableInput, match="里存的就是乱码"):
        read_file(_write(tmp_path, "a.txt", garbled.encode("utf-8")), LIMITS)


def test_chinese_written_in_seven_bits_is_read_and_ascii_that_looks_like_it_is_left(tmp_path: Path) -> None:
    for encoding in ("hz", "utf-7"):
        assert read_file(_write(tmp_path, "a.txt", pages.TOWN.encode(encoding)), LIMITS).text == pages.TOWN
    for plain in ("~{ab~} and a+bcd/efgh- or +AbCdEf-", "see +86 and ~{x~}"):
        assert read_file(_write(tmp_path, "a.txt", plain.encode()), LIMITS).text == plain


def test_a_short_gbk_text_is_not_guessed_wrong(tmp_path: Path) -> None:
    assert read_file(_write(tmp_path, "a.txt", "发放手册20份".encode("gbk")), LIMITS).text == "发放手册20份"


def test_a_few_broken_bytes_are_shown_and_reported(tmp_path: Path) -> None:
    raw = bytearray(pages.TOWN.encode("utf-8"))
    raw[300] = 0xFF
    read = read_file(_write(tmp_path, "坏.txt", bytes(raw)), LIMITS)
    assert "\ufffd" in read.text
    assert "坏.txt" in read.warnings[0]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("空.txt", b""),
        ("空白.txt", b"  \n\n  "),
        ("二进制.txt", b"\x00\x01\x02\x03" * 200),
        ("乱码.txt", bytes(range(128, 256)) * 20),
        ("压缩包.txt", b"PK\x03\x04" + b"x" * 100),
        ("扫描.md", b"%PDF-1.4 ..."),
        ("假文档.docx", b"\x89 no document"),
        ("旧文档.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("不支持.pdf", b"%PDF-1.4"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name_and_advice(tmp_path: Path, name: str, raw: bytes) -> None:
    with pytest.raises(UnusableInput) as refused:
        read_file(_write(tmp_path, name, raw), LIMITS)
    assert name in refused.value.message
    assert "请" in refused.value.message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.txt", tmp_path):
        with pytest.raises(UnusableInput):
            read_file(path if path.suffix else _folder(tmp_path), LIMITS)


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "文件夹.txt"
    folder.mkdir(exist_ok=True)
    return folder


def test_a_file_over_the_limit_is_refused_before_it_is_understood(tmp_path: Path) -> None:
    path = _write(tmp_path, "大.txt", "整治".encode() * 1000)
    with pytest.raises(InputTooLarge):
        read_file(path, ReadLimits(max_file_bytes=1000))
    with pytest.raises(InputTooLarge):
        read_file(path, ReadLimits(max_chars=100))


def _archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return buffer.getvalue()


def test_a_zip_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    raw = _archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b" " * 5_000_000})
    assert len(raw) < 20_000
    with pytest.raises(InputTooLarge):
        read_file(_write(tmp_path, "炸弹.docx", raw), ReadLimits(max_expanded_bytes=1_000_000))


def test_an_archive_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    raw = _archive({f"part{number}.xml": b"" for number in range(60)})
    with pytest.raises(InputTooLarge):
        read_file(_write(tmp_path, "多.docx", raw), ReadLimits(max_archive_entries=50))


def test_entities_in_a_document_are_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    raw = _archive({"[Content_Types].xml": b"<x/>", "word/document.xml": bomb})
    with pytest.raises(UnusableInput, match="XML"):
        read_file(_write(tmp_path, "实体.docx", raw), LIMITS)


def test_a_truncated_document_is_refused(tmp_path: Path) -> None:
    whole = _word_file(tmp_path).read_bytes()
    with pytest.raises(UnusableInput, match="损坏"):
        read_file(_write(tmp_path, "半.docx", whole[: len(whole) // 2]), LIMITS)


def test_a_document_whose_bytes_are_overwritten_inside_is_damaged_and_not_too_large(tmp_path: Path) -> None:
    raw = bytearray(_word_file(tmp_path).read_bytes())
    at = raw.find(b"word/document.xml") + 100
    raw[at : at + 60] = bytes(60)
    with pytest.raises(UnusableInput, match="损坏") as refused:
        read_file(_write(tmp_path, "坏.docx", bytes(raw)), LIMITS)
    assert not isinstance(refused.value, InputTooLarge)


def test_a_report_that_a_table_only_places_keeps_its_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    cells = document.add_table(rows=2, cols=2).rows
    cells[0].cells[0].text, cells[0].cells[1].text = "单位", "柳溪镇"
    cells[1].cells[0].text, cells[1].cells[1].text = "主要事迹", "\n".join(pages.TOWN.split("\n")[:4])
    document.save(str(tmp_path / "表.docx"))
    text = read_file(tmp_path / "表.docx", LIMITS).text
    assert text == "单位 | 柳溪镇\n主要事迹\n" + "\n".join(pages.TOWN.split("\n")[:4])


def _word_file(folder: Path) -> Path:
    document = docx.Document()
    document.add_heading("柳溪镇文明村镇创建进展情况汇报", level=0)
    document.add_paragraph("今年以来，我镇以创建文明村镇为抓手，整治农村人居环境。现将进展情况汇报如下：")
    document.add_heading("主要做法", level=1)
    document.add_heading("清理死角", level=2)
    document.add_paragraph("我镇组织党员干部420人次，清理沟渠38公里，清运垃圾310吨。")
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate([("项目", "数量"), ("拆除危旧棚舍", "65处")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    document.add_heading("下一步打算", level=1)
    kept = document.add_paragraph("我镇将投入资金80万元")
    _strike_out(kept, "90万元")
    hidden = kept.add_run("内部口径勿外传")
    hidden.font.hidden = True
    kept.add_run("补齐污水管网短板。")
    document.add_paragraph("柳溪镇人民政府")
    document.add_paragraph("2024年5月8日")
    path = folder / "汇报.docx"
    document.save(str(path))
    return path


def _strike_out(paragraph: Paragraph, text: str) -> None:
    """Adds a tracked deletion, as Word keeps one until it is accepted."""
    deletion = OxmlElement("w:del")
    deletion.set(qn("w:author"), "审稿")
    run = OxmlElement("w:r")
    deleted = OxmlElement("w:delText")
    deleted.text = text
    run.append(deleted)
    deletion.append(run)
    paragraph._p.append(deletion)


def test_a_word_file_gives_headings_body_and_tables_in_order(tmp_path: Path) -> None:
    understood = understand_file(_word_file(tmp_path), LIMITS)
    (report,) = understood.reports
    assert report.title == "柳溪镇文明村镇创建进展情况汇报"
    assert [(section.heading, section.level) for section in report.sections] == [
        ("", 0),
        ("主要做法", 1),
        ("清理死角", 2),
        ("下一步打算", 1),
        ("", 0),
    ]
    assert "拆除危旧棚舍 | 65处" in report.sections[2].text
    assert report.unit == "柳溪镇人民政府"
    assert report.year == 2024


def test_deleted_and_hidden_words_of_a_word_file_are_left_out_and_reported(tmp_path: Path) -> None:
    understood = understand_file(_word_file(tmp_path), LIMITS)
    text = understood.reports[0].text
    assert "我镇将投入资金80万元补齐污水管网短板。" in text
    assert "90万元" not in text
    assert "勿外传" not in text
    assert len(understood.warnings) == 2


HTML = f"""<!DOCTYPE html><html><head><meta charset="{{charset}}"><title>整改报告_某网</title>
<script>var a = "脚本里的字";</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/a">政务公开</a><a href="/b">办事服务</a></div>
<h1>青桐街道测评反馈问题整改情况报告</h1><p>发布时间：2024-06-11　浏览次数：88</p><div class="article">
{"".join(f"<p>{line}</p>" for line in pages.STREET.split(chr(10)))}
<p>青桐街道办事处</p><p>2024年6月10日</p></div>
<div class="foot">版权所有 联系我们 网站地图</div></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_web_page_gives_its_article_without_the_site(tmp_path: Path, charset: str) -> None:
    raw = HTML.format(charset=charset).encode("gb18030" if charset == "gb2312" else "utf-8")
    (report,) = understand_file(_write(tmp_path, "页.html", raw), LIMITS).reports
    assert report.title == "青桐街道测评反馈问题整改情况报告"
    assert report.genre == "rectification"
    assert "脚本" not in report.text
    assert "网站地图" not in report.text
    assert [s.heading for s in report.sections if s.level == 1] == [
        "一、高度重视，立行立改",
        "二、逐条整改情况",
        "三、建立长效机制",
    ]


def test_a_deeply_nested_page_does_not_end_the_process(tmp_path: Path) -> None:
    raw = ("<div>" * 20_000 + f"<p>{pages.TOWN}</p>" + "</div>" * 20_000).encode()
    path = _write(tmp_path, "深.html", raw)
    try:
        text = read_file(path, LIMITS).text
    except UnusableInput as refused:
        text = refused.message
    assert text
