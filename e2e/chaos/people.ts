import type { TakeOutcome } from '@lockdesk/contract'
import type { Api, Answer } from '../fixtures/api.ts'
import type { Random } from './random.ts'
import type { Replica } from './replica.ts'

/** What somebody was told about a take; `status` 0: the connection broke, so nothing; -1: nothing was said for `longestTakeMs`. */
export interface Told {
  draftId: string
  person: string
  replica: string
  status: number
  outcome: TakeOutcome['outcome'] | null
  eventId: string | null
  sentAt: number
  toldAt: number
}

export interface TakenDraft {
  workspace: string
  namespace: string
  draftId: string
  /** As the person saw it. */
  holderId: string | null
}

export const takers = ['ada', 'bo'] as const
export type Taker = (typeof takers)[number]

/** One person's sessions, one on each replica; signed in when first needed. */
export function sessions() {
  const all = new Map<string, Promise<Api>>()
  const of = (replica: Replica, person: Taker | 'vi'): Promise<Api> => {
    const key = `${replica.name} ${person}`
    const known = all.get(key)
    if (known) return known
    const opening = replica.signIn(person)
    all.set(key, opening)
    opening.catch(() => all.delete(key))
    return opening
  }
  return {
    of,
    async close() {
      for (const api of await Promise.allSettled(all.values())) if (api.status === 'fulfilled') api.value.close()
    },
  }
}
export type Sessions = ReturnType<typeof sessions>

/** Waiting for a turn, reading, taking and reading back have time limits; together they are shorter than this. */
const longestTakeMs = 40_000

/** Takes a lock as the page would, and keeps what came of it. */
export async function take(api: Api, where: { replica: Replica; person: Taker }, draft: TakenDraft): Promise<Told> {
  const { workspace, namespace, draftId, holderId } = draft
  const sentAt = Date.now()
  const seen = { expectedHolderId: holderId, expectedClaim: null, reason: 'chaos' }
  const late = new Promise<'late'>(resolve => setTimeout(resolve, longestTakeMs, 'late').unref())
  const answer = await Promise.race([api.take({ workspace, namespace, draftId }, seen).catch(() => null), late])
  return {
    draftId,
    person: where.person,
    replica: where.replica.name,
    ...(answer === 'late' ? { ...wordsOf(null), status: -1 } : wordsOf(answer)),
    sentAt,
    toldAt: Date.now(),
  }
}

function wordsOf(answer: Answer<Partial<TakeOutcome>> | null) {
  return { status: answer?.status ?? 0, outcome: answer?.body?.outcome ?? null, eventId: answer?.body?.eventId ?? null }
}

/** Somebody who takes one lock after the other, wherever Lockdesk answers, until told to stop. */
export async function keepTaking(options: {
  person: Taker
  random: Random
  sessions: Sessions
  replicas: readonly Replica[]
  choose(): TakenDraft | null
  onTold(told: Told): void
  pause(ms: number): Promise<void>
  isOver(): boolean
}): Promise<void> {
  const { person, random, replicas } = options
  while (!options.isOver()) {
    await options.pause(random.between(20, 250))
    const up = replicas.filter(replica => replica.isUp())
    const draft = options.choose()
    if (up.length === 0 || !draft) continue
    const replica = random.pick(up)
    const api = await options.sessions.of(replica, person).catch(() => null)
    if (api) options.onTold(await take(api, { replica, person }, draft))
  }
}
