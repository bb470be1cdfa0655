'use client';

import { Ellipsis, FolderOpen, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { IconButton } from '#app/_ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#app/_ui/dropdown-menu.tsx';
import type { MasterJson } from '#lib/masters/master-schemas.ts';

interface MasterMenuProps {
  master: MasterJson;
  /** Not on its own page. */
  canOpen?: boolean;
  onDelete: () => void;
}

/** What can be done with a master; deleting it is not at hand by accident. */
export function MasterMenu({ master, canOpen = true, onDelete }: MasterMenuProps) {
  const t = useTranslations('masters');
  const { filename: name } = master;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton size="sm" label={t('actionsOf', { name })}>
          <Ellipsis aria-hidden />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {canOpen ? (
          <>
            <DropdownMenuItem asChild>
              <Link href={`/admin/masters/${master.id}`}>
                <FolderOpen aria-hidden />
                {t('openThis')}
              </Link>
            </DropdownMenuItem>
            <DropdownMenuSeparator />
          </>
        ) : null}
        <DropdownMenuItem destructive onSelect={onDelete}>
          <Trash2 aria-hidden />
          {t('delete.button')}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
