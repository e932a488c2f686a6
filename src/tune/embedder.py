"""Trains a sentence embedder on triplets: a question, the passage that answers it, and one that only looks like it."""

import shutil
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer, SentenceTransformerTrainingArguments
from sentence_transformers.losses import MultipleNegativesRankingLoss
from transformers import set_seed

from embedder_onnx import write_onnx
from events import CannotTrain, tell
from examples import dataset_of, triplet
from job import Job
from progress import Interrupted, Interruption, Progress
from trainers import early_stopping, last_checkpoint, schedule


def train_embedder(job: Job) -> None:
    interruption = Interruption()
    set_seed(job.seed)
    model = SentenceTransformer(job.base, local_files_only=True, device="cuda" if torch.cuda.is_available() else "cpu")
    model.max_seq_length = min(model.max_seq_length or job.maxTokens, job.maxTokens)
    # Embedders cut what is too long by design, so nothing is left out.
    train, validation = (dataset_of(file, triplet, lambda _: True, part) for file, part in ((job.train, "train"), (job.validation, "validation")))
    if train is None:
        raise CannotTrain(f"{job.train} has no triplets.")
    trainer = SentenceTransformerTrainer(
        model=model, train_dataset=train, eval_dataset=validation, loss=MultipleNegativesRankingLoss(model), callbacks=[Progress(interruption), *early_stopping(job, validation)],
        args=SentenceTransformerTrainingArguments(**schedule(job, validation)),
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(job))
    if interruption.asked:
        raise Interrupted(trainer.state.global_step)
    save(model, job)
    tell("exported", file="embedder/model.onnx", farthest=write_onnx(model, Path(job.output) / "embedder" / "model.onnx"))
    tell("trained", step=trainer.state.global_step, bestValidationLoss=trainer.state.best_metric, bestStep=trainer.state.best_global_step, learningRate=job.learningRate, batch=job.batch)
    shutil.rmtree(job.checkpoints, ignore_errors=True)


def save(model: Any, job: Job) -> None:
    part, final = Path(job.output) / "embedder.part", Path(job.output) / "embedder"
    shutil.rmtree(part, ignore_errors=True)
    model.save(str(part))
    # The converter to GGUF reads the list of words, which newer tokenizers no longer write.
    words = Path(job.base) / "vocab.txt"
    if words.exists():
        shutil.copy(words, part / "vocab.txt")
    shutil.rmtree(final, ignore_errors=True)
    part.rename(final)
