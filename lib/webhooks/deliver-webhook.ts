import type { UserContext } from '#lib/auth/user-context.ts';
import type { PortalDeps } from '#lib/deps.ts';
import { messageOf } from '#lib/errors.ts';
import { mayHear } from '#lib/events/event.ts';
import type { DeliverWebhookPayload } from '#lib/jobs/queues.ts';
import { callerOfKey } from '#lib/users/resolve-caller.ts';
import type { Postman } from './post-message.ts';
import { isPrivateAddressError } from './public-address.ts';
import {
  type DeliveryRow,
  findDelivery,
  findSubject,
  lockWebhook,
  takeNewDeliveries,
  updateDelivery,
  updateWebhook,
} from './webhook-repo.ts';

type Deps = Pick<PortalDeps, 'db' | 'queue' | 'webhookSeal' | 'logger' | 'now'> & { postman: Postman };
type FullDelivery = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
/** The waits between attempts, each ±20 % so that a receiver that comes back is not met by all at once. */
const RETRY_AFTER_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR];
/** A webhook to which nothing arrived for this long is switched off. */
const GIVE_UP_MS = 5 * 24 * HOUR;
const BATCH = 100;

export const messageIdOf = (delivery: Pick<DeliveryRow, 'id'>): string => `msg_${delivery.id}`;

/** The same bytes for every attempt. */
const bodyOf = ({ type, createdAt, data }: DeliveryRow): string =>
  JSON.stringify({ type, timestamp: createdAt.toISOString(), data });

/** Whether the key's user may know now what the message tells. */
async function mayKnow(deps: Deps, user: UserContext, delivery: FullDelivery): Promise<boolean> {
  if (delivery.type === 'webhook.test') return true;
  const subject = await findSubject(deps.db, delivery);
  return (
    subject !== null &&
    mayHear(user, {
      ...subject,
      type: delivery.type,
      masterId: delivery.masterId,
      gameId: null,
      reelId: null,
      noteId: null,
      exportId: null,
    })
  );
}

interface Outcome {
  status: number | null;
  /** What went wrong, for whoever set the webhook up; `null` for a 2xx. */
  error: string | null;
  isFinal: boolean;
}

async function attemptIt(deps: Deps, delivery: FullDelivery): Promise<Outcome> {
  const { url, secret } = delivery.webhook;
  const opened = deps.webhookSeal.open(secret);
  if (!opened) return { status: null, error: 'The secret cannot be read: make the webhook anew.', isFinal: true };
  try {
    const message = { id: messageIdOf(delivery), body: bodyOf(delivery) };
    const status = await deps.postman.post({ url, secret: opened.toString() }, message);
    if (status >= 200 && status < 300) return { status, error: null, isFinal: true };
    return { status, error: `The receiver answered ${status}.`, isFinal: status === 410 };
  } catch (error) {
    if (isPrivateAddressError(error)) return { status: null, error: error.message, isFinal: true };
    const { code } = error as NodeJS.ErrnoException;
    const why = typeof code === 'string' ? code : messageOf(error);
    return { status: null, error: `No answer: ${why}`.slice(0, 300), isFinal: false };
  }
}

/** Writes down how an attempt went, and puts the next one in line, in one transaction. */
async function record(deps: Deps, delivery: FullDelivery, { status, error, isFinal }: Outcome): Promise<void> {
  const now = deps.now();
  const { attempts } = delivery;
  const wait = isFinal ? undefined : RETRY_AFTER_MS[attempts];
  const nextAttemptAt =
    wait === undefined ? null : new Date(now.getTime() + Math.round(wait * (0.8 + Math.random() * 0.4)));
  const ended = { state: error === null ? 'delivered' : 'failed', endedAt: now };
  await deps.db.$transaction(async (tx) => {
    // First, as who deletes it does: they would wait for each other in a circle.
    const webhook = await lockWebhook(tx, delivery.webhookId);
    if (!webhook) return;
    const facts = { attempts: attempts + 1, responseStatus: status, error, nextAttemptAt };
    if (!(await updateDelivery(tx, delivery, { ...facts, ...(nextAttemptAt ? {} : ended) }))) return;
    if (nextAttemptAt) {
      await deps.queue.enqueueDeliverWebhook(tx, { deliveryId: delivery.id, attempt: attempts + 1 }, nextAttemptAt);
    }
    const failingSince = error === null ? null : (webhook.failingSince ?? now);
    const isGone = status === 410;
    const isHopeless = failingSince !== null && now.getTime() - failingSince.getTime() > GIVE_UP_MS;
    const off = isGone || isHopeless ? { enabled: false, disabledReason: isGone ? 'gone' : 'failing' } : {};
    if (failingSince !== webhook.failingSince || isGone || isHopeless) {
      await updateWebhook(tx, webhook.id, { failingSince, ...off });
    }
  });
  deps.logger.info(
    { webhook_id: delivery.webhookId, delivery_id: delivery.id, status, attempt: attempts },
    'webhook attempted',
  );
}

/**
 * Makes one attempt at one message. Doing it twice does nothing the second time; a worker that dies between sending
 * and writing down sends again, under the same message id.
 */
export async function deliverWebhook(deps: Deps, { deliveryId, attempt }: DeliverWebhookPayload): Promise<void> {
  const delivery = await findDelivery(deps.db, deliveryId);
  if (delivery?.state !== 'pending' || delivery.attempts !== attempt) return;
  const user = callerOfKey(delivery.webhook.apiKey, deps.now());
  const isWanted = delivery.webhook.enabled || delivery.type === 'webhook.test';
  if (!user || !isWanted || !(await mayKnow(deps, user, delivery))) {
    await updateDelivery(deps.db, delivery, { state: 'dropped', nextAttemptAt: null, endedAt: deps.now() });
    return;
  }
  await record(deps, delivery, await attemptIt(deps, delivery));
}

/** Puts messages in line that the database has addressed since the last time; how many. */
export async function dispatchDeliveries(deps: Pick<Deps, 'db' | 'queue'>): Promise<number> {
  let dispatched = 0;
  for (;;) {
    const taken = await deps.db.$transaction(async (tx) => {
      const rows = await takeNewDeliveries(tx, BATCH);
      for (const { id } of rows) await deps.queue.enqueueDeliverWebhook(tx, { deliveryId: id, attempt: 0 });
      return rows.length;
    });
    dispatched += taken;
    if (taken < BATCH) return dispatched;
  }
}
