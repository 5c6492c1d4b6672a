import type { TakeRequest } from '@lockdesk/contract'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { draftKey } from '../../api/draft-key.ts'
import { takeMutation } from '../../api/queries.ts'
import { useReadBoardAgain } from '../../live/provider.tsx'
import { type TakeAnswer, answerOf } from './answer.ts'
import type { Intention } from './intention.ts'

/** How the last take of a draft stands. */
export type TakeState =
  | { kind: 'sending' }
  /** It left something to know or decide: shown beside the draft, not only in a toast. */
  | { kind: 'told'; answer: TakeAnswer; intention: Intention }

export interface Sending {
  /** By the draft's key; a draft without an entry has nothing to tell. */
  states: ReadonlyMap<string, TakeState>
  /** @returns null where a take of this draft is under way already: nothing was sent */
  sendOnce(intention: Intention, request: TakeRequest): Promise<TakeAnswer | null>
  dismiss(key: string): void
}

/** Sends takes, each once, and remembers how they stand. To be called by a press only, never by an effect. */
export function useSendOnce(): Sending {
  const queries = useQueryClient()
  const readBoardAgain = useReadBoardAgain()
  const { mutateAsync } = useMutation(takeMutation)
  const [states, setStates] = useState<ReadonlyMap<string, TakeState>>(new Map())
  /** Read within the press itself: two presses in one frame send once. */
  const underWay = useRef(new Set<string>())

  const set = useCallback((key: string, state: TakeState | undefined) => {
    setStates(before => {
      const after = new Map(before)
      if (state) after.set(key, state)
      else after.delete(key)
      return after
    })
  }, [])
  const dismiss = useCallback((key: string) => set(key, undefined), [set])

  const sendOnce = useCallback(
    async (intention: Intention, request: TakeRequest) => {
      const key = draftKey(intention.ref)
      if (underWay.current.has(key)) return null
      underWay.current.add(key)
      set(key, { kind: 'sending' })
      const answer = await mutateAsync({ ref: intention.ref, take: request }).then(
        (outcome): TakeAnswer => ({ kind: 'outcome', outcome }),
        answerOf,
      )
      underWay.current.delete(key)
      set(key, answer.kind === 'outcome' ? undefined : { kind: 'told', answer, intention })
      // The stream tells most of it sooner; where it is down, or nothing was written, this does.
      readBoardAgain()
      void queries.invalidateQueries({ queryKey: ['draft', key] })
      return answer
    },
    [mutateAsync, queries, readBoardAgain, set],
  )
  return { states, sendOnce, dismiss }
}
