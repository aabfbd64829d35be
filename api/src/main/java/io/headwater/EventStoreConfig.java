package io.headwater;

import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How to open a store: its URL, further options, and the capabilities that it has to support. Options that are set here
 * override those of the URL. Immutable; {@link #toString()} contains no secrets.
 */
public final class EventStoreConfig {
    private static final String URL = "url";
    private static final String PROPERTY_PREFIX = "headwater.";
    private static final String VARIABLE_PREFIX = "HEADWATER_";

    private final StoreUrl url;
    private final Map<String, String> options;
    private final Set<Capability> required;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final @Nullable EventStoreListener listener;

    private EventStoreConfig(
            StoreUrl url,
            Map<String, String> options,
            Set<Capability> required,
            Clock clock,
            LongSupplier nanoTime,
            @Nullable EventStoreListener listener) {
        this.url = url;
        this.options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        this.required = Collections.unmodifiableSet(new LinkedHashSet<>(required));
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    private EventStoreConfig(StoreUrl url, Map<String, String> options) {
        this(url, options, Set.of(), Clock.systemUTC(), System::nanoTime, null);
    }

    /**
     * The store of this URL.
     *
     * @throws ConfigurationException if the text is not the URL of a store
     */
    public static EventStoreConfig of(String url) {
        return new EventStoreConfig(StoreUrl.parse(url), Map.of());
    }

    /**
     * Reads the URL from the key {@code url}, and an option from every other key.
     *
     * @throws ConfigurationException if the key {@code url} is missing
     */
    public static EventStoreConfig fromMap(Map<String, String> settings) {
        Map<String, String> options = new LinkedHashMap<>(ArgumentChecks.notNull(settings, "settings"));
        options.forEach(EventStoreConfig::refuseNull);
        String url = options.remove(URL);
        if (url == null) {
            throw new ConfigurationException("setting '" + URL + "' is missing");
        }
        return new EventStoreConfig(StoreUrl.parse(url), options);
    }

    /**
     * Reads the URL from the property {@code headwater.url}, and an option from every other property {@code headwater.…}.
     * Ignores other properties.
     *
     * @throws ConfigurationException if {@code headwater.url} is missing
     */
    public static EventStoreConfig fromProperties(Properties properties) {
        Map<String, String> texts = new HashMap<>();
        ArgumentChecks.notNull(properties, "properties");
        properties.stringPropertyNames().forEach(name -> texts.put(name, properties.getProperty(name, "")));
        return fromPrefixed(texts, PROPERTY_PREFIX);
    }

    /**
     * Reads the URL from the variable {@code HEADWATER_URL}, and an option from every other variable {@code HEADWATER_…}:
     * {@code HEADWATER_BUSY_TIMEOUT} is the option {@code busyTimeout}. Ignores other variables.
     *
     * @throws ConfigurationException if {@code HEADWATER_URL} is missing
     */
    public static EventStoreConfig fromEnvironment(Map<String, String> environment) {
        return fromPrefixed(ArgumentChecks.notNull(environment, "environment"), VARIABLE_PREFIX);
    }

    private static EventStoreConfig fromPrefixed(Map<String, String> all, String prefix) {
        Map<String, String> settings = new TreeMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                put(settings, optionName(name.substring(prefix.length())), value);
            }
        });
        if (!settings.containsKey(URL)) {
            boolean upper = prefix.equals(VARIABLE_PREFIX);
            throw new ConfigurationException("'" + prefix + (upper ? "URL" : URL) + "' is not set");
        }
        return fromMap(settings);
    }

    /** Which of two spellings came last would be chance. */
    private static void put(Map<String, String> settings, String option, String value) {
        if (settings.put(option, value) != null) {
            throw new ConfigurationException("option '" + option + "' is given twice, in different spellings");
        }
    }

    /** {@code BUSY_TIMEOUT} is {@code busyTimeout}; a name that is not all upper case stays as it is. */
    private static String optionName(String name) {
        if (!name.equals(name.toUpperCase(Locale.ROOT))) {
            return name;
        }
        String[] words = name.toLowerCase(Locale.ROOT).split("_", -1);
        return Stream.concat(
                        Stream.of(words[0]),
                        List.of(words).subList(1, words.length).stream().map(EventStoreConfig::capitalised))
                .collect(Collectors.joining());
    }

    private static String capitalised(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static void refuseNull(@Nullable String option, @Nullable String value) {
        ArgumentChecks.notNull(value, "option '" + ArgumentChecks.notNull(option, "option") + "'");
    }

    /** A copy with this option, in place of its value in the URL. */
    public EventStoreConfig with(String option, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        refuseNull(option, value);
        more.put(option, value);
        return new EventStoreConfig(url, more, required, clock, nanoTime, listener);
    }

    /** A copy with another URL. Options that were set beside the URL stay. */
    public EventStoreConfig withUrl(StoreUrl other) {
        return new EventStoreConfig(
                ArgumentChecks.notNull(other, "store URL"), options, required, clock, nanoTime, listener);
    }

    /** A copy that opens the store read-only: it has the option {@code access=read} (L4). */
    public EventStoreConfig readOnly() {
        return with("access", "read");
    }

    /** A copy that opens only a store that supports these capabilities, too (L1). */
    public EventStoreConfig require(Capability... capabilities) {
        Set<Capability> more = new LinkedHashSet<>(required);
        more.addAll(Lists.copy(Lists.of(capabilities, "capability"), "capability"));
        return new EventStoreConfig(url, options, more, clock, nanoTime, listener);
    }

    /**
     * A copy with this clock in place of the system's, for tests. It is the source of {@code recordedAt} and of the times of
     * leases, if the storage has no clock of its own. The clock may stand still, jump and go back; it MUST be thread-safe.
     */
    public EventStoreConfig clock(Clock newClock) {
        return new EventStoreConfig(
                url, options, required, ArgumentChecks.notNull(newClock, "clock"), nanoTime, listener);
    }

    /**
     * A copy with this monotonic clock in place of {@link System#nanoTime()}, for tests. A subscription that waits for a
     * lease measures with it how long the lease was not renewed (K3). It returns nanoseconds since any moment, and MUST NOT
     * go back; it MUST be thread-safe.
     */
    public EventStoreConfig nanoTime(LongSupplier newNanoTime) {
        return new EventStoreConfig(
                url, options, required, clock, ArgumentChecks.notNull(newNanoTime, "monotonic clock"), listener);
    }

    /**
     * A copy with this listener instead of the one it has. It observes the operations and subscriptions of the stores that are opened
     * with the configuration; {@link EventStoreListener#of} combines several. Without one, nothing is measured.
     */
    public EventStoreConfig listener(EventStoreListener newListener) {
        return new EventStoreConfig(
                url, options, required, clock, nanoTime, ArgumentChecks.notNull(newListener, "listener"));
    }

    public StoreUrl url() {
        return url;
    }

    /** All options: those of the URL, overridden by those that were set here. */
    public Map<String, String> options() {
        Map<String, String> all = new LinkedHashMap<>(url.options());
        all.putAll(options);
        return all;
    }

    public Set<Capability> required() {
        return required;
    }

    /** The source of {@code recordedAt} and of the times of leases, if the storage has no clock of its own. */
    public Clock clock() {
        return clock;
    }

    /** The monotonic clock, in nanoseconds. */
    public LongSupplier nanoTime() {
        return nanoTime;
    }

    /** The listener that observes the stores; empty if there is none. */
    public Optional<EventStoreListener> listener() {
        return Optional.ofNullable(listener);
    }

    /** The URL and all options, without secrets. */
    @Override
    public String toString() {
        return new StoreUrl(url.scheme(), url.authority(), url.path(), options()).toString();
    }
}
