import { randomBytes } from 'node:crypto'
import { draftOf, type Call } from './call.ts'
import { BusinessError, successAnswer } from './envelope.ts'
import type { Answer } from './exchange.ts'
import { wireLock } from './wire-draft.ts'
import { setLock, type Holder, type Lock } from './world.ts'

/** A lock with an id never used before, not even by a world of the same seed. */
export const newLock = (holder: Holder): Lock => ({ id: `stt-${randomBytes(8).toString('hex')}`, holder })

/** GetDeploymentDraftLock: takes the lock for the caller, as far as the switch `takeover` lets it. */
export function takeLock(call: Call): Answer {
  const draft = draftOf(call)
  const held = draft.lock
  const mine = held?.holder.id === call.caller.id
  if (held !== null && !mine && call.switches.takeover !== 'seize') {
    const theirs = wireLock(held, draft.namespace)
    if (call.switches.takeover === 'report-holder') return successAnswer(theirs, call.trace, call.switches)
    throw new BusinessError('heldByOther', call.switches.refuseCarriesData ? theirs : undefined)
  }
  const lock = held !== null && mine && !call.switches.relockNewId ? held : newLock(call.caller)
  setLock(draft, lock, 'api', call.now)
  return successAnswer(wireLock(lock, draft.namespace), call.trace, call.switches)
}
