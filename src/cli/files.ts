import fs from 'node:fs/promises';
import { CommandFailure } from './output.ts';

/** The text of a file that is named on the command line; one that cannot be read ends the command. */
export async function textOf(file: string): Promise<string> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(`${file}: ${error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'no such file' : String(error)}`);
  }
}

/** Writes a file whole or not at all. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  try {
    await fs.writeFile(part, text);
    await fs.rename(part, file);
  } catch (error) {
    await fs.rm(part, { force: true });
    throw new CommandFailure(`${file}: cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
