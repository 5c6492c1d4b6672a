import { type EventKind, type Role, transitionKinds } from '@lockdesk/contract'
import type { Entry } from './ledger.ts'

/** What everybody with a role in the namespace may see. */
export const openKinds = [...transitionKinds, 'gap'] as const satisfies readonly EventKind[]

export const isOpen = (entry: Pick<Entry, 'kind'>): boolean => openKinds.some(kind => kind === entry.kind)

/**
 * Transitions and gaps are everybody's; intents, attempts, denials and settings are the admins' and the actor's own.
 * @param role the reader's in the namespace of the entry; null: none, and then nothing is seen, not even what one did oneself
 */
export function maySee(
  entry: Pick<Entry, 'kind' | 'actor_id'>,
  reader: { personId: string; role: Role | null },
): boolean {
  if (reader.role === null) return false
  return isOpen(entry) || reader.role === 'admin' || entry.actor_id === reader.personId
}
