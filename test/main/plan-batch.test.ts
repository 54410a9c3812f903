import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Cli } from '../support/cli.js';

const planLine = z.object({
  utterance: z.string(),
  decision: z.enum(['plan', 'clarify', 'irrelevant']),
  calls: z.array(
    z.object({
      id: z.string(),
      function: z.string(),
      args: z.record(z.string(), z.unknown()),
      target: z.string().nullable(),
      after: z.array(z.string()),
    }),
  ),
  confidence: z.number().min(0).max(1),
  ms: z.number(),
});

describe('tentacle plan', () => {
  it('--batch answers 200 lines in order, one JSON a line and nothing else', async () => {
    await using cli = await Cli.open();
    const lines = Array.from({ length: 200 }, (_, index) =>
      index % 50 === 7 ? '' : `set an alarm for ${1 + (index % 12)}:${String(index % 60).padStart(2, '0')}`,
    );
    const { code, stdout, stderr } = await cli.run(
      ['plan', '--batch', '--now', '2026-11-21T10:00'],
      `${lines.join('\n')}\n`,
    );
    const plans = stdout
      .trimEnd()
      .split('\n')
      .map((line) => planLine.parse(JSON.parse(line)));
    expect(plans.map(({ utterance }) => utterance)).toEqual(lines);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const alarms = plans.filter(({ calls }) => calls[0]?.function === 'set_timer_alarm');
    expect(alarms.length).toBeGreaterThan(180);
  });

  it('counts "tomorrow" from --now', async () => {
    await using cli = await Cli.open();
    const { stdout } = await cli.run(
      ['plan', '--batch', '--now', '2031-03-03T08:00'],
      'put dentist in my calendar for tomorrow at 3 pm\n',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      calls: [{ function: 'create_calendar_event', args: { title: 'dentist', start_time: '2031-03-04T15:00' } }],
    });
  });

  it('shows a plan to a person, and as JSON', async () => {
    await using cli = await Cli.open();
    const shown = await cli.run(['plan', 'turn', 'off', 'the', 'kitchen', 'lights']);
    expect(shown.stdout).toMatch(/Plan: 1 call[\s\S]*Lights[\s\S]*room: kitchen/);
    const { stdout } = await cli.run(['plan', '--json', 'turn off the kitchen lights']);
    expect(JSON.parse(stdout)).toMatchObject({
      decision: 'plan',
      calls: [{ function: 'set_light', args: { room: 'kitchen', power: false } }],
    });
  });
});
