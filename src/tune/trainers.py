"""The trainer of a chat model, and the schedule that all trainers share."""

import json
import shutil
from typing import Any

from transformers import EarlyStoppingCallback, TrainerCallback
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer

from adapters import with_adapter
from base_model import open_base
from events import tell
from job import Job
from progress import Progress


def make_trainer(job: Job, tokenizer: Any, parts: list[Any], progress: Progress) -> Any:
    model = with_adapter(open_base(job), job)
    train, validation = parts
    is_on_gpu = model.device.type == "cuda"
    chosen, trainer = (DPOConfig, DPOTrainer) if job.method == "dpo" else (SFTConfig, SFTTrainer)
    arguments = chosen(**schedule(job, validation), max_length=job.maxTokens, gradient_checkpointing=is_on_gpu, bf16=is_on_gpu)
    return trainer(model=model, args=arguments, train_dataset=train, eval_dataset=validation, processing_class=tokenizer, callbacks=[progress, *early_stopping(job, validation)])


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
