package io.headwater.dynamodb.server;

import java.util.List;

/** No two paths of an update or a projection may concern the same place. */
final class PathChecks {
    private PathChecks() {}

    static void disjoint(ExpressionParser parser, List<Path> paths) {
        for (int i = 0; i < paths.size(); i++) {
            for (int j = i + 1; j < paths.size(); j++) {
                check(parser, paths.get(i), paths.get(j));
            }
        }
    }

    private static void check(ExpressionParser parser, Path one, Path two) {
        String which =
                " with each other; must remove or rewrite one of these paths; path one: " + one + ", path two: " + two;
        if (one.overlaps(two)) {
            parser.report(Problem.OVERLAP, "Two document paths overlap" + which);
        }
        if (one.conflicts(two)) {
            parser.report(Problem.CONFLICT, "Two document paths conflict" + which);
        }
    }
}
