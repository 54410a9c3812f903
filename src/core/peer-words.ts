/** The longest piece of a peer's own words that goes into a failure's detail, in UTF-16 code units. */
const MAX_WORDS = 500;

/** A peer's own words, capped, without control characters that could redraw a terminal. */
export function peerWords(text: string, limit: number = MAX_WORDS): string {
  const clean = text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ').trim();
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean;
}

/** The words of anything that was thrown. */
export function causeWords(cause: unknown): string {
  return peerWords(cause instanceof Error ? cause.message : String(cause));
}
