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
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1} className={mergeClasses(styles.title, large && styles.large)}>
      {children}
    </h1>
  );
}
