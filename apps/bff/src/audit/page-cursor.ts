import { type AuditFilter, printAuditQuery } from '@lockdesk/contract'
import { ProblemError } from '../http/problem.ts'

/** Signs places of the ledger, for one use each; see `live/cursor.ts`. */
export interface PlaceCursors {
  sign(use: 'live' | `audit ${string}`, number: number): string
  parse(use: 'live' | `audit ${string}`, text: string): { ledgerId: string; number: number } | null
  isHere(place: { ledgerId: string; number: number }): boolean
}

/** Where a page ended, and when the first of its pages was asked for: words such as `7d` mean the same on all of them. */
export interface PagePlace {
  number: number
  asOf: number
  /** What the order goes by beside the number, if anything. */
  key?: readonly string[]
}

/** The list that a cursor is of, and what was asked of it: a cursor serves its own question alone. */
export interface PagedList {
  list: 'events' | 'holds' | 'holders'
  filter: AuditFilter
}

export function signPage(cursors: PlaceCursors, of: PagedList, { number, asOf, key = [] }: PagePlace): string {
  const beside = Buffer.from(JSON.stringify([asOf, ...key])).toString('base64url')
  return `${beside}.${cursors.sign(purposeOf(of, beside), number)}`
}

/** @throws ProblemError `bad-request`: it was not given out by this ledger for this question */
export function placeOf(cursors: PlaceCursors, of: PagedList, text: string): PagePlace {
  const [beside = '', signed = '', ...more] = text.split('.')
  const place = more.length === 0 ? cursors.parse(purposeOf(of, beside), signed) : null
  if (!place || !cursors.isHere(place))
    throw new ProblemError('bad-request', {
      detail: 'The cursor is not one that this ledger gave out for this question. Begin again without it.',
      errors: [{ path: 'cursor', message: 'not a cursor of this list' }],
    })
  const [asOf, ...key] = JSON.parse(Buffer.from(beside, 'base64url').toString()) as [number, ...string[]] // signed by us
  return { number: place.number, asOf, key }
}

const purposeOf = ({ list, filter }: PagedList, beside: string): `audit ${string}` =>
  `audit ${list}\n${printAuditQuery(filter)}\n${beside}`
