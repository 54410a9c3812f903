// An MCP server on standard input and output, for tests. Its first argument says how it behaves:
//   today      speaks every revision
//   old        a server of 2025, written by hand, which ends when it is asked something before "initialize"
//   chatty     as today, and prints lines that are no messages
//   endless    writes a line without an end
//   deaf       reads and never answers
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const [, , behaviour = 'today', diary] = process.argv;
const note = (line) => diary && appendFileSync(diary, `${line}\n`);
note(`started ${process.pid}`);

function server() {
  const made = new McpServer({ name: 'program', version: '1' });
  const text = (said) => ({ content: [{ type: 'text', text: said }] });
  made.registerTool('environment', { description: 'Names of its environment', inputSchema: z.object({}) }, () =>
    text(JSON.stringify(Object.entries(process.env).sort())),
  );
  made.registerTool('arguments', { description: 'Its arguments', inputSchema: z.object({}) }, () =>
    text(JSON.stringify(process.argv.slice(2))),
  );
  made.registerTool('die', { description: 'Ends the program', inputSchema: z.object({}) }, () => {
    note('dying');
    process.stderr.write('It was too much for me.\n');
    process.exit(3);
  });
  made.registerTool('wait', { description: 'Takes its time', inputSchema: z.object({}) }, async (_args, context) => {
    note('waiting');
    await new Promise((resolve) => {
      context.mcpReq.signal.addEventListener('abort', () => {
        note('cancelled');
        resolve();
      });
    });
    return text('late');
  });
  return made;
}

function old() {
  let isOpen = false;
  const answer = (id, result) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result })}\n`);
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { id, method, params } = JSON.parse(line);
    note(method);
    if (method === 'initialize') {
      isOpen = true;
      const { protocolVersion } = params;
      answer(id, { protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'old', version: '1' } });
    } else if (!isOpen) process.exit(1);
    else if (method === 'tools/list') answer(id, { tools: [{ name: 'greet', inputSchema: { type: 'object' } }] });
    else if (method === 'tools/call') answer(id, { content: [{ type: 'text', text: 'hello from 2025' }] });
  });
}

function writeOn() {
  process.stdout.write('x'.repeat(1_000_000), writeOn);
}

if (behaviour === 'old') old();
else if (behaviour === 'deaf') process.stdin.resume();
else if (behaviour === 'endless') writeOn();
else {
  if (behaviour === 'chatty') console.log('Welcome!\n{"not": "a message"}');
  serveStdio(server);
}
