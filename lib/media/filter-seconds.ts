/** Shortest decimal that is exact to the microsecond: 5, 4.2, 9.009. */
export const seconds = (value: number): string => String(Math.round(value * 1e6) / 1e6);
