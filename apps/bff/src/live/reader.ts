import type { Binding } from '@lockdesk/contract'
import type { ServerResponse } from 'node:http'
import { roleIn } from '../access/caller.ts'
import type { Caller } from '../access/caller.ts'
import type { Entry } from '../ledger/ledger.ts'
import { maySee } from '../ledger/who-sees.ts'

/** What a stalled reader may make the server keep in memory. Then it is dropped, and comes back with its last id. */
export const mostBufferedBytes = 256 * 1024

/** One open stream. */
export interface Reader {
  readonly personId: string
  readonly sessionId: string
  /** The rights in force; looked at again from time to time. */
  bindings: readonly Binding[]
  /** Readers with the same text see the same open entries, so their bytes are put together once. */
  audience: string
  /** Number of the newest entry that this reader has missed nothing before. */
  position: number
  /** False while it is being brought up to date. */
  isLive: boolean
  readonly isOpen: boolean
  /** @returns false where the reader was too slow and has been dropped */
  send(bytes: Buffer): boolean
  /** Sends, and waits until the reader has taken it in; one that takes nothing for half a minute is dropped. */
  sendPatiently(bytes: Buffer): Promise<void>
  /** Says goodbye: the browser comes back by itself. */
  end(): void
}

const patienceMs = 30_000

/** @param out the answer itself: frames go to it past the framework, one buffer for all */
export function createReader(caller: Caller, out: ServerResponse): Reader {
  const isOpen = () => !out.destroyed && !out.writableEnded
  return {
    personId: caller.person.id,
    sessionId: caller.sessionId,
    bindings: caller.bindings,
    audience: audienceOf(caller.bindings),
    position: 0,
    isLive: false,
    get isOpen() {
      return isOpen()
    },
    send(bytes) {
      if (!isOpen()) return false
      if (out.writableLength > 0 && out.writableLength + bytes.length > mostBufferedBytes) {
        out.destroy()
        return false
      }
      out.write(bytes)
      return true
    },
    async sendPatiently(bytes) {
      if (!isOpen() || out.write(bytes)) return
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

export const audienceOf = (bindings: readonly Binding[]): string => JSON.stringify(bindings)

/** Whether an entry is for this reader, by the role in the entry's namespace. */
export function isFor(reader: Pick<Reader, 'personId' | 'bindings'>, entry: Entry): boolean {
  return maySee(entry, { personId: reader.personId, role: roleIn(reader.bindings, entry) })
}
