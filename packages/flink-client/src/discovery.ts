import { UnreadableAnswer } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { flinkVersion, type CallOptions } from './operations.ts'
import { EditableNamespaces } from './wire.ts'

export interface EditableNamespace {
  workspace: string
  namespace: string
  /** Case and names vary (`EDITOR`, `editor`, custom ones); null where the cloud does not say. */
  role: string | null
}

export interface NamespaceReader {
  /**
   * The namespaces of the workspace that the credential may edit. The answer goes by the identity: what it may only view is
   * not among them.
   * @throws UnreadableAnswer also where fewer come than the cloud says there are
   */
  listEditable(options: CallOptions): Promise<EditableNamespace[]>
}

const pageSize = 50
const mostPages = 100
const largestBodyBytes = 1024 * 1024

/** Unlike every other call this one has no workspace header, pages by text, and keeps its paging inside `data`. */
export function createNamespaceReader(exchange: Exchange, workspace: string, regionId: string): NamespaceReader {
  return {
    async listEditable(options) {
      const found = new Map<string, EditableNamespace>()
      const seen = new Set<string>()
      const operation = 'ListEditableNamespace'
      for (let index = 1; index <= mostPages; index += 1) {
        const { value } = await exchange.read(
          {
            operation,
            version: flinkVersion,
            method: 'GET',
            segments: ['gateway', 'v2', 'namespaces', 'editable'],
            query: { regionId, workspaceId: workspace, pageIndex: String(index), pageSize: String(pageSize) },
            bodyLimitBytes: largestBodyBytes,
            answersIn: 'envelope',
            schema: EditableNamespaces,
          },
          options,
        )
        const before = seen.size
        for (const { workspaceId, namespace, role } of value.data.editableNamespaces) {
          seen.add(JSON.stringify([workspaceId, namespace]))
          if (workspaceId === null || workspaceId === workspace) found.set(namespace, { workspace, namespace, role })
        }
        if (seen.size >= value.data.total) return [...found.values()]
        if (seen.size === before) break
      }
      throw new UnreadableAnswer({ operation }, 'wrong-shape', 'data.total')
    },
  }
}
