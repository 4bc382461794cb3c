// A first sending that comes to something else than Xero's answer: what is lost, refused, or done by a person meanwhile.
import type { CallResult, SendCall, SendResult, XeroApi } from '@stockbook/xero';

type Failed = Extract<CallResult, { kind: 'failed' }>;

/** An API whose first sending that is meant is `instead`; all else goes as it is. For one engine: it is not first again on another connection. */
export function firstSend(
  instead: (call: SendCall, api: XeroApi) => Promise<SendResult>,
  isMeant: (call: SendCall) => boolean = () => true,
): (api: XeroApi) => XeroApi {
  let isFirst = true;
  return (api) => ({
    ...api,
    send: async (call) => {
      if (!isFirst || !isMeant(call)) return api.send(call);
      isFirst = false;
      return instead(call, api);
    },
  });
}

/** What a call that failed comes to, where its headers said nothing. */
export function failedCall(failure: Failed['failure']): Failed {
  return { kind: 'failed', failure, allowance: { leftThisMinute: null, leftToday: null }, calls: 1 };
}
