// For an address that leads nowhere.
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty } from '../../ui/shown.tsx';

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <Empty
        title="There is no page at this address"
        action={<ButtonLink href="/">Go to the overview</ButtonLink>}
      >
        It may have been mistyped, or the link is older than what it pointed to.
      </Empty>
    </Page>
  );
}
