"""Words are found from the first moment on, however many threads ask at once."""

from __future__ import annotations

import subprocess
import sys

_AT_ONCE = """
from threading import Barrier, Thread
from service.language.words import segment
texts = [f"组织志愿者{n}人清理楼道，开展文明创建宣传" * 50 for n in range(8)]
together, found = Barrier(8), []
def ask(text):
    together.wait()
    found.append([one.text for one in segment(text)])
threads = [Thread(target=ask, args=(text,)) for text in texts]
for one in threads: one.start()
for one in threads: one.join()
assert len(found) == 8 and all("志愿者" in one for one in found), len(found)
"""


def test_threads_that_ask_first_wait_for_the_dictionary() -> None:
    # In a fresh process, since the dictionary is loaded once.
    done = subprocess.run([sys.executable, "-c", _AT_ONCE], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
