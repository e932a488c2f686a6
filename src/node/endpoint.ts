import net from 'node:net';

/** A server that speaks OpenAI's protocol: llama-server, Ollama, vLLM, a company's gateway. Plain data. */
export interface Endpoint {
  /** Base address, with or without `/v1`. */
  readonly url: string;
  /** Name of the model as the server knows it; servers with one model ignore it. */
  readonly model: string;
  readonly apiKey?: string | undefined;
  /** Tokens of context the server gives a request; default 8192. */
  readonly contextTokens?: number | undefined;
  /** Longest wait for the first byte of an answer's text, before which a slow server reads the prompt; default five minutes. */
  readonly firstByteMs?: number | undefined;
  /** Longest silence within an answer; default one minute. */
  readonly silenceMs?: number | undefined;
}

/** One request to an endpoint. */
export interface EndpointRequest {
  /** Below the base address: `chat/completions`. */
  readonly path: string;
  readonly body: unknown;
  /** Only this machine may be asked. */
  readonly offline?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the server answers, while it comes in. */
export interface EndpointReply {
  readonly contentType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A server's refusal: its status and its own words, beside the sentence for the user. */
export class EndpointRefusal extends Error {
  readonly status: number;
  readonly detail: string;

  constructor(status: number, detail: string, sentence: string) {
    super(sentence);
    this.status = status;
    this.detail = detail;
  }
}

const defaultFirstByteMs = 300_000;
const defaultSilenceMs = 60_000;
/** Of a refusal's text; some servers answer with their whole web page. */
const mostRefusalBytes = 64 * 1024;

/** Where requests go. Throws a sentence when the address is none, or may not be asked. */
export function endpointAddress({ url }: Endpoint, offline = false): URL {
  const address = URL.parse(url.trim());
  if (address === null || !/^https?:$/.test(address.protocol)) throw new Error(`"${url}" is no address of a model server. Set "halcyon.endpoint.url" to one such as http://localhost:8080/v1.`);
  if (address.username !== '' || address.password !== '') throw new Error(`The address of the model server holds a password. Take it out of the setting, and store the key with "Halcyon: Set Endpoint Key…".`);
  if (offline && !isLoopback(address.hostname)) throw new Error(`${address.host} is not asked: offline mode is on, and only servers on this machine may be used. Turn off "halcyon.offline", or choose a model file.`);
  const base = address.pathname.replace(/\/+$/, '').replace(/\/(chat\/completions|completions|embeddings|models)$/, '');
  address.pathname = `${base === '' ? '/v1' : base}/`;
  address.hash = '';
  return address;
}

/** Sends a request; resolves with the head of the answer. Rejects with a sentence for the user, or with the signal's reason. */
export async function askEndpoint(endpoint: Endpoint, request: EndpointRequest): Promise<EndpointReply> {
  const address = endpointAddress(endpoint, request.offline);
  const watch = watchSilence(request.signal);
  watch.wait(endpoint.firstByteMs ?? defaultFirstByteMs, `${address.host} did not begin to answer within {0} seconds. Look whether the server is busy or still loading its model, and ask again.`);
  try {
    const response = await fetchAgain(withPath(address, request.path), {
      method: 'POST', body: JSON.stringify(request.body), signal: watch.signal, redirect: 'manual',
      headers: { 'content-type': 'application/json', ...(endpoint.apiKey !== undefined && { authorization: `Bearer ${endpoint.apiKey}` }) },
    });
    if (!response.ok) throw await refusalOf(response, endpoint, address);
    return { contentType: response.headers.get('content-type') ?? '', body: readWatched(response, endpoint, { address, watch }) };
  } catch (error) {
    watch.end();
    throw error instanceof EndpointRefusal ? error : failureOf(error, address, watch);
  }
}

/** Once more where the connection was one of before, which the server has closed meanwhile. */
async function fetchAgain(address: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    if (!/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(codeOf(error))) throw error;
    return fetch(address, request);
  }
}

function withPath(address: URL, path: string): URL {
  const target = new URL(address);
  target.pathname += path;
  return target;
}

/** Ends a request that has been silent for too long. */
interface SilenceWatch {
  readonly signal: AbortSignal;
  /** Starts the wait anew. `{0}` in the sentence becomes its seconds. */
  wait(milliseconds: number, sentence: string): void;
  /** The sentence of the wait that ran out. */
  expired(): string | undefined;
  end(): void;
}

function watchSilence(signal: AbortSignal | undefined): SilenceWatch {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let expired: string | undefined;
  return {
    signal: signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]),
    wait: (milliseconds, sentence) => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        expired = sentence.replace('{0}', String(Math.round(milliseconds / 100) / 10));
        controller.abort();
      }, milliseconds).unref();
    },
    expired: () => expired,
    end: () => { clearTimeout(timer); },
  };
}

