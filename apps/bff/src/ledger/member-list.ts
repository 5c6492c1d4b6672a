import type { NamespaceRef } from '@lockdesk/contract'
import type { Member } from '@lockdesk/flink-client'

/** One complete reading of a namespace's members. */
export interface MemberReading {
  namespace: NamespaceRef
  /** When its first request was sent. */
  startedAt: number
  members: readonly Member[]
}

/** What two complete readings in a row say of who belongs to a namespace. */
export interface MemberList {
  readAt: number
  readBefore: number | null
  /** In how many readings in a row each has been missing: 0 or 1. */
  missing: ReadonlyMap<string, number>
  /** Some members are named in a form that says nothing about holder ids. */
  hasOthers: boolean
}

/**
 * Whether a holder belongs to the namespace; null where that is not known.
 * @param seenAt when the holder was seen to hold a draft there
 */
export type MemberOf = (namespace: NamespaceRef, holderId: string, seenAt: number) => boolean | null

/** The list after one more reading. Who is missing for the first time is a suspect, and still a member. */
export function nextList(list: MemberList | null, reading: MemberReading): MemberList {
  const missing = new Map<string, number>()
  for (const [id, times] of list?.missing ?? []) if (times === 0) missing.set(id, 1)
  for (const { userId } of reading.members) if (userId !== null) missing.set(userId, 0)
  return {
    readAt: reading.startedAt,
    readBefore: list?.readAt ?? null,
    missing,
    hasOthers: reading.members.some(({ userId }) => userId === null),
  }
}

/**
 * Whether a holder belongs to a namespace. Not any more: only where both readings began after the holder was seen, for somebody may have joined and
 * taken a lock since the last one; and only of an id of the kind that lists of members use. What holds as a role, or may belong through a group, is
 * not known.
 */
export function isMember(list: MemberList | null, holderId: string, seenAt: number): boolean | null {
  if (list === null) return null
  if (list.missing.has(holderId)) return true
  if (list.hasOthers || !/^\d+$/.test(holderId)) return null
  return list.readBefore !== null && list.readBefore >= seenAt ? false : null
}
