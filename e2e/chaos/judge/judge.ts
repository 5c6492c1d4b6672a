import { judgeBoards } from './boards.ts'
import { judgeCloud } from './cloud.ts'
import type { History, Violation } from './history.ts'
import { judgeOrder } from './order.ts'
import { judgeTakes } from './takes.ts'

/** Everything that went wrong and must not. Pure. */
export function judge(history: History): Violation[] {
  return [
    ...judgeOrder(history),
    ...judgeTakes(history),
    ...judgeCloud(history),
    ...judgeBoards(history),
    ...history.notices,
  ]
}
