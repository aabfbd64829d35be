package io.headwater.benchmarks;

/**
 * What we want of the median of a figure, on a quiet machine.
 *
 * @param kind on which side of the bound it should lie
 */
record Goal(Kind kind, double bound) {
    static final Goal NONE = new Goal(Kind.NONE, 0);

    /** How the bound is written. */
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
        return isSet() ? kind.sign + " " + Words.number(bound) : "";
    }
}
