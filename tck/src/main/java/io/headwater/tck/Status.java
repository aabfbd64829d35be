package io.headwater.tck;

/** How a rule ended. */
public enum Status {
    /** The rule holds. */
    PASS("passed"),
    /** The rule does not hold; or it was waived and holds; or a capability that is not declared works. */
    FAIL("failed"),
    /** The store does not declare the capability of the rule, and refused to use it. */
    NA_PROVEN("n/a, proven"),
    /** The rule does not hold, and a reason was given. */
    WAIVED("waived"),
    /** The rule could not be run. A claim of conformance is then not possible. */
    NOT_RUN("not run");

    private final String words;

    Status(String words) {
        this.words = words;
    }

    /** The status as text for a report. */
    public String words() {
        return words;
    }
}
