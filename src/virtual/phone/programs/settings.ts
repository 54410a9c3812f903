import type { Program } from '../shell/program.js';

/** Rules that the settings provider holds against any writer. */
const checks: Readonly<Record<string, RegExp>> = {
  'system/screen_brightness': /^(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/,
  'system/screen_brightness_mode': /^[01]$/,
  'system/screen_off_timeout': /^\d+$/,
};

/** `settings get|put|delete|list <namespace> ...` */
export const settings: Program = ({ state, args, out, err }) => {
  const words = args.filter((word, index) => word !== '--user' && args[index - 1] !== '--user');
  const [command, namespace, key, value] = words;
  const table =
    namespace === 'system' || namespace === 'secure' || namespace === 'global' ? state.settings[namespace] : null;
  if (!table) {
    err(`Invalid namespace '${namespace ?? ''}'\n`);
    return 255;
  }
  if (command === 'list') {
    out([...table].map(([name, held]) => `${name}=${held}\n`).join(''));
    return 0;
  }
  if (key === undefined || (command === 'put' && value === undefined)) {
    err('Bad arguments\n');
    return 255;
  }
  if (command === 'get') {
    out(`${table.get(key) ?? 'null'}\n`);
    return 0;
  }
  if (command === 'delete') {
    out(`Deleted ${table.delete(key) ? 1 : 0} rows\n`);
    return 0;
  }
  if (command !== 'put' || value === undefined) {
    err(`Invalid command: ${command ?? ''}\n`);
    return 255;
  }
  const check = checks[`${namespace}/${key}`];
  if (check && !check.test(value)) {
    err(
      `\nException occurred while executing 'put':\njava.lang.IllegalArgumentException: Invalid value: ${value} for setting: ${key}\n`,
    );
    return 255;
  }
  table.set(key, value);
  state.record('setting', `${namespace}/${key}=${value}`);
  return 0;
};
