import type { NamespaceRef, Role } from '@lockdesk/contract'
import type { ServerResponse } from 'node:http'
import type { Entry } from '../ledger/ledger.ts'
import { maySee } from '../ledger/who-sees.ts'

/** What may wait in memory for one reader. Beyond it the reader is behind, and is read to from the ledger at its own speed. */
export const mostBufferedBytes = 256 * 1024
/** A reader that takes nothing for so long is dropped, and comes back with its last id. */
const longestStallMs = 30_000

/** Who listens, with the rights in force. */
export interface Listener {
  personId: string
  sessionId: string
  roleIn(ref: NamespaceRef): Role | null
  /** Listeners with the same text have the same roles everywhere, so their bytes are put together once. */
  audience: string
}

/** One open stream. */
export interface Reader {
  /** Looked at again from time to time: rights change while a stream is open. */
  listener: Listener
  /** Number of the newest entry that this reader has missed nothing before. */
  position: number
  /** False while it is being brought up to date. */
  isLive: boolean
  readonly isOpen: boolean
  /** @returns false where too much is waiting for the reader already, or it has left: nothing was sent */
  send(bytes: Buffer): boolean
  /** Waits until the reader has taken in what was sent; one that does not is dropped. */
  drained(): Promise<void>
  /** Says goodbye: the browser comes back by itself. */
  end(): void
}

/** @param out the answer itself: frames go to it past the framework, one buffer for all */
export function createReader(listener: Listener, out: ServerResponse, patienceMs = longestStallMs): Reader {
  const isOpen = () => !out.destroyed && !out.writableEnded
  return {
    listener,
    position: 0,
    isLive: false,
    get isOpen() {
      return isOpen()
    },
    send(bytes) {
      if (!isOpen() || out.writableLength > mostBufferedBytes) return false
      out.write(bytes)
      return true
    },
    async drained() {
      if (!isOpen() || !out.writableNeedDrain) return
      await new Promise<void>(goOn => {
        const done = () => {
          clearTimeout(timer)
          out.off('drain', done).off('close', done)
          goOn()
        }
        const timer = setTimeout(() => out.destroy(), patienceMs)
        out.on('drain', done).on('close', done)
      })
    },
    end: () => void out.end(),
  }
}

/** Whether an entry is for this listener, by the role in the entry's namespace. */
export function isFor(listener: Pick<Listener, 'personId' | 'roleIn'>, entry: Entry): boolean {
  return maySee(entry, { personId: listener.personId, role: listener.roleIn(entry) })
}
