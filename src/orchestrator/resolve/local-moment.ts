/** The form in which the resolvers hand a moment around: local, without a zone. */
export interface LocalMoment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** A time of day in 24 hours. */
export type Time = Pick<LocalMoment, 'hour' | 'minute'>;

/** A bare "at three" of an event is the afternoon's; nobody meets at night without saying so. */
const LAST_AFTERNOON_HOUR = 6;

/** The local wall-clock moment of an instant. */
export function momentOf(instant: Date): LocalMoment {
  return {
    year: instant.getFullYear(),
    month: instant.getMonth() + 1,
    day: instant.getDate(),
    hour: instant.getHours(),
    minute: instant.getMinutes(),
  };
}

/** The moment `seconds` after another, to the minute. */
export function momentAfter(now: LocalMoment, seconds: number): LocalMoment {
  return momentOf(new Date(now.year, now.month - 1, now.day, now.hour, now.minute + Math.round(seconds / 60)));
}

/** The same time of another day. */
export function addDays(moment: LocalMoment, days: number): LocalMoment {
  const day = momentOf(new Date(moment.year, moment.month - 1, moment.day + days));
  return { ...day, hour: moment.hour, minute: moment.minute };
}

/** Whether a moment lies before another. */
export function isBefore(one: LocalMoment, other: LocalMoment): boolean {
  const number = ({ year, month, day, hour, minute }: LocalMoment): number =>
    Date.UTC(year, month - 1, day, hour, minute);
  return number(one) < number(other);
}

export function inAfternoon<T extends Time>(time: T): T {
  return time.hour >= 1 && time.hour <= LAST_AFTERNOON_HOUR ? { ...time, hour: time.hour + 12 } : time;
}

/** The next such time to come; one that no half of the day was said for (`isOpen`) is an afternoon's from one to six. */
export function nextTime(now: LocalMoment, time: Time, isOpen: boolean): LocalMoment {
  const today = { ...now, ...(isOpen ? inAfternoon(time) : time) };
  return isBefore(now, today) ? today : addDays(today, 1);
}

/** A bare end time: the first such hour after the start. */
export function endTime(start: LocalMoment, time: Time, isOpen: boolean): LocalMoment {
  const isAfter = (hour: number): boolean => hour * 60 + time.minute > start.hour * 60 + start.minute;
  if (isAfter(time.hour)) return { ...start, ...time };
  if (isOpen && time.hour < 12 && isAfter(time.hour + 12)) return { ...start, ...time, hour: time.hour + 12 };
  return addDays({ ...start, ...time }, 1);
}
