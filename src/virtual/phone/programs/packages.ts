import type { Program } from '../shell/program.js';

/** `pm list packages|users`, `pm path <package>` */
export const pm: Program = ({ state, args, out, err }) => {
  const [command, what, ...options] = args;
  if (command === 'list' && what === 'packages') {
    const filter = options.find((option) => !option.startsWith('-')) ?? '';
    const onlyOthers = options.includes('-3');
    for (const { name, system } of state.packages) {
      if (name.includes(filter) && !(onlyOthers && system)) out(`package:${name}\n`);
    }
    return 0;
  }
  if (command === 'list' && what === 'users') {
    out('Users:\n\tUserInfo{0:Owner:c13} running\n');
    return 0;
  }
  if (command === 'path') {
    const app = state.packages.find(({ name }) => name === what);
    if (!app) return 1;
    out(`package:/data/app/${app.name}/base.apk\n`);
    return 0;
  }
  err(`Unknown command: ${command ?? ''}\n`);
  return 255;
};

/** `getprop [name]` */
export const getprop: Program = ({ state, args, out }) => {
  const [name] = args;
  if (name !== undefined) out(`${state.properties.get(name) ?? ''}\n`);
  else for (const [key, value] of [...state.properties].sort()) out(`[${key}]: [${value}]\n`);
  return 0;
};
