"""Trains a chat model, told step by step; it can be stopped at any moment and goes on from its last checkpoint."""

import json
import math
import shutil
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

from transformers import EarlyStoppingCallback, TrainerCallback, set_seed
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

from adapters import with_adapter
from base_model import open_base, open_tokenizer
from events import CannotTrain, tell
from examples import dataset_of, preference, prompt_and_completion
from job import Job


class Progress(TrainerCallback):
    """Tells losses as they come, and ends the run after the step in which it was interrupted."""

    def __init__(self) -> None:
        self.stopped = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def _stop(self, *_: Any) -> None:
        self.stopped = True

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, float] | None = None, **_: Any) -> None:
        values = logs or {}
        for key, name in (("loss", "loss"), ("eval_loss", "validationLoss")):
            if key in values and math.isfinite(values[key]):
                tell("step", step=state.global_step, of=state.max_steps, epoch=state.epoch, learningRate=values.get("learning_rate"), **{name: values[key]})

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        if self.stopped:
            control.should_save = True
            control.should_training_stop = True


def train_chat_model(job: Job) -> None:
    set_seed(job.seed)
    tokenizer = open_tokenizer(job)
    shape = preference if job.method == "dpo" else prompt_and_completion
    parts = [dataset_of(file, shape, lambda row: length_of(row, tokenizer) <= job.maxTokens, part) for file, part in ((job.train, "train"), (job.validation, "validation"))]
    if parts[0] is None:
        raise CannotTrain(f"No example of {job.train} fits into {job.maxTokens} tokens.")
    job = searched(job, tokenizer, parts)
    trainer = make_trainer(job, tokenizer, parts)
    progress = next(callback for callback in trainer.callback_handler.callbacks if isinstance(callback, Progress))
    trainer.train(resume_from_checkpoint=last_checkpoint(job))
    if progress.stopped:
        tell("stopped", step=trainer.state.global_step)
        return
    save(trainer.model, tokenizer, job)
    best = trainer.state.best_metric
    tell("trained", step=trainer.state.global_step, bestValidationLoss=best, learningRate=job.learningRate, batch=job.batch, bestStep=trainer.state.best_global_step)
    shutil.rmtree(job.checkpoints, ignore_errors=True)


def length_of(row: dict[str, Any], tokenizer: Any) -> int:
    replies = [row[key] for key in ("completion", "chosen", "rejected") if key in row]
    return max(len(tokenizer.apply_chat_template(row["prompt"] + reply, return_dict=False)) for reply in replies)


def make_trainer(job: Job, tokenizer: Any, parts: list[Any]) -> Any:
    model = with_adapter(open_base(job), job)
    train, validation = parts
    is_on_gpu = model.device.type == "cuda"
    chosen, trainer = (DPOConfig, DPOTrainer) if job.method == "dpo" else (SFTConfig, SFTTrainer)
    arguments = chosen(**schedule(job, validation), max_length=job.maxTokens, gradient_checkpointing=is_on_gpu, bf16=is_on_gpu)
    return trainer(model=model, args=arguments, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, callbacks=[Progress(), *early_stopping(job, validation)])


def schedule(job: Job, validation: Any) -> dict[str, Any]:
    """What every trainer is told; with validation examples the best checkpoint is kept, not the last."""
    looks = {"eval_strategy": "steps", "eval_steps": job.evaluateEvery, "load_best_model_at_end": True, "metric_for_best_model": "eval_loss", "greater_is_better": False}
    return {
        "output_dir": str(job.checkpoints), "num_train_epochs": job.epochs, "max_steps": job.maxSteps, "learning_rate": job.learningRate, "lr_scheduler_type": "cosine", "warmup_steps": 0.05,
        "per_device_train_batch_size": job.batch, "per_device_eval_batch_size": job.batch, "gradient_accumulation_steps": job.accumulate, "seed": job.seed, "report_to": [],
        "logging_steps": 1, "disable_tqdm": True, "dataloader_num_workers": 0, "save_strategy": "steps", "save_steps": job.evaluateEvery, "save_total_limit": 2,
    } | (looks if validation is not None else {})


def early_stopping(job: Job, validation: Any) -> list[TrainerCallback]:
    return [EarlyStoppingCallback(early_stopping_patience=job.patience)] if validation is not None and job.patience > 0 else []


def searched(job: Job, tokenizer: Any, parts: list[Any]) -> Job:
    """The learning rate and batch size with the least validation loss after a few steps each; the epochs are found by early stopping."""
    rates, batches = job.searchLearningRates or [job.learningRate], job.searchBatches or [job.batch]
    found = Path(job.output) / "search.json"
    if len(rates) * len(batches) < 2:
        return job
    if parts[1] is None:
        raise CannotTrain("A search needs validation examples to choose by, and there are none.")
    if not found.exists():
        tried = [attempt(replace(job, learningRate=rate, batch=batch), tokenizer, parts) for batch in batches for rate in rates]
        found.write_text(json.dumps(min(tried, key=lambda each: each["validationLoss"])), encoding="utf-8")
    best = json.loads(found.read_text(encoding="utf-8"))
    return replace(job, learningRate=best["learningRate"], batch=best["batch"])


def attempt(job: Job, tokenizer: Any, parts: list[Any]) -> dict[str, float]:
    folder = Path(job.output) / "search"
    # As many examples for each batch size: else larger batches would have seen more.
    steps = max(1, job.searchSteps * job.searchBatches[0] // job.batch) if job.searchBatches else job.searchSteps
    short = replace(job, output=str(folder), maxSteps=steps, evaluateEvery=10**9)
    set_seed(job.seed)
    trainer = make_trainer(short, tokenizer, [parts[0], parts[1].select(range(min(64, len(parts[1]))))])
    trainer.train()
    loss = trainer.evaluate()["eval_loss"]
    shutil.rmtree(folder, ignore_errors=True)
    result = {"learningRate": job.learningRate, "batch": job.batch, "validationLoss": loss if math.isfinite(loss) else 1e9}
    tell("tried", **result)
    return result


def last_checkpoint(job: Job) -> str | None:
    """The newest whole one; what a killed run left half-written goes."""
    folders = sorted(job.checkpoints.glob("checkpoint-*"), key=lambda folder: int(folder.name.split("-")[1]), reverse=True)
    for folder in folders:
        try:
            json.loads((folder / "trainer_state.json").read_text(encoding="utf-8"))
            tell("resumed", step=int(folder.name.split("-")[1]))
            return str(folder)
        except (OSError, ValueError):
            shutil.rmtree(folder)
    return None


def save(model: Any, tokenizer: Any, job: Job) -> None:
    """Under another name until it is whole."""
    name = "model" if job.method == "full" else "adapter"
    part, final = Path(job.output) / f"{name}.part", Path(job.output) / name
    shutil.rmtree(part, ignore_errors=True)
    model.save_pretrained(str(part))
    tokenizer.save_pretrained(str(part))
    shutil.rmtree(final, ignore_errors=True)
    part.rename(final)
