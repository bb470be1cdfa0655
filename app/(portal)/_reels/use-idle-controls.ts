import { type RefObject, useEffect, useEffectEvent, useState } from 'react';

/** Controls go away so long after the last sign of life, while something plays. */
const IDLE_MS = 2500;

/** Whether the controls are shown: while nothing plays, and for a while after a finger, a mouse or a key. */
export function useIdleControls(containerRef: RefObject<HTMLElement | null>, isPaused: boolean): boolean {
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    const container = containerRef.current;
    if (!container) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = () => {
      setIsIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIsIdle(true), IDLE_MS);
    };
    const names = ['pointermove', 'pointerdown', 'focusin', 'keydown'] as const;
    for (const name of names) container.addEventListener(name, wake);
    wake();
    return () => {
      clearTimeout(timer);
      for (const name of names) container.removeEventListener(name, wake);
    };
  }, [containerRef]);
  return isPaused || !isIdle;
}

/** A mouse that clicks on the picture plays and pauses; a finger shows the controls, and no more. */
export function useMouseClick(stageRef: RefObject<HTMLElement | null>, onClick: () => void): void {
  const act = useEffectEvent((event: MouseEvent) => {
    // A click is a pointer's everywhere but in old browsers.
    if ((event as Partial<PointerEvent>).pointerType !== 'touch') onClick();
  });
  useEffect(() => {
    const stage = stageRef.current;
    const listen = (event: MouseEvent) => act(event);
    stage?.addEventListener('click', listen);
    return () => stage?.removeEventListener('click', listen);
  }, [stageRef]);
}
