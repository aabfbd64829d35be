package io.headwater.tck.fuzz;

import io.headwater.Direction;
import io.headwater.LogFilter;
import io.headwater.LogQuery;
import io.headwater.ReadOptions;
import io.headwater.StreamId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls that only read. */
final class ReadSteps {
    private ReadSteps() {}

    record ReadStream(StreamId stream, ReadOptions options) implements Step {

        @Override
        public String operation() {
            return options.direction() == Direction.FORWARDS ? "readStream forwards" : "readStream backwards";
        }

        @Override
        public Answer on(Subject subject) {
            return subject.readStream(stream, options);
        }

        @Override
        public Step renamed(Naming naming) {
            return new ReadStream(naming.of(stream), options);
        }

        @Override
        public List<Step> simpler() {
            ReadOptions whole =
                    options.direction() == Direction.FORWARDS ? ReadOptions.forwards() : ReadOptions.backwards();
            return Stream.of(whole, options.from(whole.from()), options.limit(whole.limit()))
                    .filter(simple -> !simple.equals(options))
                    .distinct()
                    .<Step>map(simple -> new ReadStream(stream, simple))
                    .toList();
        }

        @Override
        public String code() {
            String from = options.from() == ReadOptions.END ? "END" : Long.toString(options.from());
            return "readStream(%s, %s, from %s%s)"
                    .formatted(Code.stream(stream), options.direction(), from, limitCode(options.limit()));
        }
    }

    /** Reads all pages that match a filter, after or before a mark. */
    record ReadLog(LogFilter filter, Direction direction, int mark, int limit) implements Step {

        @Override
        public String operation() {
            return (filter.isAll() ? "log " : "filtered log ")
                    + (direction == Direction.FORWARDS ? "forwards" : "backwards");
        }

        @Override
        public Answer on(Subject subject) {
            return subject.readLog(filter, direction, mark, limit);
        }

        @Override
        public Step renamed(Naming naming) {
            LogFilter renamed =
                    new LogFilter(naming.of(filter.categories()), filter.types(), naming.of(filter.streamPrefix()));
            return new ReadLog(renamed, direction, mark, limit);
        }

        @Override
        public List<Step> simpler() {
            return Stream.of(
                            new ReadLog(LogFilter.all(), direction, mark, limit),
                            filtered(new LogFilter(Set.of(), filter.types(), filter.streamPrefix())),
                            filtered(new LogFilter(filter.categories(), Set.of(), filter.streamPrefix())),
                            filtered(new LogFilter(filter.categories(), filter.types(), "")),
                            new ReadLog(filter, direction, mark, LogQuery.UNLIMITED),
                            new ReadLog(filter, direction, direction == Direction.FORWARDS ? 0 : mark, limit))
                    .filter(simple -> !simple.equals(this))
                    .<Step>map(simple -> simple)
                    .toList();
        }

        @Override
        public String code() {
            String where = direction == Direction.FORWARDS ? "after" : "before";
            return "log(%s%s %s%s)".formatted(filterCode(), where + " mark", mark, limitCode(limit));
        }

        private ReadLog filtered(LogFilter other) {
            return new ReadLog(other, direction, mark, limit);
        }

        private String filterCode() {
            String categories = names("categories", filter.categories().stream());
            String types = names("types", filter.types().stream());
            String prefix = names("prefix", Stream.of(filter.streamPrefix()).filter(text -> !text.isEmpty()));
            return categories + types + prefix;
        }

        private static String names(String what, Stream<String> names) {
            String list = names.sorted().map(Code::quoted).collect(Collectors.joining(" "));
            return list.isEmpty() ? "" : what + " " + list + ", ";
        }
    }

    record Streams(String prefix, Optional<StreamId> after, int limit) implements Step {

        @Override
        public String operation() {
            return "streams";
        }

        @Override
        public Answer on(Subject subject) {
            return subject.streams(prefix, after, limit);
        }

        @Override
        public Step renamed(Naming naming) {
            return new Streams(naming.of(prefix), after.map(naming::of), limit);
        }

        @Override
        public String code() {
            String from = after.map(stream -> ", after " + Code.stream(stream)).orElse("");
            return "streams(prefix %s%s%s)".formatted(Code.quoted(prefix), from, limitCode(limit));
        }
    }

    private static String limitCode(int limit) {
        return limit == ReadOptions.ALL ? "" : ", limit " + limit;
    }
}
