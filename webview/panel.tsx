import { render } from 'preact';
import { App } from './app.js';
import { registerControls } from './controls.js';

registerControls();
render(<App />, document.body);
