import type { BoardDraft, Freshness, Hold, Lock, Me } from '@lockdesk/contract'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatExact, formatWhen, sinceWords } from '../../i18n/time.ts'
import { isMine } from '../../live/ability.ts'
import { lookOf } from '../../live/look.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { useNow } from '../../ui/clock.tsx'
import { LockGlyph, StateWord } from '../../ui/lock.tsx'
import { SentenceText } from '../../ui/sentence.tsx'
import { partyBehind, partyName } from '../../ui/shown-name.ts'
import { draftMessages } from './words.ts'

/** The person behind a hold, else whom the cloud names. */
const whoOf = ({ claim, holder }: Pick<Lock, 'holder'> & { claim?: Lock['claim'] | undefined }) => ({
  name: partyName(partyBehind(holder, claim?.by)),
})

export interface StatementProps {
  draft: BoardDraft
  freshness: Freshness | undefined
  /** Newest first, where they are known already. */
  holds: readonly Hold[] | undefined
  me: Me
}

/** Who holds the draft and since when, in one sentence that claims no more than is known. */
export function Statement({ draft, freshness, holds, me }: StatementProps) {
  const language = useLanguage()
  const words = useMessages(draftMessages).statement
  const now = useNow()
  const look = lookOf(draft, me, now)
  const { lock } = draft
  const lastSeenAt = freshness?.state === 'stale' ? freshness.lastSweepAt : null

  const line = () => {
    if (draft.deletedAt !== undefined) return words.gone
    if (draft.pending) return words.unsure
    if (lock === null) return words.free
    const { age } = sinceWords(lock.seenSince, lock.known, now, language, { lastSeenAt })
    return <SentenceText of={isMine(draft, me) ? words.mine(age) : words.held(whoOf(lock), age)} />
  }
  const more = () => {
    if (draft.deletedAt !== undefined) return words.goneSince(formatExact(draft.deletedAt, now, language))
    if (draft.pending) return lock === null ? words.readFree : <SentenceText of={words.readHeld(whoOf(lock))} />
    if (lock !== null) return sinceWords(lock.seenSince, lock.known, now, language).sentence
    const last = holds?.find(hold => hold.until !== null)
    if (!last?.until) return null
    return <SentenceText of={words.lastHeldBy(whoOf(last), formatWhen(last.until.by, now, language))} />
  }
  const name = lock && partyBehind(lock.holder, lock.claim?.by).name
  return (
    <div className="statement">
      {lock && name !== null ? (
        <Avatar name={name} kind={lock.claim ? 'person' : lock.holder.kind} me={look === 'mine'} size="l" />
      ) : (
        <span className={`lock big ${look}`}>
          <LockGlyph look={look} />
        </span>
      )}
      <div className="grow">
        <p className="says">{line()}</p>
        <p className="num">{more()}</p>
        {lock?.claim && (
          <p>
            <SentenceText of={words.through({ code: partyName(lock.holder) })} />
            {lock.claim.onBehalfOf !== undefined && ` ${words.onBehalfOf(lock.claim.onBehalfOf)}`}
          </p>
        )}
      </div>
      <StateWord look={look} />
    </div>
  )
}
