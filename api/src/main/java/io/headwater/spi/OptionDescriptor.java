package io.headwater.spi;

import io.headwater.ConfigurationException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An option of a backend: its name, allowed values, default and meaning. Values are parsed and checked by it, and help
 * texts and documentation are generated from it. Immutable.
 *
 * @param <T> the type of its values
 */
public final class OptionDescriptor<T> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
    private static final Pattern MILLIS = Pattern.compile("\\d{1,9}");

    private final String name;
    private final String allowed;
    private final T defaultValue;
    private final String defaultText;
    private final String meaning;
    private final Function<String, T> parser;

    private OptionDescriptor(
            String name,
            String allowed,
            T defaultValue,
            String defaultText,
            String meaning,
            Function<String, T> parser) {
        this.name = name;
        this.allowed = allowed;
        this.defaultValue = defaultValue;
        this.defaultText = defaultText;
        this.meaning = meaning;
        this.parser = parser;
    }

    /** Creates an option whose value is any text. */
    public static OptionDescriptor<String> text(String name, String defaultValue, String meaning) {
        return new OptionDescriptor<>(name, "text", defaultValue, defaultValue, meaning, text -> text);
    }

    /** Creates an option whose value is a whole number between these bounds, inclusive. */
    public static OptionDescriptor<Integer> integer(
            String name, int defaultValue, int least, int most, String meaning) {
        return new OptionDescriptor<>(
                name,
                "a whole number from " + least + " to " + most,
                defaultValue,
                Integer.toString(defaultValue),
                meaning,
                text -> inRange(Integer.parseInt(text), least, most));
    }

    /**
     * Creates an option whose value is a whole number between these bounds, inclusive, and empty if the option is not
     * set.
     *
     * @param defaultText what applies if the option is not set, in words
     */
    public static OptionDescriptor<Optional<Integer>> optionalInteger(
            String name, String defaultText, int least, int most, String meaning) {
        return new OptionDescriptor<>(
                name,
                "a whole number from " + least + " to " + most,
                Optional.empty(),
                defaultText,
                meaning,
                text -> Optional.of(inRange(Integer.parseInt(text), least, most)));
    }

    /**
     * Creates an option whose value is a duration with its unit, such as {@code 250ms}, {@code 30s}, {@code 5m} or
     * {@code 1h}.
     */
    public static OptionDescriptor<Duration> duration(String name, Duration defaultValue, String meaning) {
        return new OptionDescriptor<>(
                name,
                "a time such as 250ms, 30s, 5m or 1h",
                defaultValue,
                format(defaultValue),
                meaning,
                OptionDescriptor::parseDuration);
    }

    /**
     * Creates an option like {@link #duration}, whose value may also be a plain number of milliseconds, as the
     * connection strings of some storage have it.
     */
    public static OptionDescriptor<Duration> durationOrMillis(String name, Duration defaultValue, String meaning) {
        return new OptionDescriptor<>(
                name,
                "a time such as 250ms, 30s, 5m or 1h, or a number of milliseconds",
                defaultValue,
                format(defaultValue),
                meaning,
                text -> MILLIS.matcher(text).matches() ? Duration.ofMillis(Long.parseLong(text)) : parseDuration(text));
    }

    /** Creates an option whose value is a constant of an enum, written in lower case. */
    public static <E extends Enum<E>> OptionDescriptor<E> oneOf(
            String name, Class<E> values, E defaultValue, String meaning) {
        List<E> constants = Arrays.asList(values.getEnumConstants());
        return new OptionDescriptor<>(
                name,
                constants.stream().map(OptionDescriptor::lower).collect(Collectors.joining(" | ")),
                defaultValue,
                lower(defaultValue),
                meaning,
                text -> constants.stream()
                        .filter(constant -> lower(constant).equals(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    public String name() {
        return name;
    }

    /** Returns the allowed values, in words. */
    public String allowed() {
        return allowed;
    }

    public T defaultValue() {
        return defaultValue;
    }

    /** Returns the default as a user would write it. */
    public String defaultText() {
        return defaultText;
    }

    /** Returns what the option does, in one sentence. */
    public String meaning() {
        return meaning;
    }

    /**
     * Parses a value. Throws a {@link ConfigurationException} that names the allowed values if the text is not one of
     * them.
     */
    public T parse(String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "option '" + name + "' has the value '" + text + "', allowed is " + allowed, e);
        }
    }

    private static int inRange(int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static Duration parseDuration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException();
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    private static String format(Duration duration) {
        long millis = duration.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
