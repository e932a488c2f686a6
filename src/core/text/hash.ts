import { hash } from 'node:crypto';

/** Hex digits kept of a SHA-256: 128 bits, so that two contents of one index never meet by chance. */
const keptDigits = 32;

/** Content hash of a text, 32 hex digits. */
export function hashText(text: string): string {
  return hash('sha256', text, 'hex').slice(0, keptDigits);
}

/** Content hash of bytes, 32 hex digits. */
export function hashBytes(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex').slice(0, keptDigits);
}
