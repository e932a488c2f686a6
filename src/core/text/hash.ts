import { createHash } from 'node:crypto';

/** Hex digits kept of a SHA-256: 128 bits, so that two contents of one index never meet by chance. */
const keptDigits = 32;

/** Content hash of a text, 32 hex digits. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, keptDigits);
}

/** Content hash of bytes, 32 hex digits. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, keptDigits);
}
