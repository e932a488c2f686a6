"""What is told while training goes on, and how it is stopped: after the step at work, with a checkpoint to go on from."""

import math
import signal
from typing import Any

from transformers import TrainerCallback

from events import tell


class Interruption:
    """Asked for by Ctrl+C or by whoever started the process; whatever trains at that moment heeds it."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, *_: Any) -> None:
        self.asked = True


class Interrupted(Exception):
    """Ends the run; what is kept is gone on from."""

    def __init__(self, step: int) -> None:
        super().__init__(f"stopped at step {step}")
        self.step = step


class Progress(TrainerCallback):
    """Tells losses as they come, but of a trial only its result counts: its steps belong into no plot."""

    def __init__(self, interruption: Interruption, is_trial: bool = False) -> None:
        self.interruption = interruption
        self.is_trial = is_trial

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
        values = {} if self.is_trial else logs or {}
        for key, name in (("loss", "loss"), ("eval_loss", "validationLoss")):
            if key in values and math.isfinite(values[key]):
                tell("step", step=state.global_step, of=state.max_steps, epoch=state.epoch, learningRate=values.get("learning_rate"), **{name: values[key]})

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self.interruption.asked:
            control.should_save = not self.is_trial
            control.should_training_stop = True
