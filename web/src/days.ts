// Days as whole numbers since 1970-01-01 (UTC), and the bins in which a timeline counts them.

export type Day = number;
export type Unit = "day" | "week" | "month";

const MS = 86_400_000;

/** A day from "2024-03-09"; null where it is none. */
export function parseDay(text: string | null | undefined): Day | null {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) ? null : Math.round(ms / MS);
}

/** "2024-03-09", in which dates are compared and sent. */
export function isoDay(day: Day): string {
  return new Date(day * MS).toISOString().slice(0, 10);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "9 Mar 2024", or without the year. */
export function sayDay(day: Day, withYear = true): string {
  const date = new Date(day * MS);
  const said = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return withYear ? `${said} ${date.getUTCFullYear()}` : said;
}

/** "4 to 9 Mar 2024", "28 Feb to 3 Mar 2024", "4 Mar 2024". */
export function sayPeriod(first: Day, last: Day): string {
  if (first === last) return sayDay(first);
  const one = new Date(first * MS);
  const other = new Date(last * MS);
  if (one.getUTCFullYear() !== other.getUTCFullYear()) return `${sayDay(first)} to ${sayDay(last)}`;
  if (one.getUTCMonth() !== other.getUTCMonth()) return `${sayDay(first, false)} to ${sayDay(last)}`;
  return `${one.getUTCDate()} to ${sayDay(last)}`;
}

/** The first day of the bin that a day is in; weeks begin on Monday. */
export function startOf(day: Day, unit: Unit): Day {
  if (unit === "day") return day;
  if (unit === "week") return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / MS;
}

/** The first day of the bin after the one that begins on `start`. */
export function nextStart(start: Day, unit: Unit): Day {
  if (unit === "day") return start + 1;
  if (unit === "week") return start + 7;
  const date = new Date(start * MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / MS;
}

/** The finest unit of which at most `most` bins cover the period. */
export function unitFor(first: Day, last: Day, most = 120): Unit {
  const days = last - first + 1;
  return days <= most ? "day" : days <= most * 7 ? "week" : "month";
}

/** The first day of each bin that covers the period, and the day after the last. */
export function binStarts(first: Day, last: Day, unit: Unit): Day[] {
  const starts = [startOf(first, unit)];
  while ((starts.at(-1) as Day) <= last) starts.push(nextStart(starts.at(-1) as Day, unit));
  return starts;
}

/** The number of the bin that holds a day, by bisection; -1 before the first, the last number after the end. */
export function binOf(day: Day, starts: readonly Day[]): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as Day) <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Days at which an axis is labelled, at most about `most`, with what is written there. */
export function ticks(first: Day, last: Day, most: number): { day: Day; label: string }[] {
  const days = last - first + 1;
  if (days <= most * 14) return dayTicks(first, last, most);
  const months = days / 30.4;
  const step = [1, 3, 6, 12, 24, 60, 120].find((n) => months / n <= most) ?? 240;
  const made: { day: Day; label: string }[] = [];
  const date = new Date(startOf(first, "month") * MS);
  let count = date.getUTCFullYear() * 12 + date.getUTCMonth();
  count -= count % step;
  for (; ; count += step) {
    const day = Date.UTC(Math.floor(count / 12), count % 12, 1) / MS;
    if (day > last) return made;
    const label = step % 12 === 0 ? `${Math.floor(count / 12)}` : `${MONTHS[count % 12]} ${Math.floor(count / 12)}`;
    if (day >= first) made.push({ day, label });
  }
}

function dayTicks(first: Day, last: Day, most: number): { day: Day; label: string }[] {
  const step = [1, 2, 7, 14].find((n) => (last - first + 1) / n <= most) ?? 28;
  const start = step >= 7 ? startOf(first, "week") : first;
  const made: { day: Day; label: string }[] = [];
  for (let day = start; day <= last; day += step) {
    if (day >= first) made.push({ day, label: sayDay(day, made.length === 0) });
  }
  return made;
}
