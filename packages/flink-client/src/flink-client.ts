import { createNamespaceReader, type NamespaceReader } from './discovery.ts'
import { createDraftReader, type DraftReader } from './draft-reader.ts'
import { createExchange } from './exchange.ts'
import { createFolderReader, type FolderReader } from './folders.ts'
import { createIdentityReader, type IdentityReader } from './identity.ts'
import { createMemberReader, type MemberReader } from './members.ts'
import type { FlinkClientOptions } from './options.ts'

/** Everything that only looks. Nothing in it can take a lock. */
export interface FlinkClient {
  drafts: DraftReader
  folders: FolderReader
  members: MemberReader
  namespaces: NamespaceReader
  identity: IdentityReader
  /** Ends the connections at once; reads under way fail. */
  close(): Promise<void>
}

/**
 * A client of one workspace.
 * @throws EndpointFault, ProxyFault
 */
export function createFlinkClient(options: FlinkClientOptions): FlinkClient {
  const { workspace, regionId } = options
  const flink = createExchange(options.endpoint, options)
  const sts = createExchange(options.stsEndpoint, options)
  return {
    drafts: createDraftReader(flink, workspace),
    folders: createFolderReader(flink, workspace),
    members: createMemberReader(flink, workspace),
    namespaces: createNamespaceReader(flink, workspace, regionId),
    identity: createIdentityReader(sts),
    close: async () => {
      await Promise.all([flink.close(), sts.close()])
    },
  }
}
