import type { PhoneState, Picture } from '../state/phone-state.js';
import { type Provider, type Row, unknownUri, unsupported } from './provider.js';

const IMAGES = 'external/images/media';

function pictureRow(state: PhoneState, picture: Picture): Row {
  const name = picture.path.slice(picture.path.lastIndexOf('/') + 1);
  return {
    _id: picture.id,
    // The provider writes the long name of the shared storage.
    _data: picture.path.replace(/^\/sdcard/, '/storage/emulated/0'),
    _display_name: name,
    date_added: picture.dateAdded,
    date_modified: picture.dateAdded,
    mime_type: name.endsWith('.png') ? 'image/png' : 'image/jpeg',
    _size: state.files.read(picture.path)?.bytes.length ?? 0,
    relative_path: picture.path.replace(/^\/sdcard\//, '').replace(/[^/]*$/, ''),
  };
}

export const media: Provider = {
  authority: 'media',
  rows(state, path) {
    const [id] = path.slice(3);
    if (path.slice(0, 3).join('/') !== IMAGES || path.length > 4) throw unknownUri([media.authority, ...path]);
    return state.pictures
      .filter((picture) => state.files.read(picture.path) !== null && (id === undefined || String(picture.id) === id))
      .map((picture) => pictureRow(state, picture));
  },
  insert(_state, path) {
    throw unsupported('Insert', path.join('/'));
  },
  remove(_state, path) {
    throw unsupported('Delete', path.join('/'));
  },
};

/** The bytes behind a picture's URI, or null. */
export function pictureBytes(state: PhoneState, path: readonly string[]): Buffer | null {
  const picture = state.pictures.find(({ id }) => path.slice(0, 3).join('/') === IMAGES && String(id) === path[3]);
  return picture ? (state.files.read(picture.path)?.bytes ?? null) : null;
}

/** Takes a file of the shared storage into the media tables, as the scanner does. */
export function scanFile(state: PhoneState, path: string): boolean {
  const file = state.files.read(path);
  if (!file || !/\.(?:jpe?g|png)$/i.test(path)) return false;
  const plain = path.replace(/^\/storage\/emulated\/0/, '/sdcard');
  if (!state.pictures.some((picture) => picture.path === plain)) {
    state.pictures.push({ id: state.newId(), path: plain, dateAdded: Math.floor(state.now() / 1_000), camera: null });
  }
  return true;
}
