import '../runtime/loop.ts';
