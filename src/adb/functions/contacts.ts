import { randomUUID } from 'node:crypto';
import { failed, readBack, untrusted } from '../../core/outcomes.js';
import type { Contact } from '../../core/plan.js';
import { type ContentRow, insertContent, queryContent } from '../android/content.js';
import type { PhoneFunction } from '../carry-out.js';
import { sqlText, uriComponent } from '../escapes.js';
import { phoneFailure } from '../failures.js';
import type { PhoneCall } from '../phone-call.js';

const AUTHORITY = 'content://com.android.contacts';
/** A person with more numbers than this, or a name that fits more people, is asked about anyway. */
const MAX_FOUND = 50;

interface Entry {
  readonly name: string;
  readonly value: string;
}

/** Names and one kind of address of those whom Android's own contact search finds, in its order. */
async function entries(call: PhoneCall, kind: 'phones' | 'emails', name: string): Promise<readonly Entry[]> {
  const uri = `${AUTHORITY}/data/${kind}/filter/${uriComponent(name)}`;
  const names = await queryContent(call, { uri, numbers: ['_id'], text: 'display_name' });
  if (names.length === 0) return [];
  const values = await queryContent(call, { uri, numbers: ['_id'], text: 'data1' });
  return joinEntries(names, values).slice(0, MAX_FOUND);
}

/**
 * Joins two answers by id. A name that holds a line break and the look of a further row would show as an id that the other
 * answer lacks: then nothing of it is believed.
 */
function joinEntries(names: readonly ContentRow[], values: readonly ContentRow[]): readonly Entry[] {
  const byId = new Map(values.map((row) => [row.numbers[0], row.text]));
  if (byId.size !== values.length || names.length !== values.length) throw unreadable();
  return names.flatMap((row) => {
    if (!byId.has(row.numbers[0])) throw unreadable();
    const value = byId.get(row.numbers[0]);
    return row.text !== null && value ? [{ name: row.text, value }] : [];
  });
}

const unreadable = () =>
  phoneFailure(
    'CONTACTS_UNREADABLE',
    'The phone’s contacts could not be read without doubt.',
    'Say the number itself.',
  );

/** Digits and a leading plus: what can be dialled, and what two writings of one number have in common. */
export const plainNumber = (said: string): string => said.replace(/(?!^\+)[^\d]/g, '');

/**
 * The people whom a name may mean, best match first: the whole name, then a word of it, then Android's own order. A person
 * with two numbers appears twice.
 */
export async function searchContacts(call: PhoneCall, name: string): Promise<readonly Contact[]> {
  const phones = await entries(call, 'phones', name);
  const emails = await entries(call, 'emails', name);
  const people = new Map<string, { phones: string[]; emails: string[] }>();
  const person = (of: string) => {
    const known = people.get(of) ?? { phones: [], emails: [] };
    people.set(of, known);
    return known;
  };
  for (const { name: of, value } of phones) {
    const known = person(of).phones;
    // The same number written twice (by two accounts) is one choice, not two.
    if (!known.some((number) => plainNumber(number) === plainNumber(value))) known.push(value);
  }
  for (const { name: of, value } of emails) {
    const known = person(of).emails;
    if (!known.includes(value)) known.push(value);
  }
  const found = [...people].flatMap(([of, { phones: numbers, emails: addresses }]) => {
    const count = Math.max(numbers.length, addresses.length);
    return Array.from({ length: count }, (_, index): Contact => {
      return {
        name: of,
        phoneNumber: numbers[index] ?? null,
        email: addresses[index] ?? (numbers.length > addresses.length ? (addresses[0] ?? null) : null),
      };
    });
  });
  const rank = (contact: Contact): number => {
    const [has, wanted] = [contact.name.toLowerCase(), name.toLowerCase()];
    if (has === wanted) return 0;
    return has.split(/\s+/).includes(wanted) ? 1 : 2;
  };
  return found
    .map((contact, index) => ({ contact, index }))
    .sort((a, b) => rank(a.contact) - rank(b.contact) || a.index - b.index)
    .map(({ contact }) => contact);
}

/**
 * The one person a parameter means: whom the plan settled on, a number or address that was said itself, or the only match.
 *
 * @throws TentacleError CONTACT_UNKNOWN, CONTACT_AMBIGUOUS.
 */
