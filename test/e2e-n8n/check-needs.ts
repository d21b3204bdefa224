import { sayWhatLacks } from './needs.ts';

sayWhatLacks(['n8n', 'pack', 'services']);
