'use client';

import {
  Circle,
  Lightbulb,
  type LucideIcon,
  Minus,
  MousePointer2,
  MoveUpRight,
  Pencil,
  Redo2,
  Trash2,
  Type,
  Undo2,
} from 'lucide-react';
import { Toolbar } from 'radix-ui';
import type { ReactNode, Ref } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#app/_ui/cn.ts';
import { Input } from '#app/_ui/input.tsx';
import { COLOR_NAMES, COLORS, MAX_SHAPE_TEXT } from '#lib/drawing/drawing-schemas.ts';
import type { DrawingDesk, Tool } from './use-drawing.ts';
import { TOOL_KEYS } from './use-drawing-keys.ts';

const ICONS: Readonly<Record<Tool, LucideIcon>> = {
  ...{ select: MousePointer2, pen: Pencil, arrow: MoveUpRight, line: Minus, ellipse: Circle },
  ...{ spotlight: Lightbulb, text: Type },
};

const BUTTON =
  'flex h-9 min-w-9 pointer-coarse:h-11 pointer-coarse:min-w-11 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-text disabled:opacity-40 data-[state=on]:bg-overlay data-[state=on]:text-text data-[state=on]:shadow-sm [&_svg]:size-4';

interface DrawingToolsProps {
  desk: DrawingDesk;
  textRef: Ref<HTMLInputElement>;
}

/** What one draws with: tools, colours, and what takes a step back. */
export function DrawingTools({ desk, textRef }: DrawingToolsProps) {
  const t = useTranslations('notes.draw');
  const { tool, color, selected } = desk;
  const asksText = tool === 'text' || selected?.type === 'text';
  return (
    <div className="flex flex-col gap-2">
      <Toolbar.Root aria-label={t('label')} className="flex flex-wrap items-center gap-1">
        <Toolbar.ToggleGroup
          type="single"
          aria-label={t('tools')}
          value={tool}
          onValueChange={(next) => desk.setTool((TOOL_KEYS.find(([each]) => each === next) ?? [tool])[0])}
          className="flex flex-wrap gap-0.5 rounded-md border border-line bg-raised p-0.5"
        >
          {TOOL_KEYS.map(([each, key]) => {
            const Icon = ICONS[each];
            return (
              <Toolbar.ToggleItem key={each} value={each} {...named(t(`tool.${each}`), key)} className={BUTTON}>
                <Icon aria-hidden />
              </Toolbar.ToggleItem>
            );
          })}
        </Toolbar.ToggleGroup>
        <Toolbar.ToggleGroup
          type="single"
          aria-label={t('colors')}
          value={color}
          onValueChange={(next) => desk.setColor(next || color)}
          className="flex flex-wrap gap-0.5 rounded-md border border-line bg-raised p-0.5"
        >
          {COLOR_NAMES.map((name, index) => (
            <Toolbar.ToggleItem
              key={name}
              value={name}
              {...named(t(`color.${name}`), String(index + 1))}
              className={BUTTON}
            >
              <span
                aria-hidden
                className={cn(
                  'size-5 rounded-full border-2 border-surface ring-1 ring-line-strong',
                  color === name && 'ring-3 ring-text',
                )}
                style={{ background: COLORS[name] }}
              />
            </Toolbar.ToggleItem>
          ))}
        </Toolbar.ToggleGroup>
        <Step name={named(t('undo'), 'Ctrl Z')} isOff={!desk.canUndo} onStep={desk.undo} icon={<Undo2 aria-hidden />} />
        <Step name={named(t('redo'), 'Ctrl Y')} isOff={!desk.canRedo} onStep={desk.redo} icon={<Redo2 aria-hidden />} />
        <Step name={named(t('remove'), 'Del')} isOff={!selected} onStep={desk.remove} icon={<Trash2 aria-hidden />} />
      </Toolbar.Root>
      {asksText ? (
        <Input
          ref={textRef}
          aria-label={t('text')}
          placeholder={t('textHint')}
          maxLength={MAX_SHAPE_TEXT}
          value={desk.text}
          onChange={({ target }) => desk.setText(target.value)}
        />
      ) : null}
    </div>
  );
}

const named = (name: string, key: string) => ({ 'aria-label': name, title: `${name} (${key})` });

interface StepProps {
  name: ReturnType<typeof named>;
  isOff: boolean;
  onStep: () => void;
  icon: ReactNode;
}

function Step({ name, isOff, onStep, icon }: StepProps) {
  return (
    <Toolbar.Button {...name} disabled={isOff} onClick={onStep} className={BUTTON}>
      {icon}
    </Toolbar.Button>
  );
}
