import { randomUUID } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Connection } from '../../../src/core/connection.js';
import { ConnectionStore } from '../../../src/main/connections/connection-store.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const home = (name = 'home'): Connection => ({
  id: randomUUID(),
  name,
  addedAt: 1,
  type: 'mqtt',
  url: 'mqtt://192.168.1.5',
  username: 'me',
});

const none = { secret: null, pin: null };

it('keeps connections over restarts, and their secrets apart from them', async () => {
  using folder = temporaryFolder();
  const added = home();
  expect(await new ConnectionStore(folder.path).add(added, { secret: 'hunter2', pin: '1234' })).toMatchObject({
    ok: true,
  });
  const again = new ConnectionStore(folder.path);
  expect(await again.list()).toEqual({ ok: true, value: [added] });
  expect(await again.secretsOf(added)).toEqual({ ok: true, value: { secret: 'hunter2', pin: '1234' } });
  expect(readFileSync(join(folder.path, 'connections.json'), 'utf8')).not.toContain('hunter2');
  expect(statSync(join(folder.path, 'secrets.json')).mode & 0o777).toBe(0o600);
});

it('takes no name twice, and forgets a secret with its connection', async () => {
  using folder = temporaryFolder();
  const store = new ConnectionStore(folder.path);
  const added = home();
  await store.add(added, { secret: 'hunter2', pin: '1234' });
  expect(await store.add(home('HOME'), none)).toMatchObject({ error: { code: 'CONNECTION_NAME_TAKEN' } });
  expect(await store.remove('Home')).toMatchObject({ ok: true, value: { id: added.id } });
  expect(await store.remove('home')).toMatchObject({ error: { code: 'CONNECTION_UNKNOWN' } });
  expect(await store.secretsOf(added)).toEqual({ ok: true, value: none });
  expect(await store.secrets.get('__proto__')).toEqual({ ok: true, value: null });
});

it('leaves a damaged list as it is', async () => {
  using folder = temporaryFolder();
  const path = join(folder.path, 'connections.json');
  writeFileSync(path, '{"version": 1, "connections": [{"type": "fax"}]}');
  const store = new ConnectionStore(folder.path);
  expect(await store.list()).toMatchObject({ error: { code: 'CONNECTIONS_UNREADABLE' } });
  expect(await store.add(home(), none)).toMatchObject({ error: { code: 'CONNECTIONS_UNREADABLE' } });
  expect(readFileSync(path, 'utf8')).toContain('fax');
});
