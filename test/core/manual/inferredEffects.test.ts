import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Field, Register, RegisterNode } from '../../../src/core/device/device.ts';
import { effectInWords, inferredEffects } from '../../../src/core/manual/inferredEffects.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';

/** What a description says in words; undefined: nothing that can be told. */
function check(description: string, expected: string | undefined): void {
  test(`"${description}": ${expected ?? 'nothing'}`, () => {
    const effect = effectInWords(description);
    assert.equal(effect?.modifiedWriteValues ?? (effect?.readAction === undefined ? undefined : `read ${effect.readAction}`), expected);
  });
}

check('Overrun flag. Write 1 to clear.', 'oneToClear');
check('This flag can be cleared by software writing a 1 to this bit.', 'oneToClear');
check('It is cleared by writing \'1\'', 'oneToClear');
check('rc_w1: pending', 'oneToClear');
check('溢出标志，写1清零', 'oneToClear');
check('Cleared by writing 0', 'zeroToClear');
check('由硬件置位，软件写 0 清除', 'zeroToClear');
check('Write 1 to set', 'oneToSet');
check('Writing a 1 inverts the bit', 'oneToToggle');
check('Clear-on-read transmit FIFO overflow interrupt', 'read clear');
check('This bit is cleared when this register is read', 'read clear');
check('It is cleared by software writing 1 to the corresponding bit in the DMA_IFCR register.', undefined);
check('Writing a 1 to this bit clears the L or unified counter.', undefined);
check('Writing 1 to this flag clears the SEDC bit in the RAMCFG_MxISR register', undefined);
check('Cleared by reading DR', undefined);
check('Write 1 to clear. Write 0 to clear.', undefined);
check('Clear to send', undefined);
check('Reset value is 1', undefined);

const shared = path.resolve(import.meta.dirname, '../../../../shared/svd');
const skip = fs.existsSync(shared) ? false : 'the shared SVD files are not here';

test('where files state the effect, what is inferred with the statement hidden agrees in at least 95 of 100 fields', { skip }, () => {
  const totals = { words: { same: 0, other: 0 }, names: { same: 0, other: 0 } };
  for (const file of ['nrf52840.svd', 'nrf5340_application.svd', 'nrf54l15_application.svd', 'RP2040.svd', 'D1-H.svd', 'LPC5502.xml', 'XMC4800.svd', 'STM32H573.svd']) {
    for (const { register, field } of fieldsOf(file)) {
      const stated = field.modifiedWriteValues ?? register.modifiedWriteValues;
      const read = field.readAction ?? register.readAction;
      if ((stated === undefined || stated === 'modify') && read === undefined) continue;
      const hidden: Field = { name: field.name, bitOffset: field.bitOffset, bitWidth: field.bitWidth, enumeratedValues: [], ...(field.description !== undefined && { description: field.description }) };
      for (const effect of inferredEffects({ kind: 'register', name: register.name, addressOffset: 0n, size: register.size, fields: [hidden] }, [hidden], { wordsOnly: false })) {
        if (effect.modifiedWriteValues === undefined && effect.readAction === undefined) continue;
        const agrees = effect.readAction === undefined ? effect.modifiedWriteValues === stated : read !== undefined;
        totals[effect.source === undefined ? 'names' : 'words'][agrees ? 'same' : 'other'] += 1;
      }
    }
  }
  for (const [kind, { same, other }] of Object.entries(totals)) {
    assert.ok(same >= 100, `${kind}: only ${same} fields could be compared`);
    assert.ok(same / (same + other) >= 0.95, `${kind}: ${same} agree, ${other} do not`);
  }
});

function* fieldsOf(file: string): Generator<{ readonly register: Register; readonly field: Field }> {
  const { device } = parseSvd(fs.readFileSync(path.join(shared, file), 'utf8'), file);
  const seen = new Set<RegisterNode>();
  const pending: RegisterNode[] = (device?.peripherals ?? []).flatMap(({ registers }) => registers);
  for (const node of pending) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'cluster') pending.push(...node.registers);
    else for (const field of node.fields) yield { register: node, field };
  }
}
