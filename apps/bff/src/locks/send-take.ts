import { DraftNotFound, type LockAnswer } from '@lockdesk/flink-client'
import type { KnownIdentity } from '../cloud/service-identity.ts'
import type { TakingWorkspace } from '../cloud/workspace.ts'
import type { Actor, Entry, Ledger, OpenIntent, ReadBack, TakeEnd } from '../ledger/ledger.ts'
import type { DraftState } from '../ledger/draft-state.ts'
import { type Decision, type Shown, decide } from './decide.ts'
import { type ReadRooms, readNow } from './read-now.ts'

export interface SendRooms extends ReadRooms {
  ledger: Pick<Ledger, 'head' | 'openIntent' | 'closeIntent'>
  /** Told when what came of a take could not be written. */
  onUnwritten(fault: unknown, intent: OpenIntent): void
}

export interface Sending {
  workspace: TakingWorkspace
  actor: Actor
  reason?: string
  me: KnownIdentity
  before: DraftState
  /** How many getLocks the actor may cause a minute; 0: no limit. */
  mostPerMinute: number
}

/** What came of a getLock. `written` is null where the ledger could not take it down: a later reading settles it. */
export interface Sent {
  decision: Decision
  answer: LockAnswer
  written: { closing: Entry; draft: DraftState } | null
}

/**
 * Steps 4 to 6 of a take: the intent, durably; getLock, once; the draft read back; one closing entry.
 * @throws LedgerUnavailable, DraftMoved, TooManyTakes the intent could not be written: nothing was sent
 */
export async function sendTake(rooms: SendRooms, sending: Sending): Promise<Sent> {
  const { ledger, now } = rooms
  const { workspace, actor, reason, me, before, mostPerMinute } = sending
  const intent = await ledger.openIntent({
    ref: before.ref,
    before,
    actor,
    ...(reason !== undefined && { reason }),
    identityIds: me.ids,
    timeoutMs: workspace.callTimeoutMs,
    mostPerMinute,
  })
  const sentAt = now()
  const answer = await takeOnce(workspace, intent)
  const answeredAt = now()
  const readBack = await readBackOf(rooms, workspace, intent)
  const readAt = readBack.kind === 'draft' ? readBack.reading.arrivedAt : now()
  const decision = decide({ answer, readBack: shownBy(readBack), before: before.lock?.holder ?? null, me })
  const isByAnswer = 'got' in decision && decision.got?.confirmedBy === 'answer'
  const end: TakeEnd = {
    outcome: decision.outcome === 'draft-gone' ? 'refused' : decision.outcome,
    ...('got' in decision && decision.got && { got: decision.got }),
    readBack,
    sentAt,
    decidedAt: isByAnswer ? answeredAt : readAt,
    ...(answer.requestId !== undefined && { requestId: answer.requestId }),
  }
  try {
    return { decision, answer, written: await ledger.closeIntent(intent, end) }
  } catch (fault) {
    rooms.onUnwritten(fault, intent)
    return { decision, answer, written: null }
  }
}

/** The taker does not throw; were it to, the call may have been sent all the same, and the intent must have its end. */
async function takeOnce({ taker }: TakingWorkspace, { ref }: OpenIntent): Promise<LockAnswer> {
  return taker.takeLock(ref.namespace, ref.draftId, {}).catch((): LockAnswer => ({ kind: 'lost', cause: 'unreadable' }))
}

async function readBackOf(rooms: ReadRooms, workspace: TakingWorkspace, { ref }: OpenIntent): Promise<ReadBack> {
  try {
    return { kind: 'draft', reading: await readNow(rooms, workspace, ref) }
  } catch (fault) {
    return { kind: fault instanceof DraftNotFound ? 'gone' : 'unreadable' }
  }
}

const shownBy = (readBack: ReadBack): Shown =>
  readBack.kind === 'draft' ? { kind: 'draft', lock: readBack.reading.draft.lock } : readBack
