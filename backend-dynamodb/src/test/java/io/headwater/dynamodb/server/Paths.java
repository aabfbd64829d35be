package io.headwater.dynamodb.server;

import java.util.HashSet;
import java.util.Set;

/** The paths that a condition looks at. */
final class Paths {
    private final Set<Path> paths = new HashSet<>();

    private Paths() {}

    static Set<Path> of(Condition condition) {
        Paths found = new Paths();
        found.visit(condition);
        return found.paths;
    }

    private void visit(Condition condition) {
        if (condition instanceof Condition.And and) {
            visit(and.left());
            visit(and.right());
        } else if (condition instanceof Condition.Or or) {
            visit(or.left());
            visit(or.right());
        } else if (condition instanceof Condition.Not not) {
            visit(not.condition());
        } else if (condition instanceof Condition.Exists exists) {
            paths.add(exists.path());
        } else {
            visitOperands(condition);
        }
    }

    private void visitOperands(Condition condition) {
        if (condition instanceof Condition.Comparison comparison) {
            visit(comparison.left());
            visit(comparison.right());
        } else if (condition instanceof Condition.Between between) {
            visit(between.operand());
            visit(between.lower());
            visit(between.upper());
        } else if (condition instanceof Condition.In in) {
            visit(in.operand());
            in.candidates().forEach(this::visit);
        } else if (condition instanceof Condition.BeginsWith begins) {
            visit(begins.operand());
            visit(begins.prefix());
        } else if (condition instanceof Condition.Contains contains) {
            visit(contains.operand());
            visit(contains.part());
        } else if (condition instanceof Condition.HasType type) {
            visit(type.operand());
        }
    }

    private void visit(Operand operand) {
        if (operand instanceof Operand.At at) {
            paths.add(at.path());
        } else if (operand instanceof Operand.SizeOf size) {
            visit(size.of());
        }
    }
}
