package io.headwater.benchmarks;

/** An event store under load, whose streams have numbers. */
public interface PeerStore extends AutoCloseable {

    /** A writer to this stream, which is empty. */
    Appender writer(int stream) throws Exception;

    /** Reads a whole stream, by the thread that calls or for it. */
    Tally stream(int stream) throws Exception;

    /** Reads the events of all streams in the store's order, from the first to the last. */
    Tally log() throws Exception;

    @Override
    void close();
}
