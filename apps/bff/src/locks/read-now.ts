import type { DraftRef } from '@lockdesk/contract'
import type { Workspace } from '../cloud/workspace.ts'
import type { Ledger, Reading } from '../ledger/ledger.ts'

export interface ReadRooms {
  ledger: Pick<Ledger, 'head'>
  now(): number
}

/**
 * Reads one draft from the cloud for a person, within the time limit of one call, retries included.
 * The reading carries the ledger's head of before the request: what was written since is newer.
 * @throws DraftNotFound, another UpstreamError, or a TimeoutError
 */
export async function readNow(
  { ledger, now }: ReadRooms,
  workspace: Pick<Workspace, 'client' | 'callTimeoutMs'>,
  ref: DraftRef,
): Promise<Reading> {
  const head = await ledger.head()
  const sentAt = now()
  const signal = AbortSignal.timeout(workspace.callTimeoutMs)
  const draft = await workspace.client.drafts.readDraft(ref.namespace, ref.draftId, { purpose: 'person', signal })
  return { draft, head, sentAt, arrivedAt: now() }
}
