package io.headwater.dynamodb.server;

import java.util.ArrayList;
import java.util.List;

/** Projection expressions. */
final class ProjectionParser extends ExpressionParser {
    private ProjectionParser(String expression, Placeholders placeholders) {
        super("ProjectionExpression", expression, placeholders);
    }

    static List<Path> parse(String expression, Placeholders placeholders) {
        ProjectionParser parser = new ProjectionParser(expression, placeholders);
        List<Path> paths = new ArrayList<>();
        do {
            paths.add(parser.path());
        } while (parser.skip(","));
        parser.expectEnd();
        PathChecks.disjoint(parser, paths);
        parser.checkProblems();
        return paths;
    }
}
