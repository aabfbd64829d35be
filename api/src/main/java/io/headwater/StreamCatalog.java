package io.headwater;

import java.util.List;
import java.util.Optional;

/** What streams there are ({@link Capability#STREAM_CATALOG}). All calls block; thread-safe. */
public interface StreamCatalog {

    /**
     * Streams whose ids begin with the prefix, by id, in order of code points. Deleted and tombstoned ones are among them.
     *
     * @param prefix plain text; empty for all
     * @param after the last stream of the page before; empty for the first page
     * @param limit the most to return, at least 1
     */
    List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit);

    /** All categories that have streams, by name. */
    List<CategoryInfo> categories();

    /**
     * A stream.
     *
     * @param stream its id
     * @param version its version; 0 if it was tombstoned before it was ever written
     * @param events how many of its events can be read
     * @param state what can be done with it
     */
    record StreamInfo(StreamId stream, long version, long events, State state) {}

    /** What can be done with a stream. */
    enum State {
        /** It has events. */
        LIVE,
        /** It was deleted, or truncated to nothing, and can be written again. */
        DELETED,
        /** It is gone for good. */
        TOMBSTONED
    }

    /**
     * A category.
     *
     * @param name the text before the first {@code -} of its streams
     * @param streams how many streams it has, deleted ones among them
     * @param events how many events of them can be read
     */
    record CategoryInfo(String name, long streams, long events) {}
}
