import { noMaterial, type QuestionMaterial } from '../answer/ask.ts';
import { isFaultDump } from '../answer/faultDump.ts';
import type { Device } from '../device/device.ts';
import type { AskRequest, LintEvent, LintRequest } from '../engine.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { HeaderJoin } from '../header/headerJoin.ts';
import { changeMaterial } from './changeMaterial.ts';
import { faultMaterial } from './faultMaterial.ts';
import { initMaterial } from './initMaterial.ts';
import type { EngineParts } from './parts.ts';
import { registerWriteMaterial } from './registerWriteMaterial.ts';
import { reviewMaterial } from './reviewMaterial.ts';

/** What material is gathered from. */
export interface TaskGround {
  readonly parts: EngineParts;
  readonly facts: FactSource;
  readonly device?: Device | undefined;
  /** The description's file name, for titles. */
  readonly source: string;
  /** Absent: nothing is linted. */
  readonly lint?: ((request: LintRequest, signal?: AbortSignal) => AsyncIterable<LintEvent>) | undefined;
  readonly header: () => Promise<HeaderJoin | undefined>;
  readonly signal?: AbortSignal | undefined;
}

/** Gathers what the task of a question needs. */
export async function taskMaterial(request: AskRequest, ground: TaskGround): Promise<QuestionMaterial> {
  const text = faultText(request);
  if (isFaultDump(text)) return faultMaterial({ text, ...(request.map !== undefined && { map: request.map }) }, ground);
  switch (request.task) {
    case 'reviewFunction':
    case 'fixFinding':
      return reviewMaterial(request, ground);
    case 'writeInit':
      return initMaterial(request, ground);
    case 'explainWrite':
      return registerWriteMaterial(request, ground);
    case 'commitSummary':
      return changeMaterial(request, ground);
    default:
      return noMaterial;
  }
}

/** A dump may stand in the question, or in a terminal's text beside it. */
function faultText({ question, attached = [] }: AskRequest): string {
  return [question, ...attached.flatMap(item => (item.kind === 'text' ? item.text : []))].join('\n');
}
