/** No event of a model server is longer; a line that does not end must not fill the memory. */
const mostLineLength = 4_000_000;

/** The data of each event of a `text/event-stream`, in order. Comments and other fields are left out: keep-alives are comments. */
export async function* serverSentEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let data: string[] = [];
  for await (const line of lines(body)) {
    if (line === '') {
      if (data.length > 0) yield data.join('\n');
      data = [];
    } else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
  }
  // What no empty line ends was cut off, but some servers leave out the last one.
  if (data.length > 0) yield data.join('\n');
}

/** Lines ended by `\n`, `\r\n` or `\r`, wherever the parts and the characters are cut. */
async function* lines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const part of body) {
    rest += decoder.decode(part, { stream: true });
    // A `\r` at the end may be half of a `\r\n`.
    const pieces = rest.split(/\r\n|\n|\r(?=[^\n])/);
    rest = pieces.pop() ?? '';
    yield* pieces;
    if (rest.length > mostLineLength) throw new Error('The model server sent a line that does not end. Check that "halcyon.endpoint.url" is the address of a model server.');
  }
  rest += decoder.decode();
  yield* rest.replace(/\r$/, '').split('\r');
}
