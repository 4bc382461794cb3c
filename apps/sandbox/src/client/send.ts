// Calls to the sandbox's own addresses by HTTP.

/** Posts `body`, or gets where there is none. */
export async function call(address: string, body?: Readonly<Record<string, unknown>>): Promise<unknown> {
  const post = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
  return (await send(address, body === undefined ? {} : post)).json();
}

/** Throws one sentence where the sandbox refuses. */
export async function send(address: string, init: RequestInit): Promise<Response> {
  const response = await fetch(address, init);
  if (response.ok) return response;
  throw new Error(`The sandbox refused ${address} with ${response.status}: ${await response.text()}`);
}
