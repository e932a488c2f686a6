"""Finds a learning rate and a batch size by short trials; the epochs are found by early stopping."""

import json
import math
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from transformers import set_seed

from events import CannotTrain, tell
from job import Job
from progress import Interrupted, Interruption, Progress
from trainers import make_trainer

Trial = dict[str, float]

# What only the long run depends on: another value of it leaves the trials as they are.
UNTRIED = ("epochs", "maxSteps", "patience", "evaluateEvery", "threads", "output")


def searched(job: Job, tokenizer: Any, parts: list[Any], interruption: Interruption) -> Job:
    """The job with what had the least validation loss after a few steps. Trials of an earlier run are not made again."""
    rates, batches = job.searchLearningRates or [job.learningRate], job.searchBatches or [job.batch]
    if len(rates) * len(batches) < 2:
        return job
    if parts[1] is None:
        raise CannotTrain("A search needs validation examples to choose by, and there are none.")
    file = Path(job.output) / "search.json"
    asked = {key: value for key, value in asdict(job).items() if key not in UNTRIED} | {"examples": len(parts[0])}
    tried = trials_before(file, asked)
    for batch in batches:
        for rate in rates:
            if any(trial["batch"] == batch and trial["learningRate"] == rate for trial in tried):
                continue
            tried.append(attempt(replace(job, learningRate=rate, batch=batch), tokenizer, parts, interruption))
            keep(file, {"asked": asked, "tried": tried})
    best = min(tried, key=lambda trial: trial["validationLoss"])
    return replace(job, learningRate=best["learningRate"], batch=int(best["batch"]))


def trials_before(file: Path, asked: dict[str, Any]) -> list[Trial]:
    """Empty where another search was asked for, or where the file is not whole."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return list(kept["tried"]) if kept["asked"] == asked else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def keep(file: Path, content: dict[str, Any]) -> None:
    part = file.with_suffix(".part")
    part.write_text(json.dumps(content, indent=1), encoding="utf-8")
    part.replace(file)


def attempt(job: Job, tokenizer: Any, parts: list[Any], interruption: Interruption) -> Trial:
    folder = Path(job.output) / "search"
    # As many examples for each batch size: else larger batches would have seen more.
    steps = max(1, job.searchSteps * job.searchBatches[0] // job.batch) if job.searchBatches else job.searchSteps
    short = replace(job, output=str(folder), maxSteps=steps, evaluateEvery=10**9)
    set_seed(job.seed)
    trainer = make_trainer(short, tokenizer, [parts[0], parts[1].select(range(min(64, len(parts[1]))))], Progress(interruption, is_trial=True))
    try:
        trainer.train()
        if interruption.asked:
            raise Interrupted(0)
        loss = trainer.evaluate()["eval_loss"]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    result = {"learningRate": job.learningRate, "batch": job.batch, "validationLoss": loss if math.isfinite(loss) else 1e9}
    tell("tried", **result)
    return result
