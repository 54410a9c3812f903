import { once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink, type RPCLinkOptions } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { contract } from '../../src/core/api/contract.js';
import { API_PROTOCOL } from '../../src/main/api/api-server.js';

export interface ApiClient extends Disposable {
  readonly call: ContractRouterClient<typeof contract>;
}

/** A program that has the token, over a real WebSocket. */
export async function connectApi(port: number, token: string): Promise<ApiClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, [API_PROTOCOL, token]);
  await once(socket, 'open');
  // A socket of "ws" has the browser's methods; only its types are its own.
  const websocket = socket as unknown as RPCLinkOptions<Record<never, never>>['websocket'];
  return { call: createORPCClient(new RPCLink({ websocket })), [Symbol.dispose]: () => socket.terminate() };
}
