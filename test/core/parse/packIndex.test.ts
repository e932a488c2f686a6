import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePackIndex } from '../../../src/core/parse/packIndex.ts';

/** The packs that an index offers, as `address`, and what is said about it. */
function check(sentence: string, text: string, packs: readonly string[], problem?: RegExp): void {
  test(sentence, () => {
    const parsed = parsePackIndex(text, 'index.pidx');
    assert.deepEqual(parsed.packs.map(({ packUrl }) => packUrl), packs);
    if (problem === undefined) assert.deepEqual(parsed.problems, []);
    else assert.match(parsed.problems[0]?.message ?? '', problem);
  });
}

const pdsc = (attributes: string) => `<index schemaVersion="1.1.0"><vendor>Keil</vendor><url>https://packs.example/</url><pindex><pdsc ${attributes}/></pindex></index>`;

check('a pack lies beside its list', pdsc('url="https://packs.example/pack/" vendor="Keil" name="STM32F4xx_DFP" version="2.17.0"'), ['https://packs.example/pack/Keil.STM32F4xx_DFP.2.17.0.pack']);
check('an address without its last stroke is a folder all the same', pdsc('url="https://packs.example/pack" vendor="Keil" name="A_DFP" version="1.0.0-rc1"'), ['https://packs.example/pack/Keil.A_DFP.1.0.0-rc1.pack']);
check('a deprecated pack is left out', pdsc('url="https://packs.example/" vendor="Keil" name="A_DFP" version="1.0.0" deprecated="2020-01-01"'), []);
check('a name that leads elsewhere is left out', pdsc('url="https://packs.example/" vendor="Keil" name="../../x" version="1.0.0"'), []);
check('an address that is none is left out', pdsc('url="file:///etc/" vendor="Keil" name="A_DFP" version="1.0.0"'), []);
check('an incomplete entry is left out', pdsc('url="https://packs.example/" vendor="Keil"'), []);
check('an index that breaks off is read as far as it goes', '<index><pindex><pdsc url="https://packs.example/" vendor="K" name="A_DFP" version="1.0.0"/><pdsc url="https', ['https://packs.example/K.A_DFP.1.0.0.pack'], /not well-formed/);
check('entities are not expanded', '<!DOCTYPE i [<!ENTITY a "https://packs.example/">]><index><pdsc url="&a;" vendor="K" name="A_DFP" version="1.0.0"/></index>', [], /not well-formed/);
check('a web page offers nothing', '<html><body>Sign in</body></html>', []);
