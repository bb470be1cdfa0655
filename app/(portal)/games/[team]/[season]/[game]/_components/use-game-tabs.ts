import { useEffect, useRef } from 'react';
import { type GameTab, type GameUrlState, TABS } from './use-game-url-state.ts';

/** The tabs of a game; that of its clocks is for those who tie them to films, where there are any. */
export function useGameTabs({ tab: named, setHere }: Pick<GameUrlState, 'tab' | 'setHere'>, hasClocks: boolean) {
  const clocksRef = useRef<HTMLElement>(null);
  const isAwaited = useRef(false);
  const tabs = TABS.filter((each) => each !== 'clocks' || hasClocks);
  const tab: GameTab = tabs.find((each) => each === named) ?? 'plays';
  useEffect(() => {
    if (tab !== 'clocks' || !isAwaited.current) return;
    isAwaited.current = false;
    clocksRef.current?.focus();
  }, [tab]);
  /** Opens the clocks, and goes there. */
  const openClocks = () => {
    if (tab === 'clocks') return clocksRef.current?.focus();
    isAwaited.current = true;
    setHere({ tab: 'clocks' });
  };
  return { tabs, tab, clocksRef, openClocks };
}
export type GameTabs = ReturnType<typeof useGameTabs>;
