package io.headwater.esdb;

import io.headwater.LogFilter;
import io.headwater.StreamId;
import io.headwater.esdb.LogPattern.Subject;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Filters of the log in the server's regular expressions, which are those of .NET and find their text anywhere in a
 * name. A filter by prefixes is never sent: the server compares these by culture, and so finds other characters than
 * those asked for.
 */
final class LogPatterns {
    /** The server compiles an expression at every call, which takes longer than to read the log unfiltered. */
    private static final int MAX_LENGTH = 4 << 10;

    /** What has a meaning in an expression. All other characters stand for themselves, also those beyond U+FFFF. */
    private static final String SPECIAL = "\\*+?|{}[]()^$.#";

    private LogPatterns() {}

    /** Accepts the streams of applications, and neither the server's nor the store's own. */
    static LogPattern visible(Namespace namespace) {
        return new LogPattern(Subject.STREAM, namespace.usersStreams());
    }

    /** Accepts one stream. */
    static LogPattern exactly(StreamId stream) {
        return new LogPattern(Subject.STREAM, "^" + escaped(stream.value()) + "\\z");
    }

    /**
     * Accepts what the filter accepts, and possibly more: the filter has to be applied to what is read. Empty if the
     * server is to filter nothing.
     */
    static Optional<LogPattern> of(LogFilter filter) {
        return wanted(filter).filter(pattern -> pattern.regex().length() <= MAX_LENGTH);
    }

    private static Optional<LogPattern> wanted(LogFilter filter) {
        if (!filter.categories().isEmpty()) {
            String prefix = filter.streamPrefix().isEmpty() ? "" : "(?=" + escaped(filter.streamPrefix()) + ")";
            return Optional.of(new LogPattern(Subject.STREAM, "^" + prefix + anyOf(filter.categories()) + "-"));
        }
        if (!filter.streamPrefix().isEmpty()) {
            return Optional.of(new LogPattern(Subject.STREAM, "^" + escaped(filter.streamPrefix())));
        }
        return filter.types().isEmpty()
                ? Optional.empty()
                : Optional.of(new LogPattern(Subject.TYPE, "^" + anyOf(filter.types()) + "\\z"));
    }

    private static String anyOf(Collection<String> texts) {
        return texts.stream().sorted().map(LogPatterns::escaped).collect(Collectors.joining("|", "(?:", ")"));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars()
                .forEach(c -> escaped.append(SPECIAL.indexOf(c) < 0 ? "" : "\\").append((char) c));
        return escaped.toString();
    }
}
