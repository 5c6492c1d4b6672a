import { createHash } from 'node:crypto'

/** Where entries are told beside the ledger, as it was configured. */
export type SinkTarget = { kind: 'file'; path: string } | { kind: 'http'; url: string; token: string | null }

/** Some neighbouring entries as lines, each with its line break. */
export interface Batch {
  lines: string
  /** Tells it from every other one, and is the same when it is sent again. */
  key: string
}

/** A place outside that takes entries. It may be told the same twice: the number of an entry tells. */
export interface Sink {
  /**
   * Resolves once the batch is kept there.
   * @throws SinkAway
   */
  send(batch: Batch, signal: AbortSignal): Promise<void>
}

/** The sink did not take a batch. The message is a sentence for the operator, without a secret. */
export class SinkAway extends Error {
  /** Not before this long, where it said so. */
  readonly retryAfterMs: number | null

  constructor(sentence: string, options: ErrorOptions & { retryAfterMs?: number | null } = {}) {
    super(sentence, options)
    this.name = 'SinkAway'
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}

/** By which the store remembers how far a sink has been told: another place begins from the beginning. */
export function sinkId(target: SinkTarget): string {
  const where = target.kind === 'file' ? `file ${target.path}` : `http ${target.url}`
  return createHash('sha256').update(where).digest('hex').slice(0, 32)
}
