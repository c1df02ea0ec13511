import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { duration, exactTime, fileSize, timeOfDay } from './format.ts';

/** The formatting functions bound to the window's locale. */
export function useFormat() {
  const { locale } = useIntl();
  return useMemo(() => {
    const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
    return {
      number: (value: number) => whole.format(value),
      percent: (value: number) => percent.format(value),
      duration: (ms: number) => duration(ms, locale),
      exactTime: (at: number) => exactTime(at, locale),
      timeOfDay: (at: number) => timeOfDay(at, locale),
      fileSize: (bytes: number) => fileSize(bytes, locale),
    };
  }, [locale]);
}
