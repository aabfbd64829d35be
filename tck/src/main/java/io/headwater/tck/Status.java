package io.headwater.tck;

/** What became of a rule. There is no other way for a rule to end. */
public enum Status {
    /** The rule holds. */
    PASS("passed"),
    /** It does not, or it was waived and holds, or a capability that is not declared works. */
    FAIL("failed"),
    /** The store does not declare the capability, and was seen to refuse it. */
    NA_PROVEN("n/a, proven"),
    /** It does not hold, and a reason was given. */
    WAIVED("waived"),
    /** It could not be tried. Stands in the way of a claim of conformance. */
    NOT_RUN("not run");

    private final String words;

    Status(String words) {
        this.words = words;
    }

    /** Words for a report. */
    public String words() {
        return words;
    }
}
