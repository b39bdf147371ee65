import './testing.ts';
