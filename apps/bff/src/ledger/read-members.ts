import type { NamespaceRef } from '@lockdesk/contract'
import type { Selectable } from 'kysely'
import type { MemberListTable } from '../database/member-tables.ts'
import type { Database } from '../database/schema.ts'
import { type MemberList, type MemberOf, isMember } from './member-list.ts'
import { namespaceKey } from './within-scope.ts'

export function listOfRow(row: Selectable<MemberListTable>): MemberList {
  return {
    readAt: row.read_at,
    readBefore: row.read_before,
    missing: new Map(Object.entries(JSON.parse(row.members) as Record<string, number>)), // written by observe-members
    hasOthers: row.has_others === 1,
  }
}

/** Knows the lists of members, and unpacks each only when it has been read anew. */
export function createMemberLists(database: Database) {
  const lists = new Map<string, MemberList>()

  async function unpack(times: readonly { workspace: string; namespace: string; read_at: number }[]): Promise<void> {
    for (const { workspace, namespace, read_at } of times) {
      if (lists.get(namespaceKey({ workspace, namespace }))?.readAt === read_at) continue
      const row = await database
        .selectFrom('member_lists')
        .selectAll()
        .where('workspace', '=', workspace)
        .where('namespace', '=', namespace)
        .executeTakeFirst()
      if (row) lists.set(namespaceKey(row), listOfRow(row))
    }
  }

  return {
    /** As it is now, whichever process read it. */
    async memberOf(): Promise<MemberOf> {
      await unpack(await database.selectFrom('member_lists').select(['workspace', 'namespace', 'read_at']).execute())
      return (namespace, holderId, seenAt) => isMember(lists.get(namespaceKey(namespace)) ?? null, holderId, seenAt)
    },
    async readAt({ workspace, namespace }: NamespaceRef): Promise<number | null> {
      const row = await database
        .selectFrom('member_lists')
        .select('read_at')
        .where('workspace', '=', workspace)
        .where('namespace', '=', namespace)
        .executeTakeFirst()
      return row?.read_at ?? null
    },
  }
}
