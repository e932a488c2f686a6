import fs from 'node:fs/promises';

const chunkBytes = 1 << 20;

/**
 * Reads a file from its start, a chunk at a time. Every read is checked against the file's size first, so that no count
 * or length in a hostile file can ask for more memory than one chunk or reach beyond the end.
 */
export class ForwardReader implements AsyncDisposable {
  readonly sizeBytes: number;
  readonly #handle: fs.FileHandle;
  #chunk: Buffer = Buffer.alloc(0);
  /** Where in the file the chunk starts, and the next byte in the chunk. */
  #chunkStart = 0;
  #next = 0;

  private constructor(handle: fs.FileHandle, sizeBytes: number) {
    this.#handle = handle;
    this.sizeBytes = sizeBytes;
  }

  static async open(file: string): Promise<ForwardReader> {
    const handle = await fs.open(file);
    try {
      return new ForwardReader(handle, (await handle.stat()).size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Offset of the next byte in the file. */
  get position(): number {
    return this.#chunkStart + this.#next;
  }

  get remainingBytes(): number {
    return this.sizeBytes - this.position;
  }

  /** True when so many bytes can be taken at once, without waiting for the disk. */
  has(count: number): boolean {
    return this.#chunk.length - this.#next >= count;
  }

  /** Waits until `count` bytes, at most one chunk, can be taken. Throws when the file ends before. */
  async need(count: number): Promise<void> {
    if (this.has(count)) return;
    if (count > this.remainingBytes) throw new Error('it ends in the middle of its header');
    if (count > chunkBytes) throw new Error(`a single value of its header takes ${count} bytes`);
    const start = this.position;
    const buffer = Buffer.alloc(Math.min(chunkBytes, this.remainingBytes));
    const { bytesRead } = await this.#handle.read(buffer, 0, buffer.length, start);
    if (bytesRead < count) throw new Error('it ends in the middle of its header');
    this.#chunk = buffer.subarray(0, bytesRead);
    this.#chunkStart = start;
    this.#next = 0;
  }

  /** The next bytes; `need` must have seen to them. Valid until the next `need`. */
  take(count: number): Buffer {
    const start = this.#next;
    this.#next += count;
    return this.#chunk.subarray(start, this.#next);
  }

  /** Back to the start of the file. */
  rewind(): void {
    this.#chunkStart = 0;
    this.#next = 0;
    this.#chunk = Buffer.alloc(0);
  }

  /** Moves on without reading. Throws when the file ends before. */
  skip(count: number): void {
    if (count > this.remainingBytes) throw new Error('it ends in the middle of its header');
    this.#next += count;
    if (this.#next < this.#chunk.length) return;
    this.#chunkStart += this.#next;
    this.#next = 0;
    this.#chunk = Buffer.alloc(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}
