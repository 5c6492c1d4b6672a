import type { Database, Tx } from './schema.ts'

/** What is told between processes. It is a wake-up and no more: whoever hears it reads the store. */
export type Topic = 'ledger' | 'freshness' | 'turn' | 'looking' | 'session'

/** One transaction that writes the ledger. Nobody else writes it meanwhile, in no process. */
export interface Write {
  tx: Tx
  /** Its time, by the one clock. */
  now: number
  /** Heard by everybody, this process too, once the transaction is committed. */
  announce(topic: Topic, payload: string): Promise<void>
}

/** A right that one process of all has at a time. It ends with the connection that holds it, and so does the ability to write by it. */
export interface Duty {
  /** The very connection that holds the right. */
  database: Database
  /** Aborted when the connection is lost, and the right with it. */
  lost: AbortSignal
  release(): Promise<void>
}

/** The newest write that is committed, of whichever process. */
export interface LastWrite {
  /** The same twice: nothing was committed in between. */
  id: string
  /** Its time: what is committed later carries this one or a later one. */
  at: number
}

/**
 * What the two stores do in different ways. On SQLite one process owns the file, and most of this is its own business; PostgreSQL is shared by
 * several replicas of Lockdesk.
 */
export interface Store {
  readonly kind: 'sqlite' | 'postgres'
  /** Tells this process from every other one that ever used the store. */
  readonly processId: string
  /** The one clock: epoch milliseconds that never run backwards. The database's, where there are several processes. */
  now(): number
  /**
   * Runs one transaction that writes the ledger, one at a time over all processes.
   * @param by the duty that gives the right to write this; absent: everybody may
   */
  write<Result>(work: (write: Write) => Promise<Result>, by?: Duty): Promise<Result>
  /** Whoever asks and reads then has read everything up to it. */
  lastWrite(): Promise<LastWrite>
  /** As in a write, on its own. */
  announce(topic: Topic, payload: string): Promise<void>
  /** Called with what was announced; with an empty text where something may have been missed. @returns stops it */
  listen(topic: Topic, call: (payload: string) => void): () => void
  /** @returns null where another process has it */
  tryDuty(name: string): Promise<Duty | null>
  /** Whether the process that goes by this id still lives. */
  isAlive(tx: Tx, processId: string): Promise<boolean>
}

/** The listeners of one process by topic. */
export function createListeners() {
  const byTopic = new Map<Topic, Set<(payload: string) => void>>()
  return {
    add(topic: Topic, call: (payload: string) => void): () => void {
      const calls = byTopic.get(topic) ?? new Set()
      byTopic.set(topic, calls.add(call))
      return () => void calls.delete(call)
    },
    tell(topic: Topic, payload: string): void {
      for (const call of byTopic.get(topic) ?? []) call(payload)
    },
    tellAll(): void {
      for (const calls of byTopic.values()) for (const call of calls) call('')
    },
  }
}
