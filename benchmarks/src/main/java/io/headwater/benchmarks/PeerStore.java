package io.headwater.benchmarks;

/** An event store under load, whose streams are numbered. */
public interface PeerStore extends AutoCloseable {

    /** A writer to this stream, which is empty. */
    Appender writer(int stream) throws Exception;

    /** Reads a whole stream, on the calling thread or on another one. */
    Tally stream(int stream) throws Exception;

    /** Reads the events of all streams in the store's order, from the first to the last. */
    Tally log() throws Exception;

    @Override
    void close();
}
