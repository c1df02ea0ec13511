import { Button, makeStyles } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';

const useStyles = makeStyles({ more: { display: 'flex', justifyContent: 'center', padding: '12px' } });

/** Shows the next rows of a long table. */
export function ShowMore({ onShow }: { readonly onShow: () => void }) {
  const styles = useStyles();
  return (
    <div className={styles.more}>
      <Button onClick={onShow}>
        <FormattedMessage id="action.show-more" />
      </Button>
    </div>
  );
}
