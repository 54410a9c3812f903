import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TaughtExamples } from '../../../src/model/taught/taught-examples.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folders: ReturnType<typeof temporaryFolder>[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder[Symbol.dispose]();
});

function folder(): string {
  const made = temporaryFolder();
  folders.push(made);
  return made.path;
}

const path = (): string => join(folder(), 'deep', 'taught.jsonl');

async function opened(file: string): Promise<TaughtExamples> {
  const examples = await TaughtExamples.open(file);
  if (!examples.ok) throw new Error(examples.error.message);
  return examples.value;
}

describe('taught examples', () => {
  it('count from the next sentence on, and after a restart', async () => {
    const file = path();
    const examples = await opened(file);
    expect(examples.recall('movie time')).toBeNull();
    await examples.teach({
      sentence: 'movie time',
      means: 'set_light(brightness=20) > set_tv_power(power=true)',
      at: 1,
    });
    for (const known of [examples, await opened(file)]) {
      const recall = known.recall('Movie time, please');
      expect(recall?.match).toBe('near');
      expect(recall?.draft).toMatchObject({
        decision: 'plan',
        confidence: 1,
        recalled: { sentence: 'movie time', match: 'near' },
        calls: [
          { id: 'c1', function: 'set_light', args: { brightness: { kind: 'literal', value: 20 } }, after: [] },
          { id: 'c2', function: 'set_tv_power', after: ['c1'] },
        ],
      });
    }
  });

  it('a nested call comes before the call that it fills', async () => {
    const examples = await opened(path());
    await examples.teach({
      sentence: 'tell mom where i am',
      means: 'send_text_message(contact_name="Mom", message=get_current_location())',
      at: 1,
    });
    expect(examples.recall('tell mom where i am')?.draft.calls).toMatchObject([
      { id: 'c1', function: 'get_current_location' },
      { id: 'c2', function: 'send_text_message', args: { message: { kind: 'result', call: 'c1' } } },
    ]);
  });

  it('the last meaning of a sentence holds; an exact one goes before a near one', async () => {
    const examples = await opened(path());
    await examples.teach({ sentence: 'cosy', means: 'set_light(brightness=20)', at: 1 });
    await examples.teach({ sentence: 'Cosy!', means: 'set_light(brightness=30)', at: 2 });
    await examples.teach({ sentence: 'cosy please', means: '', at: 3 });
    expect(examples.all).toHaveLength(2);
    expect(examples.recall('cosy')?.example.at).toBe(2);
    expect(examples.recall('cosy please')?.draft.decision).toBe('irrelevant');
  });

  it('forgets', async () => {
    const file = path();
    const examples = await opened(file);
    await examples.teach({ sentence: 'cosy', means: 'set_light(brightness=20)', at: 1 });
    expect(await examples.forget('something else')).toEqual({ ok: true, value: 0 });
    expect(await examples.forget('Cosy')).toEqual({ ok: true, value: 1 });
    expect(examples.recall('cosy')).toBeNull();
    expect(await readFile(file, 'utf8')).toBe('');
  });

  it('names broken lines by file and line, and keeps them', async () => {
    const file = join(folder(), 'taught.jsonl');
    await writeFile(
      file,
      `{"sentence":"cosy","means":"set_light(brightness=20)","at":1}\n{"sentence":\n{"sentence":"x","means":"no_such()","at":2}\n`,
    );
    const examples = await opened(file);
    expect(examples.problems).toEqual([`${file}:2: is no taught example`, `${file}:3: there is no function no_such`]);
    await examples.teach({ sentence: 'dark', means: 'set_light(power=false)', at: 3 });
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(5);
    expect(examples.recall('cosy')).not.toBeNull();
  });

  it('an unwritable folder is a failure, not a crash', async () => {
    const place = folder();
    await writeFile(join(place, 'file'), '');
    const examples = await TaughtExamples.open(join(place, 'file', 'taught.jsonl'));
    expect(!examples.ok && examples.error.code).toBe('TAUGHT_FAILED');
  });
});
