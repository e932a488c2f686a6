"""The small set of weights that is trained in place of the model's own."""

from typing import Any

from peft import IA3Config, LoraConfig, PeftConfig, PrefixTuningConfig, PromptTuningConfig, get_peft_model, prepare_model_for_kbit_training

from job import Job

# The projections of attention and of the feed-forward part: those that llama.cpp applies adapters to.
ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]
FEED_FORWARD = ["gate_proj", "up_proj", "down_proj"]


def with_adapter(model: Any, job: Job) -> Any:
    """The model itself for full fine-tuning."""
    config = adapter_config(job)
    if config is None:
        return model
    if job.method == "qlora":
        model = prepare_model_for_kbit_training(model)
    return get_peft_model(model, config)


def adapter_config(job: Job) -> PeftConfig | None:
    if job.method == "full":
        return None
    if job.method == "ia3":
        return IA3Config(task_type="CAUSAL_LM", target_modules=["k_proj", "v_proj", "down_proj"], feedforward_modules=["down_proj"])
    if job.method == "prefix":
        return PrefixTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=job.virtualTokens)
    if job.method == "prompt":
        return PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=job.virtualTokens)
    return LoraConfig(task_type="CAUSAL_LM", r=job.rank, lora_alpha=job.alpha, lora_dropout=job.dropout, target_modules=ATTENTION + FEED_FORWARD)
