import { makeStyles, tokens } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';
import type { WatchView } from '../../../preload/contract/views.ts';
import { Section } from '../../components/section.tsx';
import { WatchLine } from './watch-line.tsx';

const useStyles = makeStyles({
  section: { marginBottom: '16px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  item: { borderTop: `1px solid ${tokens.colorNeutralStroke3}`, paddingTop: '8px' },
});

/** Folders whose new files become segments of their own. */
export function NewSegmentFolders({ watches }: { readonly watches: readonly WatchView[] }) {
  const styles = useStyles();
  if (watches.length === 0) return null;
  return (
    <Section className={styles.section} title={<FormattedMessage id="watch.folders" />}>
      <ul className={styles.list}>
        {watches.map((watch) => (
          <li key={watch.watchId} className={styles.item}>
            <WatchLine watch={watch} name={watch.pattern} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