async function* readWatched(response: Response, { silenceMs = defaultSilenceMs }: Endpoint, { address, watch }: { address: URL; watch: SilenceWatch }): AsyncGenerator<Uint8Array> {
  const wait = (): void => { watch.wait(silenceMs, `${address.host} fell silent for {0} seconds in the middle of its answer. What has arrived is kept; ask again.`); };
  // llama.cpp's server sends its head at once and reads the prompt after that, so the wait for the first byte goes on.
  try {
    for await (const part of response.body ?? []) {
      yield part as Uint8Array;
      wait();
    }
  } catch (error) {
    throw failureOf(error, address, watch, true);
  } finally {
    watch.end();
  }
}

async function refusalOf(response: Response, endpoint: Endpoint, { host }: URL): Promise<EndpointRefusal> {
  const { status } = response;
  const detail = hideKey(refusalText(await readSome(response)), endpoint.apiKey);
  const says = detail === '' ? '' : ` It says: ${detail}`;
  return new EndpointRefusal(status, detail, refusalSentence(status, { host, model: endpoint.model, location: response.headers.get('location') }) + says);
}

function refusalSentence(status: number, { host, model, location }: { host: string; model: string; location: string | null }): string {
  if (status === 401 || status === 403) return `${host} does not accept the key (${status}). Store the right one with "Halcyon: Set Endpoint Key…".`;
  if (status === 404) return `${host} knows no model "${model}" or no such address (404). Check "halcyon.endpoint.url" and "halcyon.endpoint.model".`;
  if (status === 429) return `${host} takes no more requests now (429). Wait a little and ask again.`;
  // A key must not follow a redirection to wherever it points.
  if (status >= 300 && status < 400) return `${host} sends requests on to ${location ?? 'another place'} (${status}). Set "halcyon.endpoint.url" to that address if it is the one you mean.`;
  if (status >= 500) return `${host} failed (${status}). Look at the server's own log.`;
  return `${host} refused the request (${status}).`;
}

async function readSome(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    const piece = part as Uint8Array;
    bytes += piece.length;
    parts.push(piece);
    if (bytes > mostRefusalBytes) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The words in a refusal, in one line: servers put them at different places. */
function refusalText(body: string): string {
  let text = body;
  try {
    text = errorMessage(JSON.parse(body)) ?? '';
  } catch {
    if (/^\s*</.test(body)) return '';
  }
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}

/** The message of an error as servers write it: `{error: {message}}`, `{error}`, `{message}`, `{detail}`. */
export function errorMessage(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name of ['error', 'message', 'detail']) {
    const found = errorMessage(Reflect.get(value, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

function hideKey(text: string, key: string | undefined): string {
  return key === undefined || key === '' ? text : text.replaceAll(key, '…');
}

function failureOf(error: unknown, { host }: URL, watch: SilenceWatch, begun = false): Error {
  const expired = watch.expired();
  if (expired !== undefined) return new Error(expired, { cause: error });
  if (watch.signal.aborted) return error instanceof Error ? error : new Error(String(error));
  const code = codeOf(error);
  if (begun) return brokenOff(host, error);
  if (code === 'ECONNREFUSED') return new Error(`No model server answers at ${host}. Start it, or check "halcyon.endpoint.url".`, { cause: error });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new Error(`There is no server of the name ${host}. Check "halcyon.endpoint.url" and the network.`, { cause: error });
  if (/CERT|SSL|TLS|SELF_SIGNED/.test(code)) return new Error(`The certificate of ${host} is not trusted (${code}). Add your company's certificate to the system, or to NODE_EXTRA_CA_CERTS.`, { cause: error });
  return new Error(`${host} could not be asked (${code}). Check "halcyon.endpoint.url" and the network.`, { cause: error });
}

/** An answer whose connection ended before it did. */
export function brokenOff(host: string, cause?: unknown): Error {
  return new Error(`The answer of ${host} broke off in the middle. What has arrived is kept; ask again.`, { cause });
}

function codeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (inner instanceof AggregateError && inner.errors.length > 0) return codeOf(inner.errors[0]);
  if (inner instanceof Error && 'code' in inner) return String(inner.code);
  return inner instanceof Error ? inner.message : String(inner);
}

function isLoopback(hostname: string): boolean {
  const name = hostname.replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || (net.isIPv4(name) && name.startsWith('127.'));
}
