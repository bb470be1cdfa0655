'use client';

import { Keyboard, Repeat, StepBack, StepForward, ToggleLeft, ToggleRight, X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { remember, usePlayOn } from '#app/_client/remembered.ts';
import { type FrameRate, formatClock, formatTimecode } from '#app/_client/timecode.ts';
import { Button, IconButton } from '#app/_ui/button.tsx';
import { Tooltip, TooltipProvider } from '#app/_ui/tooltip.tsx';
import { isLooping, type LoopRange, loopBounds } from './loop-range.ts';
import type { PlayerAction } from './player-keys.ts';

interface PlayerStripProps {
  timecodeRef: RefObject<HTMLOutputElement | null>;
  startS: number;
  frameRate: FrameRate | null;
  loop: LoopRange;
  durationS: number;
  perform: (action: PlayerAction) => void;
  /** Before the button of the keys. */
  children?: ReactNode;
}

/** Under the picture: what the keys do, for hands that have none; and the master's timecode. */
export function PlayerStrip({ timecodeRef, startS, frameRate, loop, durationS, perform, children }: PlayerStripProps) {
  const t = useTranslations('clip.player');
  const write = (seconds: number) => (frameRate ? formatTimecode(seconds, frameRate) : formatClock(seconds));
  return (
    <TooltipProvider>
      <div className="mt-2 flex flex-wrap items-center gap-x-1 gap-y-1">
        <StripButton label={t('frameBack')} onClick={() => perform({ kind: 'step-frame', direction: -1 })}>
          <StepBack aria-hidden />
        </StripButton>
        <StripButton label={t('frameForward')} onClick={() => perform({ kind: 'step-frame', direction: 1 })}>
          <StepForward aria-hidden />
        </StripButton>
        <Tooltip text={t('timecode')}>
          <output
            ref={timecodeRef}
            aria-label={t('timecode')}
            aria-live="off"
            className="min-w-24 sm:mx-1.5 rounded bg-raised px-2 py-1 text-center font-mono text-[0.8125rem]"
          >
            {write(startS)}
          </output>
        </Tooltip>
        <Tooltip text={t('loopStart')}>
          <Button size="sm" variant="ghost" aria-label={t('loopStart')} onClick={() => perform({ kind: 'loop-start' })}>
            <Repeat aria-hidden />A
          </Button>
        </Tooltip>
        <Tooltip text={t('loopEnd')}>
          <Button size="sm" variant="ghost" aria-label={t('loopEnd')} onClick={() => perform({ kind: 'loop-end' })}>
            <Repeat aria-hidden />B
          </Button>
        </Tooltip>
        {isLooping(loop) ? (
          <Button size="sm" variant="secondary" aria-label={t('loopOff')} onClick={() => perform({ kind: 'loop-off' })}>
            <X aria-hidden />
            <LoopLength bounds={loopBounds(loop, durationS)} />
          </Button>
        ) : null}
        <span className="flex-1" />
        {children}
        {/* A screen under fingers has no keys. */}
        <StripButton label={t('keys')} className="pointer-coarse:hidden" onClick={() => perform({ kind: 'show-keys' })}>
          <Keyboard aria-hidden />
        </StripButton>
      </div>
    </TooltipProvider>
  );
}

/** Whether the next clip of the list follows at the end of this one. */
export function PlayOnSwitch() {
  const t = useTranslations('watch');
  const isOn = usePlayOn();
  return (
    <Tooltip text={t('playOnHint')}>
      <Button
        size="sm"
        variant="ghost"
        role="switch"
        aria-checked={isOn}
        onClick={() => remember('play-on', isOn ? 'off' : 'on')}
        className={isOn ? 'text-text' : ''}
      >
        {isOn ? <ToggleRight aria-hidden className="text-accent-text" /> : <ToggleLeft aria-hidden />}
        {t('playOn')}
      </Button>
    </Tooltip>
  );
}

function LoopLength({ bounds }: { bounds: { startS: number; endS: number } }) {
  return (
    <span className="font-mono text-xs">
      {bounds.startS.toFixed(2)}–{bounds.endS.toFixed(2)} s
    </span>
  );
}

interface StripButtonProps {
  label: string;
  className?: string;
  onClick: () => void;
  children: ReactNode;
}

function StripButton({ label, className, onClick, children }: StripButtonProps) {
  return (
    <Tooltip text={label}>
      <IconButton label={label} size="sm" className={className} onClick={onClick}>
        {children}
      </IconButton>
    </Tooltip>
  );
}
