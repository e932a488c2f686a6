// Chat and vectors from real HTTP servers on this machine, well behaved and not.
import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { GenerationEvent, GenerationUsage } from '../../src/core/index.ts';
import { endpointAddress, type Endpoint } from '../../src/node/endpoint.ts';
import { openEndpointEmbedder } from '../../src/node/endpointEmbedder.ts';
import { openEndpointModel } from '../../src/node/endpointLanguageModel.ts';
import { serverSentEvents } from '../../src/node/serverSentEvents.ts';

interface Asked {
  readonly path: string;
  readonly key: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

type Respond = (response: http.ServerResponse, asked: Asked) => void;

/** What came of one question. */
interface Outcome {
  readonly text: string;
  readonly thinking?: string;
  readonly usage?: GenerationUsage;
  readonly failure?: string;
  readonly asked: readonly Asked[];
}

async function withServer<T>(respond: Respond, use: (url: string, asked: readonly Asked[]) => Promise<T>): Promise<T> {
  const asked: Asked[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => { parts.push(part); });
    request.on('end', () => {
      const one = { path: request.url ?? '', key: request.headers.authorization, body: JSON.parse(Buffer.concat(parts).toString('utf8')) as Asked['body'] };
      asked.push(one);
      respond(response, one);
    });
  });
  await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  } finally {
    server.closeAllConnections();
    await new Promise(resolve => { server.close(resolve); });
  }
}

/** Asks a server that responds so, and hands over what came of it. */
async function check(respond: Respond, expect: (outcome: Outcome) => void, options: Partial<Endpoint> & { readonly stopAfter?: string } = {}): Promise<void> {
  const { stopAfter, ...endpoint } = options;
  expect(await withServer(respond, async (url, asked) => ({ ...await ask({ url, model: 'coder', apiKey: 'k-123', ...endpoint }, stopAfter), asked })));
}

async function ask(endpoint: Endpoint, stopAfter?: string): Promise<Omit<Outcome, 'asked'>> {
  const stop = new AbortController();
  let text = '';
  let thinking = '';
  let end: Extract<GenerationEvent, { type: 'end' }> | undefined;
  try {
    for await (const event of openEndpointModel(endpoint).generate([{ role: 'system', text: 'Be brief.' }, { role: 'user', text: 'What is USART2_CR1?' }], { maxTokens: 9, signal: stop.signal })) {
      if (event.type === 'end') end = event;
      else if (event.type === 'thinking') thinking += event.text;
      else text += event.text;
      if (text === stopAfter) stop.abort();
    }
  } catch (error) {
    return { text, failure: error instanceof Error ? error.message : String(error) };
  }
  assert.ok(end !== undefined);
  return { text, thinking, usage: end.usage };
}

const begin = (response: http.ServerResponse): void => { response.writeHead(200, { 'content-type': 'text/event-stream' }); };
const delta = (content: string, finish?: string): string => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish ?? null }] })}\n\n`;
const refuse = (status: number, body: string, headers: Record<string, string> = {}): Respond => response => { response.writeHead(status, headers).end(body); };

const whole: Respond = response => {
  begin(response);
  response.write(`: keep-alive\n\n${delta('A ')}`);
  response.write(delta('register', 'stop'));
  response.end(`data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 40, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 30 } } })}\n\ndata: [DONE]\n\n`);
};

test('a streamed answer arrives whole, with the server\'s own counts', () => check(whole, ({ text, usage }) => {
  assert.equal(text, 'A register');
  assert.deepEqual([usage?.promptTokens, usage?.cachedTokens, usage?.outputTokens, usage?.stopReason], [40, 30, 2, 'end']);
}));

test('the request carries messages, limits and the key', () => check(whole, ({ asked: [first] }) => {
  assert.equal(first?.path, '/v1/chat/completions');
  assert.equal(first.key, 'Bearer k-123');
  assert.deepEqual([first.body['model'], first.body['stream'], first.body['max_tokens'], first.body['temperature']], ['coder', true, 9, 0]);
  assert.deepEqual(first.body['messages'], [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'What is USART2_CR1?' }]);
}));

test('an answer that ran into its limit says so', () => check(response => { begin(response); response.end(`${delta('A', 'length')}data: [DONE]\n\n`); }, ({ usage }) => { assert.equal(usage?.stopReason, 'length'); }));

test('a server that does not stream answers at once', () => check(refuse(200, JSON.stringify({ choices: [{ message: { content: 'All.' }, finish_reason: 'stop' }] }), { 'content-type': 'application/json' }), ({ text, usage }) => {
  assert.equal(text, 'All.');
  assert.equal(usage?.stopReason, 'end');
}));

test('stopping ends the answer early and closes the connection', async () => {
  const closed = Promise.withResolvers<undefined>();
  await check(response => { begin(response); response.write(delta('A')); response.on('close', () => { closed.resolve(undefined); }); }, ({ text, usage, failure }) => {
    assert.equal(failure, undefined);
    assert.deepEqual([text, usage?.stopReason], ['A', 'cancelled']);
  }, { stopAfter: 'A' });
  await closed.promise;
});

test('a connection cut in the middle is an error, and the text stays', () => check(response => { begin(response); response.write(delta('Half'), () => { response.destroy(); }); }, ({ text, failure }) => {
  assert.equal(text, 'Half');
  assert.match(failure ?? '', /^The answer of 127\.0\.0\.1:\d+ broke off in the middle\./);
}));

test('a stream that ends without its end is an error', () => check(response => { begin(response); response.end(delta('Half')); }, ({ failure }) => { assert.match(failure ?? '', /broke off/); }));

test('an event cut in the middle is an error', () => check(response => { begin(response); response.end(`${delta('Half')}data: {"choices": [{"del`); }, ({ text, failure }) => {
  assert.equal(text, 'Half');
  assert.match(failure ?? '', /broke off/);
}));

