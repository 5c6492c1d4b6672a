import { createHmac, timingSafeEqual } from 'node:crypto'

/** A place in one ledger: everything up to `number` is behind it. */
export interface Place {
  ledgerId: string
  number: number
}

/** What a cursor is for: one of the live stream is none of the audit's pages, and one of those is for its own question alone. */
export type CursorUse = 'live' | 'audit' | `audit ${string}`

/** Opaque, signed places in the ledger. */
export interface Cursors {
  sign(use: CursorUse, number: number): string
  /** @returns null where this is no cursor of ours for that use; the place may be of another ledger, see `isHere` */
  parse(use: CursorUse, text: string): Place | null
  /** The place belongs to the ledger in force, not to one from before a backup was restored. */
  isHere(place: Place): boolean
}

const signatureBytes = 16

/** @param secret signs them: whoever does not know it cannot make one up */
export function createCursors({ secret, ledgerId }: { secret: string | Buffer; ledgerId: string }): Cursors {
  const signature = (use: CursorUse, place: string) =>
    createHmac('sha256', secret).update(`lockdesk cursor\n${use}\n${place}`).digest().subarray(0, signatureBytes)

  return {
    sign(use, number) {
      const place = `${number}.${ledgerId}`
      return Buffer.concat([signature(use, place), Buffer.from(place)]).toString('base64url')
    },
    parse(use, text) {
      const bytes = Buffer.from(text, 'base64url')
      // One spelling for each cursor: stray characters would be skipped otherwise.
      if (bytes.length <= signatureBytes || bytes.toString('base64url') !== text) return null
      const place = bytes.subarray(signatureBytes).toString()
      if (!timingSafeEqual(bytes.subarray(0, signatureBytes), signature(use, place))) return null
      const [, number, id] = /^(\d+)\.(.*)$/s.exec(place) ?? []
      return number === undefined || id === undefined ? null : { ledgerId: id, number: Number(number) }
    },
    isHere: place => place.ledgerId === ledgerId,
  }
}
