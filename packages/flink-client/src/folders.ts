import type { Exchange } from './exchange.ts'
import { flinkVersion, type CallOptions } from './operations.ts'
import { Folder } from './wire.ts'

export interface FolderName {
  folderId: string
  name: string
  parentId: string | null
}

/** A folder with the folders in it. It does not list its drafts: those name their folder. */
export interface UpstreamFolder extends FolderName {
  subFolders: FolderName[]
}

export interface FolderReader {
  /** @param folderId null: the root of the namespace */
  readFolder(namespace: string, folderId: string | null, options: CallOptions): Promise<UpstreamFolder>
}

const largestBodyBytes = 4 * 1024 * 1024

export function createFolderReader(exchange: Exchange, workspace: string): FolderReader {
  return {
    async readFolder(namespace, folderId, options) {
      const { value } = await exchange.read(
        {
          operation: 'GetFolder',
          version: flinkVersion,
          method: 'GET',
          segments: ['api', 'v2', 'namespaces', namespace, 'folder'],
          query: folderId === null ? {} : { folderId },
          workspace,
          bodyLimitBytes: largestBodyBytes,
          answersIn: 'envelope',
          schema: Folder,
          misfit: ({ data }) => (folderId === null || data.folderId === folderId ? null : 'data.folderId'),
        },
        options,
      )
      const { subFolder, ...folder } = value.data
      return { ...folder, subFolders: subFolder ?? [] }
    },
  }
}
