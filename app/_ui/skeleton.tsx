import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

/** A grey shape of the final size. Hidden from screen readers: announce the wait once, beside it. */
export function Skeleton({ className, ...rest }: ComponentProps<'div'>) {
  return <div aria-hidden className={cn('animate-pulse rounded-md bg-hover', className)} {...rest} />;
}
