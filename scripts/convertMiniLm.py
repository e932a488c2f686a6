"""Converts the weights of all-MiniLM-L6-v2 into a GGUF file that llama.cpp runs as an embedder.

    python convertMiniLm.py MODEL_FOLDER OUTPUT.gguf

MODEL_FOLDER holds config.json, vocab.txt, tokenizer_config.json and model.safetensors as published. The matrices become
Q8_0; norms, biases, positions and token types stay F32, which is what llama.cpp expects of them. The output depends on
nothing but the input, so its SHA-256 can be recorded.
"""
import json
import struct
import sys
from pathlib import Path

import gguf
import numpy

# The weights that the model does not use at run time, or that only its pre-training used.
UNUSED = ("embeddings.position_ids", "pooler.")
KEPT_IN_F32 = ("position_embd.weight", "token_types.weight")


def main() -> None:
    folder, output = Path(sys.argv[1]), Path(sys.argv[2])
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    writer = gguf.GGUFWriter(output, gguf.MODEL_ARCH_NAMES[gguf.MODEL_ARCH.BERT])
    add_hyperparameters(writer, config)
    add_vocabulary(writer, folder, config)
    for name, tensor in named_tensors(folder / "model.safetensors", config["num_hidden_layers"]):
        add_tensor(writer, name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_hyperparameters(writer: gguf.GGUFWriter, config: dict) -> None:
    writer.add_type(gguf.GGUFType.MODEL)
    writer.add_name("all-MiniLM-L6-v2")
    writer.add_license("apache-2.0")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)


def add_vocabulary(writer: gguf.GGUFWriter, folder: Path, config: dict) -> None:
    words = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    if len(words) != config["vocab_size"]:
        raise SystemExit(f"vocab.txt has {len(words)} words, config.json says {config['vocab_size']}")
    special = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    control = {special[f"{role}_token"] for role in ("unk", "sep", "pad", "cls", "mask")}
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_type_count(config["type_vocab_size"])
    writer.add_token_list([word if word in control else to_phantom_space(word) for word in words])
    writer.add_token_types([gguf.TokenType.CONTROL if word in control else gguf.TokenType.NORMAL for word in words])
    ids = {word: index for index, word in enumerate(words)}
    writer.add_bos_token_id(ids[special["cls_token"]])
    writer.add_unk_token_id(ids[special["unk_token"]])
    writer.add_sep_token_id(ids[special["sep_token"]])
    writer.add_pad_token_id(ids[special["pad_token"]])
    writer.add_mask_token_id(ids[special["mask_token"]])


def to_phantom_space(word: str) -> str:
    """WordPiece marks what continues a word; llama.cpp's vocabulary marks what begins one."""
    return word[2:] if word.startswith("##") else "\u2581" + word


def named_tensors(file: Path, layers: int):
    """Yields the tensors under llama.cpp's names, in the order of the file."""
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.BERT, layers)
    for name, tensor in read_safetensors(file):
        if name.startswith(UNUSED):
            continue
        new_name = names.get_name(name, try_suffixes=(".weight", ".bias"))
        if new_name is None:
            raise SystemExit(f"{file}: no place in a BERT model for the tensor {name}")
        yield new_name, tensor


def read_safetensors(file: Path):
    """The format is a JSON header with byte ranges, then the bytes: not worth a package."""
    data = file.read_bytes()
    (header_size,) = struct.unpack_from("<Q", data)
    base = 8 + header_size
    for name, entry in json.loads(data[8:base]).items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            begin, end = entry["data_offsets"]
            yield name, numpy.frombuffer(data[base + begin : base + end], dtype="<f4").reshape(entry["shape"])


def add_tensor(writer: gguf.GGUFWriter, name: str, tensor: numpy.ndarray) -> None:
    if tensor.ndim == 1 or name in KEPT_IN_F32:
        writer.add_tensor(name, numpy.ascontiguousarray(tensor))
    else:
        quantized = gguf.quants.quantize(tensor, gguf.GGMLQuantizationType.Q8_0)
        writer.add_tensor(name, quantized, raw_dtype=gguf.GGMLQuantizationType.Q8_0)


if __name__ == "__main__":
    main()
