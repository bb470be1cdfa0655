'use client';

import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import type { RinkBox } from '#lib/plays/play-field-schemas.ts';
import { rinkText } from '#lib/plays/rink-schemas.ts';
import { type BoxSides, boxOfText, sidesOfBox } from './rink-geometry.ts';

const SIDES = ['x1', 'x2', 'y1', 'y2'] as const;
/** Where each stands in a box's four numbers. */
const PLACES = { x1: 0, y1: 1, x2: 2, y2: 3 } as const satisfies Record<(typeof SIDES)[number], keyof BoxSides>;

/** No sheet reaches further. */
const BOUNDS = { x1: 100, x2: 100, y1: 50, y2: 50 } as const;

/** The box in four numbers, for those who drag nothing. */
export function RinkBoxFields({ box, onBox }: { box: RinkBox | null; onBox: (box: RinkBox | null) => void }) {
  const t = useTranslations('rink');
  const take = (form: FormData) => {
    const text = (['x1', 'y1', 'x2', 'y2'] as const).map((side) => form.get(side)).join(',');
    const typed = boxOfText(text);
    if (typed) onBox(typed);
  };
  return (
    // Another box, dragged or chosen, is what the fields show.
    <form
      key={box ? rinkText(box) : ''}
      onSubmit={(event) => {
        event.preventDefault();
        take(new FormData(event.currentTarget));
      }}
      aria-label={t('box')}
      className="@container"
    >
      <fieldset className="grid grid-cols-2 items-end gap-2 @md:grid-cols-[repeat(4,minmax(0,1fr))_auto]">
        <legend className="mb-1 text-xs text-muted">{t('boxHint')}</legend>
        {SIDES.map((side) => (
          <Field key={side} label={t(`sides.${side}`)}>
            {(control) => (
              <Input
                {...control}
                name={side}
                type="number"
                inputMode="decimal"
                step="any"
                required
                min={-BOUNDS[side]}
                max={BOUNDS[side]}
                defaultValue={box ? sidesOfBox(box)[PLACES[side]] : ''}
              />
            )}
          </Field>
        ))}
        <Button type="submit" variant="secondary" className="col-span-2 @md:col-span-1">
          {t('apply')}
        </Button>
      </fieldset>
    </form>
  );
}
