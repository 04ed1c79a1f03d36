// Server-sent events, as the HTML standard has them: bytes in, frames out.

/** One frame. What it does not say is empty. */
export interface Frame {
  id: string | undefined;
  event: string;
  data: string;
}

/** Puts a stream of bytes together to frames, however it was cut. */
export class FrameReader {
  /** How long the server wants its readers to wait before they come back, in milliseconds. */
  retryMs: number | undefined;

  readonly #decoder = new TextDecoder();
  #rest = "";
  #frame = newFrame();

  /** The frames that end in these bytes. */
  push(bytes: Uint8Array): Frame[] {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    const frames: Frame[] = [];
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.#rest); // a \r at the end may be the half of a \r\n
      if (end === null) return frames;
      const line = this.#rest.slice(0, end.index);
      this.#rest = this.#rest.slice(end.index + end[0].length);
      if (line !== "") this.#field(line);
      else if (this.#frame.data.length > 0) {
        const { id, event, data } = this.#frame;
        frames.push({ id, event, data: data.join("\n") });
        this.#frame = newFrame();
      } else this.#frame = newFrame();
    }
  }

  #field(line: string): void {
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "id") this.#frame.id = value;
    else if (name === "event") this.#frame.event = value;
    else if (name === "data") this.#frame.data.push(value);
    else if (name === "retry" && /^\d+$/.test(value)) this.retryMs = Number(value);
  }
}

function newFrame(): { id: string | undefined; event: string; data: string[] } {
  return { id: undefined, event: "", data: [] };
}
