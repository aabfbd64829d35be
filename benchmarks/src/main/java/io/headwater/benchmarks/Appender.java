package io.headwater.benchmarks;

import java.util.List;

/** Appends to one stream, whose version it knows, so that each append has an expected version. Used by one thread. */
public interface Appender {
    /** Returns when the events are as durable as the store makes them. */
    void append(List<SampleEvent> events) throws Exception;
}
