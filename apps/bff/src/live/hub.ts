import type { Freshness, NamespaceRef } from '@lockdesk/contract'
import type { IsServiceHolder } from '../cloud/service-holders.ts'
import type { Entry, Ledger } from '../ledger/ledger.ts'
import type { MemberOf } from '../ledger/member-list.ts'
import { inSlices } from '../ledger/in-slices.ts'
import { personsIn, presentEvent } from '../ledger/present-event.ts'
import type { Scope } from '../ledger/scope.ts'
import { isOpen } from '../ledger/who-sees.ts'
import type { Cursors } from './cursor.ts'
import { frame, greeting } from './frames.ts'
import { type Listener, type Reader, isFor } from './reader.ts'
import type { Beginning } from './where-to-begin.ts'

export interface HubRooms {
  ledger: Pick<Ledger, 'head' | 'entries' | 'names' | 'memberOf' | 'onCommit' | 'onFreshness'>
  cursors: Pick<Cursors, 'sign'>
  isService: IsServiceHolder
  /** Watched now or ever seen: what a replay may touch. */
  knownNamespaces(): Promise<Scope>
  freshness(refs: readonly NamespaceRef[]): Promise<Freshness[]>
  /** Who listens by a session, with the rights of now; null: it has ended. Asking does not count as its use. */
  listenerOf(sessionId: string): Promise<Listener | null>
  log: { error(facts: object, message: string): void }
  /** At most 15 s apart, says the API. */
  heartbeatMs?: number
  /** How often rights and sessions of open streams are looked at again. */
  recheckMs?: number
}

/** Brings what the ledger commits to everybody who listens and may see it: encoded once, in order, none twice. */
export interface Hub {
  readonly size: number
  openOf(personId: string): number
  /** Takes a reader in, and brings it up to date. Resolves when it is, or is gone. */
  join(reader: Reader, beginning: Beginning): Promise<void>
  /** The reader has left. */
  leave(reader: Reader): void
  /** The session has ended: its streams end now, and hear nothing more. */
  endSession(sessionId: string): void
  /** Ends all streams. */
  close(): void
}

/** A page is what a reader who takes nothing makes us keep. */
const pageSize = 200
const keyOf = ({ workspace, namespace }: NamespaceRef) => JSON.stringify([workspace, namespace])
const everywhere = { workspace: '*', namespace: '*' }