export async function settledContact(
  call: PhoneCall,
  parameter: string,
  needs: 'phoneNumber' | 'email',
): Promise<Contact> {
  const settled = call.contacts[parameter];
  if (settled?.[needs]) return settled;
  const said = call.text(parameter);
  if (needs === 'email' && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(said))
    return { name: said, phoneNumber: null, email: said };
  if (needs === 'phoneNumber' && /^\+?[\d\s().-]{3,25}$/.test(said)) {
    return { name: said, phoneNumber: plainNumber(said), email: null };
  }
  const found = (await searchContacts(call, said)).filter((contact) => contact[needs] !== null);
  const exact = found.filter((contact) => contact.name.toLowerCase() === said.toLowerCase());
  const [only, ...others] = exact.length > 0 ? exact : found;
  if (only && others.length === 0) return only;
  if (!only) {
    throw phoneFailure(
      'CONTACT_UNKNOWN',
      `Nobody called "${said}" is in the phone’s contacts.`,
      'Say another name, or the number itself.',
    );
  }
  const choices = [only, ...others]
    .slice(0, 5)
    .map((contact) => `${contact.name} (${contact[needs]})`)
    .join(', ');
  throw phoneFailure(
    'CONTACT_AMBIGUOUS',
    `"${said}" may mean several: ${choices}.`,
    'Say the full name, or the number itself.',
  );
}

export const getContact: PhoneFunction = async (call) => {
  const contact = await settledContact(call, 'name', 'phoneNumber');
  const number = contact.phoneNumber ?? '';
  return readBack(`${contact.name}: ${number}`, {
    data: untrusted(number, `${contact.name}: ${number}`, 'device'),
  });
};

const NAME = 'vnd.android.cursor.item/name';
const PHONE = 'vnd.android.cursor.item/phone_v2';
/** ContactsContract.CommonDataKinds.Phone.TYPE_MOBILE. */
const MOBILE = 2;

/** Found again by an id of our own ("the last row" would be a race with every other app that adds contacts). */
export const createContact: PhoneFunction = async (call) => {
  const [name, number] = [call.text('name'), call.text('phone_number')];
  if (!/^\+?[\d\s().*#-]{2,30}$/.test(number)) {
    return failed('NUMBER_UNREADABLE', `"${number}" is not a phone number.`, 'Say the number in digits.');
  }
  const sourceId = `tentacle-${randomUUID()}`;
  const rawContact = async (): Promise<number | null> => {
    const rows = await queryContent(call, {
      uri: `${AUTHORITY}/raw_contacts`,
      numbers: ['_id'],
      where: `sourceid=${sqlText(sourceId)}`,
    });
    return rows[0]?.numbers[0] ?? null;
  };
  const has = async (id: number, mimeType: string, value: string): Promise<boolean> => {
    const where = `raw_contact_id=${id} AND mimetype=${sqlText(mimeType)} AND data1=${sqlText(value)}`;
    return (await queryContent(call, { uri: `${AUTHORITY}/data`, numbers: ['_id'], where })).length > 0;
  };
  const outcome = await call.effect(
    async () => {
      await insertContent(call, `${AUTHORITY}/raw_contacts`, [
        { column: 'account_type', type: 'n', value: '' },
        { column: 'account_name', type: 'n', value: '' },
        { column: 'sourceid', type: 's', value: sourceId },
      ]);
      const id = await call.look(rawContact, 2_000);
      if (id === null)
        throw phoneFailure('CONTACT_NOT_TAKEN', 'The phone did not take the contact.', 'Add it on the phone.');
      const row = (mimeType: string, value: string) =>
        [
          { column: 'raw_contact_id', type: 'i', value: id },
          { column: 'mimetype', type: 's', value: mimeType },
          { column: 'data1', type: 's', value },
        ] as const;
      await insertContent(call, `${AUTHORITY}/data`, row(NAME, name));
      await insertContent(call, `${AUTHORITY}/data`, [
        ...row(PHONE, number),
        { column: 'data2', type: 'i', value: MOBILE },
      ]);
    },
    async () => {
      const id = await rawContact();
      const isThere = id !== null && (await has(id, NAME, name)) && (await has(id, PHONE, number));
      return isThere ? readBack(`contact ${name}, ${number}`) : null;
    },
  );
  return (
    outcome ??
    failed('CONTACT_NOT_TAKEN', 'The phone did not take the whole contact.', 'Look at it in the contacts app.')
  );
};
