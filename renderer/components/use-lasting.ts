import { useEffect, useState } from 'react';

/** True once `state` has held for `delayMs`, so that what is over in no time does not flicker. */
export function useLasting(state: boolean, delayMs: number): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!state) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), delayMs);
    return () => clearTimeout(timer);
  }, [state, delayMs]);
  return state && lasting;
}
