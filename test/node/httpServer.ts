import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before } from 'node:test';

/** A real HTTP server on this machine for the tests of a file; its address is known once they run. */
export function testServer(answer: http.RequestListener): { readonly origin: string } {
  const server = http.createServer(answer);
  let origin = '';
  before(async () => {
    await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    origin = `http://127.0.0.1:${address.port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { get origin() { return origin; } };
}
