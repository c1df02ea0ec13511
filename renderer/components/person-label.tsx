import { Avatar, makeStyles, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';
import type { Role } from '../../preload/contract/views.ts';
import { useMirror } from '../stores/mirror-store.ts';
import type { MessageKey } from '../text/messages.ts';

const roleLabels: Readonly<Record<Role, MessageKey>> = {
  administrator: 'person.role.administrator',
  contributor: 'person.role.contributor',
  viewer: 'person.role.viewer',
};

const useStyles = makeStyles({
  row: { display: 'flex', alignItems: 'center', gap: '8px' },
  words: { display: 'flex', flexDirection: 'column', lineHeight: tokens.lineHeightBase200 },
  role: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

/** Who is working, and in which role. */
export function PersonLabel() {
  const styles = useStyles();
  const person = useMirror((mirror) => mirror.person);
  return (
    <div className={styles.row}>
      <Avatar name={person.displayName} size={28} color="brand" aria-hidden />
      <div className={styles.words}>
        <Text size={200} weight="semibold">
          {person.displayName}
        </Text>
        <Text className={styles.role}>
          <FormattedMessage id={roleLabels[person.role]} />
        </Text>
      </div>
    </div>
  );
}
