import type { PhoneFacts } from './phone-facts.js';

/** CVE-2026-0073: Android 14 to 16 let strangers past wireless adb's key check until this patch level. */
const FIRST_PATCHED = '2026-05-01';
const AFFECTED_API_LEVELS = { from: 34, to: 36 };

/** Why a phone should not be commanded over the network, in a sentence, or null when it may be. */
export function wirelessRefusal(facts: PhoneFacts): string | null {
  if (facts.apiLevel < AFFECTED_API_LEVELS.from || facts.apiLevel > AFFECTED_API_LEVELS.to) return null;
  // ISO dates compare as text; a phone that names no date counts as unpatched.
  const patch = /^\d{4}-\d{2}-\d{2}$/.test(facts.securityPatch) ? facts.securityPatch : '';
  if (patch >= FIRST_PATCHED) return null;
  const level = patch === '' ? 'an unknown patch level' : `patch level ${patch}`;
  return (
    `Wireless adb on this phone (${level}) can be entered by strangers (CVE-2026-0073). Connect it by USB, install its ` +
    'system update, or allow unpatched wireless phones in the settings.'
  );
}
