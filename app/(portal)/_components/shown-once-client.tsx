'use client';

import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#app/_ui/button.tsx';
import { Dialog } from '#app/_ui/dialog.tsx';
import { Field } from '#app/_ui/field.tsx';
import { Input } from '#app/_ui/input.tsx';
import { toast } from '#app/_ui/toast.ts';

interface ShownOnceProps {
  title: ReactNode;
  description: ReactNode;
  label: string;
  secret: string;
  onClose: () => void;
}

/** A secret that is shown this one time, to be copied. */
export function ShownOnce({ title, description, label, secret, onClose }: ShownOnceProps) {
  const t = useTranslations('people.once');
  const common = useTranslations('common.action');
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => toast.success(t('copied')),
      () => undefined,
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      closeLabel={common('close')}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <div className="flex items-end gap-2">
        <Field label={label} className="grow">
          {(control) => (
            <Input
              {...control}
              readOnly
              value={secret}
              className="font-mono"
              onFocus={(event) => event.currentTarget.select()}
            />
          )}
        </Field>
        <Button onClick={copy}>
          <Copy aria-hidden />
          {t('copy')}
        </Button>
      </div>
    </Dialog>
  );
}
