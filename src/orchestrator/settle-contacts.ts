import type { Failure } from '../core/failure.js';
import type { Call, Choice, Clarification, Contact } from '../core/plan.js';
import { err, ok, type Result } from '../core/result.js';

/** Parameters that name a person whom the device must know, and what is needed of them. */
const PEOPLE: Readonly<Record<string, { readonly parameter: string; readonly needs: 'phoneNumber' | 'email' }>> = {
  send_text_message: { parameter: 'contact_name', needs: 'phoneNumber' },
  send_photo: { parameter: 'contact_name', needs: 'phoneNumber' },
  make_phone_call: { parameter: 'recipient', needs: 'phoneNumber' },
  send_email: { parameter: 'recipient', needs: 'email' },
};

const MAX_CHOICES = 5;

export type FindContacts = (deviceId: string, name: string) => Promise<Result<readonly Contact[], Failure>>;

export type ContactChoice =
  | { readonly settled: true; readonly calls: readonly Call[] }
  | { readonly settled: false; readonly clarification: Clarification };

/**
 * Settles every name that something is sent to, before the user approves it: one person, or a question. A name is never
 * bent to fit: nobody found is a question too. Fails when the device cannot be asked.
 */
export async function settleContacts(
  calls: readonly Call[],
  find: FindContacts,
): Promise<Result<ContactChoice, Failure>> {
  const settled: Call[] = [];
  for (const [index, call] of calls.entries()) {
    const person = PEOPLE[call.function];
    const argument = person ? call.args[person.parameter] : undefined;
    if (!person || !call.device || typeof argument !== 'string' || call.contacts?.[person.parameter]) {
      settled.push(call);
      continue;
    }
    // "my mom" is saved as "Mom".
    const said = argument.replace(/^(?:my|our)\s+/i, '');
    const direct = addressOf(said, person.needs);
    if (direct) {
      settled.push(withContact(call, person.parameter, direct));
      continue;
    }
    const found = await find(call.device, said);
    if (!found.ok) return err(found.error);
    const usable = found.value.filter((contact) => contact[person.needs] !== null);
    const one = theOne(usable, said);
    if (one) {
      settled.push(withContact(call, person.parameter, one));
      continue;
    }
    const choices = usable.slice(0, MAX_CHOICES).map(
      (contact): Choice => ({
        label: `${contact.name} (${contact[person.needs]})`,
        calls: calls.map((other, at) =>
          at === index ? withContact(call, person.parameter, contact) : (settled[at] ?? other),
        ),
      }),
    );
    return ok({
      settled: false,
      clarification: { question: question(said, person.needs, found.value.length, usable.length), choices },
    });
  }
  return ok({ settled: true, calls: settled });
}

function question(said: string, needs: 'phoneNumber' | 'email', found: number, usable: number): string {
  const what = needs === 'email' ? 'an e-mail address' : 'a phone number';
  if (usable > 1) return `Which "${said}" do you mean?`;
  if (found > 0)
    return `"${said}" is in the contacts, but without ${what}. Add one, or say the ${needs === 'email' ? 'address' : 'number'} itself.`;
  return `Nobody called "${said}" with ${what} is in the contacts. Say another name, or the ${needs === 'email' ? 'address' : 'number'} itself.`;
}

/** A number or an address said instead of a name needs no look-up. */
function addressOf(said: string, needs: 'phoneNumber' | 'email'): Contact | null {
  if (needs === 'email')
    return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(said) ? { name: said, phoneNumber: null, email: said } : null;
  return /^\+?[\d\s().-]{3,}$/.test(said)
    ? { name: said, phoneNumber: said.replace(/[^\d+]/g, ''), email: null }
    : null;
}

/** The only match, or the only one whose whole name, or whole first name, is what was said. */
function theOne(contacts: readonly Contact[], said: string): Contact | null {
  const wanted = said.toLowerCase();
  const exact = contacts.filter((contact) => contact.name.toLowerCase() === wanted);
  if (exact.length === 1 && exact[0]) return exact[0];
  const byWord = contacts.filter((contact) => contact.name.toLowerCase().split(/\s+/).includes(wanted));
  if (exact.length === 0 && byWord.length === 1 && byWord[0]) return byWord[0];
  // "Stef" found inside "Brent Stefan" alone is a question, not an answer.
  return null;
}

function withContact(call: Call, parameter: string, contact: Contact): Call {
  return { ...call, contacts: { ...call.contacts, [parameter]: contact } };
}
