import { Button, makeStyles } from '@fluentui/react-components';
import { FolderOpenRegular, SaveRegular } from '@fluentui/react-icons';
import { FormattedMessage } from 'react-intl';
import { Section } from '../../components/section.tsx';
import { openSetUp, saveSetUp } from '../../stores/set-up-store.ts';

const useStyles = makeStyles({ row: { display: 'flex', flexWrap: 'wrap', gap: '8px' } });

/** The whole set-up as a file, to be kept or taken to another computer. */
export function SetUpSection({ anchor }: { readonly anchor: string }) {
  const styles = useStyles();
  return (
    <Section
      title={<FormattedMessage id="set-up.title" />}
      description={<FormattedMessage id="set-up.description" />}
      anchor={anchor}
    >
      <div className={styles.row}>
        <Button icon={<SaveRegular />} onClick={() => void saveSetUp()}>
          <FormattedMessage id="set-up.save" />
        </Button>
        <Button icon={<FolderOpenRegular />} onClick={() => void openSetUp()}>
          <FormattedMessage id="set-up.open" />
        </Button>
      </div>
    </Section>
  );
}
