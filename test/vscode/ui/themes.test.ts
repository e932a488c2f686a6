// The chat in the editor's kinds of theme: everything readable, nothing scrolled out of place.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { Ground, whySkip } from '../ground.ts';

/** Web Content Accessibility Guidelines 2.2, 1.4.3 (AA). */
const leastContrast = 4.5;

describe('the chat in every kind of theme', { skip: whySkip(), timeout: 900_000 }, () => {
  const emptyCache = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-cache-'));
  let ground: Ground;
  before(async () => { ground = await Ground.open({ environment: { HALCYON_CACHE: emptyCache } }); });
  after(async () => {
    await ground[Symbol.asyncDispose]();
    fs.rmSync(emptyCache, { recursive: true, force: true });
  });

  for (const theme of ['Light Modern', 'Dark Modern', 'Default High Contrast', 'Default High Contrast Light']) {
    it(`${theme}: words stand out from what is behind them`, () => check(ground, theme));
  }
});

async function check(ground: Ground, theme: string): Promise<void> {
  const folder = ground.folder('fictional-mcu');
  fs.mkdirSync(path.join(folder, '.vscode'));
  fs.writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
  await using workbench = await ground.window(folder);
  await workbench.openFile('console.c');
  await workbench.goTo(52);
  const chat = await workbench.explainFromLens();
  await chat.locator('.facts').waitFor();
  await chat.locator('.turn').and(chat.locator('[data-status=failed]')).waitFor();
  await workbench.picture(`theme-${theme.toLowerCase().replaceAll(' ', '-')}`);
  for (const selector of ['.question', '.facts summary', '.facts code', '.facts .place', '.notice p', '.evidence summary', '.situation .chip']) {
    const contrast = contrastOf(await colorsOf(chat, selector));
    assert.ok(contrast >= leastContrast, `${selector}: ${contrast.toFixed(2)}`);
  }
  // As text: these tests are type-checked without the names of a browser.
  assert.equal(await chat.evaluate('document.scrollingElement.scrollTop'), 0, 'the page itself does not scroll');
  assert.equal(await chat.evaluate('Math.round(document.querySelector("footer").getBoundingClientRect().bottom - window.innerHeight)'), 0, 'the question box is at the bottom');
}

/** The text's colour, then the backgrounds from the element outwards. */
async function colorsOf(chat: Frame, selector: string): Promise<readonly string[]> {
  return await chat.evaluate<string[]>(`(() => {
    const element = document.querySelector(${JSON.stringify(selector)});
    const colors = [getComputedStyle(element).color];
    for (let node = element; node !== null; node = node.parentElement) colors.push(getComputedStyle(node).backgroundColor);
    // The page itself is transparent: behind it is the side bar.
    const probe = document.body.appendChild(document.createElement('div'));
    probe.style.backgroundColor = 'var(--vscode-sideBar-background)';
    colors.push(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return colors;
  })()`);
}

type Color = readonly [red: number, green: number, blue: number, opacity: number];

function contrastOf([text = '', ...backgrounds]: readonly string[]): number {
  const behind = backgrounds.map(parseColor).reduceRight((back, front) => blend(front, back), [255, 255, 255, 1] as Color);
  const [dark = 0, light = 0] = [luminance(blend(parseColor(text), behind)), luminance(behind)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function parseColor(text: string): Color {
  const [red = 0, green = 0, blue = 0, opacity = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue, opacity];
}

function blend([red, green, blue, opacity]: Color, [backRed, backGreen, backBlue]: Color): Color {
  const mix = (front: number, back: number): number => front * opacity + back * (1 - opacity);
  return [mix(red, backRed), mix(green, backGreen), mix(blue, backBlue), 1];
}

/** Relative luminance as WCAG defines it. */
function luminance([red, green, blue]: Color): number {
  const linear = (value: number): number => value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
