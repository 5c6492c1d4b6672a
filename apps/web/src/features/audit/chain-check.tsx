import { useQuery } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { verifyLedger } from '../../api/audit.ts'
import { useLanguage } from '../../i18n/language.tsx'
import { useMessages } from '../../i18n/messages.ts'
import { formatWhen } from '../../i18n/time.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { auditMessages } from './words.ts'

/** Walks the chain of the ledger when asked, not by itself: it reads every entry. */
export function useChainCheck() {
  return useQuery({
    queryKey: ['audit-chain'],
    queryFn: ({ signal }) => verifyLedger(signal),
    enabled: false,
    retry: false,
    gcTime: Number.POSITIVE_INFINITY,
  })
}

type ChainCheck = ReturnType<typeof useChainCheck>

export function ChainChip({ check }: { check: ChainCheck }) {
  const language = useLanguage()
  const words = useMessages(auditMessages).chain
  const { data, isFetching, isError, dataUpdatedAt } = check
  const facts = data?.ok ? words.facts(data.entries, formatWhen(dataUpdatedAt, dataUpdatedAt, language)) : null
  const plain = isFetching ? words.verifying : isError ? words.failed : words.verify
  return (
    <>
      <Button tone="bare" busy={isFetching} className="chain" onClick={() => void check.refetch()}>
        {!isFetching &&
          (data?.ok === false ? <ShieldAlert className="i" aria-hidden /> : <ShieldCheck className="i" aria-hidden />)}
        {facts !== null && !isFetching && !isError ? (
          <span>
            <b>{words.verified}</b> · {facts}
          </span>
        ) : (
          plain
        )}
      </Button>
      <span role="status" className="sr">
        {facts !== null && !isFetching && `${words.verified}: ${facts}`}
        {isError && words.failed}
      </span>
    </>
  )
}

/** A chain that does not hold is told loudly, and with what it means. */
export function ChainNotice({ check }: { check: ChainCheck }) {
  const words = useMessages(auditMessages).chain
  const { data } = check
  if (!data || data.ok || data.firstBad === null) return null
  return (
    <Notice tone="err" flat role="alert">
      <strong>{words.broken(data.firstBad)}</strong> {words.brokenText(Math.max(0, data.entries - data.firstBad + 1))}
    </Notice>
  )
}
