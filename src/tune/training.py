"""Trains a chat model; it can be stopped at any moment and goes on from its last checkpoint."""

import shutil
from pathlib import Path
from typing import Any

from transformers import set_seed

from base_model import open_tokenizer
from events import CannotTrain, tell
from examples import dataset_of, preference, prompt_and_completion
from job import Job
from progress import Interrupted, Interruption, Progress
from search import searched
from trainers import last_checkpoint, make_trainer


def train_chat_model(job: Job) -> None:
    interruption = Interruption()
    set_seed(job.seed)
    tokenizer = open_tokenizer(job)
    shape = preference if job.method == "dpo" else prompt_and_completion
    parts = [dataset_of(file, shape, lambda row: length_of(row, tokenizer) <= job.maxTokens, part) for file, part in ((job.train, "train"), (job.validation, "validation"))]
    if parts[0] is None:
        raise CannotTrain(f"No example of {job.train} fits into {job.maxTokens} tokens.")
    job = searched(job, tokenizer, parts, interruption)
    set_seed(job.seed)
    trainer = make_trainer(job, tokenizer, parts, Progress(interruption))
    trainer.train(resume_from_checkpoint=last_checkpoint(job))
    if interruption.asked:
        raise Interrupted(trainer.state.global_step)
    save(trainer.model, tokenizer, job)
    best = trainer.state.best_metric
    tell("trained", step=trainer.state.global_step, bestValidationLoss=best, learningRate=job.learningRate, batch=job.batch, bestStep=trainer.state.best_global_step)
    shutil.rmtree(job.checkpoints, ignore_errors=True)


def length_of(row: dict[str, Any], tokenizer: Any) -> int:
    replies = [row[key] for key in ("completion", "chosen", "rejected") if key in row]
    return max(len(tokenizer.apply_chat_template(row["prompt"] + reply, return_dict=False)) for reply in replies)


def save(model: Any, tokenizer: Any, job: Job) -> None:
    """Under another name until it is whole."""
    name = "model" if job.method == "full" else "adapter"
    part, final = Path(job.output) / f"{name}.part", Path(job.output) / name
    shutil.rmtree(part, ignore_errors=True)
    model.save_pretrained(str(part))
    tokenizer.save_pretrained(str(part))
    shutil.rmtree(final, ignore_errors=True)
    part.rename(final)
