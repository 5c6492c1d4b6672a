import type { Hold, LockEvent } from '@lockdesk/contract'
import type { Language } from '../../i18n/language.tsx'
import { formatAge, formatAgeSpan } from '../../i18n/time.ts'

/** Up to this share of the whole, the difference between the shortest and the longest it may have been is not worth a range. */
const negligible = 0.15

/**
 * How long a hold that has ended was, and no more than is known: `5 m` where both ends are sharp enough, `7–11 m` where
 * they are not, `at least 7 m` where its start was not seen. Null while it goes on.
 */
export function lengthOfHold({ from, until, known }: Hold, language: Language): string | null {
  if (!until) return null
  const ended = { after: Date.parse(until.after ?? until.by), by: Date.parse(until.by) }
  const least = Math.max(0, ended.after - Date.parse(from.by))
  if (known === 'at-least' || from.after === null) {
    return language === 'zh' ? `至少 ${formatAge(least, language)}` : `at least ${formatAge(least, language)}`
  }
  const most = Math.max(least, ended.by - Date.parse(from.after))
  return most - least > most * negligible
    ? formatAgeSpan(least, most, language)
    : formatAge(ended.by - Date.parse(from.by), language)
}

/** How long the hold that an entry ended was; null where that hold is not among those known. */
export function heldFor(event: LockEvent, holds: readonly Hold[], language: Language): string | null {
  const hold = holds.find(({ until, holder }) => until?.by === event.at.by && holder.id === event.from?.id)
  return hold ? lengthOfHold(hold, language) : null
}
