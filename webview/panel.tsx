import { render } from 'preact';
import { speak } from '../src/language.js';
import { App } from './app.js';
import { registerControls } from './controls.js';
import { languageOfPage } from './language-of-page.js';

speak(languageOfPage());
registerControls();
render(<App />, document.body);
