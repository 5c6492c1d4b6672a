import { DraftNotFound, EnvelopeFailure } from './errors.ts'
import type { Exchange } from './exchange.ts'
import { isAddressable } from './addressable.ts'
import { flinkVersion, type CallOptions } from './operations.ts'
import { createPageMemory } from './page-memory.ts'
import { parseBeside } from './page-text.ts'
import { textOf } from './text-of.ts'
import { DraftPage, OneDraft, readDraft, type UpstreamDraft } from './wire.ts'

export interface PageOfDrafts {
  /** Drafts that came just as in the last answer to the same question are the same objects: to be read only. */
  drafts: readonly UpstreamDraft[]
  /** As the cloud tells it with this page; it may drift from page to page. */
  totalSize: number
  /** From 1. */
  pageIndex: number
  /** As the cloud tells it: it may be less than was asked. */
  pageSize: number
  requestId: string | null
}

/** Reads drafts with their locks. It has no method that takes one. */
export interface DraftReader {
  /**
   * One page of a namespace's drafts, in the cloud's order, which is not documented.
   * @param page `index` from 1, `size` 1 to 100
   * @throws UnreadableAnswer also where `data` is not a list: no list is never an empty list
   */
  readPage(namespace: string, page: { index: number; size: number }, options: CallOptions): Promise<PageOfDrafts>
  /**
   * One draft with its lock.
   * @throws DraftNotFound where the cloud refuses, but for permissions, limits and 5xx
   */
  readDraft(namespace: string, draftId: string, options: CallOptions): Promise<UpstreamDraft>
}

/**
 * A hundred drafts with all their SQL are some hundred KB; ten MB are nonsense, and would be held in memory for each namespace
 * being read.
 */
const largestBodyBytes = 8 * 1024 * 1024
/** Of pages kept to compare the next ones with. A page is some hundred KB: enough for tens of thousands of drafts. */
const mostRememberedBytes = 64 * 1024 * 1024

export function createDraftReader(exchange: Exchange, workspace: string): DraftReader {
  const draftsOf = (namespace: string) => ['api', 'v2', 'namespaces', namespace, 'deployment-drafts']
  const memory = createPageMemory(mostRememberedBytes)
  const common = { version: flinkVersion, method: 'GET', workspace, bodyLimitBytes: largestBodyBytes } as const

  async function readPage(
    namespace: string,
    { index, size }: { index: number; size: number },
    options: CallOptions,
  ): Promise<PageOfDrafts> {
    const question = JSON.stringify([namespace, index, size])
    const before = memory.recall(question)
    const { value, requestId } = await exchange.read(
      {
        ...common,
        operation: 'ListDeploymentDrafts',
        parse: bytes => parseBeside(bytes, before, readDraft) ?? (JSON.parse(textOf(bytes)) as unknown),
        segments: draftsOf(namespace),
        query: { pageIndex: String(index), pageSize: String(size) },
        answersIn: 'envelope',
        schema: DraftPage,
        // A cloud that ignores the index would repeat its first page for ever.
        misfit: page => (page.pageIndex === null || page.pageIndex === index ? null : 'pageIndex'),
      },
      options,
    )
    const { data, totalSize, pageIndex, pageSize } = value
    if (data.page) memory.keep(question, data.page)
    else memory.forget(question)
    return { drafts: data.drafts, totalSize, pageIndex: pageIndex ?? index, pageSize: pageSize ?? size, requestId }
  }

  return {
    readPage,

    async readDraft(namespace, draftId, options) {
      const operation = 'GetDeploymentDraft'
      if (!isAddressable(draftId)) throw new DraftNotFound({ operation }, draftId)
      try {
        const { value } = await exchange.read(
          {
            ...common,
            operation,
            segments: [...draftsOf(namespace), draftId],
            query: {},
            answersIn: 'envelope',
            schema: OneDraft,
            misfit: ({ data }) => (data.draftId === draftId ? null : 'data.deploymentDraftId'),
          },
          options,
        )
        return value.data
      } catch (error) {
        if (!(error instanceof EnvelopeFailure) || isServerSide(error)) throw error
        throw new DraftNotFound(error, draftId)
      }
    },
  }
}

function isServerSide(error: EnvelopeFailure): boolean {
  return (error.status ?? 0) >= 500 || (error.httpCode ?? 0) >= 500
}
