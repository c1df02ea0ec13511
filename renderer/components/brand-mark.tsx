import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  first: { fill: tokens.colorBrandBackground },
  second: { fill: tokens.colorBrandForeground1, opacity: 0.55 },
});

/** Segue's sign: two strokes, one passing into the other. */
export function BrandMark({ size }: { readonly size: number }) {
  const styles = useStyles();
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path className={styles.second} d="M4 9a5 5 0 0 1 5-5h9a5 5 0 0 1 0 10H9a5 5 0 0 1-5-5Z" />
      <path className={styles.first} d="M14 18h9a5 5 0 0 1 0 10h-9a5 5 0 0 1 0-10Z" />
    </svg>
  );
}
