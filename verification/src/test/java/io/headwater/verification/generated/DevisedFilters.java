package io.headwater.verification.generated;

import static io.headwater.verification.generated.ReadCalls.filter;
import static io.headwater.verification.generated.ReadCalls.from;
import static io.headwater.verification.generated.ReadCalls.isForwards;

import io.headwater.LogFilter;
import io.headwater.Position;
import io.headwater.StreamId;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Filters in situations of their own (G6, C1). */
final class DevisedFilters {
    private DevisedFilters() {}

    private static final Predicate<Call> ALWAYS = call -> true;
    private static final Predicate<Call> BACKWARDS = call -> !isForwards(call);
    private static final Predicate<Call> LATER =
            call -> !from(call).equals(Position.START) && !from(call).equals(Position.END);
    private static final Predicate<Call> BESIDE_CATEGORIES =
            call -> !filter(call).categories().isEmpty();
    private static final Predicate<Call> BESIDE_PREFIX =
            call -> !filter(call).streamPrefix().isEmpty();

    private static Generated log(String fault, Fault instead) {
        return Devised.of(Operation.READ_LOG, fault, () -> instead);
    }

    /** Another filter in place of the one that is asked for. */
    private static Generated filtering(String fault, UnaryOperator<LogFilter> change, Predicate<Call> when) {
        return log(fault, call -> {
            LogFilter changed = change.apply(filter(call));
            return when.test(call) && !changed.equals(filter(call))
                    ? NameFaults.filtered(call, changed::accepts)
                    : call.proceed();
        });
    }

    private static LogFilter withoutTypes(LogFilter filter) {
        return new LogFilter(filter.categories(), Set.of(), filter.streamPrefix());
    }

    private static LogFilter withoutCategories(LogFilter filter) {
        return new LogFilter(Set.of(), filter.types(), filter.streamPrefix());
    }

    private static LogFilter withoutPrefix(LogFilter filter) {
        return new LogFilter(filter.categories(), filter.types(), "");
    }

    private static UnaryOperator<LogFilter> categories(int most) {
        return filter -> new LogFilter(first(filter.categories(), most), filter.types(), filter.streamPrefix());
    }

    private static UnaryOperator<LogFilter> types(int most) {
        return filter -> new LogFilter(filter.categories(), first(filter.types(), most), filter.streamPrefix());
    }

    private static Set<String> first(Set<String> names, int count) {
        return names.stream().limit(count).collect(Collectors.toSet());
    }

    static Stream<Generated> all() {
        return Stream.concat(ofNames(), ofPrefixes());
    }

    private static Stream<Generated> ofNames() {
        return Stream.of(
                filtering("a prefix is ignored beside categories", DevisedFilters::withoutPrefix, BESIDE_CATEGORIES),
                filtering("categories are ignored beside a prefix", DevisedFilters::withoutCategories, BESIDE_PREFIX),
                filtering("types are ignored beside a prefix", DevisedFilters::withoutTypes, BESIDE_PREFIX),
                filtering(
                        "types are ignored beside categories, backwards",
                        DevisedFilters::withoutTypes,
                        BESIDE_CATEGORIES.and(BACKWARDS)),
                filtering("only 30 categories are looked for", categories(30), ALWAYS),
                filtering("only 30 types are looked for", types(30), ALWAYS),
                filtering("only 3 categories are looked for, backwards", categories(3), BACKWARDS),
                filtering("types are ignored from a position on", DevisedFilters::withoutTypes, LATER),
                filtering(
                        "a prefix is ignored backwards from a position",
                        DevisedFilters::withoutPrefix,
                        LATER.and(BACKWARDS)),
                filtering("several categories are ignored from a position on", categories(1), LATER));
    }

    private static Stream<Generated> ofPrefixes() {
        return Stream.of(
                log("a prefix that is a category includes no longer names", call -> {
                    String prefix = filter(call).streamPrefix();
                    return prefix.isEmpty() || prefix.contains("-")
                            ? call.proceed()
                            : NameFaults.filtered(
                                    call,
                                    event -> filter(call).accepts(event)
                                            && (event.stream().value().startsWith(prefix + "-")
                                                    || event.stream().value().equals(prefix)));
                }),
                log("a prefix that is the name of a stream is that stream", call -> {
                    String prefix = filter(call).streamPrefix();
                    boolean known =
                            !prefix.isEmpty() && Conditions.isLike(call.sound(), StreamId.of(prefix), page -> true);
                    return known
                            ? NameFaults.filtered(
                                    call,
                                    event -> filter(call).accepts(event)
                                            && event.stream().value().equals(prefix))
                            : call.proceed();
                }));
    }
}
