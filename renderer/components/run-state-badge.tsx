import { Badge, makeStyles } from '@fluentui/react-components';
import {
  ArrowSyncRegular,
  CheckmarkRegular,
  ClockRegular,
  DismissRegular,
  NextRegular,
  PauseRegular,
  PlugDisconnectedRegular,
  WarningRegular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useIntl } from 'react-intl';
import type { ShownState } from '../stores/export-state.ts';
import { runStateLabels, stateMeanings } from '../text/labels.ts';

type Look = { readonly color: 'success' | 'warning' | 'danger' | 'informative' | 'brand'; readonly icon: ReactElement };

const looks: Readonly<Record<ShownState, Look>> = {
  queued: { color: 'informative', icon: <ClockRegular /> },
  running: { color: 'brand', icon: <ArrowSyncRegular /> },
  pausing: { color: 'informative', icon: <ArrowSyncRegular /> },
  paused: { color: 'informative', icon: <PauseRegular /> },
  cancelling: { color: 'informative', icon: <ArrowSyncRegular /> },
  cancelled: { color: 'informative', icon: <DismissRegular /> },
  interrupted: { color: 'warning', icon: <PlugDisconnectedRegular /> },
  failed: { color: 'danger', icon: <DismissRegular /> },
  successful: { color: 'success', icon: <CheckmarkRegular /> },
  completedWithWarnings: { color: 'warning', icon: <WarningRegular /> },
  skipped: { color: 'warning', icon: <NextRegular /> },
};

const useStyles = makeStyles({ badge: { whiteSpace: 'nowrap', flexShrink: 0 } });

/** A run's state in words, with a shape and a colour beside them, and what it means on pointing at it. */
export function RunStateBadge({
  state,
  waits = false,
  size = 'medium',
}: {
  readonly state: ShownState;
  /** The run stands still until somebody has signed in again. */
  readonly waits?: boolean;
  readonly size?: 'medium' | 'large';
}) {
  const intl = useIntl();
  const styles = useStyles();
  const { color, icon } = looks[waits ? 'interrupted' : state];
  return (
    <Badge
      className={styles.badge}
      appearance="tint"
      color={color}
      icon={icon}
      size={size === 'large' ? 'extra-large' : 'large'}
      title={intl.formatMessage({ id: waits ? 'run.meaning.waits-for-sign-in' : stateMeanings[state] })}
    >
      {intl.formatMessage({ id: waits ? 'run.state.waits-for-sign-in' : runStateLabels[state] })}
    </Badge>
  );
}
