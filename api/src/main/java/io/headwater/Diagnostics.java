package io.headwater;

import java.util.Map;

/** Facts about the storage for operators ({@link Capability#DIAGNOSTICS}). Blocks; thread-safe. */
public interface Diagnostics {

    /**
     * Names and values in the order in which to show them, without secrets. {@code streams} and {@code events} (in the
     * global log) are always among them.
     */
    Map<String, String> describe();
}
