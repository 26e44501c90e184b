/** Minutes since midnight as the clock shows them, `540` as `09:00`; `undefined` outside 0 to 1,440. Nuki guide, "Times". */
export function formatTimeOfDay(minutes: number): string | undefined {
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > 1440) return undefined;
  const padded = (part: number): string => String(part).padStart(2, '0');
  return `${padded(Math.floor(minutes / 60))}:${padded(minutes % 60)}`;
}
