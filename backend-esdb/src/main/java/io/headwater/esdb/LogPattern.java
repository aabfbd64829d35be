package io.headwater.esdb;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions.Expression;

/** A regular expression of the server's, by which it filters the log. */
record LogPattern(Subject subject, String regex) {

    /** What the expression is tried on. */
    enum Subject {
        STREAM,
        TYPE
    }

    /**
     * The filter of a read or of a subscription.
     *
     * @param window the number of records that the server examines before it tells how far it is
     */
    FilterOptions options(int window) {
        Expression expression = Expression.newBuilder().setRegex(regex).build();
        FilterOptions.Builder options =
                FilterOptions.newBuilder().setMax(window).setCheckpointIntervalMultiplier(1);
        return subject == Subject.STREAM
                ? options.setStreamIdentifier(expression).build()
                : options.setEventType(expression).build();
    }
}
