import type { DraftRef } from '@lockdesk/contract'

/**
 * The address of a draft as one string: three path segments, each escaped. It is the row's key, what `?open=` carries,
 * and the tail of the draft's API path.
 */
export function draftKey({ workspace, namespace, draftId }: DraftRef): string {
  return [workspace, namespace, draftId].map(encodeURIComponent).join('/')
}

/** @returns null for anything that {@link draftKey} did not write */
export function parseDraftKey(key: string): DraftRef | null {
  const parts = key.split('/')
  if (parts.length !== 3) return null
  try {
    const [workspace, namespace, draftId] = parts.map(decodeURIComponent)
    return workspace && namespace && draftId ? { workspace, namespace, draftId } : null
  } catch {
    return null
  }
}
