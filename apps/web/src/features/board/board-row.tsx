import type { BoardDraft, Me } from '@lockdesk/contract'
import { ExternalLink } from 'lucide-react'
import { memo, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatAgo, formatExact } from '../../i18n/time.ts'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/clock.tsx'
import { HolderName } from '../../ui/holder.tsx'
import { Since, StateWord, type LockLook } from '../../ui/lock.tsx'
import { uiMessages } from '../../ui/messages.ts'
import { shortName } from '../../ui/short-name.ts'
import { LongName } from '../../ui/name.tsx'
import { draftTitle, partyName, shown } from '../../ui/shown-name.ts'
import { Tag } from '../../ui/tag.tsx'
import { boardMessages } from './messages.ts'
import { actionOf, identityName } from './row-action.ts'

export interface BoardRowProps {
  draft: BoardDraft
  rowKey: string
  /** Counted from 0 among all rows, shown or not. */
  index: number
  height: number
  me: Me
  look: LockLook
  /** The last reading, where nobody vouches for what came after it. */
  lastSeenAt: string | null
  isCursor: boolean
  isOpen: boolean
  isTaking: boolean
  register(key: string, element: HTMLElement | null): void
  /** The focus has come into the row. */
  onCursor(key: string): void
  onOpen(key: string): void
  onAct(draft: BoardDraft): void
}

/** What of the lock, when it changes, is worth a glance. */
const signature = ({ lock }: BoardDraft) =>
  lock === null ? 'free' : `${lock.holder.id} ${lock.claim?.by.id ?? ''} ${lock.seenSince.by}`

export const BoardRow = memo(function BoardRow(props: BoardRowProps) {
  const { draft, rowKey, index, height, me, look, lastSeenAt, isCursor, isOpen, isTaking } = props
  const words = useMessages(boardMessages)
  const { look: lookWords, throughLockdesk } = useMessages(uiMessages)
  const row = useRef<HTMLDivElement>(null)
  const { lock, ref } = draft
  const action = actionOf(draft, me)
  const changed = useChanged(signature(draft))
  useKeepFocus(row)

  const { register } = props
  useEffect(() => {
    register(rowKey, row.current)
    return () => register(rowKey, null)
  }, [register, rowKey])

  const title = draftTitle(draft.name, ref.draftId)
  const reason = shown(lock?.claim?.reason ?? '')
  const folder = shown(draft.folder)
  const place = folder === '' ? ref.namespace : `${ref.namespace} / ${folder.replaceAll('/', ' / ')}`
  const holder = lock === null ? '' : lock.claim ? throughLockdesk(partyName(lock.claim.by)) : partyName(lock.holder)
  const label = [title, lookWords[look], holder, place].filter(Boolean).join(', ')
  const names = [
    'row',
    look === 'mine' && 'is-mine',
    isCursor && 'is-cursor',
    isOpen && 'is-open',
    changed > 0 && 'is-changed',
    lastSeenAt !== null && 'dim',
  ]
  return (
    <div
      ref={row}
      role="row"
      className={names.filter(Boolean).join(' ')}
      aria-rowindex={index + 2}
      aria-label={label}
      aria-current={isOpen ? 'true' : undefined}
      data-key={rowKey}
      data-turn={changed % 2}
      tabIndex={isCursor ? 0 : -1}
      style={{ height, transform: `translateY(${index * height}px)` }}
      onFocus={() => props.onCursor(rowKey)}
      onKeyDown={event => {
        const { ctrlKey, metaKey, altKey, shiftKey } = event
        if (event.key !== 'Enter' || event.target !== event.currentTarget) return
        if (ctrlKey || metaKey || altKey || shiftKey) return
        event.preventDefault()
        props.onOpen(rowKey)
      }}
      onClick={event => {
        if ((event.target as Element).closest('button, a')) return
        if (getSelection()?.type === 'Range') return
        props.onOpen(rowKey)
      }}
    >
      <div role="cell" className="c-state">
        <StateWord look={look} />
      </div>
      <div role="cell" className="c-name">
        <LongName text={title} />
        {draft.kind !== null && !/^sql(script)?$/i.test(draft.kind) && <Tag tone="line">{shortKind(draft.kind)}</Tag>}
      </div>
      <div role="cell" className="c-folder t3 clip" title={place}>
        {ref.namespace}
        {folder !== '' &&
          folder.split('/').map((part, at) => (
            // The same folder name may come twice in one path.
            <span key={`${at} ${part}`}>
              <span className="slash">/</span>
              {part}
            </span>
          ))}
      </div>
      <div role="cell" className="c-holder">
        {lock === null ? (
          <span className="t3 card-only">{lookWords[look]}</span>
        ) : (
          <HolderName holder={lock.holder} claim={lock.claim} me={look === 'mine'} />
        )}
      </div>
      <div role="cell" className="c-since">
        {lock !== null && (
          <Since seenSince={lock.seenSince} known={lock.known} overdueAt={lock.overdueAt} lastSeenAt={lastSeenAt} />
        )}
      </div>
      <div role="cell" className="c-reason clip" title={reason}>
        {reason}
      </div>
      <div role="cell" className="c-modified t3 num clip">
        <Modified at={draft.modifiedAt} by={draft.modifierName} />
      </div>
      <div role="cell" className="c-act">
        {action !== null && (
          <Button
            className={action === 'take' ? 'pri' : ''}
            busy={isTaking}
            tabIndex={isCursor ? 0 : -1}
            title={hintOf(action, identityName(me, ref.workspace), words)}
            onClick={() => props.onAct(draft)}
          >
            {action === 'open' && <ExternalLink className="i" aria-hidden />}
            {action === 'take' ? words.take : action === 'open' ? words.open : words.takeOver}
          </Button>
        )}
      </div>
    </div>
  )
})

function hintOf(
  action: NonNullable<ReturnType<typeof actionOf>>,
  as: string | null,
  words: (typeof boardMessages)['en'],
) {
  if (action === 'open') return words.openHint
  if (as === null) return words.takeAsUnknown
  return action === 'take' ? words.takeAs(as) : words.takeOverAs(as)
}

/** `CDCYAML` is a long way to say YAML. */
function shortKind(kind: string): string {
  return /yaml/i.test(kind) ? 'YAML' : kind
}

function Modified({ at, by }: { at: string | null; by: string | null }) {
  const language = useLanguage()
  const now = useNow(10_000)
  if (at === null) return null
  return (
    <span title={[formatExact(at, now, language), by && shown(by)].filter(Boolean).join(' · ')}>
      {formatAgo(at, now, language)}
      {by !== null && by !== '' && ` · ${shortName(by)}`}
    </span>
  )
}

/** Counts how often a value changed since the row has been on the screen: the row lights up once each time. */
function useChanged(value: string): number {
  const [seen, setSeen] = useState({ value, times: 0 })
  if (seen.value !== value) setSeen({ value, times: seen.times + 1 })
  return seen.times
}

/** Where the button that had the focus goes away, the focus stays in its row. */
function useKeepFocus(row: RefObject<HTMLElement | null>): void {
  // Read before React touches the page: afterwards the button, and the focus with it, may be gone.
  const had = row.current?.contains(document.activeElement) ?? false
  useLayoutEffect(() => {
    if (had && document.activeElement === document.body) row.current?.focus({ preventScroll: true })
  })
}
