import fs from 'node:fs/promises';
import path from 'node:path';
import { llamaFactoryFiles } from './tuneLlamaFactory.ts';
import { givesLora, type TuneJob } from './tuneJob.ts';

/** What is to be described and made ready for other programs. */
export interface Deployment {
  readonly output: string;
  readonly job: TuneJob;
  readonly examples: number;
  readonly steps: number;
  readonly bestValidationLoss?: number;
  /** The adapter for the chat model, when the method gives one that it can load. */
  readonly adapter?: string;
  /** The `.gguf` file that the adapter is for. */
  readonly model: string | undefined;
}

/** Writes the model card and the files for other programs; returns what each is for. */
export async function writeDeployment(deployment: Deployment): Promise<string[]> {
  const { output, adapter, model } = deployment;
  const files: (readonly [name: string, text: string, about: string])[] = [['README.md', modelCard(deployment), 'what was trained, on what, and how well it did'], ...llamaFactoryFiles(deployment.job)];
  if (adapter !== undefined && model !== undefined) {
    files.push(
      ['deploy/Modelfile', `FROM ${model}\nADAPTER ${adapter}\nPARAMETER temperature 0\n`, 'Ollama: ollama create NAME -f Modelfile'],
      ['deploy/llama-server.sh', script(`exec llama-server --model ${quoted(model)} --lora ${quoted(adapter)} --host 127.0.0.1 --port 8080 "$@"`), 'llama.cpp\'s server'],
      ['deploy/merge.sh', script(mergeCommands(model, adapter)), 'one file of model and adapter, quantised with an importance matrix, by llama.cpp\'s programs'],
    );
  }
  if (givesLora(deployment.job.method)) files.push(['deploy/vllm.sh', script(`# BASE: the base model's folder of safetensors, as published.\nexec vllm serve "$BASE" --enable-lora --max-lora-rank ${Math.max(8, deployment.job.rank)} --lora-modules halcyon=${quoted(path.join(output, 'adapter'))} --host 127.0.0.1 "$@"`), 'vLLM with the adapter beside its model']);
  await fs.mkdir(path.join(output, 'deploy'), { recursive: true });
  for (const [name, text] of files) await fs.writeFile(path.join(output, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 });
  return files.map(([name, , about]) => `${name}: ${about}`);
}

function modelCard({ job, examples, steps, bestValidationLoss, adapter }: Deployment): string {
  return [
    '---', 'library_name: peft', `base_model: ${JSON.stringify(path.basename(job.base))}`, 'tags: [embedded, firmware]', '---', '',
    `# ${path.basename(job.base, '.gguf')}, ${job.method}`, '',
    `Trained by Halcyon on ${examples} examples of \`${job.train}\`; their licences are in the dataset's card, and the base model's licence goes on to hold.`, '',
    '| | |', '| --- | --- |',
    ...([['method', job.method], ['steps', steps], ['learning rate', job.learningRate], ['batch', `${job.batch} × ${job.accumulate}`], ['rank, alpha', `${job.rank}, ${job.alpha}`], ['seed', job.seed], ['best validation loss', bestValidationLoss?.toFixed(4) ?? 'no validation examples']] as const).map(([name, value]) => `| ${name} | ${value} |`),
    '', '![loss by step](loss.svg)', '',
    adapter === undefined ? 'llama.cpp cannot load this kind of result as an adapter.' : 'In VS Code: `halcyon.model.adapters`, with the chat model\'s file name and `adapter.gguf`. It is loaded only for this base model.', '',
    'A validation loss says how well the examples were learned, not whether answers are better: `halcyon eval answers` with and without the adapter does, on chips that were not trained on.', '',
  ].join('\n');
}

/** Only llama.cpp's own programs write the small quantisations well. */
function mergeCommands(model: string, adapter: string): string {
  return [
    '# TEXT: a file of text of your field, for the importance matrix.', `llama-export-lora --model ${quoted(model)} --lora ${quoted(adapter)} --output merged.gguf`,
    'llama-imatrix --model merged.gguf --file "$TEXT" --output imatrix.gguf', 'llama-quantize --imatrix imatrix.gguf merged.gguf merged-Q4_K_M.gguf Q4_K_M',
  ].join('\n');
}

function script(commands: string): string {
  return `#!/bin/sh\nset -e\n${commands}\n`;
}

function quoted(file: string): string {
  return `'${file.replaceAll("'", "'\\''")}'`;
}
