const DEFAULT_PORT = 5_037;

/** Where the user's adb server listens, by adb's own variables; the custom place otherwise. */
export function adbServerAddress(environment: NodeJS.ProcessEnv): { readonly host: string; readonly port: number } {
  const socket = /^tcp:(?:([^:]+):)?(\d{1,5})$/.exec(environment.ADB_SERVER_SOCKET ?? '');
  if (socket) return { host: socket[1] ?? '127.0.0.1', port: Number(socket[2]) };
  const port = Number(environment.ANDROID_ADB_SERVER_PORT);
  return {
    host: environment.ANDROID_ADB_SERVER_ADDRESS ?? '127.0.0.1',
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : DEFAULT_PORT,
  };
}
