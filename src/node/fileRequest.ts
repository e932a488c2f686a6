/** A request for a file, or for what is still missing of it. */
export interface FileRequest {
  readonly url: string;
  /** For sentences. */
  readonly fileName: string;
  /** How much is there already. */
  readonly fromByte: number;
  /** Of the answer that brought it: the server sends the rest only if the file is still the same. */
  readonly etag: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** What the user can do instead when the server does not have it or refuses it: a sentence. */
  readonly alternative: string;
}

/** A server's answer to it. */
export interface FileResponse {
  readonly body: AsyncIterable<Uint8Array>;
  /** Where in the file the body starts: `fromByte`, or 0 when the server sends everything. */
  readonly startByte: number;
  /** Of the whole file. */
  readonly totalBytes?: number;
  readonly etag?: string;
  /** The hash of the whole file that the server announces (Hugging Face: `x-linked-etag` of files in LFS). */
  readonly sha256?: string;
  /** Nothing is missing; there is no body. */
  readonly isComplete: boolean;
  cancel(): Promise<void>;
}

const mostRedirects = 8;

/** Asks for a file. Follows redirects itself, since the hash stands in the first answer. Rejects with a sentence. */
export async function requestFile(request: FileRequest): Promise<FileResponse> {
  let url = new URL(request.url);
  let sha256: string | undefined;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await send(url, request);
    sha256 ??= hashIn(response.headers.get('x-linked-etag'));
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return readResponse(response, request, sha256);
    await response.body?.cancel();
    const next = new URL(location, url);
    if (next.protocol !== 'https:' && next.protocol !== url.protocol) throw new Error(`${request.fileName} was not downloaded: ${url.host} redirects to an address without encryption (${next.host}).`);
    url = next;
  }
  throw new Error(`${request.fileName} was not downloaded: ${new URL(request.url).host} redirects in circles.`);
}

async function send(url: URL, { fileName, fromByte, etag, signal }: FileRequest): Promise<Response> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (fromByte > 0) {
    headers['range'] = `bytes=${fromByte}-`;
    // Weak tags promise equal meaning, not equal bytes.
    if (etag?.startsWith('"') === true) headers['if-range'] = etag;
  }
  try {
    return await fetch(url, { headers, redirect: 'manual', ...(signal !== undefined && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(`${fileName} was not downloaded: ${url.host} could not be reached (${causeOf(error)}). Check the network and, if there is one, the proxy ("http.proxy", HTTPS_PROXY), then try again.`, { cause: error });
  }
}

async function readResponse(response: Response, request: FileRequest, sha256: string | undefined): Promise<FileResponse> {
  const { fileName, fromByte } = request;
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  const cancel = async (): Promise<void> => { await response.body?.cancel(); };
  const common = { cancel, ...defined('etag', response.headers.get('etag')), ...defined('sha256', sha256) };
  if (response.status === 416 && fromByte > 0) {
    await cancel();
    const totalBytes = Number(range?.[2] ?? NaN);
    // More than the whole file is there, or the server does not say: from the start.
    if (totalBytes !== fromByte) return requestFile({ ...request, fromByte: 0 });
    return { ...common, body: noBytes(), startByte: fromByte, totalBytes, isComplete: true };
  }
  const fault = findFault(response, request);
  if (fault !== undefined || response.body === null) {
    await cancel();
    throw new Error(`${fileName} was not downloaded: ${fault ?? `${hostOf(response, request)} sent an empty answer.`}`);
  }
  const isPart = response.status === 206;
  const length = response.headers.get('content-length');
  const totalBytes = isPart ? Number(range?.[2]) : length === null ? undefined : Number(length);
  return { ...common, body: response.body, startByte: isPart ? Number(range?.[1]) : 0, ...defined('totalBytes', totalBytes), isComplete: false };
}

/** Why an answer is not the file, with the remedy. */
function findFault(response: Response, request: FileRequest): string | undefined {
  const host = hostOf(response, request);
  const { status } = response;
  if (status === 404 || status === 410) return `${host} no longer has it (HTTP ${status}). ${request.alternative}`;
  if (status === 401 || status === 403) return `${host} refuses it without an account or from here (HTTP ${status}). ${request.alternative}`;
  if (status === 429) return `${host} has too many requests at the moment (HTTP 429). Try again later.`;
  if (status >= 500) return `${host} is in trouble (HTTP ${status}). Try again later.`;
  const isExpected = status === 200 || (status === 206 && request.fromByte > 0);
  if (!isExpected) return `${host} answered with HTTP ${status}.`;
  if (/^\s*text\/html/i.test(response.headers.get('content-type') ?? '')) return `${host} answered with a web page instead of the file: a sign-in page of the network, perhaps. Open ${request.url} in a browser to see it.`;
  return undefined;
}

function hostOf(response: Response, request: FileRequest): string {
  return new URL(response.url === '' ? request.url : response.url).host;
}

function hashIn(header: string | null): string | undefined {
  return /^"?([0-9a-f]{64})"?$/i.exec(header ?? '')?.[1]?.toLowerCase();
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  // A proxy that asks for a password (HTTP 407) ends up here with a cause that says nothing.
  if (cause instanceof Error && cause.message !== '') return cause.message;
  return error instanceof Error ? error.message : String(error);
}

async function* noBytes(): AsyncGenerator<Uint8Array> { /* Nothing is missing. */ }

function defined<Key extends string, Value>(key: Key, value: Value | null | undefined): Partial<Record<Key, Value>> {
  return value === undefined || value === null ? {} : { [key]: value } as Record<Key, Value>;
}
