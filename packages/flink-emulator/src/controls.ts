import type { CallCounts } from './calls.ts'
import type { Colleagues } from './colleagues.ts'
import type { Director } from './director.ts'
import type { Fault } from './faults.ts'
import type { Switches, SwitchesChange } from './switches.ts'

/** Everything that may be done to the emulator past its signatures: by HTTP under `/_emulator`, or in process. */
export interface Controls extends Director {
  calls(): CallCounts
  switches(): Switches
  /** Changes those that are named, and answers all. @throws ZodError for what is no switch */
  setSwitches(change: SwitchesChange): Switches
  /** @throws ZodError for what is no fault */
  addFault(fault: Fault): void
  listFaults(): (Fault & { left: number | null })[]
  clearFaults(): void
  describeWorld(): { drafts: number; namespaces: string[]; people: number }
  readonly colleagues: Colleagues
}
