import { gigabytes } from '../../model/store/download-failures.js';
import type { ModelFacts } from '../../model/store/inspect-model-file.js';
import type { EndpointModel, FileModel } from '../../model/store/model-entry.js';
import type { EmbeddedModel } from '../../model/store/model-store.js';
import { oneLine, type Terminal, wrap } from './terminal.js';

/** A model as it is listed: `state` is how its file looks at a glance. */
export type ModelRow = (EmbeddedModel | FileModel | EndpointModel) & {
  readonly current: boolean;
  readonly state: 'ready' | 'missing' | 'changed';
};

export function renderModels(rows: readonly ModelRow[], terminal: Terminal): string {
  const { colors, width } = terminal;
  const lines = rows.flatMap((row) => {
    const mark = row.current ? colors.green('*') : ' ';
    const state = row.state === 'ready' ? '' : `  ${colors.red(row.state)}`;
    const chosen = row.current ? colors.green('  plans') : '';
    return [
      `${mark} ${colors.bold(oneLine(row.name, 80))}${chosen}${state}`,
      ...factsOf(row).map((line) => colors.dim(wrap(`    ${line}`, width, '      '))),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function factsOf(row: ModelRow): readonly string[] {
  switch (row.kind) {
    case 'embedded': {
      const size = row.size === null ? [] : [gigabytes(row.size)];
      return [['embedded', ...size, licenceWords(row.licence)].join(' · ')];
    }
    case 'file':
      return [`${row.profile} · ${gigabytes(row.size)} · ${licenceWords(row.licence)}`, oneLine(row.path, 500)];
    case 'endpoint':
      return [
        `endpoint · ${oneLine(row.model, 100)} · ${row.leavesThisPc ? 'leaves this PC' : 'stays on this PC'}`,
        oneLine(row.url, 500),
      ];
  }
}

/** What a file says of itself, before it is added. */
export function renderFacts(entry: FileModel, facts: ModelFacts, terminal: Terminal): string {
  const rows = [
    ['name', `${entry.name}${facts.name ? ` (says of itself: ${oneLine(facts.name, 100)})` : ''}`],
    ['file', `${oneLine(entry.path, 500)}, ${gigabytes(entry.size)}`],
    ['kind', `${entry.profile} (${oneLine(facts.architecture, 100)})`],
    ['licence', oneLine(facts.licence ?? 'unknown')],
    ['sha256', entry.sha256],
  ];
  return renderRows(rows, terminal);
}

export function renderRows(rows: readonly (readonly string[])[], terminal: Terminal): string {
  return rows
    .map(([name = '', value = '']) => `${wrap(`${name.padEnd(9)}${value}`, terminal.width, ' '.repeat(9))}\n`)
    .join('');
}

function licenceWords(licence: string | null): string {
  return `licence ${oneLine(licence ?? 'unknown')}`;
}