export function createHub(rooms: HubRooms): Hub {
  const { ledger, cursors, isService, log } = rooms
  const readers = new Set<Reader>()
  /** Number of the newest entry that the ledger has told us of. */
  let committed = 0
  /** What was told last of each namespace. */
  const told = new Map<string, Freshness>()
  let publishing: Promise<void> = Promise.resolve()
  let isClosed = false

  const encode = (entry: Entry, names: ReadonlyMap<string, string>, memberOf: MemberOf) =>
    frame('lock', presentEvent(entry, { isService, memberOf, names }), cursors.sign('live', entry.number))

  async function encodeAll(entries: readonly Entry[]): Promise<Map<Entry, Buffer>> {
    const [names, memberOf] = await Promise.all([ledger.names(personsIn(entries)), ledger.memberOf()])
    return new Map(entries.map(entry => [entry, encode(entry, names, memberOf)]))
  }

  async function publish(entries: readonly Entry[]): Promise<void> {
    const last = entries.at(-1)
    if (!last || readers.size === 0) return
    const frames = await encodeAll(entries)
    const pick = (fits: (entry: Entry) => boolean) =>
      Buffer.concat(entries.filter(fits).map(entry => frames.get(entry) ?? Buffer.alloc(0)))
    const actors = new Set(entries.filter(entry => !isOpen(entry)).map(entry => entry.actor_id))
    const shared = new Map<string, Buffer>()
    const first = entries[0]?.number ?? last.number
    for (const reader of readers) {
      if (!reader.isLive || reader.position >= last.number) continue
      const { listener, position } = reader
      let bytes: Buffer
      if (position >= first || actors.has(listener.personId)) {
        bytes = pick(entry => entry.number > position && isFor(listener, entry))
      } else {
        bytes = shared.get(listener.audience) ?? pick(entry => isFor(listener, entry))
        shared.set(listener.audience, bytes)
      }
      if (bytes.length === 0 || reader.send(bytes)) reader.position = last.number
      else fallBehind(reader)
    }
  }

  /** One after the other, so that frames leave in the order of their numbers. A commit that cannot be told ends the streams: they resume. */
  function inOrder(work: () => Promise<void>): void {
    publishing = publishing.then(work).catch((fault: unknown) => {
      log.error({ err: fault }, 'news could not be sent')
      for (const reader of readers) reader.end()
    })
  }

  /** @param isNews which of them are worth telling */
  async function tellFreshness(refs: readonly NamespaceRef[], isNews: (state: Freshness) => boolean): Promise<void> {
    if (readers.size === 0) return
    for (const state of (await rooms.freshness(refs)).filter(isNews)) {
      told.set(keyOf(state), state)
      const bytes = frame('freshness', state)
      for (const reader of readers) if (reader.isLive && reader.listener.roleIn(state) !== null) reader.send(bytes)
    }
  }

  /** Where nothing is read any more nobody reports it: what was live becomes stale by the mere passing of time. */
  async function tellAgeing(): Promise<void> {
    const refs = [...told.values()]
    await tellFreshness(refs, ({ state, ...ref }) => told.get(keyOf(ref))?.state !== state)
  }

  function beat(): void {
    inOrder(tellAgeing)
    const beats = new Map<number, Buffer>()
    for (const reader of readers) {
      if (!reader.isLive) continue
      const bytes = beats.get(reader.position) ?? heartbeat(reader.position)
      beats.set(reader.position, bytes)
      reader.send(bytes)
    }
  }

  function heartbeat(position: number): Buffer {
    const head = cursors.sign('live', position)
    return frame('heartbeat', { head }, head)
  }

  async function recheck(): Promise<void> {
    const listeners = new Map<string, Promise<Listener | null>>()
    for (const reader of readers) {
      const { sessionId, audience } = reader.listener
      const asked = listeners.get(sessionId) ?? rooms.listenerOf(sessionId)
      listeners.set(sessionId, asked)
      const listener = await asked
      if (!listener) {
        end(reader)
      } else if (listener.audience !== audience) {
        // Other namespaces from now on, or other eyes: what the page shows does not fit any more.
        reader.listener = listener
        reader.send(frame('reset', {}, cursors.sign('live', reader.position)))
      }
    }
  }

  const stopCommits = ledger.onCommit(entries => {
    committed = entries.at(-1)?.number ?? committed
    inOrder(async () => {
      // One sweep may write very many: a reader that cannot take them all at once falls behind, and the event loop does not.
      for await (const page of inSlices(entries, pageSize)) await publish(page)
    })
  })
  const stopFreshness = ledger.onFreshness(ref => inOrder(() => tellFreshness([ref], () => true)))
  const beats = setInterval(beat, rooms.heartbeatMs ?? 10_000)
  const rechecks = setInterval(
    () => void recheck().catch((fault: unknown) => log.error({ err: fault }, 'open streams could not be checked')),
    rooms.recheckMs ?? 5_000,
  )
  beats.unref()
  rechecks.unref()

  /** From now on the reader is read to at its own speed, until it has caught up. */
  function fallBehind(reader: Reader): void {
    reader.isLive = false
    void bringUpToDate(reader)
  }

  async function bringUpToDate(reader: Reader): Promise<void> {
    try {
      await reader.drained()
      await catchUp(reader)
    } catch (fault) {
      log.error({ err: fault }, 'a stream could not be brought up to date')
      reader.end()
    } finally {
      // It may have left before anybody listened for that.
      if (!reader.isOpen) readers.delete(reader)
    }
  }

  /** Reads the ledger from the reader's position on until nothing is left, page by page. */
  async function catchUp(reader: Reader): Promise<void> {
    const scope = [...(await rooms.knownNamespaces()), everywhere].filter(ref => reader.listener.roleIn(ref) !== null)
    while (reader.isOpen) {
      const head = await ledger.head()
      const page = await ledger.entries({ scope, after: reader.position, order: 'oldest', limit: pageSize })
      const seen = page.filter(entry => isFor(reader.listener, entry))
      if (seen.length > 0) {
        const frames = await encodeAll(seen)
        const isSent = reader.send(Buffer.concat([...frames.values()]))
        await reader.drained()
        if (!isSent) continue
      }
      const last = page.at(-1)?.number ?? 0
      reader.position = page.length === pageSize ? last : Math.max(reader.position, head, last)
      // What is committed from here on is published to this reader; what was committed before has been read.
      if (page.length < pageSize && committed <= reader.position) {
        reader.isLive = true
        return
      }
    }
  }

  function end(reader: Reader): void {
    readers.delete(reader)
    reader.end()
  }

  return {
    get size() {
      return readers.size
    },
    openOf(personId) {
      let count = 0
      for (const reader of readers) if (reader.listener.personId === personId) count += 1
      return count
    },
    async join(reader, { number, isReset }) {
      if (isClosed) return reader.end()
      readers.add(reader)
      reader.position = number
      reader.send(greeting)
      if (isReset) reader.send(frame('reset', {}, cursors.sign('live', number)))
      await bringUpToDate(reader)
      // The page has an id to come back with, even if nothing ever happens.
      if (reader.isLive) reader.send(heartbeat(reader.position))
    },
    leave: reader => void readers.delete(reader),
    endSession(sessionId) {
      for (const reader of readers) if (reader.listener.sessionId === sessionId) end(reader)
    },
    close() {
      isClosed = true
      stopCommits()
      stopFreshness()
      clearInterval(beats)
      clearInterval(rechecks)
      for (const reader of readers) end(reader)
    },
  }
}
