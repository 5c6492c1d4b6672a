import { useCallback } from 'react'
import { useMessages } from '../i18n/messages.ts'
import { uiMessages } from './messages.ts'
import { useToasts } from './toast.tsx'

/** Copies text, and says whether it could: pages over plain http on a named host have no clipboard. */
export function useCopy(): (text: string, saying?: string) => Promise<void> {
  const words = useMessages(uiMessages)
  const toasts = useToasts()
  return useCallback(
    async (text, saying) => {
      try {
        await navigator.clipboard.writeText(text)
        toasts.show({ title: saying ?? words.copied, key: 'copy' })
      } catch {
        toasts.show({ tone: 'warn', title: words.notCopied, body: <span className="code">{text}</span>, key: 'copy' })
      }
    },
    [toasts, words],
  )
}
