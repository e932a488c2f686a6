// Runs inside the extension host, on a copy of the fictional chip's firmware: providers and commands, called by
// VS Code's own API. Figures are printed, not judged: they depend on the machine.
import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import manifest from '../../../package.json' with { type: 'json' };

describe('Halcyon in the extension host', () => {
  let console_: vscode.TextDocument;

  before(async () => {
    const extension = vscode.extensions.getExtension('halcyon.halcyon-embedded');
    assert.ok(extension, 'the extension is installed');
    assert.equal(extension.isActive, false, 'nothing has activated it yet');
    // The host is still starting other extensions: after a search it has come to rest.
    await vscode.workspace.findFiles('**/*');
    const begun = performance.now();
    await extension.activate();
    print('activation, with the round trip of the call', `${(performance.now() - begun).toFixed(1)} ms`);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    console_ = await vscode.workspace.openTextDocument(fileOf('console.c'));
    await vscode.window.showTextDocument(console_);
    await hoverAt(at(console_, 'UART0->CTRL', 7));
    delay.disable();
    print('event loop delay p99 while starting and indexing', `${(delay.percentile(99) / 1e6).toFixed(1)} ms`);
  });

  it('registers every command of package.json', async () => {
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(manifest.contributes.commands.filter(({ command }) => !known.has(command)), []);
  });

  it('hovers a register', async () => {
    const text = await hoverAt(at(console_, 'UART0->CTRL', 7));
    assert.match(text, /UART0/);
    assert.match(text, /RXMARK/);
  });

  it('shows nothing over plain words', async () => {
    assert.equal(await hoverAt(at(console_, 'Console on UART0', 2)), '');
  });

  it('sees the text that is not saved yet', async () => {
    const edit = new vscode.WorkspaceEdit();
    const end = console_.lineAt(console_.lineCount - 1).range.end;
    edit.insert(console_.uri, end, '\nvoid unsaved(void) { TIMER0->TOP = 5; }\n');
    await vscode.workspace.applyEdit(edit);
    assert.match(await hoverAt(at(console_, 'TIMER0->TOP', 8)), /TIMER0/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('puts a lens above the handler', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', console_.uri, 10);
    const own = lenses.filter(({ command }) => command?.command === 'halcyon.explainIsr');
    assert.deepEqual(own.map(({ range }) => console_.lineAt(range.start.line).text), ['void UART0_IRQHandler(void)']);
  });

  it('offers the explanation inside the handler, and only there', async () => {
    assert.deepEqual(await actionsAt(at(console_, 'overruns++', 0)), ['Explain this ISR (UART0_IRQHandler)']);
    assert.deepEqual(await actionsAt(at(console_, 'input_head == input_tail', 0)), []);
  });

  it('answers hovers quickly on an indexed workspace', async () => {
    const places = ['SYS->CLOCKEN', 'GPIOA->PINCFG[0]', 'UART0->BAUD', 'UART0->CTRL', 'UART0->STATUS', 'UART_STATUS_OVERRUN', 'UART0->DATA'].map(text => at(console_, text, text.length - 2));
    // What VS Code itself takes for the way to a provider and back: one that answers at once, asked in turn with ours.
    const cards = await Promise.all(places.map(hoverAt));
    const plain = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(fileOf(''), 'base.txt').with({ scheme: 'untitled' }));
    const empty = vscode.languages.registerHoverProvider({ scheme: 'untitled' }, { provideHover: (_document, position) => new vscode.Hover(new vscode.MarkdownString(position.line === 0 ? cards[position.character % cards.length] : 'x')) });
    const times: number[] = [];
    const base: number[] = [];
    for (let round = 0; round < 30; round++) {
      for (const [index, place] of places.entries()) {
        times.push(await timeOf(place));
        base.push(await timeOf({ document: plain, position: new vscode.Position(0, index) }));
      }
    }
    empty.dispose();
    print('hover', `${percentiles(times)} (${times.length} hovers)`);
    print('hover of a provider that answers at once with the same cards, asked in turn', percentiles(base));
    assert.equal(times.length, 210);
  });

  it('knows the handler of a file that was created just now', async () => {
    const uri = fileOf('late.c');
    await vscode.workspace.fs.writeFile(uri, Buffer.from('#include "ax32.h"\nvoid UART1_IRQHandler(void)\n{\n  UART1->DATA;\n}\n'));
    await vscode.workspace.openTextDocument(uri);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
    assert.deepEqual([...new Set(lenses.map(({ range }) => range.start.line))], [1]);
    await vscode.workspace.fs.delete(uri);
  });
});

function fileOf(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'a folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

interface Place {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
}

function at(document: vscode.TextDocument, text: string, offset: number): Place {
  const found = document.getText().indexOf(text);
  assert.notEqual(found, -1, `${text} is in ${document.fileName}`);
  return { document, position: document.positionAt(found + offset) };
}

async function hoverAt({ document, position }: Place): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers.flatMap(({ contents }) => contents).map(content => content instanceof vscode.MarkdownString ? content.value : '').join('\n');
}

async function timeOf(place: Place): Promise<number> {
  const begun = performance.now();
  await hoverAt(place);
  return performance.now() - begun;
}

function percentiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const percentile = (share: number): string => `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)} ms`;
  return `p50 ${percentile(0.5)}, p95 ${percentile(0.95)}`;
}

async function actionsAt({ document, position }: Place): Promise<string[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, new vscode.Range(position, position));
  return actions.map(({ title }) => title).filter(title => title.startsWith('Explain this ISR'));
}

function print(what: string, value: string): void {
  console.log(`[figure] ${what}: ${value}`);
}
