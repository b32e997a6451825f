/** Bytes; what inflates to more is left as it is. */
export const MAX_INFLATED = 64 * 1024 * 1024
