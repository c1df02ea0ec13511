import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { NoticeBar } from './notice-bar.tsx';
import { ScreenTitle } from './screen-title.tsx';

const useStyles = makeStyles({
  page: { display: 'flex', flexDirection: 'column', height: '100%', minWidth: 0, minHeight: 0 },
  scroll: { flex: '1 1 0', overflow: 'auto', minHeight: 0 },
  inner: { maxWidth: '1440px', margin: '0 auto', padding: '24px 24px 40px', boxSizing: 'border-box' },
  narrow: { maxWidth: '760px' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: '12px 24px',
    marginBottom: '20px',
  },
  titles: { display: 'flex', flexDirection: 'column', gap: '4px', minWidth: 0, flex: '1 1 320px' },
  description: { color: tokens.colorNeutralForeground2, maxWidth: '72ch' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  footer: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    padding: '12px 24px',
  },
  footerInner: { maxWidth: '1376px', margin: '0 auto' },
});

interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly footer?: ReactNode;
  /** For forms: lines no longer than one reads. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
}

/** One screen: title, what can be done, its content, and a foot that stays in view. */
export function Page({ title, description, actions, footer, narrow = false, children }: PageProps) {
  const styles = useStyles();
  return (
    <div className={styles.page}>
      <NoticeBar />
      <div className={styles.scroll}>
        <div className={mergeClasses(styles.inner, narrow && styles.narrow)}>
          <header className={styles.head}>
            <div className={styles.titles}>
              <ScreenTitle>{title}</ScreenTitle>
              {description !== undefined && <Text className={styles.description}>{description}</Text>}
            </div>
            {actions !== undefined && <div className={styles.actions}>{actions}</div>}
          </header>
          {children}
        </div>
      </div>
      {footer !== undefined && (
        <div className={styles.footer}>
          <div className={styles.footerInner}>{footer}</div>
        </div>
      )}
    </div>
  );
}
