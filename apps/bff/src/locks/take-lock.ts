import type { DraftRef, LockEvent, Role, TakeOutcome, TakeRequest } from '@lockdesk/contract'
import { DraftNotFound } from '@lockdesk/flink-client'
import { serviceHolders } from '../cloud/service-holders.ts'
import type { KnownIdentity } from '../cloud/service-identity.ts'
import type { TakingWorkspace } from '../cloud/workspace.ts'
import { nothingThere } from '../http/nothing-there.ts'
import { ProblemError } from '../http/problem.ts'
import type { DraftState } from '../ledger/draft-state.ts'
import { type Actor, DraftMoved, type Ledger, LedgerUnavailable, TooManyTakes } from '../ledger/ledger.ts'
import { presentEvents } from '../ledger/present-event.ts'
import type { Onlooker } from '../ledger/present-holder.ts'
import { createAbsentIds } from './absent-ids.ts'
import { answerSent, outcomeOf } from './answer-take.ts'
import { changeReason } from './change-reason.ts'
import { identityUnavailable, unreadableBefore } from './cloud-fault.ts'
import { createDraftTurns } from './draft-turns.ts'
import { judgeBefore } from './judge-before.ts'
import type { Leases } from './leases.ts'
import { readNow } from './read-now.ts'
import { createRefusalRecorder } from './repeated-refusals.ts'
import { type Schedule, byTimer } from './schedule.ts'
import { type SendRooms, sendTake } from './send-take.ts'
import { WaitedTooLong } from './turns.ts'
import * as words from './words.ts'

export interface LockRooms {
  ledger: Ledger
  /** By id. The one room that is given takers. */
  workspaces: ReadonlyMap<string, TakingWorkspace>
  /** How many getLocks one actor may cause a minute; 0: no limit. */
  takesPerMinute: number
  now(): number
  schedule?: Schedule
  /** Absent where this is the only process. */
  leases?: Leases
  log: { error(facts: object, message: string): void }
}

/** Who asks, with the role in the draft's namespace: somebody without one is not let in here. */
export interface Asker {
  personId: string
  role: Role
}

/** Taking locks. Nothing here is cancelled by a caller who goes away. */
export interface Locks {
  /**
   * Takes the edit lock of one draft for the caller.
   * @returns the outcome where the caller holds the lock afterwards
   * @throws ProblemError everything else, with the fields of the outcome where there is one
   */
  take(asker: Asker, ref: DraftRef, request: TakeRequest): Promise<TakeOutcome>
  /** Another reason for the caller's own claim; an empty one removes it. */
  changeReason(asker: Asker, ref: DraftRef, reason: string): Promise<LockEvent>
  /** Resolves when no take is under way. */
  idle(): Promise<void>
  /** Waits for the takes under way, then writes the refusals that were only counted so far. */
  close(): Promise<void>
}

const longestWaitMs = 15_000

