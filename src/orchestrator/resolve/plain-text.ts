/** Text as said: outer quotes, white space and a stray sentence end are carrier, not content. */
export function plainText(text: string): string {
  return (
    text
      .normalize('NFC')
      // Control characters reach no device; the tab and the line break are white space.
      .replace(/[\t\r\n]+/g, ' ')
      .replace(/[\u0000-\u001f\u007f]/g, '')
      .trim()
      .replace(/^["“”«](.*)["“”»]$/su, '$1')
      .trim()
  );
}

/** A name as said: without a leading "the" and a possessive's end. */
export function plainName(text: string): string {
  return plainText(text)
    .replace(/^the\s+/i, '')
    .replace(/['’]s?$/u, '')
    .replace(/[\s,.;:!?]+$/u, '');
}
