import { useEffect, useRef } from 'react';

/** Tells when the surface it is on has left the page, at the end of its fading. */
export function WhenGone({ then }: { readonly then: () => void }) {
  const latest = useRef(then);
  latest.current = then;
  useEffect(() => () => latest.current(), []);
  return null;
}
