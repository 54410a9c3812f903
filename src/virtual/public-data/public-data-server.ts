import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What reports call it: nobody shall take its weather for the real one. */
const SOURCE = 'local stand-in';

const CODES = [0, 1, 2, 3, 45, 51, 61, 63, 80, 95];

/** A number from 0 to below `range` that stays the same for the same words. */
function drawn(words: string, range: number): number {
  return createHash('sha256').update(words).digest().readUInt32BE(0) % range;
}

const titled = (name: string): string => name.replace(/(^|[\s-])\p{L}/gu, (letter) => letter.toUpperCase());

const escaped = (text: string): string => text.replace(/[<>&]/g, (character) => `&#${character.codePointAt(0)};`);

/** Local weather and news in the forms of the public services, invented and always the same for the same question. */
export class PublicDataServer {
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const answer = answers[url.pathname];
      if (!answer) {
        response.writeHead(404).end();
        return;
      }
      const { type, body } = answer(url.searchParams);
      response.writeHead(200, { 'content-type': type }).end(body);
    });
  }

  static async start(): Promise<PublicDataServer> {
    const started = new PublicDataServer();
    started.#server.listen(0, '127.0.0.1');
    await once(started.#server, 'listening');
    // It must not keep alive a process that has nothing else to do.
    started.#server.unref();
    return started;
  }

  get endpoints() {
    const base = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return {
      geocoding: `${base}/geocoding`,
      forecast: `${base}/forecast`,
      news: `${base}/news`,
      newsSearch: `${base}/news`,
      weatherSource: SOURCE,
      newsSource: SOURCE,
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

type Answer = (query: URLSearchParams) => { readonly type: string; readonly body: string };

const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });

const answers: Readonly<Record<string, Answer>> = {
  '/geocoding': (query) => {
    const name = query.get('name')?.trim() ?? '';
    // A place needs a letter: "12345" and "" are unknown here as there.
    if (!/\p{L}/u.test(name)) return json({});
    return json({
      results: [{ name: titled(name), latitude: drawn(name, 120) - 60, longitude: drawn(`${name}!`, 360) - 180 }],
    });
  },
  '/forecast': (query) => {
    const place = `${query.get('latitude')},${query.get('longitude')}`;
    const low = drawn(place, 18) - 2;
    const high = low + 4 + drawn(`${place} high`, 8);
    const code = (day: string): number => CODES[drawn(place + day, CODES.length)] ?? 0;
    return json({
      current: { temperature_2m: Math.round((low + high) / 2), weather_code: code('now') },
      daily: {
        temperature_2m_max: [high, high + 1],
        temperature_2m_min: [low, low + 1],
        weather_code: [code('today'), code('tomorrow')],
      },
    });
  },
  '/news': (query) => {
    const subject = query.get('q') ?? 'the day';
    const titles = [`What is known about ${subject}`, `Five views on ${subject}`, `Why ${subject} matters now`];
    const items = titles.map((title) => `<item><title>${escaped(title)}</title></item>`).join('');
    return {
      type: 'application/rss+xml',
      body: `<?xml version="1.0"?><rss version="2.0"><channel><title>Stand-in</title>${items}</channel></rss>`,
    };
  },
};
