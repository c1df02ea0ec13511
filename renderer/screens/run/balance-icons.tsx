import {
  CheckmarkCircleRegular,
  DismissCircleRegular,
  DocumentCopyRegular,
  EqualCircleRegular,
  PauseCircleRegular,
  ProhibitedRegular,
  QuestionCircleRegular,
  ShieldRegular,
} from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import type { balanceParts } from '../../text/labels.ts';

export type BalancePart = (typeof balanceParts)[number]['part'];

/** The sign of each part of the balance, beside its colour. */
export const partIcons: Readonly<Record<BalancePart, ReactElement>> = {
  accepted: <CheckmarkCircleRegular />,
  unchanged: <EqualCircleRegular />,
  duplicate: <DocumentCopyRegular />,
  rejected: <DismissCircleRegular />,
  heldBack: <ShieldRegular />,
  refused: <ProhibitedRegular />,
  notSent: <PauseCircleRegular />,
  unknown: <QuestionCircleRegular />,
};
