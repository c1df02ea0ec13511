import { Button, makeStyles, Subtitle1, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { BeakerRegular, PlugConnectedRegular } from '@fluentui/react-icons';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionKind } from '../../../preload/contract/views.ts';
import { navigate } from '../../stores/draft-store.ts';
import { kindLabels } from '../../text/labels.ts';

const useStyles = makeStyles({
  section: { marginTop: '28px', display: 'flex', flexDirection: 'column', gap: '12px' },
  tiles: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))', gap: '16px' },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: '8px',
    padding: '20px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusXLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  icon: { fontSize: '28px', lineHeight: 0, color: tokens.colorBrandForeground1 },
  title: { margin: 0 },
  text: { color: tokens.colorNeutralForeground2, flexGrow: 1 },
});

const tiles = [
  { kind: 'constant-contact', icon: <PlugConnectedRegular />, text: 'discover.constant-contact' },
  { kind: 'practice', icon: <BeakerRegular />, text: 'discover.practice' },
] as const satisfies readonly { kind: ConnectionKind; [key: string]: unknown }[];

/** *Discover*: what Segue can be connected to, a tile each, with *Set up*. */
export function DiscoverTiles() {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <section className={styles.section} aria-labelledby="discover-title">
      <Subtitle1 as="h2" id="discover-title" className={styles.title}>
        <FormattedMessage id="connections.discover" />
      </Subtitle1>
      <div className={styles.tiles}>
        {tiles.map(({ kind, icon, text }) => {
          const name = intl.formatMessage({ id: kindLabels[kind] });
          return (
            <div key={kind} className={styles.tile}>
              <span className={styles.icon} aria-hidden>
                {icon}
              </span>
              <Subtitle2 as="h3" className={styles.title}>
                {name}
              </Subtitle2>
              <Text className={styles.text}>
                <FormattedMessage id={text} />
              </Text>
              <Button
                aria-label={intl.formatMessage({ id: 'discover.set-up-named' }, { name })}
                onClick={() => navigate({ name: 'new-connection', kind })}
              >
                <FormattedMessage id="discover.set-up" />
              </Button>
            </div>
          );
        })}
      </div>
    </section>
  );
}
