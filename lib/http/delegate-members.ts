/**
 * Makes a class an ordinary `Whole` to everybody: what it does not do itself is asked of a whole one, which is made when
 * somebody asks. For what costs more to make than all that is read of it.
 */
export const delegateMembers = <Whole extends object>(
  lazy: { prototype: object },
  whole: { prototype: Whole },
  toWhole: (self: never) => Whole,
): void => {
  Object.setPrototypeOf(lazy.prototype, whole.prototype);
  for (const name of Reflect.ownKeys(whole.prototype)) {
    const { get, value } = Object.getOwnPropertyDescriptor(whole.prototype, name) ?? {};
    const member: unknown = get ?? value;
    if (Object.hasOwn(lazy.prototype, name) || typeof member !== "function") continue;
    const ask = function (this: never, ...values: unknown[]): unknown {
      return member.apply(toWhole(this), values);
    };
    Object.defineProperty(lazy.prototype, name, get ? { get: ask } : { value: ask });
  }
};
