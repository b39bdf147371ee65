// Door of the suite that every store of files has to pass, in front of the real one.

export { type FilesContract, filesContract } from './testing/files.contract.ts';
