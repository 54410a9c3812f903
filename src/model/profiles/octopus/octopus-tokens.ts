/** The published vocabulary: 256,000 tokens of Gemma, 21 functional tokens `<nexa_0>`..., and the end of a call. */
export const FIRST_FUNCTION_ID = 256_000;
export const FUNCTION_COUNT = 21;
export const END_ID = FIRST_FUNCTION_ID + FUNCTION_COUNT;

/** Which function a token stands for, 0..20, or null for any other token. */
export function functionIndex(id: number): number | null {
  const index = id - FIRST_FUNCTION_ID;
  return index >= 0 && index < FUNCTION_COUNT ? index : null;
}

/**
 * Whether a file's own token list has the functional tokens at the ids that the weights were trained with. A conversion
 * that moved them would make every call another one.
 */
export function hasOctopusTokens(tokens: readonly string[]): boolean {
  const atTheirIds = Array.from({ length: FUNCTION_COUNT }, (_, index) => index).every(
    (index) => tokens[FIRST_FUNCTION_ID + index] === `<nexa_${index}>`,
  );
  return atTheirIds && tokens[END_ID] === '<nexa_end>';
}
