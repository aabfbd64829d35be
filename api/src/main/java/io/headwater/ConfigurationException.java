package io.headwater;

import org.jspecify.annotations.Nullable;

/** A URL or option that cannot be used (E3). The message names the key, the value and what is allowed. */
public final class ConfigurationException extends EventStoreException {
    private static final long serialVersionUID = 1L;

    /** With a message that says what is wrong and what to do. */
    public ConfigurationException(String message) {
        this(message, null);
    }

    /** With a message that says what is wrong and what to do. */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, Retry.NEVER, cause);
    }
}
