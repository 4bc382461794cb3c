// A first sending around which a person does something: before it goes, or while its answer is on the way.
import type { SendCall, SendResult, XeroApi } from '@stockbook/xero';

/** An API whose first sending is `instead`; all else goes as it is. For one engine: it is not first again on another connection. */
export function firstSend(
  instead: (call: SendCall, api: XeroApi) => Promise<SendResult>,
): (api: XeroApi) => XeroApi {
  let isFirst = true;
  return (api) => ({
    ...api,
    send: async (call) => {
      if (!isFirst) return api.send(call);
      isFirst = false;
      return instead(call, api);
    },
  });
}
