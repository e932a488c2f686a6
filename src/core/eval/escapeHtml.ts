/** A text as it may stand in HTML, between quotes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.codePointAt(0) ?? 0};`);
}
