// Findings in VS Code: squiggles while typing, the page behind a rule's id, quick fix and suppression. Run with `npm run test:vscode`.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Ground, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

describe('findings in VS Code', { skip: whySkip(), timeout: 600_000 }, () => {
  let ground: Ground;
  let workbench: Workbench;

  before(async () => {
    ground = await Ground.open({ settings: { 'halcyon.offline': true, 'editor.minimap.enabled': false, 'editor.suggestOnTriggerCharacters': false, 'editor.quickSuggestions': false, 'editor.acceptSuggestionOnCommitCharacter': false } });
    workbench = await ground.window(ground.folder('fictional-mcu'));
    await workbench.openFile('level.c');
    await workbench.status().locator('.codicon-circuit-board').waitFor();
  });
  after(async () => {
    await workbench[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
  });

  it('lists what is wrong in the open file among the problems', async () => {
    await workbench.command('Problems: Focus on Problems View');
    await workbench.page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'rmw-on-w1c' }).first().waitFor({ timeout: 120_000 });
    await workbench.picture('lint-problems');
  });

  it('finds a mistake while it is typed, and forgets it when it is undone', async () => {
    await workbench.openFile('motor.c');
    await workbench.goTo(28, 1);
    await workbench.page.keyboard.type('SYS->WDKICK |= 1;');
    const row = workbench.page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'read-write-only' });
    await row.first().waitFor({ timeout: 60_000 });
    await workbench.picture('lint-typed');
    for (let letter = 0; letter < 'SYS->WDKICK |= 1;'.length; letter++) await workbench.page.keyboard.press('Backspace');
    await row.first().waitFor({ state: 'detached', timeout: 60_000 });
    assert.equal(await row.count(), 0);
  });

  it('mends what is safe to mend by a quick fix', async () => {
    await workbench.goTo(28, 1);
    await workbench.page.keyboard.type('SYS->WDKICK |= SYS_WDKICK_KEY;');
    await workbench.page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'read-write-only' }).first().waitFor({ timeout: 60_000 });
    await workbench.goTo(28, 5);
    await workbench.page.keyboard.press('Control+.');
    const menu = workbench.page.locator('.action-widget');
    await menu.getByText('Write without reading').waitFor();
    assert.ok(await menu.getByText('Hide this finding of read-write-only with a comment').isVisible());
    await workbench.picture('lint-quick-fix');
    await menu.getByText('Write without reading').click();
    await workbench.page.locator('.view-line').filter({ hasText: /SYS->WDKICK\s=\sSYS_WDKICK_KEY;/ }).first().waitFor();
  });
});
