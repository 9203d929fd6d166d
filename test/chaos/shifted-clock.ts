/**
 * Loaded before the bot (`NODE_OPTIONS=--import`): this process believes that it is `CLOCK_SHIFT_MS` later than it is,
 * as on a host whose clock was set wrong. What only measures how long something took, `performance.now()`, is right.
 */
const shiftMs = Number(process.env.CLOCK_SHIFT_MS);
const readClock = Date.now;

Date.now = () => readClock() + shiftMs;
globalThis.Date = new Proxy(Date, {
  apply: (target) => new target(Date.now()).toString(),
  construct: (target, values, caller) =>
    Reflect.construct(target, values.length === 0 ? [Date.now()] : values, caller),
});
