package io.headwater;

import java.util.function.Consumer;

/**
 * Checks whether what a store holds fits together, as after a restore or a repair. A facet of stores that can. Reads everything that
 * the store holds, and changes nothing; what is appended meanwhile may be reported. Blocks; thread-safe.
 */
public interface StoreVerifier {

    /**
     * Checks the whole store.
     *
     * @param problems receives each problem that is found, on the calling thread
     * @throws StoreUnavailable if the storage cannot be reached
     * @throws OperationInterrupted if the thread is interrupted
     */
    Summary verify(Consumer<Problem> problems);

    /**
     * Something that does not fit.
     *
     * @param name what kind of problem it is, the same for all of this kind, such as {@code events missing}
     * @param detail what is concerned, and what may help, in one line for people
     */
    record Problem(String name, String detail) {}

    /**
     * What was checked.
     *
     * @param streams the number of streams
     * @param events the number of events that are stored, hidden ones included
     */
    record Summary(long streams, long events) {}
}
