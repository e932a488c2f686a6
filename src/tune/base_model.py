"""Opens the model that is trained: a folder of safetensors, or a GGUF file whose weights are taken out of their blocks."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

from events import CannotTrain
from job import Job


def source_of(base: str) -> dict[str, Any]:
    """Arguments of `from_pretrained`; never the network, never code or pickles out of a model's folder."""
    path = Path(base)
    folder = {"pretrained_model_name_or_path": str(path.parent if path.is_file() else path), "local_files_only": True}
    return folder | {"gguf_file": path.name} if path.is_file() else folder


def open_tokenizer(job: Job) -> Any:
    tokenizer = AutoTokenizer.from_pretrained(**source_of(job.base))
    if tokenizer.chat_template is None:
        raise CannotTrain("The base model has no chat template: choose an instruct model.")
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    return tokenizer


def open_base(job: Job) -> Any:
    """In 4 bits for QLoRA; else bfloat16 on a GPU that has it and float32 on the processor."""
    has_gpu = torch.cuda.is_available()
    options: dict[str, Any] = {"dtype": torch.bfloat16 if has_gpu and torch.cuda.is_bf16_supported() else torch.float32}
    if Path(job.base).is_dir():
        options["use_safetensors"] = True
    if job.method == "qlora":
        options["quantization_config"] = four_bits(job, has_gpu)
    elif Path(job.base).is_file():
        options["quantization_config"] = GgufConfig(dequantize=True)
    model = AutoModelForCausalLM.from_pretrained(**source_of(job.base), **options)
    if Path(job.base).is_file():
        forget_blocks(model)
    model.config.use_cache = False
    return model.to("cuda") if has_gpu and job.method != "qlora" else model


def forget_blocks(model: Any) -> None:
    """Its weights are plain numbers now, and yet the trainer would refuse it as quantised."""
    model.is_quantized = False
    model.hf_quantizer = None
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config


def four_bits(job: Job, has_gpu: bool) -> Any:
    if not has_gpu:
        raise CannotTrain("QLoRA needs a CUDA GPU, and none is usable here. Use --method lora, which runs on the processor.")
    if Path(job.base).is_file():
        raise CannotTrain("QLoRA needs the base model as a folder of safetensors, not as GGUF.")
    if find_spec("bitsandbytes") is None:
        raise CannotTrain("QLoRA needs the package bitsandbytes, which belongs to your CUDA: install it into the Python environment of `halcyon tune prepare`.")
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True, bnb_4bit_compute_dtype=torch.bfloat16)
