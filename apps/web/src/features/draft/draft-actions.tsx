import type { BoardDraft, Me } from '@lockdesk/contract'
import { ExternalLink } from 'lucide-react'
import { useId } from 'react'
import { useMessages } from '../../i18n/messages.ts'
import { isMine } from '../../live/ability.ts'
import { Button } from '../../ui/button.tsx'
import { SentenceText } from '../../ui/sentence.tsx'
import { draftMessages } from './words.ts'

export interface DraftActionsProps {
  draft: BoardDraft
  me: Me
  taking: boolean
  onTake(draft: BoardDraft): void
  onTakeOver(draft: BoardDraft): void
}

/** What this person may do with the draft, and as whom; else in a sentence why not and who can change that. */
export function DraftActions({ draft, me, taking, onTake, onTakeOver }: DraftActionsProps) {
  const words = useMessages(draftMessages).actions
  const asWhomId = useId()
  if (draft.deletedAt !== undefined) return null
  const { may, ref } = draft
  const identity = me.identities.find(({ workspace }) => workspace === ref.workspace)?.name
  const mine = isMine(draft, me)
  const console = (label: string, className: string) => (
    <a className={className} href={draft.consoleUrl} target="_blank" rel="noreferrer">
      <ExternalLink className="i" aria-hidden />
      {label}
    </a>
  )
  return (
    <>
      <div className="actions">
        {mine && console(words.openEditor, 'btn solid')}
        {may.take && (
          <Button tone="solid" busy={taking} aria-describedby={asWhomId} onClick={() => onTake(draft)}>
            {taking ? words.taking : words.take}
          </Button>
        )}
        {may.takeOver && (
          <Button busy={taking} onClick={() => onTakeOver(draft)}>
            {taking ? words.taking : words.takeOver}
          </Button>
        )}
        {!mine && console(words.console, 'btn bare end')}
      </div>
      {may.take && (
        <p id={asWhomId} className="t3 small">
          {identity ? <SentenceText of={words.asWhom({ code: identity })} /> : words.asUnknown}
        </p>
      )}
      {!mine && !may.take && !may.takeOver && (
        <p className="small">
          {may.whyCode === 'role'
            ? words.whyRole(ref.namespace)
            : may.whyCode === 'policy'
              ? words.whyPolicy(ref.namespace)
              : (may.why ?? words.whyOther)}
        </p>
      )}
    </>
  )
}
