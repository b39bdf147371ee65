import '../../runtime/loop.ts';
import '../two/two.ts';
