package io.headwater.migration.verify;

/** Two stores are not equal, or it is not known because the comparison ended early. */
public final class StoresDiffer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Verification verification;

    StoresDiffer(Verification verification) {
        super(
                verification.counts().isEmpty()
                        ? "the comparison ended early"
                        : "the stores differ: " + verification.counts());
        this.verification = verification;
    }

    /** The result. */
    public Verification verification() {
        return verification;
    }
}
