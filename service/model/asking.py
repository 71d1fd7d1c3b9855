"""The asker: stands between a composer and the servers. Privacy, ledger, shared limits, retries, the second model.

One question goes: private data out → permission of the record (rate limit, health of the server) → the server →
private data in again. A passing failure is tried again with a growing, jittered wait, or the wait the server asked for;
then the second model is asked, where a setting names one. A refusal for its content ends the question there.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from service.domain.errors import ModelFailed
from service.model.failures import PASSING, REFUSED, cause_of, failed
from service.model.private import FindPrivate, KeptBack, nothing_private, private_prompt
from service.model.record import Limits, ModelRecord, RecordInMemory, Sent
from service.model.repetition import repeats
from service.model.role import Answer, Form, Prompt, Usage, Writer

_SLICE_SECONDS = 0.5
_REPETITION_STEP_CHARS = 80
OnText = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in the currency of the bill."""

    prompt: float = 0.0
    completion: float = 0.0


@dataclass(frozen=True)
class Patience:
    """How often and how long: `retries` beyond the first try, the first wait in seconds (doubled each time, jittered),
    and `whole_seconds` for one question with all its tries, waits and the second model."""

    retries: int = 2
    first_wait_seconds: float = 0.5
    longest_wait_seconds: float = 20.0
    whole_seconds: float = 120.0


@dataclass(frozen=True)
class Asker:
    """Asks the first of `writers`, then the next. `run` names the drafting run in the ledger. `count_tokens` counts a
    text where the server does not say what it cost."""

    writers: Sequence[Writer]
    record: ModelRecord = field(default_factory=RecordInMemory)
    limits: Limits = field(default_factory=Limits)
    prices: Prices = field(default_factory=Prices)
    patience: Patience = field(default_factory=Patience)
    find_private: FindPrivate = nothing_private
    count_tokens: Callable[[str], int] = len
    reply_tokens: int = 2_000
    run: str = ""

    @property
    def name(self) -> str:
        """The first model's name."""
        return self.writers[0].name

    def for_run(self, run: str) -> Asker:
        """The same asker, its questions entered under `run`."""
        return replace(self, run=run)

    def deadline(self) -> float:
        """The moment (monotonic seconds) at which a question begun now has used up its time."""
        return time.monotonic() + self.patience.whole_seconds

    def ask(
        self,
        prompt: Prompt,
        usage: dict[str, int],
        on_text: OnText = lambda text: None,
        *,
        form: Form = Form.TEXT,
        deadline: float | None = None,
    ) -> Answer:
        """The answer to `prompt`. `on_text` hears the text so far, from the beginning again where a try failed, and may
        raise to stop. What every try cost is added to `usage`. Raises ModelFailed.
        """
        until = self.deadline() if deadline is None else deadline
        outward, kept = private_prompt(prompt, self.find_private)
        for place, writer in enumerate(self.writers):
            try:
                question = _Question(self, writer, outward, kept, form, until, usage, on_text)
                return question.with_retries()
            except ModelFailed as wrong:
                # Another provider must not be given what this one refused for its content.
                if place + 1 == len(self.writers) or cause_of(wrong) == REFUSED:
                    raise
        raise AssertionError("an asker has at least one writer")


@dataclass
class _Question:
    """One prompt for one writer, with all its tries."""

    asker: Asker
    writer: Writer
    prompt: Prompt
    kept: KeptBack
    form: Form
    until: float
    usage: dict[str, int]
    on_text: OnText

    def with_retries(self) -> Answer:
        patience = self.asker.patience
        tried = 0
        while True:
            try:
                return self._once()
            except ModelFailed as wrong:
                tried += 1
                if cause_of(wrong) not in PASSING or tried > patience.retries:
                    raise
                wait = self._wait_before(tried, wrong)
                if time.monotonic() + wait >= self.until:
                    raise
            self._pause(wait)

    def _wait_before(self, tried: int, wrong: ModelFailed) -> float:
        asked = wrong.detail.get("wait")
        if asked is not None:
            # A little more than asked, so that waiting processes do not all come back in the same moment.
            return float(asked) + random.uniform(0.0, 0.25)
        patience = self.asker.patience
        grown: float = min(patience.first_wait_seconds * 2 ** (tried - 1), patience.longest_wait_seconds)
        return grown * random.uniform(0.5, 1.5)

    def _once(self) -> Answer:
        sent = self._sent()
        number = self._admitted(sent)
        reply = self.writer.write(self.prompt, self.form, self.until - time.monotonic())
        outcome, text = "stopped", ""
        try:
            looked_at = 0
            for piece in reply:
                text += piece
                if len(text) - looked_at >= _REPETITION_STEP_CHARS:
                    looked_at = len(text)
                    self._refuse_repetition(text)
                self.on_text(self.kept.restored_so_far(text))
            self._refuse_repetition(text)
            outcome = "done"
        except ModelFailed as wrong:
            outcome = cause_of(wrong) or "failed"
            raise
        finally:
            self._settle(number, sent, reply.usage, outcome, text)
        return Answer(self.kept.restored(text), self.writer.name, dict(self.usage))

    def _refuse_repetition(self, text: str) -> None:
        if repeats(text):
            raise failed(self.writer.name, "repeats", f"模型{self.writer.name}不停重复同样的话。")

    def _sent(self) -> Sent:
        text = f"{self.prompt.system}\n\n{self.prompt.user}"
        return Sent(
            run=self.asker.run,
            purpose=self.prompt.purpose,
            server=self.writer.server,
            model=self.writer.name,
            prompt=self.prompt.version,
            form=self.form,
            text=text,
            replaced=self.kept.kinds,
            tokens=self.asker.count_tokens(text) + self.asker.reply_tokens,
        )

    def _admitted(self, sent: Sent) -> int:
        """The ledger's number once the request may leave. Raises ModelFailed where that would take too long."""
        while True:
            admission = self.asker.record.admit(sent, self.asker.limits)
            if admission.number is not None:
                return admission.number
            if admission.broken:
                raise failed(sent.model, "broken", f"模型{sent.model}连续失败，暂不再询问。")
            if time.monotonic() + admission.wait_seconds >= self.until:
                raise failed(sent.model, "limited", f"已到模型{sent.model}的限速，等不到下一次发送。")
            self._pause(admission.wait_seconds * random.uniform(1.0, 1.1))

    def _settle(self, number: int, sent: Sent, counted: Usage, outcome: str, text: str) -> None:
        estimated = counted == Usage() and bool(text)
        if estimated:
            count = self.asker.count_tokens
            counted = Usage(count(sent.text), count(text))
        self.asker.record.settle(number, sent, counted, outcome)
        prices = self.asker.prices
        # A price for a million tokens is a price in millionths for one.
        cost = round(counted.prompt_tokens * prices.prompt + counted.completion_tokens * prices.completion)
        for name, amount in (
            ("requests", 1),
            ("prompt_tokens", counted.prompt_tokens),
            ("completion_tokens", counted.completion_tokens),
            ("estimated_replies", int(estimated)),
            ("cost_millionths", cost),
        ):
            self.usage[name] = self.usage.get(name, 0) + amount

    def _pause(self, seconds: float) -> None:
        """Waits in slices, each with a word to the caller, who may have been asked to stop."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, _SLICE_SECONDS))
            self.on_text("")
