import type { NamespaceRef } from '@lockdesk/contract'
import type { Tx } from '../database/schema.ts'
import { type MemberList, type MemberReading, isMember, nextList } from './member-list.ts'
import { listOfRow } from './read-members.ts'
import { namespaceRow } from './surroundings.ts'

/**
 * Takes in a complete reading of a namespace's members. An empty one is none: whoever could read it belongs to the namespace.
 * @returns whether what is shown of the holders there changed with it
 */
export async function observeMembers(tx: Tx, reading: MemberReading): Promise<boolean> {
  const { workspace, namespace } = reading.namespace
  if (reading.members.length === 0) return false
  const row = await tx
    .selectFrom('member_lists')
    .selectAll()
    .where('workspace', '=', workspace)
    .where('namespace', '=', namespace)
    .executeTakeFirst()
  if (row && row.read_at >= reading.startedAt) return false
  const before = row ? listOfRow(row) : null
  const after = nextList(before, reading)
  const columns = {
    read_at: after.readAt,
    read_before: after.readBefore,
    members: JSON.stringify(Object.fromEntries(after.missing)),
    has_others: after.hasOthers ? 1 : 0,
  }
  await tx
    .insertInto('member_lists')
    .values({ workspace, namespace, ...columns })
    .onConflict(conflict => conflict.columns(['workspace', 'namespace']).doUpdateSet(columns))
    .execute()
  const isNews = await showsOtherwise(tx, reading.namespace, before, after)
  if (isNews) await raiseRevision(tx, reading.namespace)
  return isNews
}

async function showsOtherwise(
  tx: Tx,
  { workspace, namespace }: NamespaceRef,
  before: MemberList | null,
  after: MemberList,
): Promise<boolean> {
  const held = await tx
    .selectFrom('drafts')
    .select(['holder_id', 'since_by'])
    .where('workspace', '=', workspace)
    .where('namespace', '=', namespace)
    .where('holder_id', 'is not', null)
    .where('deleted_at', 'is', null)
    .execute()
  return held.some(({ holder_id: id, since_by: by }) => {
    if (id === null || by === null) return false
    return isMember(before, id, by) !== isMember(after, id, by)
  })
}

async function raiseRevision(tx: Tx, ref: NamespaceRef): Promise<void> {
  const { revision } = await namespaceRow(tx, ref)
  await tx
    .updateTable('namespaces')
    .set({ revision: revision + 1 })
    .where('workspace', '=', ref.workspace)
    .where('namespace', '=', ref.namespace)
    .execute()
}
