import { useEffect, useRef } from 'react';

/** Calls `then` now and each time the person comes back to the window. */
export function useWindowFocus(then: () => void): void {
  const latest = useRef(then);
  latest.current = then;
  useEffect(() => {
    const focused = (): void => latest.current();
    focused();
    window.addEventListener('focus', focused);
    return () => window.removeEventListener('focus', focused);
  }, []);
}
