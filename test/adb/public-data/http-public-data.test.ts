import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpPublicData } from '../../../src/adb/public-data/http-public-data.js';
import { parseHeadlines } from '../../../src/adb/public-data/parse-headlines.js';
import { PublicDataServer } from '../../../src/virtual/public-data/public-data-server.js';
import { freePort } from '../../support/free-port.js';
import { openRig } from '../phone-rig.js';

const { signal } = new AbortController();

/** Endpoints at an address of the loopback interface. */
const endpointsAt = (base: string) => ({
  geocoding: base,
  forecast: base,
  news: base,
  newsSearch: base,
  weatherSource: 'test',
  newsSource: 'test',
});

describe('weather and news', () => {
  let server: PublicDataServer;
  beforeAll(async () => {
    server = await PublicDataServer.start();
  });
  afterAll(() => server.stop());

  it('of the stand-in are the same for the same question, and marked', async () => {
    const client = new HttpPublicData(server.endpoints);
    const paris = await client.weather('Paris', signal);
    expect(paris).toMatchObject({
      ok: true,
      value: {
        source: 'local stand-in',
        text: expect.stringMatching(/^Paris: -?\d+ °C and .+; today .+; tomorrow .+/),
      },
    });
    expect(await client.weather('Paris', signal)).toEqual(paris);
    expect(await client.weather({ latitude: 52.5, longitude: 13.4 }, signal)).toMatchObject({
      ok: true,
      value: { text: expect.stringMatching(/^-?\d+ °C/) },
    });
    expect(await client.news('chess', signal)).toMatchObject({
      ok: true,
      value: { text: expect.stringContaining('chess') },
    });
  });

  it('of no place are no weather', async () => {
    expect(await new HttpPublicData(server.endpoints).weather('12345', signal)).toMatchObject({
      ok: false,
      error: { code: 'PLACE_UNKNOWN' },
    });
  });

  it('that cannot be reached, read or ended are a failure each', async () => {
    const dead = new HttpPublicData(endpointsAt(`http://127.0.0.1:${await freePort()}`));
    expect(await dead.weather('Paris', signal)).toMatchObject({
      ok: false,
      error: { code: 'PUBLIC_DATA_UNREACHABLE' },
    });
    const answers = ['<html>no</html>', 'x'.repeat(2 ** 20)];
    const odd = createServer((_request, response) => void response.end(answers.shift()));
    odd.listen(0, '127.0.0.1');
    await once(odd, 'listening');
    const client = new HttpPublicData(endpointsAt(`http://127.0.0.1:${(odd.address() as AddressInfo).port}`));
    expect(await client.weather('Paris', signal)).toMatchObject({
      ok: false,
      error: { code: 'PUBLIC_DATA_UNREADABLE' },
    });
    expect(await client.news(null, signal)).toMatchObject({ ok: false, error: { code: 'PUBLIC_DATA_UNREACHABLE' } });
    odd.close();
  });

  it('without a network open the page on the phone and say so', async () => {
    const dead = new HttpPublicData(endpointsAt(`http://127.0.0.1:${await freePort()}`));
    await using rig = await openRig('direct TCP', {}, dead);
    expect(await rig.invoke('get_weather_forecast', { location: 'Paris' })).toMatchObject({ status: 'handed-over' });
    expect(rig.phone.state.screen.fields.url).toContain('weather%20Paris');
  });
});

describe('headlines', () => {
  it('are plain text, few and short', () => {
    const feed =
      '<rss><item><title><![CDATA[A &amp; B]]></title></item><item><title>5 &lt; 6 &#39;yes&#39;</title></item></rss>';
    expect(parseHeadlines(feed)).toEqual(['A & B', "5 < 6 'yes'"]);
    expect(parseHeadlines('<item><title>x</title></item>'.repeat(50))).toHaveLength(5);
    expect(parseHeadlines('<html><title>no feed</title></html>')).toEqual([]);
  });

  it('never hold control characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const headline of parseHeadlines(`<rss><item><title>${text}</title></item></rss>`))
          expect(headline).not.toMatch(/[\n\r]/);
      }),
    );
  });
});
