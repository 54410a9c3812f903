/**
 * The layers that read an argument after the shell did. Each value is escaped for its own layer first, then quoted for the
 * shell with the rest of its argument.
 */

/** How a phone's `content` command reads the value of `--bind column:type:value`. */
export type BindDialect = 'escaped' | 'raw';

/**
 * A value for `content --bind`. Newer releases split at colons and take `\:` and `\\` for the characters themselves, older
 * ones take everything after the second colon as it stands.
 */
export function bindValue(value: string, dialect: BindDialect): string {
  return dialect === 'escaped' ? value.replace(/[\\:]/g, '\\$&') : value;
}

/** A text literal in a `--where` clause: SQLite knows no escape but the doubled quote. */
export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** One component of a URI; halves of surrogate pairs, which UTF-8 cannot say, become U+FFFD instead of an exception. */
export function uriComponent(value: string): string {
  const wellFormed = Buffer.from(value, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}
