import { makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';

const useStyles = makeStyles({
  section: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: '20px 24px',
    minWidth: 0,
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: '8px 16px',
    marginBottom: '12px',
  },
  titles: { display: 'flex', flexDirection: 'column', gap: '2px', flex: '1 1 260px' },
  title: { outlineStyle: 'none', margin: 0 },
  description: { color: tokens.colorNeutralForeground2 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
});

interface SectionProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string;
  /** So that a button elsewhere can lead here. */
  readonly anchor?: string;
  readonly children: ReactNode;
}

/** A titled part of a screen, a landmark of its own. */
export function Section({ title, description, actions, className, anchor, children }: SectionProps) {
  const styles = useStyles();
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className={mergeClasses(styles.section, className)} id={anchor}>
      <div className={styles.head}>
        <div className={styles.titles}>
          <Subtitle2 as="h2" id={titleId} className={styles.title} tabIndex={-1}>
            {title}
          </Subtitle2>
          {description !== undefined && <Text className={styles.description}>{description}</Text>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** Brings the section with this anchor into view and puts the focus on its title. */
export function goToSection(anchor: string): void {
  const section = document.getElementById(anchor);
  section?.scrollIntoView({ block: 'start', behavior: 'smooth' });
  section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
}
