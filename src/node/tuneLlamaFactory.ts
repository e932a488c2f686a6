import path from 'node:path';
import { givesLora, type TuneJob } from './tuneJob.ts';

/** The same training for LLaMA-Factory, where it has the method; BASE stands for the base model's folder as published. */
export function llamaFactoryFiles(job: TuneJob): (readonly [name: string, text: string, about: string])[] {
  if (!givesLora(job.method) && job.method !== 'full') return [];
  const type = job.method === 'full' ? 'full' : 'lora';
  const data = path.dirname(job.train);
  const isPreference = job.method === 'dpo';
  const config = {
    model_name_or_path: 'BASE', stage: isPreference ? 'dpo' : 'sft', do_train: true, finetuning_type: type, ...(job.method === 'qlora' && { quantization_bit: 4 }),
    ...(type === 'lora' && { lora_rank: job.rank, lora_alpha: job.alpha, lora_dropout: job.dropout, lora_target: 'q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj' }),
    dataset_dir: path.join(job.output, 'deploy'), dataset: 'halcyon_train', ...(job.validation !== null && { eval_dataset: 'halcyon_validation', eval_strategy: 'steps', eval_steps: job.evaluateEvery }),
    template: 'TEMPLATE', cutoff_len: job.maxTokens, per_device_train_batch_size: job.batch, gradient_accumulation_steps: job.accumulate, learning_rate: job.learningRate,
    num_train_epochs: job.epochs, lr_scheduler_type: 'cosine', warmup_ratio: 0.05, seed: job.seed, save_steps: job.evaluateEvery, output_dir: path.join(job.output, 'llama-factory'), report_to: 'none',
  };
  const entry = (file: string): object => ({
    file_name: path.relative(path.join(job.output, 'deploy'), path.join(data, path.basename(file))), formatting: 'sharegpt', ...(isPreference && { ranking: true }),
    columns: isPreference ? { messages: 'prompt', chosen: 'chosen', rejected: 'rejected' } : { messages: 'messages' },
    tags: { role_tag: 'role', content_tag: 'content', user_tag: 'user', assistant_tag: 'assistant', system_tag: 'system' },
  });
  const info = { halcyon_train: entry(job.train), ...(job.validation !== null && { halcyon_validation: entry(job.validation) }) };
  const yaml = Object.entries(config).map(([key, value]) => `${key}: ${typeof value === 'string' ? JSON.stringify(value) : value}\n`).join('');
  return [
    ['deploy/llama-factory.yaml', `# TEMPLATE: LLaMA-Factory's name of the model's chat template.\n${yaml}`, 'LLaMA-Factory: llamafactory-cli train llama-factory.yaml'],
    ['deploy/dataset_info.json', `${JSON.stringify(info, undefined, 2)}\n`, 'LLaMA-Factory\'s description of the data'],
  ];
}
