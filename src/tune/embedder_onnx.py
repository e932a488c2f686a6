"""Writes an embedder as one ONNX file, and runs it: what it gives must be what the trained model gives."""

from pathlib import Path
from typing import Any

import numpy
import onnxruntime
import torch

from events import CannotTrain

PROBES = ["Which bit of the status register says that the transmitter is empty?", "GPIO", "Clear the flag before the handler returns, or it is entered again."]
# Far above the noise of another order of additions, far below what would change an order of passages.
FARTHEST = 1e-3


class Sentences(torch.nn.Module):
    """From token numbers to sentence vectors, with the pooling that the embedder was trained with."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]


def write_onnx(model: Any, file: Path) -> float:
    """Returns how far the farthest number is from the trained model's."""
    model = model.to("cpu").eval()
    tokens = model.tokenizer(PROBES, padding=True, return_tensors="pt")
    inputs = (tokens["input_ids"], tokens["attention_mask"])
    batch, length = torch.export.Dim("batch", min=1), torch.export.Dim("length", min=2, max=model.max_seq_length)
    shapes = {name: {0: batch, 1: length} for name in ("input_ids", "attention_mask")}
    with torch.no_grad():
        expected = Sentences(model)(*inputs).numpy()
        program = torch.onnx.export(Sentences(model), inputs, dynamo=True, dynamic_shapes=shapes, input_names=["input_ids", "attention_mask"], output_names=["sentence_embedding"], verbose=False)
    program.save(str(file))
    return farthest(file, inputs, expected)


def farthest(file: Path, inputs: tuple[torch.Tensor, torch.Tensor], expected: numpy.ndarray) -> float:
    """All sentences at once, and one alone: the sizes are not fixed."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    given = {"input_ids": inputs[0].numpy(), "attention_mask": inputs[1].numpy()}
    alone = {name: values[:1] for name, values in given.items()}
    distance = max(float(numpy.abs(session.run(None, given)[0] - expected).max()), float(numpy.abs(session.run(None, alone)[0] - expected[:1]).max()))
    if not distance < FARTHEST:
        raise CannotTrain(f"The ONNX file gives other vectors than the trained embedder (by {distance:.2g}).")
    return distance
