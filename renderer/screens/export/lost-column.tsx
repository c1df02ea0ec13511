import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';

interface LostColumnProps {
  readonly field: string;
  /** The heading that is gone. */
  readonly heading: string;
  /** The heading that seems to have taken its place. */
  readonly proposed: string | null;
  readonly onConfirm: () => void;
}

/** A column that an export used and that the newer file calls otherwise, or has no more. One click confirms. */
export function LostColumn({ field, heading, proposed, onConfirm }: LostColumnProps) {
  return (
    <MessageBar intent="warning" layout="multiline" data-testid="lost-column">
      <MessageBarBody>
        <FormattedMessage
          id={proposed === null ? 'matching.lost' : 'matching.lost-proposed'}
          values={{ field, heading, proposed }}
        />
      </MessageBarBody>
      {proposed !== null && (
        <MessageBarActions>
          <Button onClick={onConfirm}>
            <FormattedMessage id="matching.lost.confirm" values={{ proposed }} />
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
