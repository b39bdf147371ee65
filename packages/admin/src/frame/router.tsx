// Addresses inside the application. Every page is loaded when somebody goes there.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  RouterProvider,
} from '@tanstack/react-router';
import { areas } from '../areas.ts';
import { ErrorState } from '../parts/states.tsx';
import { NotFound } from './not-found.tsx';
import { parseSearch, stringifySearch } from './search.ts';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const pages = areas
  .flatMap((area) => area.pages)
  .map(({ path, load }) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: lazyRouteComponent(async () => ({ default: await load() })),
    }),
  );
const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => <Navigate to={areas[0]!.path} replace />,
});

const router = createRouter({
  routeTree: root.addChildren([home, ...pages]),
  basepath: new URL(document.baseURI).pathname,
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
  scrollRestoration: true,
});

export function Router() {
  return <RouterProvider router={router} />;
}
