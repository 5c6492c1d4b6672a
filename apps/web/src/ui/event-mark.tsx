import type { LockEvent } from '@lockdesk/contract'
import {
  CircleHelp,
  Settings2,
  type LucideIcon,
  ArrowLeftRight,
  MessageSquareText,
  Send,
  Trash2,
  UserRoundMinus,
} from 'lucide-react'
import { KnownMark, LockGlyph, type LockLook } from './lock.tsx'
import { type Happening, whatHappened } from './what-happened.ts'

/** How an entry is known: the mark of its transition, or, for what Lockdesk itself did, the mark of the exact. */
export function EventMark({ event }: { event: LockEvent }) {
  if (event.known) return <KnownMark known={event.known} />
  return event.how === 'lockdesk' ? <KnownMark known="exact" /> : null
}

const locks: Partial<Record<Happening, LockLook>> = {
  held: 'held',
  'lost-race': 'held',
  stopped: 'held',
  freed: 'free',
  taken: 'mine',
  'taken-over': 'mine',
  'claim-moved': 'mine',
  'already-yours': 'mine',
  denied: 'denied',
  refused: 'denied',
}

const signs: Partial<Record<Happening, LucideIcon>> = {
  'changed-hands': ArrowLeftRight,
  'claim-ended': UserRoundMinus,
  'reason-changed': MessageSquareText,
  deleted: Trash2,
  intent: Send,
  unknown: CircleHelp,
  setting: Settings2,
}

/** What happened, as a shape; the word stands beside it. */
export function EventGlyph({ event }: { event: LockEvent }) {
  const happening = whatHappened(event)
  const look = locks[happening]
  if (look) return <LockGlyph look={look} />
  const Sign = signs[happening] ?? CircleHelp
  return <Sign className="i" aria-hidden />
}
