package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq;

/**
 * What a read of {@code $all} filters by.
 *
 * @param window how many records are looked at for a page; none if it is not above 0
 * @param checkpointInterval after how many records a subscription is sent a checkpoint; 0 without a filter
 */
record FilterWindow(EventFilter filter, int window, long checkpointInterval) {
    private static final int DEFAULT_WINDOW = 32;

    static FilterWindow of(ReadReq.Options options, Profile profile) {
        if (!options.hasFilter()) {
            return new FilterWindow(EventFilter.EVERYTHING, Integer.MAX_VALUE, 0);
        }
        ReadReq.Options.FilterOptions filter = options.getFilter();
        int window = filter.getWindowCase() == ReadReq.Options.FilterOptions.WindowCase.MAX
                ? filter.getMax()
                : DEFAULT_WINDOW;
        long interval =
                Integer.toUnsignedLong(window) * Integer.toUnsignedLong(filter.getCheckpointIntervalMultiplier());
        return new FilterWindow(EventFilters.of(filter, profile), window, interval);
    }
}
