// Mounts the dashboard.
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import './style.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');
render(() => <App />, root);
