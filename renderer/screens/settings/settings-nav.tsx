import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { goToSection } from '../../components/section.tsx';
import { rememberSettingsPart, useUiStore } from '../../stores/ui-store.ts';

const useStyles = makeStyles({
  nav: { position: 'sticky', top: '0', alignSelf: 'start', display: 'flex', flexDirection: 'column', gap: '2px' },
  link: {
    display: 'block',
    width: '100%',
    boxSizing: 'border-box',
    textAlign: 'start',
    border: 'none',
    fontFamily: 'inherit',
    fontSize: 'inherit',
    cursor: 'pointer',
    padding: '6px 10px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground2,
    backgroundColor: 'transparent',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover, color: tokens.colorNeutralForeground1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  current: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`,
  },
});

/** The parts of the settings by name: each leads to its own, and is where one comes back to. */
export function SettingsNav({
  parts,
}: {
  readonly parts: readonly { readonly anchor: string; readonly title: ReactNode }[];
}) {
  const intl = useIntl();
  const styles = useStyles();
  const current = useUiStore((state) => state.settingsPart) ?? parts[0]?.anchor;
  return (
    <nav className={styles.nav} aria-label={intl.formatMessage({ id: 'settings.parts' })}>
      {parts.map(({ anchor, title }) => (
        <button
          key={anchor}
          type="button"
          className={mergeClasses(styles.link, anchor === current && styles.current)}
          aria-current={anchor === current ? 'true' : undefined}
          onClick={() => {
            rememberSettingsPart(anchor);
            goToSection(anchor);
          }}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