export function createLocks(rooms: LockRooms): Locks {
  const { ledger, workspaces, now, log, schedule = byTimer } = rooms
  const turns = createDraftTurns({
    longestWaitMs,
    schedule,
    ...(rooms.leases && { leases: rooms.leases }),
    onFault: fault => log.error({ err: fault }, 'a turn could not be given back; it expires'),
  })
  const absent = createAbsentIds({ now })
  const refusals = createRefusalRecorder({
    ledger,
    now,
    schedule,
    onFault: fault => log.error({ err: fault }, 'refusals that were counted could not be written'),
  })
  const sending: SendRooms = {
    ledger,
    now,
    onUnwritten: (fault, intent) =>
      log.error({ err: fault, intentId: intent.id }, 'the end of a take could not be written'),
  }
  const isService = serviceHolders(workspaces)
  const underWay = new Set<Promise<unknown>>()

  const onlookerFor = async (
    actor: Actor,
    ...drafts: readonly (DraftState | null | undefined)[]
  ): Promise<Onlooker> => {
    const claimants = drafts.flatMap(draft => draft?.lock?.claim?.personId ?? [])
    const { personId, onBehalfOf } = actor
    return {
      isService,
      memberOf: await ledger.memberOf(),
      names: await ledger.names(claimants),
      personId,
      ...(onBehalfOf !== undefined && { onBehalfOf }),
    }
  }

  async function take(asker: Asker, ref: DraftRef, request: TakeRequest): Promise<TakeOutcome> {
    const workspace = workspaces.get(ref.workspace)
    if (!workspace) throw nothingThere()
    const actor = actorOf(asker, request.onBehalfOf)
    if (asker.role === 'viewer') {
      if (!(await ledger.draft(ref))) throw nothingThere()
      await refusals.record({ kind: 'denied', ref, actor, outcome: 'no-right', ...reasonOf(request) })
      throw new ProblemError('no-right', { detail: words.noRightToTake, right: 'take' })
    }
    // A pipeline may have made it a moment ago. Where the cloud knew no such id, it is not asked again at once.
    if (absent.has(ref)) throw new ProblemError('draft-gone', { detail: words.draftUnknown })
    try {
      return await turns.run(ref, () => takeInTurn({ asker, actor, request, ref, workspace }))
    } catch (fault) {
      if (!(fault instanceof WaitedTooLong)) throw fault
      const draft = await ledger.draft(ref)
      const onlooker = await onlookerFor(actor, draft)
      throw stopped(
        'take-pending',
        words.takePending,
        draft && outcomeOf({ onlooker, before: draft }, draft, null, 'held-by-other'),
      )
    }
  }

  interface Turn {
    asker: Asker
    actor: Actor
    request: TakeRequest
    ref: DraftRef
    workspace: TakingWorkspace
  }

  async function takeInTurn(turn: Turn): Promise<TakeOutcome> {
    const { ref, workspace } = turn
    const me = await identityOf(workspace)
    const reading = await readNow({ ledger, now }, workspace, ref).catch((fault: unknown) => {
      if (fault instanceof DraftNotFound) absent.remember(ref)
      throw unreadableBefore(fault)
    })
    for (let draft = await ledger.observeReading(ref, reading); ;) {
      try {
        return await takeAsSeen(turn, me, draft, reading.arrivedAt)
      } catch (fault) {
        if (!(fault instanceof DraftMoved)) throw fault
        draft = fault.draft // a sweep came between: judged anew
      }
    }
  }

  /** @throws DraftMoved the draft does not stand as it was judged any more: nothing was sent */
  async function takeAsSeen(turn: Turn, me: KnownIdentity, draft: DraftState, readAt: number): Promise<TakeOutcome> {
    const { asker, actor, request, ref, workspace } = turn
    if (draft.deletedAt !== null) throw new ProblemError('draft-gone', { detail: words.draftGone })
    const before = judgeBefore(
      draft,
      request,
      { personId: asker.personId, isAdmin: asker.role === 'admin' },
      { me, policy: workspace.rulesOf(ref.namespace).policy },
    )
    const onlooker = await onlookerFor(actor, draft)
    const heldBy = (eventId: string | null) => outcomeOf({ onlooker, before: draft }, draft, eventId, 'held-by-other')
    const holderName = words.nameOf(heldBy(null).holder, heldBy(null).claim)
    switch (before) {
      case 'already-yours':
        return outcomeOf({ onlooker, before: draft }, draft, null, 'already-yours')
      case 'holder-changed': {
        const entry = await refusals.record({
          kind: 'attempt',
          ref,
          actor,
          outcome: 'held-by-other',
          ...reasonOf(request),
        })
        throw stopped('holder-changed', words.holderChanged(holderName), heldBy(entry?.id ?? null))
      }
      case 'policy-hard':
        await refusals.record({ kind: 'denied', ref, actor, outcome: 'policy-hard', ...reasonOf(request) })
        throw new ProblemError('policy-hard', { detail: words.policyHard(holderName), right: 'take-over' })
      case 'take-pending':
        throw stopped('take-pending', words.takePending, heldBy(null))
      case 'move-claim': {
        const moved = await ledger.moveClaim(draft, actor, request.reason, readAt)
        const after = await onlookerFor(actor, draft, moved.draft)
        return outcomeOf({ onlooker: after, before: draft }, moved.draft, moved.closing.id, 'taken')
      }
      case 'send':
        return send(turn, me, draft)
    }
  }

  async function send(
    { actor, request, ref, workspace }: Turn,
    me: KnownIdentity,
    before: DraftState,
  ): Promise<TakeOutcome> {
    const mostPerMinute = rooms.takesPerMinute
    const sent = await sendTake(sending, { workspace, actor, me, before, mostPerMinute, ...reasonOf(request) }).catch(
      (fault: unknown) => {
        throw fault instanceof TooManyTakes ? tooMany(mostPerMinute, fault) : fault
      },
    )
    const onlooker = await onlookerFor(actor, before, sent.written?.draft)
    return answerSent({ onlooker, before }, sent, { identity: me.name, namespace: ref.namespace })
  }

  async function reasonEvent(asker: Asker, ref: DraftRef, reason: string): Promise<LockEvent> {
    const { personId } = asker
    const closing = await turns.run(ref, () => changeReason({ ledger, refusals }, personId, ref, reason))
    const [event] = await presentEvents([closing], ledger, { isService, personId })
    if (!event) throw new Error('one entry is one event')
    return event
  }

  async function identityOf({ identity }: TakingWorkspace): Promise<KnownIdentity> {
    const known = identity.known()
    return known ?? identity.ask('person').catch((fault: unknown) => Promise.reject(identityUnavailable(fault)))
  }

  /** Whoever asks may go away; what was begun is finished, and the server waits for it before it ends. */
  async function followed<Result>(work: Promise<Result>): Promise<Result> {
    underWay.add(work)
    try {
      return await work
    } catch (fault) {
      if (fault instanceof LedgerUnavailable) {
        log.error({ err: fault }, 'a take was not sent: the ledger cannot be written')
        throw new ProblemError('ledger-unavailable', { detail: words.ledgerUnavailable })
      }
      if (fault instanceof WaitedTooLong) throw stopped('take-pending', words.takePending, null)
      throw fault
    } finally {
      underWay.delete(work)
    }
  }

  const idle = async () => {
    while (underWay.size > 0) await Promise.allSettled(underWay)
  }

  return {
    take: (asker, ref, request) => followed(take(asker, ref, request)),
    changeReason: (asker, ref, reason) => followed(reasonEvent(asker, ref, reason)),
    idle,
    async close() {
      await idle()
      await refusals.flush()
    },
  }
}

const actorOf = (asker: Asker, onBehalfOf?: string): Actor => ({
  personId: asker.personId,
  ...(onBehalfOf !== undefined && { onBehalfOf }),
})

const reasonOf = ({ reason }: TakeRequest) => (reason === undefined || reason === '' ? {} : { reason })

function stopped(code: 'holder-changed' | 'take-pending', detail: string, outcome: TakeOutcome | null): ProblemError {
  return new ProblemError(code, { detail, ...(outcome && { outcome }) })
}

function tooMany(perMinute: number, { waitMs }: TooManyTakes): ProblemError {
  return new ProblemError('too-many', {
    detail: words.tooManyTakes(perMinute),
    retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)),
  })
}
