// must fail: no-explicit-any
export const anything = (value: any) => value
