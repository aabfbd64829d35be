package io.headwater.migration.select;

import io.headwater.InvalidRequest;
import io.headwater.StreamId;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A set of streams, each as a whole: those of some categories, those whose ids begin with some text, and single ones. Immutable.
 *
 * @param categories the names of categories
 * @param prefixes texts with which ids begin; wildcard characters are plain text
 * @param streams single streams
 */
public record Selection(Set<String> categories, Set<String> prefixes, Set<StreamId> streams) {

    /**
     * Checks the parts.
     *
     * @throws InvalidRequest if no stream could be in it
     */
    public Selection {
        categories = Set.copyOf(categories);
        prefixes = Set.copyOf(prefixes);
        streams = Set.copyOf(streams);
        if (categories.isEmpty() && prefixes.isEmpty() && streams.isEmpty()) {
            throw new InvalidRequest("a selection needs a category, a prefix or a stream");
        }
    }

    /** The streams of these categories. */
    public static Selection categories(String... names) {
        return new Selection(Set.of(names), Set.of(), Set.of());
    }

    /** The streams whose ids begin with one of these texts. */
    public static Selection prefixes(String... texts) {
        return new Selection(Set.of(), Set.of(texts), Set.of());
    }

    /** These streams. */
    public static Selection streams(StreamId... ids) {
        return new Selection(Set.of(), Set.of(), Set.of(ids));
    }

    /** The streams of this and of the other. */
    public Selection or(Selection other) {
        return new Selection(
                union(categories, other.categories), union(prefixes, other.prefixes), union(streams, other.streams));
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        Set<T> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** Whether a stream is in it. */
    public boolean contains(StreamId stream) {
        return streams.contains(stream)
                || stream.category().filter(categories::contains).isPresent()
                || prefixes.stream().anyMatch(stream.value()::startsWith);
    }

    String fingerprint() {
        return "categories " + new TreeSet<>(categories) + ", prefixes " + new TreeSet<>(prefixes) + ", streams "
                + streams.stream().map(StreamId::value).collect(Collectors.toCollection(TreeSet::new));
    }
}
