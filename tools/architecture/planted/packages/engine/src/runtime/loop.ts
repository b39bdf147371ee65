import '../adapters/one/one.ts';
