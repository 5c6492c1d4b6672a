import type { BoardDraft, Lock, Me } from '@lockdesk/contract'
import { ArrowRight, Info, TriangleAlert } from 'lucide-react'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatAgo, formatWhen, sinceWords } from '../../i18n/time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useNow } from '../../ui/clock.tsx'
import { SentenceText } from '../../ui/sentence.tsx'
import { partyName } from '../../ui/shown-name.ts'
import { Tag } from '../../ui/tag.tsx'
import { type Intention, identityIn, isSharedHolder, nameBehind } from './intention.ts'
import { takeMessages } from './words.ts'

export interface PartyProps {
  armed: Intention
  /** The draft as the board shows it now. */
  draft: BoardDraft | undefined
  me: Me
}

/** What the board's row says about times holds only for the holder it shows. */
function lockOf({ armed, draft }: PartyProps): Lock | null {
  return draft?.lock?.holder.id === armed.holder?.id ? (draft?.lock ?? null) : null
}

/** From whom, to whom, and as whom. */
export function Party(props: PartyProps) {
  const { armed, draft, me } = props
  const language = useLanguage()
  const words = useMessages(takeMessages).dialog
  const now = useNow(10_000)
  const lock = lockOf(props)
  const holder = nameBehind(armed.holder, armed.claimant, me.person)
  const identity = identityIn(me, armed.ref)
  const savedAt = draft?.modifiedAt ?? null
  const times = [
    lock && sinceWords(lock.seenSince, lock.known, now, language).age,
    savedAt && words.savedAgo(formatAgo(savedAt, now, language)),
  ]
  return (
    <div className="party">
      <div className="p">
        {armed.holder && holder !== null && (
          <Avatar name={holder} kind={armed.claimant ? 'person' : armed.holder.kind} size="l" />
        )}
        <div className="grow">
          <p className="t3 label">{words.from}</p>
          <p className="name clip" title={armed.holder?.id}>
            {holder ?? words.free}
          </p>
          {armed.holder && <p className="clip num">{times.filter(Boolean).join(' · ')}</p>}
        </div>
      </div>
      <ArrowRight className="i t3" aria-hidden />
      <div className="p">
        <Avatar name={me.person.name} me size="l" />
        <div className="grow">
          <p className="t3 label">{words.to}</p>
          <p className="row-x">
            <span className="name clip">{me.person.name}</span> <Tag tone="mine">{words.you}</Tag>
          </p>
          <p className="clip">{identity ? <SentenceText of={words.asWhom(identity)} /> : words.asUnknown}</p>
        </div>
      </div>
    </div>
  )
}

/** What may be lost, and that there is no way back; nothing where the draft is free. */
export function Stakes(props: PartyProps) {
  const { armed, draft, me } = props
  const language = useLanguage()
  const words = useMessages(takeMessages).dialog
  const now = useNow(10_000)
  const lock = lockOf(props)
  const holder = nameBehind(armed.holder, armed.claimant)
  if (!armed.holder || holder === null) return null
  const savedAt = draft?.modifiedAt ?? null
  // Saved during this hold: what came after it is at stake. Saved before: nobody knows since when.
  const isSavedMeanwhile = lock !== null && savedAt !== null && savedAt > lock.seenSince.by
  return (
    <ul className="stakes">
      {isSharedHolder(me, armed.ref, armed.holder) ? (
        <li>
          <Info className="i" aria-hidden />
          <p>
            <strong>
              {armed.claimant
                ? words.claimOnly(holder, partyName(armed.holder))
                : words.claimNobody(partyName(armed.holder))}
            </strong>{' '}
            {armed.claimant && words.sharedEditor(holder)}
          </p>
        </li>
      ) : (
        <li className="warn">
          <TriangleAlert className="i" aria-hidden />
          <p>
            <strong>
              {isSavedMeanwhile
                ? words.mayBeLostSince(holder, formatWhen(savedAt, now, language))
                : words.mayBeLost(holder)}
            </strong>{' '}
            {words.noCopy}
          </p>
        </li>
      )}
      <li>
        <Info className="i" aria-hidden />
        <p>{words.noRelease}</p>
      </li>
    </ul>
  )
}
