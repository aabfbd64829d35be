package io.headwater;

import java.util.List;
import java.util.Optional;

/** Lists streams and categories ({@link Capability#STREAM_CATALOG}, F1). Blocks; thread-safe. */
public interface StreamCatalog {

    /**
     * A page of the streams whose ids begin with the prefix, ordered by the code points of their ids. Includes deleted and
     * tombstoned streams.
     *
     * @param prefix plain text; empty for all streams
     * @param after the last stream of the page before; empty for the first page
     * @param limit the maximum number of streams, at least 1
     */
    List<StreamInfo> streams(String prefix, Optional<StreamId> after, int limit);

    /** All categories that have streams, ordered by the code points of their names. */
    List<CategoryInfo> categories();

    /**
     * A stream.
     *
     * @param stream its id
     * @param version its version; 0 if it was tombstoned before it was written
     * @param events the number of its events that can be read
     * @param state whether it can be read and written
     */
    record StreamInfo(StreamId stream, long version, long events, State state) {}

    /** Whether a stream can be read and written. */
    enum State {
        /** It has events that can be read. */
        LIVE,
        /** It was deleted, or truncated to nothing. It can be written again. */
        DELETED,
        /** It was tombstoned. It can be neither read nor written. */
        TOMBSTONED
    }

    /**
     * A category.
     *
     * @param name the text before the first {@code -} in the ids of its streams
     * @param streams the number of its streams, deleted ones included
     * @param events the number of their events that can be read
     */
    record CategoryInfo(String name, long streams, long events) {}
}
