package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import java.util.List;

/** The index of categories, read by one prefix of streams that names it. A stream without a dash is a category of its own. */
final class CategoryIndex {
    private static final String PREFIX = "$idx-ce-";

    private CategoryIndex() {}

    static boolean asked(FilterOptions options, Profile profile) {
        List<String> prefixes = options.getStreamIdentifier().getPrefixList();
        return profile.categoryIndex()
                && prefixes.size() == 1
                && prefixes.get(0).startsWith(PREFIX);
    }

    static EventFilter filter(FilterOptions options) {
        String category = options.getStreamIdentifier().getPrefix(0).substring(PREFIX.length());
        return record ->
                !Streams.isSystem(record.stream()) && category(record.stream()).equals(category);
    }

    private static String category(String stream) {
        int dash = stream.indexOf('-');
        return dash < 0 ? stream : stream.substring(0, dash);
    }
}
