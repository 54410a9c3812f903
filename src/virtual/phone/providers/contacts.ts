import type { Contact, PhoneState } from '../state/phone-state.js';
import { type Provider, ProviderError, type Row, unknownUri } from './provider.js';

const NAME = 'vnd.android.cursor.item/name';
const PHONE = 'vnd.android.cursor.item/phone_v2';
const EMAIL = 'vnd.android.cursor.item/email_v2';

/** Every datum of a contact is a row: its id is made from the contact's and the datum's place. */
function dataRows(contact: Contact): readonly Row[] {
  const row = (place: number, mimetype: string, data1: string, data2: number | null): Row => ({
    _id: contact.id * 100 + place,
    raw_contact_id: contact.id,
    contact_id: contact.id,
    display_name: contact.name === '' ? null : contact.name,
    mimetype,
    data1,
    data2,
    is_primary: 0,
  });
  return [
    ...(contact.name === '' ? [] : [row(0, NAME, contact.name, null)]),
    ...contact.phones.map((number, index) => row(1 + index, PHONE, number, 2)),
    ...contact.emails.map((address, index) => row(50 + index, EMAIL, address, 1)),
  ];
}

/** Android's own search: the beginnings of words of the name, or digits of the number. */
function matches(contact: Contact, wanted: string, kind: 'phones' | 'emails'): boolean {
  const words = (text: string): readonly string[] =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== '');
  const has = words(contact.name);
  const asked = words(wanted);
  if (asked.length > 0 && asked.every((word) => has.some((part) => part.startsWith(word)))) return true;
  const digits = wanted.replace(/\D/g, '');
  if (kind === 'phones')
    return digits.length > 2 && contact.phones.some((number) => number.replace(/\D/g, '').includes(digits));
  return contact.emails.some((address) => address.toLowerCase().startsWith(wanted.toLowerCase()));
}

export const contacts: Provider = {
  authority: 'com.android.contacts',
  rows(state, path) {
    const [table, kind, filter, wanted = ''] = path;
    if (table === 'raw_contacts' && path.length === 1) {
      return state.contacts.map(
        (contact): Row => ({
          _id: contact.id,
          contact_id: contact.id,
          sourceid: contact.sourceId,
          display_name: contact.name === '' ? null : contact.name,
          account_type: null,
          account_name: null,
          deleted: 0,
        }),
      );
    }
    if (table === 'contacts' && path.length === 1) {
      return state.contacts.map(
        ({ id, name, phones }): Row => ({ _id: id, display_name: name, has_phone_number: phones.length > 0 ? 1 : 0 }),
      );
    }
    if (table === 'data' && path.length === 1) return state.contacts.flatMap(dataRows);
    if (table === 'data' && (kind === 'phones' || kind === 'emails')) {
      const type = kind === 'phones' ? PHONE : EMAIL;
      if (path.length > 2 && filter !== 'filter') throw unknownUri([contacts.authority, ...path]);
      const found =
        filter === 'filter' ? state.contacts.filter((contact) => matches(contact, wanted, kind)) : state.contacts;
      return found.flatMap(dataRows).filter((row) => row.mimetype === type);
    }
    throw unknownUri([contacts.authority, ...path]);
  },
  insert(state, path, values) {
    if (path.join('/') === 'raw_contacts') {
      const sourceId = values.sourceid;
      state.contacts.push({
        id: state.newId(),
        sourceId: sourceId == null ? null : String(sourceId),
        name: '',
        phones: [],
        emails: [],
      });
      return;
    }
    if (path.join('/') !== 'data') throw unknownUri([contacts.authority, ...path]);
    const contact = state.contacts.find(({ id }) => id === Number(values.raw_contact_id));
    if (!contact) throw new ProviderError('java.lang.IllegalArgumentException: raw_contact_id is required');
    addDatum(state, contact, String(values.mimetype ?? ''), String(values.data1 ?? ''));
  },
  remove(state, path, ids) {
    if (path.join('/') !== 'raw_contacts') throw unknownUri([contacts.authority, ...path]);
    for (const id of ids) {
      const at = state.contacts.findIndex((contact) => contact.id === id);
      if (at >= 0) state.contacts.splice(at, 1);
    }
  },
};

function addDatum(state: PhoneState, contact: Contact, mimetype: string, value: string): void {
  if (mimetype === NAME) contact.name = value;
  else if (mimetype === PHONE) {
    contact.phones.push(value);
    state.record('contact', `${contact.name} ${value}`);
  } else if (mimetype === EMAIL) contact.emails.push(value);
  else throw new ProviderError('java.lang.IllegalArgumentException: mimetype is required');
}
