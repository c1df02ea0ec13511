import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  ArrowExportRegular,
  DocumentTableRegular,
  HistoryRegular,
  PlugConnectedRegular,
  SettingsRegular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { navigate } from '../stores/draft-store.ts';
import { useMirror } from '../stores/mirror-store.ts';
import { useUiStore, type View } from '../stores/ui-store.ts';
import type { MessageKey } from '../text/messages.ts';

type Place = 'exports' | 'segments' | 'connections' | 'runs' | 'settings';

const places: readonly { readonly place: Place; readonly label: MessageKey; readonly icon: ReactElement }[] = [
  { place: 'exports', label: 'nav.exports', icon: <ArrowExportRegular /> },
  { place: 'segments', label: 'segments.title', icon: <DocumentTableRegular /> },
  { place: 'connections', label: 'nav.connections', icon: <PlugConnectedRegular /> },
  { place: 'runs', label: 'nav.runs', icon: <HistoryRegular /> },
  { place: 'settings', label: 'nav.settings', icon: <SettingsRegular /> },
];

/** The place a view belongs to in the navigation. */
function placeOf(view: View): Place {
  if (view.name === 'new-connection' || view.name === 'sign-in-again') return 'connections';
  if (view.name === 'export' || view.name === 'view-export' || view.name === 'many-exports') return 'exports';
  if (view.name === 'changes') return 'settings';
  return view.name === 'run' ? 'runs' : view.name;
}

const useStyles = makeStyles({
  rail: {
    width: '172px',
    boxSizing: 'border-box',
    padding: '12px 8px',
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
    overflow: 'auto',
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '2px' },
  item: {
    display: 'flex',
    alignItems: 'center',
    gap: '10px',
    width: '100%',
    minHeight: '40px',
    padding: '0 12px',
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase300,
    textAlign: 'left',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: {
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  icon: { fontSize: '20px', lineHeight: 0 },
});

/** The places of the window. Not there on the first launch, when there is only one thing to do. */
export function NavRail() {
  const intl = useIntl();
  const styles = useStyles();
  const view = useUiStore((state) => state.view);
  const firstLaunch = useMirror((mirror) => mirror.connections.length === 0 && mirror.exports.length === 0);
  if (firstLaunch && (view.name === 'exports' || view.name === 'new-connection')) return null;
  const current = placeOf(view);
  return (
    <nav className={styles.rail} aria-label={intl.formatMessage({ id: 'nav.label' })}>
      <ul className={styles.list}>
        {places.map(({ place, label, icon }) => (
          <li key={place}>
            <button
              type="button"
              className={mergeClasses(styles.item, place === current && styles.current)}
              aria-current={place === current ? 'page' : undefined}
              onClick={() => navigate({ name: place })}
            >
              <span className={styles.icon} aria-hidden>
                {icon}
              </span>
              <FormattedMessage id={label} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
