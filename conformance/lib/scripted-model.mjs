// An OpenAI-compatible model that follows a script: it has a file written, then a command run, then
// says that it is done. Runs inside the sandbox, beside the agent that asks it.
// node scripted-model.mjs PORT FILE CONTENT COMMAND
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const [port, filePath, content, command] = process.argv.slice(2);

const toolCall = (id, name, input) => ({
  tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: JSON.stringify(input) } }],
});

/** What the model says next, as pieces of a stream: decided by how many tools have answered. */
function nextPieces({ messages, tools }) {
  if (!tools?.length) return [{ content: 'A scripted turn' }];
  const lastQuestion = messages.findLastIndex((message) => message.role === 'user');
  switch (messages.slice(lastQuestion).filter((message) => message.role === 'tool').length) {
    case 0:
      return [{ content: 'First the file.' }, toolCall('call_1', 'write', { filePath, content })];
    case 1:
      return [toolCall('call_2', 'bash', { command, description: 'Works on the file' })];
    default:
      return ['It ', 'is ', 'done.'].map((text) => ({ content: text }));
  }
}

async function answer(request, response) {
  const body = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString());
  console.log(`asked with ${body.messages.length} messages`);
  const pieces = nextPieces(body);
  const finish = pieces.at(-1).tool_calls ? 'tool_calls' : 'stop';
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (delta, finish_reason = null) =>
    response.write(
      `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: body.model, choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
    );
  for (const piece of pieces) {
    send({ role: 'assistant', ...piece });
    await pause(150);
  }
  send({}, finish);
  response.end('data: [DONE]\n\n');
}

createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
}).listen(Number(port), '127.0.0.1', () => console.log(`model listens on ${port}`));
