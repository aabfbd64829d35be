package io.headwater.esdb.server;

import io.kurrent.dbclient.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/** Makes filters of what a request says: by regular expression, else by prefixes, of the stream or of the type. */
final class EventFilters {
    private EventFilters() {}

    static EventFilter of(FilterOptions options, Profile profile) {
        if (CategoryIndex.asked(options, profile)) {
            return CategoryIndex.filter(options);
        }
        return switch (options.getFilterCase()) {
            case STREAM_IDENTIFIER -> filter(options.getStreamIdentifier(), StoredRecord::stream);
            case EVENT_TYPE -> filter(options.getEventType(), StoredRecord::type);
            default -> throw Refusals.notValid(text(options), "ReadReq+Types+Options+Types+FilterOptions");
        };
    }

    private static EventFilter filter(FilterOptions.Expression expression, Function<StoredRecord, String> of) {
        Predicate<String> matches = expression.getRegex().isEmpty()
                ? prefixes(List.copyOf(expression.getPrefixList()))
                : regex(expression.getRegex());
        return record -> matches.test(of.apply(record));
    }

    private static Predicate<String> regex(String regex) {
        try {
            return DotNetRegex.compile(regex);
        } catch (PatternSyntaxException e) {
            throw Refusals.exceptionInHandler();
        }
    }

    private static Predicate<String> prefixes(List<String> prefixes) {
        List<CulturePrefix> all = prefixes.stream().map(CulturePrefix::new).toList();
        return text -> all.stream().anyMatch(prefix -> prefix.test(text));
    }

    /** As the server's language writes messages as text. */
    private static String text(FilterOptions options) {
        StringBuilder members = new StringBuilder();
        if (options.hasMax()) {
            members.append("\"max\": ")
                    .append(Integer.toUnsignedString(options.getMax()))
                    .append(", ");
        } else if (options.hasCount()) {
            members.append("\"count\": { }, ");
        }
        if (options.getCheckpointIntervalMultiplier() != 0) {
            members.append("\"checkpointIntervalMultiplier\": ")
                    .append(Integer.toUnsignedString(options.getCheckpointIntervalMultiplier()))
                    .append(", ");
        }
        return members.isEmpty() ? "{ }" : "{ " + members.substring(0, members.length() - 2) + " }";
    }
}
