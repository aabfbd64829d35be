package io.headwater.benchmarks;

/**
 * The goal for the median of a figure, on an idle machine.
 *
 * @param kind on which side of the bound the median should be
 */
record Goal(Kind kind, double bound) {
    static final Goal NONE = new Goal(Kind.NONE, 0);

    /** The form of the bound in the report. */
    enum Kind {
        NONE(""),
        AT_LEAST("≥"),
        BELOW("<");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    static Goal atLeast(double bound) {
        return new Goal(Kind.AT_LEAST, bound);
    }

    static Goal below(double bound) {
        return new Goal(Kind.BELOW, bound);
    }

    boolean isSet() {
        return kind != Kind.NONE;
    }

    boolean isMet(Samples figure) {
        return switch (kind) {
            case NONE -> true;
            case AT_LEAST -> figure.median() >= bound;
            case BELOW -> figure.median() < bound;
        };
    }

    /** For people: {@code ≥ 0.500}. */
    String words() {
        return isSet() ? kind.sign + " " + NumberText.number(bound) : "";
    }
}
