import { DraftPage, readDraft } from '@lockdesk/flink-client/wire'
import { type ReadPage, parseBeside } from '@lockdesk/flink-client/page-text'
import { createEmulator, demoWorkspace } from '@lockdesk/flink-emulator'
import { cpuOf } from './cpu.ts'
import type { Dimension } from './dimension.ts'

/** G5 and G6: what a page of 100 drafts costs once its bytes are here. */
export const dimension: Dimension = {
  limitIs: 'JSON.parse of the same bytes, changed or not',
  peerIs: 'JSON.parse each time',
  rows: {
    'read for the first time': { unit: 'µs', mostOfLimit: 1.12 },
    'one of 100 drafts changed': { unit: 'µs', mostOfLimit: 1.12 },
    'nothing changed': { unit: 'µs', mostOfLimit: 0.1 },
  },
  sides: {
    limit: async () => {
      const parse = cpuOf(() => void JSON.parse(pageOfDrafts(0).toString()))
      return { 'read for the first time': parse, 'one of 100 drafts changed': parse, 'nothing changed': parse }
    },
    ours: async () => {
      const known = read(pageOfDrafts(0), null)
      return {
        'read for the first time': cpuOf(() => void read(pageOfDrafts(0), null)),
        'one of 100 drafts changed': cpuOf(() => void read(pageOfDrafts(1), known)),
        'nothing changed': cpuOf(() => void read(pageOfDrafts(2), known)),
      }
    },
  },
}

/** Three answers: a page, the page with another holder in its middle, and the first under another request id. */
const pages = (() => {
  const { world, close } = createEmulator({ world: { drafts: 100, namespaceNames: ['dev'], people: 8 } })
  const drafts = [...world.drafts.values()].map(draft => ({
    deploymentDraftId: draft.id,
    name: draft.name,
    parentId: draft.folderId,
    executionMode: draft.executionMode,
    engineVersion: draft.engineVersion,
    labels: draft.labels,
    artifact: { kind: draft.kind, sqlArtifact: { sqlScript: 'SELECT 1;\n'.repeat(60) } },
    workspace: demoWorkspace,
    namespace: 'dev',
    creatorName: draft.creator.name,
    modifierName: draft.modifier.name,
    createdAt: draft.createdAt,
    modifiedAt: draft.modifiedAt,
    lock: draft.lock && {
      id: draft.lock.id,
      workspace: demoWorkspace,
      namespace: 'dev',
      holderId: draft.lock.holder.id,
      holderName: draft.lock.holder.name,
    },
  }))
  close()
  const other = drafts.with(50, { ...drafts[50], name: 'another' } as (typeof drafts)[number])
  const answer = (data: unknown, requestId: string) =>
    Buffer.from(
      JSON.stringify({ requestId, success: true, httpCode: 200, data, pageIndex: 1, pageSize: 100, totalSize: 100 }),
    )
  return [answer(drafts, 'A'.repeat(36)), answer(other, 'B'.repeat(36)), answer(drafts, 'C'.repeat(36))]
})()

function pageOfDrafts(which: number): Buffer {
  const page = pages[which]
  if (!page) throw new Error('there are three pages')
  return page
}

function read(bytes: Buffer, before: ReadPage | null): ReadPage {
  const found = DraftPage.parse(parseBeside(bytes, before, readDraft)).data.page
  if (!found) throw new Error('the page was not read beside the one before')
  return found
}