test('an error event tells the server\'s words', () => check(response => { begin(response); response.end(`${delta('Half')}data: {"error": {"message": "out of memory"}}\n\n`); }, ({ failure }) => { assert.match(failure ?? '', /failed in the middle of its answer: out of memory/); }));

test('a server that does not begin is given up', () => check(() => undefined, ({ failure }) => { assert.match(failure ?? '', /did not begin to answer within 0\.1 seconds/); }, { firstByteMs: 100 }));

test('a server that falls silent is given up', () => check(response => { begin(response); response.write(delta('A')); }, ({ text, failure }) => {
  assert.equal(text, 'A');
  assert.match(failure ?? '', /fell silent for 0\.1 seconds/);
}, { silenceMs: 100 }));

test('a wrong key is told without the key', () => check(refuse(401, '{"error": {"message": "Incorrect API key provided: k-123."}}'), ({ failure }) => {
  assert.match(failure ?? '', /does not accept the key \(401\)\. Store the right one with "Halcyon: Set Endpoint Key…"/);
  assert.doesNotMatch(failure ?? '', /k-123/);
}));

test('an unknown model is named', () => check(refuse(404, '{"error": "model \'coder\' not found"}'), ({ failure }) => { assert.match(failure ?? '', /knows no model "coder".*not found/); }));
test('a busy server says so', () => check(refuse(429, ''), ({ failure }) => { assert.match(failure ?? '', /takes no more requests/); }));
test('a failing server says so, without its web page', () => check(refuse(502, '<html><body>Bad gateway</body></html>'), ({ failure }) => { assert.match(failure ?? '', /failed \(502\)\. Look at the server's own log\.$/); }));
test('a redirection is not followed', () => check(refuse(302, '', { location: 'http://elsewhere.invalid/' }), ({ failure, asked }) => {
  assert.match(failure ?? '', /sends requests on to http:\/\/elsewhere\.invalid\//);
  assert.equal(asked.length, 1);
}));
test('a web page is no answer', () => check(refuse(200, '<html></html>', { 'content-type': 'text/html' }), ({ failure }) => { assert.match(failure ?? '', /answers with a web page/); }));

for (const name of ['reasoning_content', 'reasoning']) {
  test(`what a server calls ${name} is thinking`, () => check(response => {
    begin(response);
    response.write(`data: ${JSON.stringify({ choices: [{ delta: { [name]: 'Hm.', content: null } }] })}\n\n`);
    response.end(delta('CR1', 'stop'));
  }, ({ text, thinking }) => { assert.deepEqual({ text, thinking }, { text: 'CR1', thinking: 'Hm.' }); }));
}

test('what a server refuses by name is left out', () => check((response, asked) => {
  if ('stream_options' in asked.body) refuse(400, '{"error": {"message": "Unrecognized request argument: stream_options"}}')(response, asked);
  else if ('max_tokens' in asked.body) refuse(400, '{"error": {"message": "Use \'max_completion_tokens\' instead."}}')(response, asked);
  else whole(response, asked);
}, ({ text, asked }) => {
  assert.equal(text, 'A register');
  assert.equal(asked.at(-1)?.body['max_completion_tokens'], 9);
}));

test('no server at the address is told', async () => {
  const url = await withServer(whole, async address => address);
  const { failure } = await ask({ url, model: 'coder' });
  assert.match(failure ?? '', /^No model server answers at 127\.0\.0\.1:\d+\. Start it/);
});

/** The address that requests go to, or the sentence why none may. */
function checkAddress(url: string, expected: string | RegExp, offline = false): void {
  let address: string;
  try {
    address = endpointAddress({ url, model: '' }, offline).href;
  } catch (error) {
    address = error instanceof Error ? error.message : '';
  }
  if (typeof expected === 'string') assert.equal(address, expected);
  else assert.match(address, expected);
}

test('a bare address gets /v1', () => { checkAddress('http://localhost:8080', 'http://localhost:8080/v1/'); });
test('a path is kept', () => { checkAddress('https://gateway.example/llm/v1/', 'https://gateway.example/llm/v1/'); });
test('the path of the request itself is cut off', () => { checkAddress('http://localhost/v1/chat/completions', 'http://localhost/v1/'); });
test('a word is no address', () => { checkAddress('localhost', /is no address of a model server/); });
test('a file is no address', () => { checkAddress('file:///etc/passwd', /is no address of a model server/); });
test('a password in the address is refused and not repeated', () => { checkAddress('https://user:secret@host.example/', /^(?!.*secret).*holds a password/); });
test('offline, another machine is refused', () => { checkAddress('https://gateway.example/v1', /offline mode is on/, true); });
test('offline, a name that only begins like this machine\'s is refused', () => { checkAddress('http://127.evil.example/v1', /offline mode is on/, true); });
test('offline, this machine may be asked', () => { checkAddress('http://127.0.0.1:8080', 'http://127.0.0.1:8080/v1/', true); });
test('offline, this machine may be asked by IPv6', () => { checkAddress('http://[::1]:8080', 'http://[::1]:8080/v1/', true); });

test('events are found however their bytes are cut', async () => {
  const bytes = new TextEncoder().encode('data: "ä"\r\n\r\n: nothing\r\ndata:b\ndata: c\n\nevent: x\n\ndata: last');
  for (let size = 1; size <= bytes.length; size++) {
    const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
    assert.deepEqual(await Array.fromAsync(serverSentEvents(async function* () { yield* parts; }())), ['"ä"', 'b\nc', 'last']);
  }
});

/** Vectors of two texts from a server that responds so, or the sentence why there are none. */
async function checkVectors(respond: Respond, expected: readonly (readonly number[])[] | RegExp): Promise<void> {
  const outcome = await withServer(respond, async url => {
    try {
      const embedder = await openEndpointEmbedder({ url, model: 'embed' });
      return (await embedder.embed(['a', ''])).map(vector => [...vector]);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  if (expected instanceof RegExp) assert.match(String(outcome), expected);
  else assert.deepEqual(outcome, expected);
}

const vectors = (...data: readonly { index?: number; embedding: unknown }[]): Respond => (response, { body }) => { response.end(JSON.stringify({ data: data.slice(0, (body['input'] as string[]).length) })); };

test('vectors have length 1 and the order of their texts', () => checkVectors((response, { body }) => {
  const inputs = body['input'] as string[];
  assert.ok(inputs.every(text => text !== ''));
  response.end(JSON.stringify({ data: inputs.map((text, index) => ({ index, embedding: text === ' ' ? [0, 2] : [5, 0] })).reverse() }));
}, [[1, 0], [0, 1]]));
test('an answer without vectors is told', () => checkVectors((response: http.ServerResponse) => { response.end('{}'); }, /did not answer with one vector for each text/));
test('vectors that are no numbers are told', () => checkVectors(vectors({ embedding: 'AAAA' }, { embedding: 'AAAA' }), /did not answer with one vector/));
test('a text without its vector is told', () => checkVectors((response: http.ServerResponse) => { response.end(JSON.stringify({ data: [{ embedding: [1] }] })); }, /did not answer with one vector/));
test('vectors of another length than before are told', () => checkVectors((response, { body }) => { response.end(JSON.stringify({ data: (body['input'] as string[]).map((text, index) => ({ index, embedding: text === 'register' ? [1] : [1, 0] })) })); }, /its model was exchanged/));

const slowHead = (milliseconds: number): Respond => response => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  setTimeout(() => { response.end('data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'); }, milliseconds);
};
test('a server that sends its head and then reads the prompt is waited for', () => check(slowHead(150), ({ text }) => { assert.equal(text, 'hi'); }, { firstByteMs: 20_000, silenceMs: 20 }));
test('a server that sends its head and nothing after it is given up', () => check(slowHead(2000), ({ failure }) => { assert.match(failure ?? '', /did not begin to answer within 0\.1 seconds/); }, { firstByteMs: 100 }));
test('a connection that the server closed meanwhile is made anew', () => {
  let dropped = 0;
  return check((response: http.ServerResponse) => {
    if (dropped++ === 0) response.socket?.destroy();
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}]}');
  }, ({ failure, asked }) => {
    assert.equal(failure, undefined);
    assert.equal(asked.length, 2);
  });
});
