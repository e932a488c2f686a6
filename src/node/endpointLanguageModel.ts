import type { GenerateOptions, GenerationEvent, GenerationUsage, LanguageModel, Message } from '../core/index.ts';
import { askEndpoint, brokenOff, endpointAddress, EndpointRefusal, errorMessage, type Endpoint, type EndpointReply } from './endpoint.ts';
import { serverSentEvents } from './serverSentEvents.ts';

const defaultMaxTokens = 512;
const defaultContextTokens = 8192;
/** Bytes of source text a token, on the careful side: the server's tokenizer is not here. */
const bytesPerToken = 3;

/** A chat model behind an endpoint. Asks nothing yet; throws a sentence when the address may not be asked. */
export function openEndpointModel(endpoint: Endpoint, { offline = false }: { readonly offline?: boolean | undefined } = {}): LanguageModel {
  const { host } = endpointAddress(endpoint, offline);
  return {
    info: { name: `${endpoint.model} (${host})`, contextTokens: endpoint.contextTokens ?? defaultContextTokens },
    countTokens: async text => countTokens(text),
    generate: (messages, options = {}) => generate({ endpoint, host, offline, messages, options }),
  };
}

interface Generation {
  readonly endpoint: Endpoint;
  readonly host: string;
  readonly offline: boolean;
  readonly messages: readonly Message[];
  readonly options: GenerateOptions;
}

/** What a reply has told so far. */
interface Reply {
  pieces: number;
  firstTokenMs: number;
  finish: string | undefined;
  ended: boolean;
  usage: Readonly<Record<string, unknown>>;
}

async function* generate(generation: Generation): AsyncGenerator<GenerationEvent> {
  const { host, messages, options: { signal } } = generation;
  const started = performance.now();
  const reply: Reply = { pieces: 0, firstTokenMs: 0, finish: undefined, ended: false, usage: {} };
  try {
    signal?.throwIfAborted();
    for await (const piece of piecesOf(await request(generation), reply, host)) {
      reply.firstTokenMs ||= performance.now() - started;
      yield piece;
    }
    if (!reply.ended && reply.finish === undefined) throw brokenOff(host);
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
  yield { type: 'end', usage: usageOf(reply, messages, { totalMs: performance.now() - started, cancelled: signal?.aborted === true }) };
}

/** Servers differ in what they take: what one refuses by name is left out or called otherwise, once each. */
async function request({ endpoint, offline, messages, options }: Generation): Promise<EndpointReply> {
  let body: Record<string, unknown> = {
    model: endpoint.model, messages: messages.map(({ role, text }) => ({ role, content: text })), stream: true, stream_options: { include_usage: true },
    max_tokens: options.maxTokens ?? defaultMaxTokens, temperature: options.temperature ?? 0,
    ...(options.jsonSchema !== undefined && { response_format: { type: 'json_schema', json_schema: { name: 'reply', strict: true, schema: options.jsonSchema } } }),
  };
  for (;;) {
    try {
      return await askEndpoint(endpoint, { path: 'chat/completions', body, offline, signal: options.signal });
    } catch (error) {
      const changed = error instanceof EndpointRefusal && error.status >= 400 && error.status < 500 ? withoutRefused(body, error.detail) : undefined;
      if (changed === undefined) throw error;
      body = changed;
    }
  }
}

function withoutRefused(body: Record<string, unknown>, detail: string): Record<string, unknown> | undefined {
  if ('max_tokens' in body && detail.includes('max_completion_tokens')) {
    const { max_tokens: most, ...rest } = body;
    return { ...rest, max_completion_tokens: most };
  }
  const refused = ['stream_options', 'temperature', 'response_format'].find(name => name in body && detail.includes(name));
  return refused === undefined ? undefined : Object.fromEntries(Object.entries(body).filter(([name]) => name !== refused));
}

type Piece = Exclude<GenerationEvent, { type: 'end' }>;

async function* piecesOf({ contentType, body }: EndpointReply, reply: Reply, host: string): AsyncGenerator<Piece> {
  if (contentType.includes('text/html')) throw new Error(`${host} answers with a web page. Check that "halcyon.endpoint.url" is the address of a model server, such as http://localhost:8080/v1.`);
  if (contentType.includes('application/json')) {
    yield* take(await wholeText(body), reply, host);
    return;
  }
  for await (const data of serverSentEvents(body)) {
    if (data.trim() === '[DONE]') {
      reply.ended = true;
      return;
    }
    yield* take(data, reply, host);
  }
}

async function wholeText(body: AsyncIterable<Uint8Array>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(body)).toString('utf8');
}

/** One event, or a whole reply of a server that does not stream. */
function* take(data: string, reply: Reply, host: string): Generator<Piece> {
  const event = parsed(data, host);
  if ('error' in event) throw new Error(`${host} failed in the middle of its answer: ${errorMessage(event['error']) ?? 'it does not say why'}. What has arrived is kept; ask again.`);
  if (isRecord(event['usage'])) reply.usage = event['usage'];
  const [choice] = Array.isArray(event['choices']) ? event['choices'] as unknown[] : [];
  if (!isRecord(choice)) return;
  if (typeof choice['finish_reason'] === 'string') reply.finish = choice['finish_reason'];
  const message = isRecord(choice['delta']) ? choice['delta'] : choice['message'];
  if (!isRecord(message)) return;
  // Servers call it by either name.
  yield* pieceOf('thinking', message['reasoning_content'] ?? message['reasoning'], reply);
  yield* pieceOf('text', message['content'], reply);
}

function* pieceOf(type: Piece['type'], text: unknown, reply: Reply): Generator<Piece> {
  if (typeof text !== 'string' || text === '') return;
  reply.pieces++;
  yield { type, text };
}

function parsed(data: string, host: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(data);
    if (isRecord(value)) return value;
  } catch {
    // An event that was cut: told below.
  }
  throw brokenOff(host);
}

function usageOf(reply: Reply, messages: readonly Message[], { totalMs, cancelled }: { totalMs: number; cancelled: boolean }): GenerationUsage {
  const { usage, finish, firstTokenMs } = reply;
  const details = usage['prompt_tokens_details'];
  return {
    promptTokens: numberOf(usage['prompt_tokens']) ?? messages.reduce((sum, { text }) => sum + countTokens(text), 0),
    cachedTokens: (isRecord(details) ? numberOf(details['cached_tokens']) : undefined) ?? 0,
    outputTokens: numberOf(usage['completion_tokens']) ?? reply.pieces,
    firstTokenMs, totalMs, stopReason: cancelled ? 'cancelled' : finish === 'length' ? 'length' : 'end',
  };
}

function countTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
