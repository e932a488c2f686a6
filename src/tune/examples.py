"""Reads the files of `halcyon dataset export`. What is too long for the model is left out and counted, not cut."""

import json
from pathlib import Path
from typing import Any, Callable

from datasets import Dataset

from events import CannotTrain, tell

Row = dict[str, Any]


def read_rows(file: str) -> list[Row]:
    rows: list[Row] = []
    for number, line in enumerate(Path(file).read_text(encoding="utf-8").splitlines(), 1):
        try:
            if line.strip():
                rows.append(json.loads(line))
        except ValueError as error:
            raise CannotTrain(f"{file}, line {number} is no JSON document.") from error
    return rows


def prompt_and_completion(row: Row) -> Row:
    """The last message is what is learned; all before it is given."""
    messages = [{"role": message["role"], "content": message["content"]} for message in row["messages"]]
    if len(messages) < 2 or messages[-1]["role"] != "assistant":
        raise KeyError("messages")
    return {"prompt": messages[:-1], "completion": messages[-1:]}


def preference(row: Row) -> Row:
    """Chosen and rejected as messages, or as texts beside the prompt."""

    def reply(value: Any) -> list[Row]:
        return [{"role": "assistant", "content": value}] if isinstance(value, str) else value[-1:]

    prompt = row.get("prompt")
    if prompt is None:
        prompt = row["messages"] if "messages" in row else row["chosen"][:-1]
    if isinstance(prompt, str):
        prompt = [{"role": "user", "content": prompt}]
    return {"prompt": prompt, "chosen": reply(row["chosen"]), "rejected": reply(row["rejected"])}


def triplet(row: Row) -> Row:
    return {"anchor": row.get("query", row.get("anchor")), "positive": row["positive"], "negative": row["negative"]}


def dataset_of(file: str | None, shape: Callable[[Row], Row], fits: Callable[[Row], bool], part: str) -> Dataset | None:
    """None where there is no such file or nothing in it."""
    if file is None or not Path(file).exists():
        return None
    shaped: list[Row] = []
    for number, row in enumerate(read_rows(file), 1):
        try:
            shaped.append(shape(row))
        except (KeyError, TypeError, IndexError) as error:
            raise CannotTrain(f"{file}, document {number} lacks {error}: it has not the form that this method reads.") from error
    kept = [row for row in shaped if fits(row)]
    tell("data", part=part, examples=len(kept), tooLong=len(shaped) - len(kept))
    return Dataset.from_list(kept) if kept else None
