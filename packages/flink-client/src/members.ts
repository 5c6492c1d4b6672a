import { UnreadableAnswer } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { flinkVersion, type CallOptions } from './operations.ts'
import { MemberPage } from './wire.ts'

/** Who may work in a namespace. The cloud tells ids and roles, and no names. */
export interface Member {
  /** As locks name holders. Null where the cloud names the member in a form that says nothing about a holder's id: a group, or a role. */
  userId: string | null
  /** In lower case, the top role always as `admin`; custom ones occur. Null where the cloud does not say. */
  role: string | null
}

export interface MemberReader {
  /**
   * All members of a namespace.
   * @throws UnreadableAnswer also where the pages together are not the whole list, so that nobody is missed who is only not shown
   */
  listMembers(namespace: string, options: CallOptions): Promise<Member[]>
}

const pageSize = 100
const mostPages = 100
const largestBodyBytes = 1024 * 1024
const operation = 'ListMembers'

export function createMemberReader(exchange: Exchange, workspace: string): MemberReader {
  return {
    async listMembers(namespace, options) {
      const found = new Map<string, Member>()
      let total: number | null = null
      for (let index = 1; index <= mostPages; index += 1) {
        const { value } = await exchange.read(
          {
            operation,
            version: flinkVersion,
            method: 'GET',
            segments: ['gateway', 'v2', 'namespaces', namespace, 'members'],
            query: { pageIndex: String(index), pageSize: String(pageSize) },
            workspace,
            bodyLimitBytes: largestBodyBytes,
            answersIn: 'envelope',
            schema: MemberPage,
            misfit: page => (page.pageIndex === null || page.pageIndex === index ? null : 'pageIndex'),
          },
          options,
        )
        const { data, totalSize } = value
        const before: number = found.size
        for (const { member, role } of data) found.set(member, { userId: userIdOf(member), role: roleOf(role) })
        const isTorn = (total !== null && totalSize !== total) || found.size !== before + data.length
        if (isTorn || found.size > totalSize) break
        total = totalSize
        if (found.size === total) return [...found.values()]
        if (data.length === 0) break
      }
      throw new UnreadableAnswer({ operation }, 'wrong-shape', 'data')
    },
  }
}

/** `user: 1813` and a bare `1813` are the same person. Anything else with a prefix is no person, or none that a lock would name so. */
function userIdOf(member: string): string | null {
  const id = member.replace(/^\s*user\s*:/i, '').trim()
  return /^[^\s:]+$/.test(id) ? id : null
}

function roleOf(role: string | null): string | null {
  const lower = role?.trim().toLowerCase() ?? null
  return lower === 'owner' ? 'admin' : lower
}
