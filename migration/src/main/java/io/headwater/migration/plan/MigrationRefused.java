package io.headwater.migration.plan;

/** A migration was not begun, or has stopped, for a reason that the same call would meet again. */
public final class MigrationRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Block code;

    /**
     * Says why.
     *
     * @param detail what was found, as one line in lower case, without payloads and secrets
     */
    public MigrationRefused(Block code, String detail) {
        super(code.name() + ": " + detail + "; " + code.remedy());
        this.code = code;
    }

    /** The reason. */
    public Block code() {
        return code;
    }
}
