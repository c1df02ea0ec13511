import { Badge, makeStyles } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkRegular,
  ClockRegular,
  DismissRegular,
  PauseRegular,
  WarningRegular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useIntl } from 'react-intl';
import type { RunState } from '../../preload/contract/views.ts';
import { runStateLabels } from '../text/labels.ts';

type Look = { readonly color: 'success' | 'warning' | 'danger' | 'informative' | 'brand'; readonly icon: ReactElement };

const looks: Readonly<Record<RunState, Look>> = {
  queued: { color: 'informative', icon: <ClockRegular /> },
  running: { color: 'brand', icon: <ArrowSyncRegular /> },
  cancelling: { color: 'informative', icon: <ArrowSyncRegular /> },
  cancelled: { color: 'informative', icon: <DismissRegular /> },
  interrupted: { color: 'warning', icon: <PauseRegular /> },
  failed: { color: 'danger', icon: <DismissRegular /> },
  successful: { color: 'success', icon: <CheckmarkRegular /> },
  completedWithWarnings: { color: 'warning', icon: <WarningRegular /> },
};

const useStyles = makeStyles({ badge: { whiteSpace: 'nowrap', flexShrink: 0 } });

/** A run's state in words, with a shape and a colour beside them. */
export function RunStateBadge({
  state,
  size = 'medium',
}: {
  readonly state: RunState;
  readonly size?: 'medium' | 'large';
}) {
  const intl = useIntl();
  const styles = useStyles();
  const { color, icon } = looks[state];
  return (
    <Badge
      className={styles.badge}
      appearance="tint"
      color={color}
      icon={icon}
      size={size === 'large' ? 'extra-large' : 'large'}
    >
      {intl.formatMessage({ id: runStateLabels[state] })}
    </Badge>
  );
}
