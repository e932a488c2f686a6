"""What to train, as the command line writes it: one JSON file, every number decided."""

import json
from dataclasses import dataclass, fields
from pathlib import Path


@dataclass(frozen=True)
class Job:
    """Folders and files are absolute. `base` is a .gguf file or a folder of safetensors as published."""

    method: str
    base: str
    train: str
    output: str
    validation: str | None
    epochs: float
    learningRate: float
    batch: int
    accumulate: int
    maxTokens: int
    rank: int
    alpha: int
    dropout: float
    virtualTokens: int
    seed: int
    patience: int
    evaluateEvery: int
    threads: int | None
    maxSteps: int
    # Learning rates and batch sizes that are tried for a few steps each before the long run; empty: no search.
    searchLearningRates: list[float]
    searchBatches: list[int]
    searchSteps: int

    @property
    def checkpoints(self) -> Path:
        return Path(self.output) / "checkpoints"


def read_job(file: str) -> Job:
    content = json.loads(Path(file).read_text(encoding="utf-8"))
    return Job(**{field.name: content[field.name] for field in fields(Job)})
