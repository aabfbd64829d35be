package io.headwater;

import java.util.Map;

/** Facts about the storage for operators ({@link Capability#DIAGNOSTICS}, F3). Blocks; thread-safe. */
public interface Diagnostics {

    /**
     * Names and values, without secrets, in the order in which to show them. Always contains {@code streams} and {@code
     * events}, the numbers of streams and of events in the global log.
     */
    Map<String, String> describe();
}
