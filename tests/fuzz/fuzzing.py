"""One coverage-guided fuzz: feeds texts to a promise, bounds its time, and keeps the text that broke it.

Runs in the environment of requirements/fuzz.in only, since atheris has no place in the one that tests and serves:
    python -m tests.fuzz.fuzz_numbers -max_total_time=1500 -max_len=400 FOLDER
FOLDER keeps the inputs that reached new code; a broken promise prints its text and ends the run.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any

# A reader that looks back or ahead without bound passes this within a few thousand characters; instrumented code on a
# busy machine stays far below, since processor time is counted. The first seconds pay for tables read once.
SECONDS_PER_CHARACTER = 0.005
SECONDS_ALWAYS = 5.0


def fuzz(load: Callable[[], Callable[[bytes], int]]) -> None:
    """Runs until the limits of the command line, or until a promise breaks.

    `load` imports the code under test, which is instrumented as it is imported, and gives the function that holds one
    input to its promise and says how many characters it had.
    """
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["service.language", "service.checking"]):
        hold = load()

    def one_input(raw: bytes) -> None:
        began = time.process_time()
        characters = hold(raw)
        spent = time.process_time() - began
        bound = SECONDS_ALWAYS + SECONDS_PER_CHARACTER * characters
        assert spent < bound, f"{spent:.1f} s for {characters} characters"

    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
