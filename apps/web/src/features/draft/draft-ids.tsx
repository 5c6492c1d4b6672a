import type { BoardDraft } from '@lockdesk/contract'
import { Copy } from 'lucide-react'
import { useMessages } from '../../i18n/messages.ts'
import { Button } from '../../ui/button.tsx'
import { useCopy } from '../../ui/copy.tsx'
import { shown } from '../../ui/shown-name.ts'
import { draftMessages } from './words.ts'

/** The ids by which the cloud knows the draft and its holder. */
export function DraftIds({ draft }: { draft: BoardDraft }) {
  const words = useMessages(draftMessages)
  const copy = useCopy()
  const ids: [string, string][] = [
    [words.ids.name, draft.name],
    [words.ids.draft, draft.ref.draftId],
    [words.ids.workspace, draft.ref.workspace],
  ]
  if (draft.lock) ids.push([words.ids.holder, draft.lock.holder.id])
  return (
    <section>
      <h3>{words.ids.title}</h3>
      <dl>
        {ids.map(([label, value]) => (
          <div key={label} className="idrow">
            <dt>{label}</dt>
            <dd>
              <span className="code clip" title={shown(value)}>
                {shown(value)}
              </span>
              <Button tone="bare" icon aria-label={words.copy(label)} onClick={() => void copy(value)}>
                <Copy className="i" aria-hidden />
              </Button>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
