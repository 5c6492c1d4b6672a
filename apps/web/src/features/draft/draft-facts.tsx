import type { BoardDraft, Lock, Me } from '@lockdesk/contract'
import { useLanguage, type Language } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatAge, formatAgo, formatWhen } from '../../i18n/time.ts'
import { isMine } from '../../live/ability.ts'
import { useNow } from '../../ui/clock.tsx'
import { KnownMark } from '../../ui/lock.tsx'
import { Tag } from '../../ui/tag.tsx'
import { ReasonFact } from './reason-fact.tsx'
import { draftMessages } from './words.ts'
import { shortName } from '../../ui/short-name.ts'
import type { DraftWords } from './words.en.ts'

const halfDay = 12 * 3_600_000

function howWeKnow({ known, seenSince }: Lock, words: DraftWords['facts'], language: Language): string {
  if (known === 'exact') return words.exact
  if (known === 'at-least' || seenSince.after === null) return words.atLeast
  const length = formatAge(Date.parse(seenSince.by) - Date.parse(seenSince.after), language)
  return known === 'bounded' ? words.bounded(length) : words.unwatched(length)
}

/** How we know, when it was saved, until when it may be held, and why it is. */
export function DraftFacts({ draft, me }: { draft: BoardDraft; me: Me }) {
  const language = useLanguage()
  const words = useMessages(draftMessages).facts
  const now = useNow(10_000)
  const { lock, modifiedAt } = draft
  const labels = Object.entries(draft.labels)
  const overdueAt = lock?.overdueAt ?? null
  if (!lock && modifiedAt === null && labels.length === 0) return null
  return (
    <section>
      <dl className="facts">
        {lock && (
          <>
            <dt>{words.howWeKnow}</dt>
            <dd className="known">
              <KnownMark known={lock.known} />
              <span>{howWeKnow(lock, words, language)}</span>
            </dd>
          </>
        )}
        {modifiedAt !== null && (
          <>
            <dt>{words.modified}</dt>
            <dd>
              {words.modifiedBy(
                formatWhen(modifiedAt, now, language),
                draft.modifierName && shortName(draft.modifierName),
                now - Date.parse(modifiedAt) < halfDay ? formatAgo(modifiedAt, now, language) : null,
              )}
            </dd>
          </>
        )}
        {overdueAt !== null && (
          <>
            <dt>{words.overdueAt}</dt>
            <dd className={Date.parse(overdueAt) <= now ? 'overdue' : undefined}>
              {Date.parse(overdueAt) <= now
                ? words.overdueSince(
                    formatWhen(overdueAt, now, language),
                    formatAge(now - Date.parse(overdueAt), language),
                  )
                : words.overdueIn(
                    formatWhen(overdueAt, now, language),
                    formatAge(Date.parse(overdueAt) - now, language),
                  )}
            </dd>
          </>
        )}
        {lock?.claim && (
          <>
            <dt>{words.reason}</dt>
            <dd>
              <ReasonFact draftRef={draft.ref} reason={lock.claim.reason ?? ''} mayEdit={isMine(draft, me)} />
            </dd>
          </>
        )}
        {labels.length > 0 && (
          <>
            <dt>{words.labels}</dt>
            <dd className="tags">
              {labels.map(([key, value]) => (
                <Tag key={key} tone="line">
                  {value === '' ? key : `${key}: ${value}`}
                </Tag>
              ))}
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}
