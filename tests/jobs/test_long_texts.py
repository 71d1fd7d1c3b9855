"""Long texts are read by a process apart, which may die, take too long, or have too much before it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.checking.check import check_draft
from service.domain.errors import InputTooLarge, ServiceUnavailable, TooManyRequests, UnusableInput
from service.domain.period import parse_period
from service.jobs.long_texts import LongTexts
from service.wiring.long_texts import Readers
from tests.jobs.carried_out import die, refuse, wait_for, whose

NOTES = "\n".join(f"3月{day}日清运垃圾{day * 7}吨，参加{day + 40}人" for day in range(1, 29))


@pytest.fixture(scope="module")
def apart() -> Iterator[LongTexts]:
    texts = LongTexts(1)
    yield texts
    texts.close()


def begun(holding: Path) -> int:
    """The process that waits for `holding` to go."""
    told = holding.with_suffix(".begun")
    while not (told.exists() and told.read_text()):
        time.sleep(0.01)
    return int(told.read_text())


def test_it_is_another_process_that_reads_and_the_same_one_again(apart: LongTexts) -> None:
    (first, text), (second, _) = (apart.read("甲", False, whose, one) for one in ("甲", "乙"))
    assert text == "甲"
    assert first == second != os.getpid()


def test_what_is_wrong_with_the_text_is_raised_here_with_its_words(apart: LongTexts) -> None:
    with pytest.raises(UnusableInput, match="不能用：甲") as told:
        apart.read("甲", False, refuse, "甲")
    assert told.value.detail == {"field": "notes"}


def test_a_long_text_is_read_and_checked_as_a_short_one_is(apart: LongTexts) -> None:
    period, draft = parse_period("2031年"), "共清运垃圾2842吨。"
    here, there = Readers(None, check_draft), Readers(apart, check_draft, long_chars=len(NOTES))
    assert there.read_notes(NOTES, period) == here.read_notes(NOTES, period)
    assert there.check(NOTES, draft) == here.check(NOTES, draft)


def test_a_process_killed_while_it_reads_is_replaced_and_the_reading_repeated(apart: LongTexts, tmp_path: Path) -> None:
    holding = tmp_path / "held"
    holding.touch()
    ended: list[int] = []
    reading = threading.Thread(target=lambda: ended.append(apart.read("甲", False, wait_for, str(holding))))
    reading.start()
    killed = begun(holding)
    holding.with_suffix(".begun").unlink()
    os.kill(killed, signal.SIGKILL)
    repeated = begun(holding)
    holding.unlink()
    reading.join()
    assert ended == [repeated]
    assert repeated != killed
    assert apart.processes() == [repeated]


def test_a_text_that_kills_its_process_twice_is_told_and_the_next_is_read(apart: LongTexts) -> None:
    with pytest.raises(ServiceUnavailable, match=r"没有处理完.*没有丢失"):
        apart.read("甲", False, die, "甲")
    assert apart.read("乙", False, whose, "乙")[1] == "乙"


def test_a_text_over_the_time_is_stopped_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "held").touch()
    texts = LongTexts(1, seconds=0.5)
    with pytest.raises(InputTooLarge, match=r"0\.5秒还没有完.*没有丢失"):
        texts.read("甲", False, wait_for, str(tmp_path / "held"))
    assert texts.processes() == []
    texts.close()


def test_a_page_is_told_to_come_again_where_many_wait_and_a_run_waits_its_turn(
    apart: LongTexts, tmp_path: Path
) -> None:
    holding = tmp_path / "held"
    holding.touch()
    ended: list[int] = []
    readers = [
        threading.Thread(target=lambda: ended.append(apart.read("甲", True, wait_for, str(holding)))) for _ in range(9)
    ]
    for one in readers:
        one.start()
    begun(holding)
    with pytest.raises(TooManyRequests, match="前面还有9份") as told:
        apart.read("乙", False, whose, "乙")
    assert told.value.detail["wait_seconds"] > 0
    holding.unlink()
    for one in readers:
        one.join()
    assert len(set(ended)) == 1
    assert len(ended) == 9


def test_a_process_ends_with_whoever_started_it(tmp_path: Path) -> None:

    program = (
        "import os, signal\n"
        "from service.jobs.long_texts import LongTexts\n"
        "from tests.jobs.carried_out import whose\n"
        "if __name__ == '__main__':\n"
        "    print(LongTexts(1).read('甲', False, whose, '甲')[0], flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    script = tmp_path / "start.py"
    script.write_text(program, encoding="utf-8")
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    printed = subprocess.run([sys.executable, script], env=environment, capture_output=True, text=True, check=False)
    child = int(printed.stdout)
    for _ in range(500):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{child}/stat").read_text().split()[2] == "Z":
            return  # nobody collects it here; it has ended all the same
        time.sleep(0.01)
    raise AssertionError("the process lives on")
