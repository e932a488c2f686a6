import { deviceCardText } from '../card/promptText.ts';
import { buildPrompt } from '../prompt/buildPrompt.ts';
import { answerTemplate } from '../prompt/templates.ts';
import { reworded } from './answering.ts';
import type { HardwareCache } from './hardwareCache.ts';
import type { EngineParts } from './parts.ts';

/**
 * Loads the model, and lets it read how a conversation about this chip begins. What keeps it from that is told when a
 * question is asked, not before.
 */
export async function prepareModel(parts: EngineParts, hardware: HardwareCache): Promise<void> {
  const { model } = await parts.languageModel();
  if (model?.prepare === undefined) return;
  const [{ device }, { template }] = await Promise.all([hardware.described(), reworded(parts)(answerTemplate)]);
  const { messages } = await buildPrompt({ template, question: '', candidates: [], budgetTokens: model.info.contextTokens, deviceCard: device === undefined ? undefined : deviceCardText(device) }, text => model.countTokens(text));
  await model.prepare(messages.filter(({ role }) => role === 'system'));
}
