/** The calls that only look. */
export type ReadOperation =
  | 'ListDeploymentDrafts'
  | 'GetDeploymentDraft'
  | 'GetFolder'
  | 'ListMembers'
  | 'ListEditableNamespace'
  | 'GetCallerIdentity'

/** Every call this client can send, spelled as upstream spells it. The lock call *takes* the lock, whatever its name says. */
export type Operation = ReadOperation | 'GetDeploymentDraftLock'

/** For whom a call is made; the call budget goes by it. */
export type Purpose = 'person' | 'sweep' | 'lookup'

export interface CallOptions {
  purpose: Purpose
  /** Gives up: the read rejects with the signal's own reason. */
  signal?: AbortSignal
}

/** What one attempt came to; the retries of a read are attempts of their own. */
export interface Attempt {
  operation: Operation
  purpose: Purpose
  /** `answered`: understood, refusals included. `failed`: no answer, a 5xx, or one that could not be read. */
  outcome: 'answered' | 'throttled' | 'failed'
  /** HTTP status; absent where no answer came. */
  status?: number
  ms: number
  /** What the cloud asked to wait, capped; absent where it named no usable time. */
  retryAfterMs?: number
}

export const flinkVersion = '2022-07-18'
export const stsVersion = '2015-04-01'
