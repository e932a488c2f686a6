// A tiny chat model of random weights, as a GGUF file that llama.cpp and Transformers both read.
import fs from 'node:fs';
import { integer, integers, strings, text, writeGguf, type SmallTensor, type SmallValue } from '../node/smallGguf.ts';

const [width, inner, layers, heads] = [32, 64, 2, 4];
const special = ['<|endoftext|>', '<|im_start|>', '<|im_end|>'];

/** The 256 bytes as the printable characters that byte-level vocabularies write them as. */
const bytes = (() => {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode((byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174 ? byte : next++));
})();
const merges = ['t h', 'Ġ t', 'i n', 'Ġ a', 'e r', 'o n'];
const tokens = [...special, ...bytes, ...merges.map(merge => merge.replace(' ', ''))];
const template = '{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}';
const float = (value: number): SmallValue => ({ type: 6, value: new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0 });

/** Writes it; another seed is another model of the same shape. */
export function writeTinyLlama(file: string, seed: number): void {
  const tensors = shapes();
  const content = writeGguf({ tensors, keys: [
    ['general.architecture', text('llama')], ['general.name', text(`Tiny ${seed}`)], ['general.file_type', integer(0)],
    ['llama.context_length', integer(512)], ['llama.embedding_length', integer(width)], ['llama.block_count', integer(layers)], ['llama.feed_forward_length', integer(inner)],
    ['llama.attention.head_count', integer(heads)], ['llama.attention.head_count_kv', integer(heads / 2)], ['llama.rope.dimension_count', integer(width / heads)],
    ['llama.attention.layer_norm_rms_epsilon', float(1e-5)], ['llama.rope.freq_base', float(10_000)], ['llama.vocab_size', integer(tokens.length)],
    ['tokenizer.ggml.model', text('gpt2')], ['tokenizer.ggml.pre', text('gpt-2')], ['tokenizer.ggml.tokens', strings(...tokens)], ['tokenizer.ggml.merges', strings(...merges)],
    ['tokenizer.ggml.token_type', integers(...tokens.map((_, index) => (index < special.length ? 3 : 1)))],
    ['tokenizer.ggml.bos_token_id', integer(1)], ['tokenizer.ggml.eos_token_id', integer(2)], ['tokenizer.ggml.padding_token_id', integer(0)], ['tokenizer.chat_template', text(template)],
  ] });
  fillWeights(content, tensors, seed);
  fs.writeFileSync(file, content);
}

function shapes(): SmallTensor[] {
  const shared = width / 2;
  const layer = [['attn_norm', width], ['attn_q', width, width], ['attn_k', width, shared], ['attn_v', width, shared], ['attn_output', width, width], ['ffn_norm', width], ['ffn_gate', width, inner], ['ffn_up', width, inner], ['ffn_down', inner, width]] as const;
  return [
    { name: 'token_embd.weight', dimensions: [width, tokens.length] }, { name: 'output_norm.weight', dimensions: [width] }, { name: 'output.weight', dimensions: [width, tokens.length] },
    ...Array.from({ length: layers }, (_, index) => layer.map(([name, ...dimensions]) => ({ name: `blk.${index}.${name}.weight`, dimensions }))).flat(),
  ];
}

/** The data are the file's last bytes, one tensor after the other; none of them needs padding. */
function fillWeights(content: Buffer, tensors: readonly SmallTensor[], seed: number): void {
  const sizes = tensors.map(({ dimensions }) => dimensions.reduce((product, size) => product * size, 1));
  let at = content.length - sizes.reduce((sum, size) => sum + size * 4, 0);
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  for (const [index, { name }] of tensors.entries()) {
    for (let element = 0; element < (sizes[index] ?? 0); element++, at += 4) content.writeFloatLE(name.includes('norm') ? 1 + random() / 10 : random() / 2, at);
  }
}
