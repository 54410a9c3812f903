/** The most headlines that anybody wants read out. */
const MOST = 5;
const LONGEST = 200;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' };

function plainText(markup: string): string {
  return markup
    .replace(/^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/, '$1')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
      return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    })
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST);
}

/**
 * The titles of an RSS feed's items, as plain text, at most five. Titles alone are read, so no XML beyond their tags is
 * interpreted; a page that is no feed has none.
 */
export function parseHeadlines(feed: string): readonly string[] {
  const titles = [...feed.matchAll(/<item[\s>][\s\S]{0,2000}?<title>([\s\S]{0,1000}?)<\/title>/g)];
  return titles
    .map(([, title]) => plainText(title ?? ''))
    .filter((title) => title !== '')
    .slice(0, MOST);
}
