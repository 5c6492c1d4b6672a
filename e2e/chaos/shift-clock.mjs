// Loaded before the server: the machine's clock is wrong by so much.
const shift = Number(process.env.CHAOS_CLOCK_SHIFT_MS ?? 0)
delete process.env.CHAOS_CLOCK_SHIFT_MS
const trueNow = Date.now
const TrueDate = Date
globalThis.Date = class extends TrueDate {
  constructor(...given) {
    if (given.length === 0) super(trueNow() + shift)
    else super(...given)
  }
  static now() {
    return trueNow() + shift
  }
}
