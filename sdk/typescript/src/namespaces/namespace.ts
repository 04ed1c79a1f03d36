import type { Transport } from "../transport.js";

/** A group of methods on one kind of thing. */
export abstract class Namespace {
  constructor(protected readonly http: Transport) {}
}
