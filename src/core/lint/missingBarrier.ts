import { flags } from '../isr/flags.ts';
import type { LintHit } from './finding.ts';
import type { HandlerGround } from './handlerGround.ts';

/** Cores whose writes may still be on their way when the handler returns. */
const buffersWrites = /^(CM[37]|CM4F?|CM33|CM35|CM52|CM55|CM85|SC300|Cortex-?M(3|4|7|33|35P?|52|55|85)\w*)$/i;

/** Bits of a port's set and clear register are no flags: nothing interrupts by them. */
function isPort(peripheral: string): boolean {
  return /^(GPIO\w*|P(ORT|IO)?[A-Z]|P\d)$/i.test(peripheral);
}

/** A flag cleared by the last thing a handler does, on cores that may return before the peripheral has seen it. */
export function missingBarrier(ground: HandlerGround): LintHit[] {
  const { handler, touches, device } = ground;
  if (device?.cpu === undefined || !buffersWrites.test(device.cpu.name) || handler.irq === undefined || handler.irq < 0) return [];
  const { function: { calls, name }, file } = handler;
  const last = lastLine(ground);
  const onIt = touches.filter(({ use }) => use.file === file && use.function === name && use.line === last);
  // Of several accesses in a line the rightmost comes last; one that reads the register back waits for the write.
  const final = onIt.toSorted((one, other) => other.access.column - one.access.column)[0];
  if (final === undefined || final.access.kind === 'read' || final.resolved.places.some(({ peripheral }) => isPort(peripheral.name))) return [];
  const clear = flags([final], device).cleared.find(({ how }) => /^writing/.test(how ?? ''));
  if (clear === undefined || calls.some(({ line, name: called }) => line === last && /barrier|DSB|DMB/i.test(called))) return [];
  return [{
    rule: 'missing-barrier', file, line: last, column: final.access.column, expression: final.access.expression, endsLine: true, certainty: /7/.test(device.cpu.name) ? 'likely' : 'possible',
    message: `${clear.path}.${clear.flag} is cleared by the last access of ${name}: on ${device.cpu.name} the handler may return before the peripheral has seen the write, and run again for nothing. Clear the flag earlier, read the register back, or end with __DSB().`,
  }];
}

/** The last line of the handler that does anything. */
function lastLine({ handler: { function: { calls, name, startLine, endLine }, facts } }: HandlerGround): number {
  const inside = ({ line, function: own }: { readonly line: number; readonly function?: string }): boolean => own === name && line >= startLine && line <= endLine;
  const uses = facts.uses.filter(inside).filter(use => !isConstant(use.name));
  return Math.max(...[...facts.accesses.filter(inside), ...uses, ...calls].map(({ line }) => line));
}

/** Names of masks are no work of their own. */
function isConstant(name: string): boolean {
  return /^[A-Z0-9_]+$/.test(name);
}
