import { makeStyles, mergeClasses, typographyStyles } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef } from 'react';

const useStyles = makeStyles({
  title: { ...typographyStyles.title2, margin: 0, outlineStyle: 'none', overflowWrap: 'anywhere' },
  large: { ...typographyStyles.largeTitle },
});

/** A screen's heading: it gets the focus when the screen opens, so that screen readers say where one is. */
export function ScreenTitle({ large = false, children }: { readonly large?: boolean; readonly children: ReactNode }) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const element = heading.current;
    const hidden = element?.closest('[aria-hidden="true"]');
    if (element === null || !hidden) {
      element?.focus({ preventScroll: true });
      return;
    }
    // The screen opened as a dialog closed, and the dialog's hiding of the page is lifted a moment later. A focus that
    // moves before that would leave the page hidden from screen readers for good.
    const observer = new MutationObserver(() => {
      if (hidden.getAttribute('aria-hidden') === 'true') return;
      observer.disconnect();
      element.focus({ preventScroll: true });
    });
    observer.observe(hidden, { attributeFilter: ['aria-hidden'] });
    return () => observer.disconnect();
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={mergeClasses(styles.title, large && styles.large)}>
      {children}
    </h1>
  );
}
